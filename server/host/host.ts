/** How files are listed and read, whatever they live on. Nothing here throws or writes: what went wrong is a value. */
import type { FilePath } from '../core/index';
import { decodeText } from './decode';

/** Larger files are left alone: they are data or generated, and would make typing slow. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** A folder with more files than this is listed in part, and the result says so. */
export const MAX_LISTED_FILES = 50_000;

export type ReadProblem = 'missing' | 'too-large' | 'binary' | 'encoding' | 'unreadable';

/** `text` has no byte order mark, as editors show it. */
export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: ReadProblem; readonly message: string };

export interface ListProblem {
  readonly path: FilePath;
  /** In words for a person: "folder cannot be read (EACCES)". */
  readonly message: string;
}

export interface ListResult {
  /** Relative to the listed folder, `/` between the parts, sorted. */
  readonly files: readonly FilePath[];
  readonly problems: readonly ListProblem[];
  readonly isTruncated: boolean;
}

/** Files of one workspace, named by URI. */
export interface FileHost {
  list(rootUri: string): Promise<ListResult>;
  read(uri: string): Promise<ReadResult>;
}

export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.idea',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '.venv',
  '.vscode-test',
  '__pycache__',
  '__pypackages__',
  'bower_components',
  'build',
  'dist',
  'node_modules',
  'site-packages',
  'venv',
]);

/** True for folders that hold other people's code or what tools made. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || name.endsWith('.egg-info');
}

/** True if any folder on the way to the file is skipped. */
export function isInSkippedFolder(path: FilePath): boolean {
  return path.split('/').slice(0, -1).some(isSkippedFolder);
}

/** Turns bytes into text, or says why not; the same rules hold in every host. */
export function decodeBytes(bytes: Uint8Array): ReadResult {
  if (bytes.length > MAX_FILE_BYTES) return tooLarge(bytes.length);
  const decoded = decodeText(bytes);
  return decoded.kind === 'text'
    ? { kind: 'text', text: decoded.value.text }
    : problem(decoded.reason, decoded.message);
}

export function tooLarge(sizeBytes: number): ReadResult {
  const limit = MAX_FILE_BYTES / 1024 / 1024;
  return problem('too-large', `has ${(sizeBytes / 1024 / 1024).toFixed(1)} MB, the limit is ${limit} MB`);
}

export function problem(kind: ReadProblem, message: string): ReadResult {
  return { kind: 'problem', problem: kind, message };
}
