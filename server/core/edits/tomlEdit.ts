/** Sets one key of a TOML file and leaves everything else as it is written. What comes out is read again: an edit that
 *  does not do what it is for is none. */
import { applyEdits, type TextEdit } from '../base/textEdit';
import { type TomlDocument, type TomlNode, type TomlTable, valueAt } from '../syntax/toml/ast';
import { parseToml } from '../syntax/toml/parse';
import { lineEndOf } from './pythonText';

/** `value` is TOML. Undefined where no place for it is found. */
export function setTomlValue(text: string, path: readonly string[], value: string): TextEdit | undefined {
  const document = parseToml(text);
  return [...candidates(text, document, path, value)].find((edit) => {
    const after = parseToml(applyEdits(text, [edit]));
    const isClean = after.problems.length <= document.problems.length;
    return (
      isClean && toText(valueAt(after.root, path)) === toText(valueAt(parseToml(`v = ${value}`).root, ['v']))
    );
  });
}

/** Puts a text into a list of texts, which is made if it is not there. */
export function addToTomlList(text: string, path: readonly string[], item: string): TextEdit | undefined {
  const list = valueAt(parseToml(text).root, path);
  if (list?.kind !== 'array') return setTomlValue(text, path, `[${tomlText(item)}]`);
  const last = list.items.at(-1);
  if (last === undefined) return setTomlValue(text, path, `[${tomlText(item)}]`);
  const edit = { range: { start: last.range.end, end: last.range.end }, newText: `, ${tomlText(item)}` };
  return parseToml(applyEdits(text, [edit])).problems.length === 0 ? edit : undefined;
}

/** A text as TOML writes it. */
export function tomlText(text: string): string {
  return JSON.stringify(text);
}

export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlText(key);
}

function* candidates(
  text: string,
  { root, headers }: TomlDocument,
  path: readonly string[],
  value: string,
): Generator<TextEdit> {
  const known = valueAt(root, path);
  if (known !== undefined && (known.kind !== 'table' || known.isInline)) {
    yield { range: known.range, newText: value };
    return;
  }
  const eol = lineEndOf(text);
  const owner = valueAt(root, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  if (owner?.kind === 'table' && owner.isInline) yield intoInline(text, owner, `${tomlKey(last)} = ${value}`);
  // The section that says most of the path, from the longest to none.
  for (let length = path.length - 1; length > 0; length--) {
    const prefix = path.slice(0, length);
    const header = headers.findLast(
      (one) => !one.isArray && one.path.length === length && one.path.every((key, i) => key === prefix[i]),
    );
    if (header === undefined) continue;
    const next = headers.find(({ range }) => range.start > header.range.start);
    const section = text.slice(header.range.start, next?.range.start ?? text.length);
    const end = header.range.start + section.trimEnd().length;
    const keys = path.slice(length).map(tomlKey).join('.');
    // Comments that stand before the next header, apart from what is above, belong to it.
    const comments = next && /(?:\r?\n[ \t]*#[^\n]*)+$/.exec(text.slice(header.range.end, end));
    const above = text.slice(0, end - (comments?.[0].length ?? 0));
    yield insertLine(/\n[ \t]*$/.test(above) ? above.trimEnd().length : end, `${keys} = ${value}`, eol);
  }
  if (path.length === 1) {
    const first = headers[0]?.range.start;
    const line = `${tomlKey(last)} = ${value}${eol}`;
    if (first !== undefined) yield { range: { start: first, end: first }, newText: `${line}${eol}` };
    else yield append(text, line, eol, '');
    return;
  }
  const section = path.slice(0, -1).map(tomlKey).join('.');
  yield append(text, `[${section}]${eol}${tomlKey(last)} = ${value}${eol}`, eol, eol);
  // The table is written as dotted keys: another one at the top joins them.
  yield { range: { start: 0, end: 0 }, newText: `${path.map(tomlKey).join('.')} = ${value}${eol}` };
}

function insertLine(at: number, line: string, eol: string): TextEdit {
  return { range: { start: at, end: at }, newText: `${eol}${line}` };
}

function append(text: string, piece: string, eol: string, gap: string): TextEdit {
  const start = text.trimEnd().length;
  const before = start === 0 ? '' : `${eol}${gap}`;
  return { range: { start, end: text.length }, newText: before + piece };
}

function intoInline(text: string, { range, entries }: TomlTable, pair: string): TextEdit {
  const inside = text.slice(range.start + 1, range.end - 1);
  const at = range.start + 1 + inside.trimEnd().length;
  const newText = entries.length === 0 ? ` ${pair} ` : `, ${pair}`;
  return { range: { start: at, end: entries.length === 0 ? range.end - 1 : at }, newText };
}

function toText(node: TomlNode | undefined): string {
  if (node === undefined) return '';
  if (node.kind === 'array') return `[${node.items.map(toText).join(',')}]`;
  if (node.kind === 'table')
    return `{${node.entries.map(({ key, value }) => `${tomlText(key)}:${toText(value)}`).join(',')}}`;
  return JSON.stringify(node.value);
}
