/** Notes as lines on stderr: skipped files first, failures last, where they are seen. */
import type { Io } from './io';
import type { Note } from './notes';
import { createStyle, toPrintable, wantsColor } from './style';

/** More lines than this say no more than a number does. */
const MAX_LINES = 50;

export function writeNotes(io: Io, notes: readonly Note[]): void {
  const style = createStyle(wantsColor(io, io.stderr));
  const ordered = [...notes.filter((note) => !note.isFailure), ...notes.filter((note) => note.isFailure)];
  const nLeftOut = Math.max(0, ordered.length - MAX_LINES);
  if (nLeftOut > 0) io.stderr.write(`${style.dim(`note: ${nLeftOut} more notes are not shown`)}\n`);
  for (const { path, message, isFailure } of ordered.slice(nLeftOut)) {
    const label = isFailure ? style.bad('failure:') : style.dim('note:');
    const text = toPrintable(path === undefined ? message : `${path} ${message}`);
    io.stderr.write(`${label} ${text}\n`);
  }
}
