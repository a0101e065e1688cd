/** Which lines of the present files are new since a commit, wherever the files were then. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { basename, extension, type FilePath } from '../core/index';
import { decodeText } from '../host/decode';
import type { Repository } from './git';
import { diffLines } from './lineDiff';
import { type Parsed, value } from './usage';

/** Numbers of lines, from 1; `all` for a file that was not there. */
export type ChangedLines = 'all' | ReadonlySet<number>;

/** A file is taken for another one under a new name if at least this part of its lines is the same. */
const MIN_SIMILARITY = 0.5;
/** Files that went away are compared with each new one only up to this number, those of its name first. */
const MAX_CANDIDATES = 200;

/** For the given files: path from `folder`, and what they hold now. Reads what they held from the repository; what
 *  they hold now counts as it lies on the disk, committed or not. */
export function changedLines(
  repository: Repository,
  folder: string,
  commit: string,
  files: ReadonlyMap<FilePath, string>,
): Parsed<ReadonlyMap<FilePath, ChangedLines>> {
  const listed = repository.listFiles(commit);
  if (listed.kind === 'mistake') return listed;
  const before = listed.value;
  const toRepositoryPath = (file: FilePath) => repository.prefix + file;
  const created = [...files.keys()].filter((file) => !before.has(toRepositoryPath(file)));
  const candidates = created.length === 0 ? [] : vanishedFiles(repository, folder, before, created);
  const ids = new Set([...files.keys()].map((file) => before.get(toRepositoryPath(file))));
  for (const path of candidates) ids.add(before.get(path));
  const read = repository.readFiles([...ids].filter((id) => id !== undefined));
  if (read.kind === 'mistake') return read;
  const linesOf = (path: string) => linesBefore(read.value.get(before.get(path) ?? ''));
  const result = new Map<FilePath, ChangedLines>();
  const renamed = findRenames(created, candidates, (file) => toLines(files.get(file) ?? ''), linesOf);
  for (const [file, text] of files) {
    const old = linesOf(renamed.get(file) ?? toRepositoryPath(file));
    result.set(file, old === undefined ? 'all' : newLines(old, toLines(text)));
  }
  return value(result);
}

/** Paths that could be earlier names of the created files. */
function vanishedFiles(
  { prefix }: Repository,
  folder: string,
  before: ReadonlyMap<string, string>,
  created: readonly FilePath[],
): string[] {
  const extensions = new Set(created.map(extension));
  const names = new Set(created.map(basename));
  // From the folder up to the top of the repository.
  const top = join(folder, ...prefix.split('/').flatMap((part) => (part === '' ? [] : ['..'])));
  const vanished = [...before.keys()].filter(
    (path) => extensions.has(extension(path)) && !existsSync(join(top, path)),
  );
  return vanished
    .sort((a, b) => Number(names.has(basename(b))) - Number(names.has(basename(a))))
    .slice(0, MAX_CANDIDATES);
}

/** The most alike first; each old file has one successor. */
function findRenames(
  created: readonly FilePath[],
  candidates: readonly string[],
  linesNow: (file: FilePath) => readonly string[],
  linesOf: (path: string) => readonly string[] | undefined,
): ReadonlyMap<FilePath, string> {
  const pairs = created.flatMap((file) =>
    candidates.flatMap((path) => {
      if (extension(file) !== extension(path)) return [];
      const score = similarity(linesOf(path) ?? [], linesNow(file));
      return score < MIN_SIMILARITY ? [] : [{ file, path, score }];
    }),
  );
  const renamed = new Map<FilePath, string>();
  const taken = new Set<string>();
  for (const { file, path } of pairs.sort((a, b) => b.score - a.score)) {
    if (renamed.has(file) || taken.has(path)) continue;
    renamed.set(file, path);
    taken.add(path);
  }
  return renamed;
}

/** Which part of the lines of the longer text stands in the other one too. */
function similarity(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1);
  let nShared = 0;
  for (const line of b) {
    const n = counts.get(line) ?? 0;
    if (n > 0) nShared++;
    counts.set(line, n - 1);
  }
  return nShared / Math.max(1, a.length, b.length);
}

function newLines(before: readonly string[], now: readonly string[]): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { aStart, aEnd, bStart, bEnd } of diffLines(before, now)) {
    for (let line = bStart; line < bEnd; line++) lines.add(line + 1);
    const isDeletion = bStart === bEnd && before.slice(aStart, aEnd).some((line) => line.trim() !== '');
    // What was taken away, such as a check, changes its neighbors.
    if (isDeletion) lines.add(bStart).add(bStart + 1);
  }
  return lines;
}

function linesBefore(bytes: Uint8Array | undefined): readonly string[] | undefined {
  if (bytes === undefined) return undefined;
  const decoded = decodeText(bytes);
  return decoded.kind === 'text' ? toLines(decoded.value.text) : undefined;
}

/** Without line ends: how git writes them on this machine is no change. */
function toLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
