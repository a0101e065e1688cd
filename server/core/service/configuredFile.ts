/** Writes one key of a folder's configuration, into the file that holds it or is to hold it. */
import type { FilePath } from '../base/filePath';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { CONFIG_FILES, configPath } from '../config/read';
import { setTomlValue } from '../edits/tomlEdit';
import { valueAt } from '../syntax/toml/ast';
import { parseToml } from '../syntax/toml/parse';

type TextOf = (file: FilePath) => string | undefined;

/** `moat.toml`, if it says something; else `pyproject.toml`; a new `moat.toml` where there is neither. */
export function configFileOf(textOf: TextOf): FilePath {
  const there = CONFIG_FILES.filter((name) => textOf(name) !== undefined);
  const isSaying = (name: FilePath) =>
    valueAt(parseToml(textOf(name) ?? '').root, configPath(name)) !== undefined;
  return there.find(isSaying) ?? there[0] ?? 'moat.toml';
}

/** The edit of that file; `make` gets its text and the path of keys under which the configuration stands. */
export function configEdit(
  textOf: TextOf,
  make: (text: string, path: readonly string[]) => TextEdit | undefined,
): { readonly file: FilePath; readonly edit: TextEdit } | undefined {
  const file = configFileOf(textOf);
  const edit = make(textOf(file) ?? '', configPath(file));
  return edit && { file, edit };
}

/** The whole file with `value`, which is TOML, under a path of keys. */
export function configuredFile(
  textOf: TextOf,
  path: readonly string[],
  value: string,
): { readonly file: FilePath; readonly text: string } | undefined {
  const made = configEdit(textOf, (text, at) => setTomlValue(text, [...at, ...path], value));
  return made && { file: made.file, text: applyEdits(textOf(made.file) ?? '', [made.edit]) };
}
