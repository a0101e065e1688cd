/** Where a new import line goes: behind shebang, comments, docstring and `from __future__`, in the group of its kind
 *  (standard library, third party, local), sorted as far as the group is. */
import type { TextEdit } from '../base/textEdit';
import type { Module, Statement } from '../syntax/python/ast';
import { isStandardLibrary } from '../syntax/python/stdlib';
import type { ImportOptions, ImportRequest } from './addImport';
import { type Located, refuse } from './outcome';
import { lineEndOf, lineStartAt, nextLineAt } from './pythonText';

type Group = 0 | 1 | 2 | 3;

interface ImportRow {
  readonly start: number;
  readonly end: number;
  readonly group: Group;
  readonly isFrom: boolean;
  readonly module: string;
}

export function insertionOf(
  module: Module,
  statements: readonly Located<Statement>[],
  line: string,
  request: ImportRequest,
  options: ImportOptions,
): TextEdit {
  const { text } = module;
  const end = lineEndOf(text);
  const own = rowOf('module' in request ? request.module : request.from, 'from' in request, options);
  const rows = importRows(text, statements, options).filter(
    (row) => options.usedAt === undefined || row.end <= options.usedAt,
  );
  const sameGroup = rows.filter((row) => row.group === own.group);
  const next = sameGroup.find((row) => compare(own, row) < 0);
  if (next !== undefined && isAlone(text, next)) return at(next.start, line + end);
  const last = sameGroup.at(-1);
  if (last !== undefined) return afterLine(text, last.end, line, end);
  const before = rows.filter((row) => row.group < own.group).at(-1);
  if (before !== undefined) {
    const edit = afterLine(text, before.end, line, end);
    const follows = rows.find((row) => row.start > before.start);
    const hasGap = follows === undefined || /^[^\S\r\n]*(?:\r\n|\r|\n|$)/.test(text.slice(edit.range.start));
    return at(edit.range.start, withGap(text, edit, end, hasGap ? '' : end));
  }
  const first = rows[0];
  if (first !== undefined) return at(first.start, line + end + end);
  return withoutImports(text, statements, line, end);
}

/** `afterLine` with an empty line in front, and behind where asked. */
function withGap(text: string, edit: TextEdit, end: string, behind: string): string {
  const isAtEnd = edit.range.start === text.length && !/[\r\n]$/.test(text);
  return isAtEnd ? end + edit.newText : end + edit.newText + behind;
}

function at(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

/** A new line behind the one that holds `offset`. A file without a line break at its end gets none at the end. */
function afterLine(text: string, offset: number, line: string, end: string): TextEdit {
  const next = nextLineAt(text, offset);
  const isOpen = next === text.length && !/[\r\n]$/.test(text);
  return at(next, isOpen ? end + line : line + end);
}

function rowOf(module: string, isFrom: boolean, options: ImportOptions): Omit<ImportRow, 'start' | 'end'> {
  const root = module.split('.')[0] as string;
  const isLocal = module.startsWith('.') || options.localPackages?.includes(root) === true;
  const group: Group = module === '__future__' ? 0 : isLocal ? 3 : isStandardLibrary(module) ? 1 : 2;
  return { module, isFrom, group };
}

/** The run of imports at the head of the module: other statements end it, apart from the docstring. */
function importRows(
  text: string,
  statements: readonly Located<Statement>[],
  options: ImportOptions,
): ImportRow[] {
  const rows: ImportRow[] = [];
  for (const { node, base } of statements) {
    if (node.kind !== 'Import' && node.kind !== 'ImportFrom') {
      if (rows.some((row) => row.group !== 0) && isDivider(node)) break;
      continue;
    }
    const module =
      node.kind === 'Import' ? (node.names[0]?.name ?? '') : `${'.'.repeat(node.level)}${node.module}`;
    rows.push({
      start: base + node.start,
      end: base + node.end,
      ...rowOf(module, node.kind === 'ImportFrom', options),
    });
  }
  return rows.filter((row) => /^\uFEFF?$/.test(text.slice(lineStartAt(text, row.start), row.start)));
}

/** Definitions and calls end the head; `if TYPE_CHECKING:`, `try: import …` and constants may stand within it. */
function isDivider(node: Statement): boolean {
  return node.kind === 'FunctionDef' || node.kind === 'ClassDef' || node.kind === 'Expression';
}

/** isort's default: `import x` before `from x import`, then by module name. */
function compare(a: Omit<ImportRow, 'start' | 'end'>, b: ImportRow): number {
  if (a.isFrom !== b.isFrom) return a.isFrom ? 1 : -1;
  const [left, right] = [a.module.toLowerCase(), b.module.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** False where a comment right above belongs to the import. */
function isAlone(text: string, row: ImportRow): boolean {
  if (row.start === 0) return true;
  const above = text.slice(
    lineStartAt(text, row.start - (text.slice(0, row.start).endsWith('\r\n') ? 2 : 1)),
    row.start,
  );
  return !above.trimStart().startsWith('#');
}

/** Behind the docstring, else behind the comments at the top, each followed by an empty line. */
function withoutImports(
  text: string,
  statements: readonly Located<Statement>[],
  line: string,
  end: string,
): TextEdit {
  const first = statements[0];
  if (first !== undefined && isDocstring(first.node)) {
    const next = statements[1];
    if (next !== undefined && lineStartAt(text, next.base + next.node.start) <= first.base + first.node.end)
      refuse('the docstring shares its line with other code');
    const edit = afterLine(text, first.base + first.node.end, line, end);
    const isOpen = edit.newText.startsWith(end);
    const hasGap = isOpen || /^[^\S\r\n]*(?:\r\n|\r|\n|$)/.test(text.slice(edit.range.start));
    return at(edit.range.start, end + edit.newText + (hasGap ? '' : end));
  }
  const head = headerEnd(text);
  const rest = text.slice(head);
  return at(head, line + end + (rest === '' || /^[^\S\r\n]*[\r\n]/.test(rest) ? '' : end));
}

function isDocstring(node: Statement): boolean {
  return (
    node.kind === 'Expression' &&
    node.value.kind === 'String' &&
    !node.value.isBytes &&
    node.value.tokens.every((token) => !token.isFormat)
  );
}

/** Behind byte order mark, shebang, coding line and the block of comments at the top with its empty line. */
function headerEnd(text: string): number {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const found = /^(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n|$))+(?:[ \t]*(?:\r\n|\r|\n))?/.exec(text.slice(start));
  if (found === null) return start;
  const isOpen = !/[\r\n]$/.test(found[0]);
  if (isOpen) refuse('the file holds nothing but a comment');
  return start + found[0].length;
}
