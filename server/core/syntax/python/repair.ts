/** Closes what half-typed code leaves open, so that the parser reads the statements after it.
 *  The scanner tells where brackets and strings are cut; the closers are inserted there, and offsets into the
 *  repaired text are mapped back. Works on one unit. */
import { TRIPLE_QUOTES } from './looseStrings';
import { type Opening, readLogicalLines } from './scanner';

export interface Repair {
  readonly text: string;
  /** Offset in the original text for one in the repaired text. */
  readonly toOriginal: (offset: number) => number;
  /** What was left open, by offset in the original text. */
  readonly open: readonly Opening[];
}

/** `doubtStrings`: presume that a triple-quoted string that does end was left open too. */
export function repair(text: string, doubtStrings: boolean): Repair {
  let lines = readLogicalLines(text, doubtStrings);
  if (!doubtStrings && lines.some((line) => line.reachedEnd) && TRIPLE_QUOTES.test(text))
    lines = readLogicalLines(text, true);
  const cuts = lines.flatMap((line) => line.cuts).sort((a, b) => a.offset - b.offset);
  let repaired = '';
  let position = 0;
  const inserted: { readonly at: number; readonly total: number }[] = [];
  let total = 0;
  for (const { offset, open } of cuts) {
    const closers = open.map(({ closer }) => closer).join('');
    repaired += text.slice(position, offset) + closers;
    position = offset;
    inserted.push({ at: offset + total, total: total + closers.length });
    total += closers.length;
  }
  repaired += text.slice(position);
  const open = cuts.flatMap((cut) => cut.open).sort((a, b) => a.offset - b.offset);
  return { text: repaired, toOriginal: (offset) => original(inserted, offset), open };
}

function original(
  inserted: readonly { readonly at: number; readonly total: number }[],
  offset: number,
): number {
  let low = 0;
  let high = inserted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inserted[middle]?.at ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const last = inserted[low - 1];
  if (!last) return offset;
  const before = inserted[low - 2]?.total ?? 0;
  // Inside the inserted closers everything is the place of insertion.
  return Math.max(last.at - before, offset - last.total);
}
