/** Offsets and ranges in one source text. No lines, no columns: those exist only at the edges. */

/** Offset range in one source file.
 *  Offsets are UTF-16 code units from the start of `text`; `end` is exclusive.
 *  Invariant: 0 ≤ start ≤ end ≤ text.length. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function range(start: number, end: number): Range {
  return { start, end };
}

export function shifted(r: Range, delta: number): Range {
  return { start: r.start + delta, end: r.end + delta };
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True if the two share a character or touch (so that a caret at the end of a range still hits it). */
export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The code on the lines of a range, without white space: the same after edits elsewhere and after reformatting. */
export function codeOfLines(text: string, { start, end }: Range): string {
  const first = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const last = text.indexOf('\n', end);
  return text.slice(first, last < 0 ? text.length : last).replace(/\s+/g, '');
}
