/** `moat fix`: applies fixes, or shows them as a diff. Writes a folder's files together or not at all. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { basename, dirname, type FilePath, type FixSafety } from '../../core/index';
import { encodeText } from '../../host/decode';
import { readText } from '../../host/node';
import { applyFixes, type FixResult, type FixWishes } from '../applyFixes';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, type Io } from '../io';
import { writeNotes } from '../noteLines';
import { Notes, reasonOf } from '../notes';
import { Progress } from '../progress';
import { count } from '../reporters/text';
import { createStyle, toPrintable, wantsColor } from '../style';
import { resolveTargets, type Target, toFilePath } from '../targets';
import { unifiedDiff } from '../unifiedDiff';
import { type Arguments, choice, mistake, type Parsed, value } from '../usage';
import { loadWorkspace, type Run, shown, type Workspace } from '../workspace';
import { writeFileAtomically } from '../writeFile';
import type { Command } from './command';
import { unknownRule } from './explain';

const KINDS = ['safe', 'review'] as const;

const SAFETIES: Readonly<Record<(typeof KINDS)[number], readonly FixSafety[]>> = {
  safe: ['safe'],
  review: ['safe', 'review'],
};

interface FixOptions {
  readonly targets: readonly Target[];
  readonly base: string;
  readonly isDryRun: boolean;
  readonly wishes: FixWishes;
}

export const fix: Command = {
  name: 'fix',
  summary: 'apply fixes, or show them with --dry-run',
  options: {
    'dry-run': { type: 'boolean', short: 'n' },
    rule: { type: 'string', multiple: true },
    kind: { type: 'string' },
    exclude: { type: 'string', multiple: true },
  },
  help: `Usage: moat fix [PATHS] [OPTIONS]

Applies the fixes for what "moat check" finds in PATHS (default: the current folder).
A fix may also change files beside the code, such as .env and .gitignore.

Options:
  -n, --dry-run           change nothing; print the changes as a diff
      --rule RULE         only fixes of this rule; may be repeated
      --kind safe|review  safe: only fixes that keep what the code is meant to do
                          (default); review: also those that may change it
      --exclude GLOB      leave these files alone; may be repeated

Examples:
  moat fix --dry-run
  moat fix app/views.py --rule sql-injection

Exit code: 0 done, 2 wrong usage, or something could not be fixed or written.`,

  run(args, io, engine) {
    const options = parseOptions(args, io, engine);
    if (options.kind === 'mistake') return options;
    const run: Run = {
      io,
      engine,
      notes: new Notes(),
      progress: new Progress(io),
      exclude: args.list('exclude'),
    };
    return value(runFix(options.value, run));
  },
};

function parseOptions(args: Arguments, io: Io, engine: Engine): Parsed<FixOptions> {
  const kind = choice('kind', args.text('kind'), KINDS, 'safe');
  if (kind.kind === 'mistake') return kind;
  const ruleIds = args.list('rule');
  const unknown = ruleIds.find((id) => !engine.rules.some((rule) => rule.id === id));
  if (unknown !== undefined) return mistake(unknownRule(unknown, engine.rules));
  const targets = resolveTargets(io, args.positionals);
  if (targets.kind === 'mistake') return targets;
  return value({
    ...targets.value,
    isDryRun: args.flag('dry-run'),
    wishes: { ruleIds, safeties: SAFETIES[kind.value] },
  });
}

function runFix(options: FixOptions, run: Run): number {
  const results = options.targets.map((target) => {
    const workspace = loadWorkspace(run, target, true);
    const result = applyFixes(workspace, options.base, options.wishes, (nDone, nTotal, file) =>
      run.progress.show('Fixing', nDone, nTotal, file),
    );
    run.progress.done();
    const isDone = options.isDryRun ? showDiff(run, workspace, result) : writeChanges(run, workspace, result);
    if (isDone) tell(run, options, result);
    return result;
  });
  tellSum(run, options, results);
  writeNotes(run.io, run.notes.all);
  return run.notes.hasFailure ? EXIT_FAILURE : EXIT_CLEAN;
}

function showDiff({ io }: Run, workspace: Workspace, { before }: FixResult): boolean {
  const style = createStyle(wantsColor(io, io.stdout));
  for (const file of writingOrder(before)) {
    const after = workspace.analyzer.textOf(file) ?? '';
    const path = toFilePath(io.cwd, join(workspace.target.root, file));
    io.stdout.write(
      unifiedDiff({ path: path.startsWith('..') ? file : path, before: before.get(file), after }, style),
    );
  }
  return true;
}

/** False if nothing was written, because one of the files could not have been. */
function writeChanges(run: Run, workspace: Workspace, { before }: FixResult): boolean {
  const files = writingOrder(before);
  const obstacles = files.flatMap((file) => {
    const message = obstacleToWriting(workspace, file, before.get(file));
    return message === undefined ? [] : [{ path: shown(run, join(workspace.target.root, file)), message }];
  });
  for (const { path, message } of obstacles) run.notes.fail(path, `${message}; nothing was changed`);
  if (obstacles.length > 0) return false;
  for (const file of files) {
    const path = join(workspace.target.root, file);
    try {
      const text = workspace.analyzer.textOf(file) ?? '';
      const source = workspace.decoded.get(file) ?? { encoding: 'utf-8', hasBom: false };
      // Whether it can be encoded was asked before the fix was taken.
      const bytes = encodeText({ ...source, text }) ?? text;
      writeFileAtomically(path, bytes, { isNew: before.get(file) === undefined, mode: modeOf(file) });
    } catch (error) {
      run.notes.fail(shown(run, path), `could not be written (${reasonOf(error)})`);
      return false;
    }
  }
  return true;
}

function obstacleToWriting(
  { target }: Workspace,
  file: FilePath,
  before: string | undefined,
): string | undefined {
  const path = join(target.root, file);
  const now = readText(path);
  if (before === undefined)
    return now.kind === 'problem' && now.problem === 'missing' ? undefined : 'came to be in the meantime';
  if (now.kind === 'problem') return `${now.message} any more`;
  if (now.text !== before) return 'was changed in the meantime; run the command again';
  try {
    accessSync(path, constants.W_OK);
    accessSync(join(target.root, dirname(file)), constants.W_OK);
    return undefined;
  } catch {
    // Only the answer matters: it is write-protected.
    return 'is write-protected';
  }
}

/** What keeps a secret out of the repository comes first, then the secret, then the code that reads it. */
function writingOrder(before: ReadonlyMap<FilePath, string | undefined>): FilePath[] {
  const rank = (file: FilePath) =>
    basename(file) === '.gitignore' ? 0 : before.get(file) === undefined ? 1 : 2;
  return [...before.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A new file with secrets is for its owner only; its example is for everybody. */
function modeOf(file: FilePath): number {
  const name = basename(file);
  return /^\.env(\.|$)/.test(name) && !/example|sample|template/.test(name) ? 0o600 : 0o666;
}

function tell(run: Run, { isDryRun, base }: FixOptions, { fixed, unfixed }: FixResult): void {
  const output = isDryRun ? run.io.stderr : run.io.stdout;
  const style = createStyle(wantsColor(run.io, output));
  const line = (mark: string, ruleId: string, place: FixResult['fixed'][number]['place'], text: string) => {
    const where = `${toPrintable(shown(run, join(base, place.path)))}:${place.start.line}:${place.start.column}`;
    output.write(`${mark} ${style.bold(where)} ${style.dim(`[${ruleId}]`)} ${toPrintable(text)}\n`);
  };
  for (const { ruleId, place, title } of fixed) line(style.good('✔'), ruleId, place, title);
  for (const { ruleId, place, reason } of unfixed) line(style.dim('–'), ruleId, place, capitalized(reason));
}

function tellSum(run: Run, { isDryRun }: FixOptions, results: readonly FixResult[]): void {
  const sum = (numberOf: (result: FixResult) => number) =>
    results.reduce((n, result) => n + numberOf(result), 0);
  const nFixed = sum((result) => result.fixed.length);
  const nUnfixed = sum((result) => result.unfixed.length);
  const nOtherKind = sum((result) => result.nOtherKind);
  const nFiles = sum((result) => result.before.size);
  const output = isDryRun ? run.io.stderr : run.io.stdout;
  const style = createStyle(wantsColor(run.io, output));
  const verb = run.notes.hasFailure && !isDryRun ? 'could be fixed' : isDryRun ? 'would be fixed' : 'fixed';
  const parts = [
    nFixed === 0 ? 'Nothing to fix' : `${count(nFixed, 'finding')} ${verb} in ${count(nFiles, 'file')}`,
    ...(nUnfixed > 0 ? [`${nUnfixed} not fixed`] : []),
    ...(nOtherKind > 0 ? [`${nOtherKind} more with --kind review`] : []),
  ];
  output.write(`${style.bold(parts.join(', '))}\n`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
