/** The fix of a secret in the code: it moves to the environment, the app refuses to start without it, and the
 *  files that developers need for that (`.env`, `.env.example`, `.gitignore`) come along in the same edit.
 *  A key of the app's own is replaced by a fresh one, since what was in the code is known; a secret that somebody else
 *  gave out stays the same until they give out another. */
import { dirname, type FilePath, joinPath } from '../base/filePath';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import { type EnsuredImport, ensureImport } from '../edits/addImport';
import { addEnvExample, ensureIgnored, type FileEdits, setEnvValue } from '../edits/envFile';
import type { Refusal } from '../edits/outcome';
import { preferredQuote } from '../edits/pythonText';
import { baseOf } from '../flow/machine';
import type { Module, StringExpression, UnitTree } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FileEdit, FixOutcome, FixSafety } from './rule';
import type { SecretSetting } from './secretKeys';

/** A secret and what is to stand in its place. */
export interface MovedSecret {
  readonly file: FilePath;
  readonly tree: UnitTree;
  /** What is replaced. */
  readonly node: Range;
  readonly variable: string;
  /** What `.env` is to hold; a fresh key when left out. */
  readonly present?: string;
  readonly isBytes: boolean;
  /** Where dropping an argument is all that is needed: the settings library raises without a default. */
  readonly defaultArgument?: Range;
  readonly title: string;
  readonly safety: FixSafety;
}

/** The app's own key: a fresh one takes its place. */
export function fixSecret(context: FileContext, { entry, origin }: SecretSetting): readonly FixOutcome[] {
  if (origin.kind !== 'literal' && origin.kind !== 'fallback') return [];
  const isLiteral = origin.kind === 'literal';
  const variable = (isLiteral ? undefined : origin.variable) ?? entry.key;
  return moveToEnvironment(context, {
    file: origin.site.file,
    tree: origin.site.tree,
    node: origin.node,
    variable,
    isBytes: origin.node.kind === 'String' && origin.node.isBytes,
    ...(isLiteral ? {} : { defaultArgument: origin.defaultArgument }),
    title: isLiteral
      ? `Read \`${variable}\` from the environment`
      : 'Drop the fallback and require the variable',
    safety: isLiteral ? 'review' : 'safe',
  });
}

export function moveToEnvironment(context: FileContext, secret: MovedSecret): readonly FixOutcome[] {
  const { file, tree, node, variable, defaultArgument, title, safety } = secret;
  const module = context.project.module(file);
  const base = baseOf(context.project, file, tree);
  if (module === undefined || base === undefined) return [];
  const range = { start: base + node.start, end: base + node.end };
  const edits: TextEdit[] = [];
  if (defaultArgument !== undefined) {
    edits.push({ range: argumentRange(module.text, base, defaultArgument), newText: '' });
  } else {
    const environ = environName(module, range.start);
    if (environ.kind === 'refused') return [refused(environ.reason)];
    const quote = preferredQuote(module.text);
    const newText = `${environ.localName}[${quote}${variable}${quote}]${secret.isBytes ? '.encode()' : ''}`;
    edits.push(...environ.edits, { range, newText });
  }
  const around = environmentFiles(context, file, variable, secret.present ?? context.createSecret());
  if (!Array.isArray(around)) return [refused(around.reason)];
  const files = [{ file, isNew: false, edits }, ...around];
  return [{ kind: 'fix', fix: { title, safety, edits: files } }];
}

/** The text of a literal, as a variable of the environment can hold it. */
export function plainTextOf(node: StringExpression): string | undefined {
  let text = '';
  for (const piece of node.tokens.flatMap((token) => token.pieces)) {
    if (piece.kind !== 'Text') return undefined;
    text += piece.value;
  }
  return node.isBytes && !/^[ -~]*$/.test(text) ? undefined : text;
}

/** How the file names `os.environ`, importing `os` if it does not yet. */
function environName(module: Module, usedAt: number): EnsuredImport | Refusal {
  const direct = ensureImport(module, { from: 'os', name: 'environ' }, { usedAt });
  if (direct.kind === 'edits' && direct.edits.length === 0) return direct;
  const imported = ensureImport(module, { module: 'os' }, { usedAt });
  return imported.kind === 'refused' ? imported : { ...imported, localName: `${imported.localName}.environ` };
}

/** An argument with the comma before it. */
function argumentRange(text: string, base: number, argument: Range): Range {
  const comma = text.lastIndexOf(',', base + argument.start);
  return { start: comma < 0 ? base + argument.start : comma, end: base + argument.end };
}

/** `.env` with the value, `.env.example` without one, and `.gitignore`, which keeps the first out of git. */
function environmentFiles(
  context: FileContext,
  file: FilePath,
  variable: string,
  value: string,
): FileEdit[] | Refusal {
  const folder = appFolder(context, file);
  const at = (name: string) => joinPath(folder, name) as FilePath;
  const textOf = (name: string) => context.project.textOf(at(name));
  const builds: readonly [string, FileEdits | Refusal][] = [
    ['.env', setEnvValue(textOf('.env'), variable, value)],
    ['.env.example', addEnvExample(textOf('.env.example'), variable, '')],
    ['.gitignore', ensureIgnored(textOf('.gitignore'), '.env')],
  ];
  const edits: FileEdit[] = [];
  for (const [name, result] of builds) {
    if (result.kind === 'refused') return result;
    if (result.edits.length > 0) edits.push({ file: at(name), isNew: result.isNew, edits: result.edits });
  }
  return edits;
}

const ROOT_FILES = ['.env', '.env.example', '.gitignore', 'requirements.txt', 'pyproject.toml'];

/** The nearest folder above a file that looks like the root of an app; the whole folder if none does. */
function appFolder(context: FileContext, file: FilePath): FilePath {
  for (let folder = dirname(file); folder !== ''; folder = dirname(folder))
    if (ROOT_FILES.some((name) => context.project.hasFile(`${folder}/${name}`))) return folder;
  return '';
}
