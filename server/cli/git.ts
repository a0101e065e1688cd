/** Reads the history of a git repository: the only place where Moat starts another program, for `--changed-since`.
 *
 *  A repository may come from anywhere, so nothing in it may be run. Therefore: no shell; only commands that read
 *  objects, never the working tree, because reading that runs filters; hooks, pagers, monitors, outer diff programs
 *  and fetching of missing objects are off; names that a person gave are checked, and never taken for options.
 *  @see https://git-scm.com/docs/git-config and `gitattributes`, for what a configuration can start. */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { mistake, type Parsed, value } from './usage';

export interface Repository {
  /** The folder's path from the top of the repository: `''`, or ending with a slash. */
  readonly prefix: string;
  /** Where HEAD parted from `ref`: its commit. */
  mergeBase(ref: string): Parsed<string>;
  /** Ids of the files of a commit by path from the top. */
  listFiles(commit: string): Parsed<ReadonlyMap<string, string>>;
  /** Contents by id. */
  readFiles(ids: readonly string[]): Parsed<ReadonlyMap<string, Uint8Array>>;
}

const SAFE_OPTIONS = [
  '--no-pager',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'diff.external=', 'protocol.allow=never'].flatMap(
    (setting) => ['-c', setting],
  ),
  // A folder of the project that only looks like a repository is none.
  ...['-c', 'safe.bareRepository=explicit'],
];

const SAFE_ENVIRONMENT = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  LC_ALL: 'C',
};

/** They say which repository is meant; a hook sets them, relative to its own folder. */
const LOCATION_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;
const COMMIT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

type Environment = Readonly<Record<string, string | undefined>>;

export function openRepository(folder: string, environment: Environment): Parsed<Repository> {
  const run = (args: readonly string[], input?: string) => runGit(folder, environment, args, input);
  const found = run(['rev-parse', '--show-prefix']);
  if (found.kind === 'mistake') return found;
  if (found.value.status !== 0) return mistake(reasonForNoRepository(folder, found.value.stderr));
  return value({
    prefix: found.value.stdout.toString('utf8').replace(/\r?\n$/, ''),
    mergeBase: (ref) => findMergeBase(run, ref),
    listFiles: (commit) => listFiles(run, commit),
    readFiles: (ids) => readFiles(run, ids),
  });
}

interface Result {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

type Run = (args: readonly string[], input?: string) => Parsed<Result>;

function runGit(
  folder: string,
  environment: Environment,
  args: readonly string[],
  input: string | undefined,
): Parsed<Result> {
  const env: Record<string, string | undefined> = { ...environment, ...SAFE_ENVIRONMENT };
  for (const name of LOCATION_VARIABLES) delete env[name];
  const result = spawnSync('git', ['-C', folder, ...SAFE_OPTIONS, ...args], {
    // Not the project's folder: Windows would look there first for a program of that name.
    cwd: dirname(process.execPath),
    env,
    input: input ?? '',
    maxBuffer: MAX_OUTPUT_BYTES,
    shell: false,
    windowsHide: true,
  });
  if (result.error !== undefined) return mistake(reasonForNoGit(result.error));
  return value({ status: result.status, stdout: result.stdout, stderr: result.stderr.toString('utf8') });
}

function findMergeBase(run: Run, ref: string): Parsed<string> {
  if (ref.startsWith('-') || !/^[^\p{Cc}\s]+$/u.test(ref))
    return mistake(`--changed-since cannot be "${ref}": name a branch, a tag or a commit.`);
  const shallow = run(['rev-parse', '--is-shallow-repository']);
  if (shallow.kind === 'mistake') return shallow;
  const isShallow = shallow.value.stdout.toString('utf8').trim() === 'true';
  const resolved = firstLine(
    run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]),
  );
  if (resolved.kind === 'mistake') return resolved;
  if (!COMMIT_ID.test(resolved.value))
    return mistake(
      `--changed-since: git knows no branch, tag or commit "${ref}" here.${isShallow ? SHALLOW_HINT : ' Fetch it, or check the spelling.'}`,
    );
  const base = firstLine(run(['merge-base', resolved.value, 'HEAD']));
  if (base.kind === 'mistake') return base;
  if (COMMIT_ID.test(base.value)) return base;
  return mistake(
    `--changed-since: "${ref}" and the present commit have no commit in common.${isShallow ? SHALLOW_HINT : ''}`,
  );
}

const SHALLOW_HINT =
  ' The history was fetched only in part: fetch all of it (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0).';

function listFiles(run: Run, commit: string): Parsed<ReadonlyMap<string, string>> {
  const listed = run(['ls-tree', '-r', '-z', '--full-tree', commit, '--']);
  if (listed.kind === 'mistake') return listed;
  if (listed.value.status !== 0) return failed('ls-tree', listed.value);
  const files = new Map<string, string>();
  for (const line of listed.value.stdout.toString('utf8').split('\0')) {
    const match = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
    if (match !== null) files.set(match[2] as string, match[1] as string);
  }
  return value(files);
}

/** @see https://git-scm.com/docs/git-cat-file#_batch_output */
function readFiles(run: Run, ids: readonly string[]): Parsed<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  if (ids.length === 0) return value(contents);
  const read = run(['cat-file', '--batch'], `${ids.join('\n')}\n`);
  if (read.kind === 'mistake') return read;
  if (/lazy fetch|promisor/.test(read.value.stderr)) return mistake(NOT_FETCHED);
  if (read.value.status !== 0) return failed('cat-file', read.value);
  const { stdout } = read.value;
  let offset = 0;
  while (offset < stdout.length) {
    const end = stdout.indexOf(0x0a, offset);
    const [id = '', type, size] = stdout.toString('utf8', offset, end).split(' ');
    offset = end + 1;
    if (type !== 'blob') return mistake(NOT_FETCHED);
    contents.set(id, stdout.subarray(offset, offset + Number(size)));
    offset += Number(size) + 1;
  }
  return value(contents);
}

const NOT_FETCHED =
  '--changed-since: the old text of some files was never fetched. Clone the repository without --filter.';

function firstLine(result: Parsed<Result>): Parsed<string> {
  if (result.kind === 'mistake') return result;
  return value(result.value.stdout.toString('utf8').split(/\r?\n/, 1)[0] ?? '');
}

function failed(command: string, { stderr }: Result): Parsed<never> {
  return mistake(`--changed-since: git ${command} failed: ${stderr.trim().split('\n')[0] ?? ''}`);
}

function reasonForNoGit(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT')
    return '--changed-since needs git, which is not installed here. Install it, or use --baseline instead.';
  return `--changed-since: git could not be started (${error.message}).`;
}

function reasonForNoRepository(folder: string, stderr: string): string {
  if (/dubious ownership/.test(stderr))
    return `--changed-since: git does not trust ${folder}, which belongs to another user. Run: git config --global --add safe.directory ${folder}`;
  return `--changed-since: ${folder} is in no git repository.`;
}
