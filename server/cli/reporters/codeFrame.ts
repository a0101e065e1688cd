/** One source line with its number and a caret line under the part that is meant. */
import type { Place } from '../report';
import { displayWidth, expandTabs, type Style, toPrintable } from '../style';

const ELLIPSIS = '…';
const MIN_WIDTH = 40; // cells; below that a cut line says nothing

export interface FrameOptions {
  readonly style: Style;
  readonly columns: number;
  /** Colors the carets. */
  mark(text: string): string;
}

export function codeFrame(place: Place, { style, columns, mark }: FrameOptions): string {
  const gutter = String(place.start.line).padStart(5);
  const blank = ' '.repeat(gutter.length);
  const startIndex = place.start.column - 1;
  // Past the first line the underline would be longer than what is shown.
  const endIndex = place.end.line === place.start.line ? place.end.column - 1 : place.lineText.length;
  const parts = fitWidth(
    visible(place.lineText.slice(0, startIndex)),
    visible(place.lineText.slice(startIndex, endIndex)),
    visible(place.lineText.slice(endIndex)),
    Math.max(MIN_WIDTH, columns - gutter.length - 4),
  );
  const carets = '^'.repeat(Math.max(1, displayWidth(parts.marked)));
  const bar = style.dim('│');
  return [
    `${style.dim(gutter)} ${bar} ${parts.before}${parts.marked}${parts.after}`.trimEnd(),
    `${blank} ${bar} ${' '.repeat(displayWidth(parts.before))}${mark(carets)}`,
  ].join('\n');
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Cuts a line that is too wide, so that the marked part stays in sight. */
function fitWidth(before: string, marked: string, after: string, width: number): Parts {
  if (displayWidth(before + marked + after) <= width) return { before, marked, after };
  const room = Math.max(Math.floor(width / 3), width - displayWidth(marked) - 12);
  const shownBefore = keepEnd(before, room);
  const shownMarked = keepStart(marked, width - displayWidth(shownBefore));
  const left = width - displayWidth(shownBefore) - displayWidth(shownMarked);
  return { before: shownBefore, marked: shownMarked, after: left > 1 ? keepStart(after, left) : '' };
}

function keepStart(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const char of text) {
    used += displayWidth(char);
    if (used > width) break;
    kept += char;
  }
  return kept + ELLIPSIS;
}

function keepEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const reversed = [...text].reverse();
  let kept = '';
  let used = 1;
  for (const char of reversed) {
    used += displayWidth(char);
    if (used > width) break;
    kept = char + kept;
  }
  return ELLIPSIS + kept;
}

function visible(text: string): string {
  return expandTabs(toPrintable(text));
}
