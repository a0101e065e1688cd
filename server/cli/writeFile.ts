/** Puts a file in place in one step: whoever reads it sees the old content or the new, never a part. Throws on failure. */
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface WriteOptions {
  /** Permissions of a file that does not exist yet; an existing file keeps its own. */
  readonly mode?: number;
  /** Refuse (EEXIST) if the file exists. */
  readonly isNew?: boolean;
}

export function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): void {
  const { mode = 0o666, isNew = false } = options;
  if (isNew) {
    // `wx` never follows a link that somebody put there, nor replaces a file that came in the meantime.
    writeFileSync(path, content, { mode, flag: 'wx' });
    return;
  }
  // Through a link, so that the link stays one.
  const target = existsSync(path) ? realpathSync(path) : path;
  const isDevice = existsSync(target) && !statSync(target).isFile();
  if (isDevice) {
    writeFileSync(target, content);
    return;
  }
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' });
    if (existsSync(target)) chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } finally {
    // Gone after a rename that worked.
    rmSync(temporary, { force: true });
  }
}
