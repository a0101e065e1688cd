/** A change of one file as a unified diff that `git apply` and `patch` take. */
import type { FilePath } from '../core/index';
import { diffLines, type LineChange } from './lineDiff';
import type { Style } from './style';

const CONTEXT_LINES = 3;
const NO_NEWLINE = '\\ No newline at end of file';

export interface FileChange {
  readonly path: FilePath;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Lines end at `\n` alone, as `patch` sees them: a `\r` before it is part of the line. */
export function unifiedDiff({ path, before, after }: FileChange, style: Style): string {
  const a = toLines(before ?? '');
  const b = toLines(after);
  const hunks = groupChanges(diffLines(a, b));
  if (hunks.length === 0 && before !== undefined) return '';
  const head =
    before === undefined
      ? [`diff --git ${quote(`a/${path}`)} ${quote(`b/${path}`)}`, 'new file mode 100644', '--- /dev/null']
      : [`--- ${quote(`a/${path}`)}`];
  const lines = [...head, `+++ ${quote(`b/${path}`)}`].map(style.bold);
  for (const hunk of hunks) lines.push(...hunkLines(hunk, a, b, style));
  return `${lines.join('\n')}\n`;
}

/** Changes whose context would touch or overlap share a hunk. */
function groupChanges(changes: readonly LineChange[]): LineChange[][] {
  const hunks: LineChange[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.aStart - last.aEnd <= 2 * CONTEXT_LINES) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkLines(
  changes: readonly LineChange[],
  a: readonly string[],
  b: readonly string[],
  style: Style,
): string[] {
  const first = changes[0] as LineChange;
  const last = changes.at(-1) as LineChange;
  const nBefore = Math.min(CONTEXT_LINES, first.aStart);
  const aStart = first.aStart - nBefore;
  const aEnd = Math.min(a.length, last.aEnd + CONTEXT_LINES);
  const bStart = first.bStart - nBefore;
  const bEnd = last.bEnd + (aEnd - last.aEnd);
  const lines = [style.accent(`@@ -${span(aStart, aEnd)} +${span(bStart, bEnd)} @@`)];
  const push = (mark: string, line: string, paint: (text: string) => string) => {
    lines.push(paint(mark + line.replace(/\n$/, '')));
    if (!line.endsWith('\n')) lines.push(NO_NEWLINE);
  };
  const plain = (text: string) => text;
  let position = aStart;
  for (const change of changes) {
    for (const line of a.slice(position, change.aStart)) push(' ', line, plain);
    for (const line of a.slice(change.aStart, change.aEnd)) push('-', line, style.bad);
    for (const line of b.slice(change.bStart, change.bEnd)) push('+', line, style.good);
    position = change.aEnd;
  }
  for (const line of a.slice(position, aEnd)) push(' ', line, plain);
  return lines;
}

/** Start (1-based) and length; an empty span names the line before it. */
function span(start: number, end: number): string {
  const n = end - start;
  const line = n === 0 ? start : start + 1;
  return n === 1 ? `${line}` : `${line},${n}`;
}

/** With their line ends; a text without a last line end has a last line without one. */
function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Names with quotes or control characters are written as C strings, as git does. */
function quote(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path;
  const escaped = path
    .replace(/["\\]/g, '\\$&')
    .replace(/\p{Cc}/gu, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
