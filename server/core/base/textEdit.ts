/** Replacements in one text, and how to apply them. */
import type { Range } from './range';

/** Replaces `range` (UTF-16 offsets into the text before the edit) with `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Applies edits that do not overlap; all ranges refer to the text before any edit.
 *  Insertions at the same offset keep their order. Overlap is a bug of the caller and throws. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.order - b.order);
  let result = '';
  let position = 0;
  for (const { edit } of sorted) {
    if (edit.range.start < position) throw new Error('Text edits overlap');
    result += text.slice(position, edit.range.start) + edit.newText;
    position = edit.range.end;
  }
  return result + text.slice(position);
}

/** The smallest single edit that turns `before` into `after`, or undefined if they are equal. */
export function diffEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < limit - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return {
    range: { start, end: before.length - tail },
    newText: after.slice(start, after.length - tail),
  };
}
