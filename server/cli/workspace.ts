/** Loads the folder of one target into an analyzer: lists, reads, and notes what could not be read. */
import { join, relative } from 'node:path';
import type { Analyzer, FilePath, FileReport } from '../core/index';
import { type DecodedText, decodeText } from '../host/decode';
import { listFiles, type NodeReadResult, readText } from '../host/node';
import type { Engine, Io } from './io';
import { type Note, type Notes, reasonOf } from './notes';
import type { Progress } from './progress';
import type { Target } from './targets';

export interface Workspace {
  readonly target: Target;
  readonly analyzer: Analyzer;
  /** What was read, as it is on disk, for writing it back alike. */
  readonly decoded: ReadonlyMap<FilePath, DecodedText>;
  /** How many random secrets fixes have asked for. */
  nSecrets(): number;
}

export interface Run {
  readonly io: Io;
  readonly engine: Engine;
  readonly notes: Notes;
  readonly progress: Progress;
  /** Glob patterns of files that get no findings. */
  readonly exclude: readonly string[];
  /** A file whose text comes from elsewhere than the disk. */
  readonly overlay?: Overlay;
}

export interface Overlay {
  /** Absolute; there may be no such file yet. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What came of one file. */
export interface CheckedFile {
  readonly file: FilePath;
  /** Undefined if Moat failed on it. */
  readonly report: FileReport | undefined;
  readonly notes: readonly Note[];
}

export function loadWorkspace(run: Run, target: Target, isEdited: boolean): Workspace {
  let nSecrets = 0;
  const analyzer = run.engine.createAnalyzer({
    logger: run.notes.toLogger(),
    isEdited,
    createSecret: () => {
      nSecrets++;
      return run.io.createSecret();
    },
  });
  analyzer.configure({ exclude: run.exclude });
  const decoded = new Map<FilePath, DecodedText>();
  const files = filesToLoad(run, target, analyzer);
  files.forEach((file, index) => {
    run.progress.show('Reading', index, files.length, file);
    const path = join(target.root, file);
    const result = run.overlay?.path === path ? toReadResult(run.overlay.bytes) : readText(path);
    if (result.kind === 'text') {
      decoded.set(file, result);
      addFile(run, analyzer, file, { path, text: result.text });
    } else if (target.only?.has(file))
      run.notes.fail(shown(run, path), `${result.message}; it was not checked`);
    else run.notes.add(shown(run, path), `${result.message}; it was skipped`);
  });
  return { target, analyzer, decoded, nSecrets: () => nSecrets };
}

/** A file that Moat itself fails on is left out, and costs only its own findings. */
function addFile(
  run: Run,
  analyzer: Analyzer,
  file: FilePath,
  { path, text }: { readonly path: string; readonly text: string },
): void {
  try {
    analyzer.setFile(file, text);
  } catch (error) {
    run.notes.fail(
      shown(run, path),
      `could not be read because of a fault in Moat (${reasonOf(error)}); please report it`,
    );
  }
}

/** The files that the target asks for. */
export function filesToCheck({ target, analyzer }: Workspace): readonly FilePath[] {
  return analyzer.checkableFiles().filter((file) => target.only?.has(file) ?? true);
}

/** A crash in a file is noted and costs only its own findings. */
export function checkFile(run: Run, { target, analyzer }: Workspace, file: FilePath): CheckedFile {
  const nNotes = run.notes.all.length;
  const path = shown(run, join(target.root, file));
  let report: FileReport | undefined;
  try {
    report = analyzer.check(file);
    if (report.isCarriedOver) run.notes.add(path, 'does not parse; findings in it may be missing');
    for (const cut of report.cuts) run.notes.add(path, cut);
  } catch (error) {
    run.notes.fail(
      path,
      `could not be checked because of a fault in Moat (${reasonOf(error)}); please report it`,
    );
  }
  return { file, report, notes: run.notes.all.slice(nNotes) };
}

/** A path as the user would write it: relative to where the command runs, unless that climbs out of it. */
export function shown({ io }: Pick<Run, 'io'>, path: string): string {
  const inside = relative(io.cwd, path);
  return inside === '' ? '.' : inside.startsWith('..') ? path : inside;
}

function filesToLoad(run: Run, target: Target, analyzer: Analyzer): readonly FilePath[] {
  const { readFolder } = run.engine;
  const listing = listFiles(target.root, {
    accept: (file) => analyzer.isRelevant(file),
    ...(readFolder === undefined ? {} : { readFolder }),
  });
  for (const { path, message } of listing.problems) {
    const where = shown(run, join(target.root, path));
    if (path === '') run.notes.fail(where, `${message}; nothing in it was checked`);
    else run.notes.add(where, `${message}; the folder was skipped`);
  }
  if (listing.isTruncated)
    run.notes.fail(
      shown(run, target.root),
      `has too many files; only the first ${listing.files.length} were checked`,
    );
  return withNamedFiles(run, target, analyzer, listing.files);
}

/** Files that were named are read even where a folder walk would pass them by (a link, a `build` folder). */
function withNamedFiles(
  run: Run,
  target: Target,
  analyzer: Analyzer,
  listed: readonly FilePath[],
): FilePath[] {
  const files = new Set(listed);
  for (const file of target.only ?? []) {
    if (analyzer.isRelevant(file)) files.add(file);
    else
      run.notes.add(shown(run, join(target.root, file)), 'is no Python file or template; it was not checked');
  }
  return [...files].sort();
}

function toReadResult(bytes: Uint8Array): NodeReadResult {
  const decoded = decodeText(bytes);
  return decoded.kind === 'text'
    ? { kind: 'text', ...decoded.value }
    : { kind: 'problem', problem: decoded.reason, message: decoded.message };
}
