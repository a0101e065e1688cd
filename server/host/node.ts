/** Lists and reads the files of a folder on disk. Problems are values: nothing here throws, writes or runs anything.
 *  Symbolic links inside the folder are never followed: they cannot make a cycle, nor lead out of the folder. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createPathMatcher, type FilePath } from '../core/index';
import { type DecodedText, decodeText } from './decode';
import {
  isSkippedFolder,
  type ListProblem,
  type ListResult,
  MAX_FILE_BYTES,
  MAX_LISTED_FILES,
  type ReadProblem,
} from './host';

export interface ListOptions {
  /** Keeps only these; called with paths relative to the root. Default: all. */
  readonly accept?: (file: FilePath) => boolean;
  /** Glob patterns of files and folders that are left out. */
  readonly exclude?: readonly string[];
  readonly maxFiles?: number;
  /** Reads one folder; tests put a failing one here. */
  readonly readFolder?: ReadFolder;
}

export type ReadFolder = (path: string) => readonly Dirent[];

/** Like `ReadResult` of `host.ts`, with what is needed to write the text back as it was. */
export type NodeReadResult = ({ readonly kind: 'text' } & DecodedText) | NodeReadProblem;

export interface NodeReadProblem {
  readonly kind: 'problem';
  readonly problem: ReadProblem;
  /** A predicate to follow the file's name: "is a binary file". */
  readonly message: string;
}

export interface ReadOptions {
  readonly maxBytes?: number;
}

/** Files below `root`, sorted by code unit so that the order is the same on every machine. */
export function listFiles(root: string, options: ListOptions = {}): ListResult {
  const { maxFiles = MAX_LISTED_FILES } = options;
  const files: FilePath[] = [];
  const problems: ListProblem[] = [];
  for (const part of walkFolders(root, options)) {
    for (const file of part.files) files.push(file);
    problems.push(...part.problems);
    if (files.length > maxFiles)
      return { files: files.slice(0, maxFiles).sort(), problems, isTruncated: true };
  }
  return { files: files.sort(), problems, isTruncated: false };
}

/** The same, folder by folder, for a caller that must stay responsive between them. */
export function* walkFolders(root: string, options: ListOptions = {}): Generator<ListResult, void> {
  const { accept = () => true, exclude = [], readFolder = readFolderOnDisk } = options;
  const isExcluded = createPathMatcher(exclude);
  const pending: FilePath[] = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = entriesOf(join(root, folder), readFolder);
    if (typeof entries === 'string') {
      yield { files: [], problems: [{ path: folder, message: entries }], isTruncated: false };
      continue;
    }
    if (folder !== '' && isEnvironmentFolder(entries)) continue;
    const files: FilePath[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isExcluded(path)) continue;
      if (entry.isFile() && accept(path)) files.push(path);
      else if (entry.isDirectory() && !isSkippedFolder(entry.name)) pending.push(path);
    }
    yield { files, problems: [], isTruncated: false };
  }
}

/** Reads a file as text: UTF-8, or what its coding comment says (PEP 263). */
export function readText(path: string, { maxBytes = MAX_FILE_BYTES }: ReadOptions = {}): NodeReadResult {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return problem('unreadable', 'is not a regular file');
    if (stats.size > maxBytes) return tooLarge(stats.size, maxBytes);
    const bytes = readFileSync(path);
    // It may have grown since.
    if (bytes.length > maxBytes) return tooLarge(bytes.length, maxBytes);
    const decoded = decodeText(bytes);
    return decoded.kind === 'text'
      ? { kind: 'text', ...decoded.value }
      : problem(decoded.reason, decoded.message);
  } catch (error) {
    return toReadProblem(error);
  }
}

/** A system error as a problem, in words. */
export function toReadProblem(error: unknown): NodeReadProblem {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return problem('missing', 'does not exist');
    case 'EACCES':
    case 'EPERM':
      return problem('unreadable', 'cannot be read: no permission');
    default:
      return problem('unreadable', `cannot be read (${code})`);
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** The entries, or why there are none. */
function entriesOf(path: string, readFolder: ReadFolder): readonly Dirent[] | string {
  try {
    return readFolder(path);
  } catch (error) {
    return toReadProblem(error).message;
  }
}

function readFolderOnDisk(path: string): readonly Dirent[] {
  return readdirSync(path, { withFileTypes: true });
}

/** Virtual environments are known by what their top folder holds, whatever they are called. */
function isEnvironmentFolder(entries: readonly Dirent[]): boolean {
  return entries.some((entry) => entry.name === 'pyvenv.cfg' || entry.name === 'conda-meta');
}

function tooLarge(nBytes: number, maxBytes: number): NodeReadProblem {
  const toMegabytes = (bytes: number) => Number((bytes / 1024 / 1024).toFixed(1));
  return problem('too-large', `has ${toMegabytes(nBytes)} MB, the limit is ${toMegabytes(maxBytes)} MB`);
}

function problem(kind: ReadProblem, message: string): NodeReadProblem {
  return { kind: 'problem', problem: kind, message };
}
