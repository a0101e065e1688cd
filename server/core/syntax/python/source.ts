/** What the lowering reads of one unit: its text, the tokens and small scans over the text between nodes. */
import type { Range } from '../../base/range';
import type { Identifier } from './ast';
import type { PyName, PyNode, PyRange, PyToken } from './pyright';

export interface Source {
  readonly text: string;
  readonly tokens: readonly PyToken[];
}

export const endOf = (node: PyRange): number => node.start + node.length;

/** Start without the parentheses around the expression. */
export const innerStart = (node: PyNode): number => node.innerStart ?? node.start;

export const innerEnd = (node: PyNode): number => node.innerEnd ?? node.start + node.length;

export function toIdentifier(name: PyName): Identifier {
  return { id: name.d.value, start: name.start, end: endOf(name) };
}

export function pyRange(node: PyRange): Range {
  return { start: node.start, end: node.start + node.length };
}

/** The one empty list of all trees: most lists of most nodes are empty. */
export const NONE: readonly never[] = [];

/** A list that was grown, without the room that engines leave for more. */
export function exactly<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}

export function mapped<T, U>(list: readonly T[], map: (item: T) => U): readonly U[] {
  return list.length === 0 ? NONE : list.map((item) => map(item));
}

/** Skips blanks, line breaks, comments and line continuations from `offset` on. */
export function skipTrivia(text: string, offset: number): number {
  let i = offset;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 35) {
      while (i + 1 < text.length && !isLineBreak(text.charCodeAt(i + 1))) i++;
    } else if (!isBlank(code) && !isLineBreak(code) && !isContinuation(text, i)) break;
  }
  return i;
}

/** The offset after `char` when it comes next after trivia, else `offset`. */
export function afterChar(text: string, offset: number, char: string): number {
  const next = skipTrivia(text, offset);
  return text[next] === char ? next + 1 : offset;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function isContinuation(text: string, offset: number): boolean {
  return text.charCodeAt(offset) === 92 && isLineBreak(text.charCodeAt(offset + 1));
}

/** Index of the token that starts at `offset`, or of the first one after it. */
export function tokenIndexAt(tokens: readonly PyToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as PyToken).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A copy that does not keep the file's text alive (engines let a long slice point into its parent). */
export function detached(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}
