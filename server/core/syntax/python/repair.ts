/** Closes what half-typed code leaves open, so that the parser reads the statements after it.
 *  The scanner tells where brackets and strings are cut; the closers are inserted there, and offsets into the
 *  repaired text are mapped back. Works on one unit. */
import { type Cut, type LogicalLine, lineEnd, type Opening, scanLogicalLine } from './scanner';
import { isBlank, isLineBreak } from './source';

export interface Repair {
  readonly text: string;
  /** Offset in the original text for one in the repaired text. */
  readonly toOriginal: (offset: number) => number;
  /** What was left open, by offset in the original text. */
  readonly open: readonly Opening[];
}

export function repair(text: string): Repair {
  let lines = readLines(text, false);
  if (lines.some((line) => line.reachedEnd && line.cuts.some(endsTripleQuotes)))
    lines = readLines(text, true);
  const cuts = lines.flatMap((line) => line.cuts).sort((a, b) => a.offset - b.offset);
  let repaired = '';
  let position = 0;
  const inserted: { readonly at: number; readonly total: number }[] = [];
  let total = 0;
  for (const { offset, open } of cuts) {
    const closers = open.map(({ closer }) => closer).join('');
    const before = text.slice(position, offset);
    // A lone backslash before the closer would take it away.
    repaired += before + closers;
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

function readLines(text: string, doubtStrings: boolean): LogicalLine[] {
  const lines: LogicalLine[] = [];
  for (let at = 0; at < text.length; ) {
    let first = at;
    while (isBlank(text.charCodeAt(first)) || text.charCodeAt(first) === 0xfeff) first++;
    const code = text.charCodeAt(first);
    if (code === 35 || isLineBreak(code) || first >= text.length) {
      at = lineEnd(text, first) + 1;
      continue;
    }
    const line = scanLogicalLine(text, first, { doubtStrings });
    lines.push(line);
    at = line.end;
  }
  return lines;
}

function endsTripleQuotes(cut: Cut): boolean {
  return cut.open.some(({ closer }) => closer.length === 3);
}
