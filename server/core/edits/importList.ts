/** Adds one name to `from module import a, b`, in one line or in parentheses, sorted if the names are sorted. */
import type { TextEdit } from '../base/textEdit';
import type { ImportFrom } from '../syntax/python/ast';
import { indentationAt, isFirstOnLine, lineEndOf, lineStartAt } from './pythonText';

/** A name that would make a line longer than this gets an import of its own; who has longer ones does not mind. */
const MAX_LINE = 100;

export function extendFrom(text: string, node: ImportFrom, base: number, name: string): TextEdit | undefined {
  const names = node.names;
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const source = text.slice(base + node.start, base + node.end);
  const isParenthesized = source.includes('(');
  const isOneLine = !/[\r\n]/.test(source);
  const length = lineLength(text, base + node.end);
  if (isOneLine && length <= MAX_LINE && length + name.length + 2 > MAX_LINE) return undefined;
  if (!isOneLine && !isParenthesized) return undefined;
  const next = isSorted(names.map((one) => one.name))
    ? names.find((one) => compare(name, one.name) < 0)
    : undefined;
  if (next !== undefined) {
    const start = base + next.start;
    const separator = isFirstOnLine(text, start) ? `,${lineEndOf(text)}${indentationAt(text, start)}` : ', ';
    return { range: { start, end: start }, newText: name + separator };
  }
  const end = base + Math.max(last.end, last.asName?.end ?? 0);
  const start = base + last.start;
  const separator = isFirstOnLine(text, start) ? `,${lineEndOf(text)}${indentationAt(text, start)}` : ', ';
  return { range: { start: end, end }, newText: separator + name };
}

function lineLength(text: string, offset: number): number {
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  return offset - lineStartAt(text, offset) + rest.length;
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || compare(names[i - 1] as string, name) <= 0);
}

/** isort's order within a list: constants, classes, then the rest; each without regard to case. */
function compare(a: string, b: string): number {
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function rank(name: string): number {
  if (/^[A-Z_\d]+$/.test(name) && name.length > 1) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}
