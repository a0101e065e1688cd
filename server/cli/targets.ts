/** Turns the paths that somebody named into folders to load and the files to report on. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import type { FilePath } from '../core/index';
import { type NodeReadProblem, toReadProblem } from '../host/node';
import type { Io } from './io';
import { mistake, type Parsed, value } from './usage';

/** One app: the whole folder is loaded, because flows cross files. */
export interface Target {
  /** Absolute. */
  readonly root: string;
  /** Report on these files only; undefined means all. */
  readonly only: ReadonlySet<FilePath> | undefined;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** Absolute folder that reported paths are relative to: the target's root, or what several have in common. */
  readonly base: string;
}

/** What the top folder of an app or a repository holds. */
const ROOT_MARKERS = [
  '.git',
  'moat.toml',
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'requirements.txt',
  'Pipfile',
  '.flaskenv',
  'app.py',
  'wsgi.py',
] as const;

/** Where CI says that the repository lies: paths in its reports have to be relative to that. */
const CHECKOUT_VARIABLES = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR'] as const;

export function resolveTargets(
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
  paths: readonly string[],
): Parsed<Targets> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const absolute = resolve(cwd, path);
    const kind = kindOf(absolute);
    if (kind === 'folder') folders.push(absolute);
    else if (kind === 'file') files.push(absolute);
    else if (kind.problem !== 'missing') return mistake(`"${path}" ${kind.message}.`);
    else return mistake(`There is no file or folder "${path}" in ${cwd}. Check the spelling.`);
  }
  const roots = folders.filter(
    (folder) => !folders.some((other) => other !== folder && isInside(other, folder)),
  );
  const targets: Target[] = [...new Set(roots)].map((root) => ({ root, only: undefined }));
  targets.push(...fileTargets(cwd, files, roots));
  return value({ targets, base: baseOf(env, commonFolder(targets.map((target) => target.root))) });
}

/** One file that need not exist yet, in the app around it. */
export function resolveFile({ cwd, env }: Pick<Io, 'cwd' | 'env'>, path: string): Targets {
  const file = resolve(cwd, path);
  const root = rootOf(cwd, file);
  return { targets: [{ root, only: new Set([toFilePath(root, file)]) }], base: baseOf(env, root) };
}

function baseOf(env: Io['env'], folder: string): string {
  const checkouts = CHECKOUT_VARIABLES.flatMap((name) => (env[name] ? [resolve(env[name])] : []));
  return checkouts.find((checkout) => isInside(checkout, folder)) ?? folder;
}

/** Path from `root` with `/` between the parts. */
export function toFilePath(root: string, path: string): FilePath {
  const inside = relative(root, path);
  return sep === '/' ? inside : inside.replaceAll(sep, '/');
}

function kindOf(path: string): 'folder' | 'file' | NodeReadProblem {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return toReadProblem(error);
  }
}

/** Named files, gathered by the folder that each belongs to. Those in a folder that is checked anyway are in already. */
function fileTargets(cwd: string, files: readonly string[], roots: readonly string[]): Target[] {
  const filesByRoot = new Map<string, Set<FilePath>>();
  for (const file of files) {
    if (roots.some((root) => isInside(root, file))) continue;
    const root = rootOf(cwd, file);
    const only = filesByRoot.get(root) ?? new Set();
    filesByRoot.set(root, only.add(toFilePath(root, file)));
  }
  return [...filesByRoot].map(([root, only]) => ({ root, only }));
}

/** The nearest folder above `file` that looks like the top of an app; `cwd` at the latest for files inside it. */
function rootOf(cwd: string, file: string): string {
  const top = parse(file).root;
  for (let folder = dirname(file); folder !== top; folder = dirname(folder)) {
    if (folder === cwd || ROOT_MARKERS.some((marker) => existsSync(join(folder, marker)))) return folder;
  }
  return dirname(file);
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function commonFolder(folders: readonly string[]): string {
  let [common = '.'] = folders;
  for (const folder of folders)
    while (!isInside(common, folder) && dirname(common) !== common) common = dirname(common);
  return common;
}
