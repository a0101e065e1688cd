/** `moat check`: reports what it found, and says by its exit code whether that is acceptable. */
import { join, resolve } from 'node:path';
import { type AnalysisWishes, analyze, type ChangeWishes } from '../analysis';
import { deliver } from '../deliver';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, type Io } from '../io';
import { writeNotes } from '../noteLines';
import { Notes, reasonOf } from '../notes';
import { Progress } from '../progress';
import { parseReportOptions, REPORT_HELP, REPORT_OPTIONS, type ReportWishes } from '../reportOptions';
import { renderShard } from '../shardFile';
import { parseShard, type Shard } from '../shares';
import { toReport } from '../snapshot';
import { resolveFile, resolveTargets, type Targets } from '../targets';
import { type Arguments, choice, mistake, type Parsed, value } from '../usage';
import { filesToCheck, loadWorkspace, type Overlay, type Run, shown } from '../workspace';
import { writeFileAtomically } from '../writeFile';
import type { Command } from './command';

interface CheckOptions {
  readonly targets: Targets;
  readonly report: ReportWishes;
  readonly baseline: AnalysisWishes['baseline'];
  readonly changes: ChangeWishes | undefined;
  readonly shard: Shard | undefined;
  readonly overlay: Overlay | undefined;
  readonly listsKnown: boolean;
  readonly listsFiles: boolean;
}

export const check: Command = {
  name: 'check',
  summary: 'report findings in files and folders',
  options: {
    ...REPORT_OPTIONS,
    exclude: { type: 'string', multiple: true },
    baseline: { type: 'string' },
    'changed-since': { type: 'string' },
    changed: { type: 'string' },
    shard: { type: 'string' },
    'stdin-filename': { type: 'string' },
    'list-files': { type: 'boolean' },
  },
  help: `Usage: moat check [PATHS] [OPTIONS]

Checks the Python files and templates in PATHS (default: the current folder).
A folder is checked as one app. A single file is checked within the app around it,
and only its own findings are reported.

What is reported:
      --exclude GLOB             no findings for these files; may be repeated
      --baseline FILE            only what is not in this file ("moat baseline");
                                 default: the one that moat.toml names
      --changed-since REF        only what lies on lines changed since this branch,
                                 tag or commit, committed or not; asks git
      --changed lines|files      with --changed-since: whole files (default: lines)
      --stdin-filename PATH -    the text of this one file comes from standard input
      --shard I/N                check part I of N, for "moat merge"
      --list-files               only say which files would be checked

How it is reported:
${REPORT_HELP}

Examples:
  moat check
  moat check app/ --fail-on warning
  moat check --changed-since origin/main --format github
  moat check --output sarif=moat.sarif --output gitlab=gl-code-quality.json

Exit code: 0 nothing to fail on, 1 findings at or above --fail-on,
2 wrong usage, or something could not be checked.`,

  run(args, io, engine) {
    const options = parseOptions(args, io);
    return options.kind === 'mistake' ? options : runCheck(options.value, args, io, engine);
  },
};

function parseOptions(args: Arguments, io: Io): Parsed<CheckOptions> {
  const report = parseReportOptions(args);
  if (report.kind === 'mistake') return report;
  const changes = parseChanges(args);
  if (changes.kind === 'mistake') return changes;
  const shard = parseShardOption(args, report.value);
  if (shard.kind === 'mistake') return shard;
  const input = parseInput(args, io);
  if (input.kind === 'mistake') return input;
  const baseline = args.text('baseline');
  return value({
    ...input.value,
    report: report.value,
    baseline: baseline === undefined ? 'configured' : { file: baseline },
    changes: changes.value,
    shard: shard.value,
    listsKnown: report.value.listsKnown,
    listsFiles: args.flag('list-files'),
  });
}

function parseInput(args: Arguments, io: Io): Parsed<Pick<CheckOptions, 'targets' | 'overlay'>> {
  const name = args.text('stdin-filename');
  const isFromStdin = args.positionals.includes('-');
  if (name === undefined && !isFromStdin) {
    const targets = resolveTargets(io, args.positionals);
    return targets.kind === 'mistake' ? targets : value({ targets: targets.value, overlay: undefined });
  }
  if (name === undefined || name === '' || !isFromStdin || args.positionals.length > 1)
    return mistake('Text from standard input needs a name and a dash: --stdin-filename app/views.py -');
  return value({
    targets: resolveFile(io, name),
    overlay: { path: resolve(io.cwd, name), bytes: io.readStdin() },
  });
}

function parseChanges(args: Arguments): Parsed<ChangeWishes | undefined> {
  const since = args.text('changed-since');
  const scope = choice('changed', args.text('changed'), ['lines', 'files'], 'lines');
  if (scope.kind === 'mistake') return scope;
  if (since === undefined && args.text('changed') !== undefined)
    return mistake('--changed says what of --changed-since REF is meant; name the REF too.');
  return value(since === undefined ? undefined : { since, scope: scope.value });
}

function parseShardOption(args: Arguments, { format, outputs }: ReportWishes): Parsed<Shard | undefined> {
  const text = args.text('shard');
  if (text === undefined) return value(undefined);
  const shard = parseShard(text);
  if (shard === undefined)
    return mistake(`--shard cannot be "${text}". Use 1/4 for the first of four parts.`);
  const isPlain = (args.text('format') === undefined || format === 'json') && outputs.length === 0;
  if (!isPlain) return mistake('--shard writes a report for "moat merge"; give --format to that.');
  return value(shard);
}

function runCheck(options: CheckOptions, args: Arguments, io: Io, engine: Engine): Parsed<number> {
  const run: Run = {
    io,
    engine,
    notes: new Notes(),
    progress: new Progress(io),
    exclude: args.list('exclude'),
    ...(options.overlay === undefined ? {} : { overlay: options.overlay }),
  };
  if (options.listsFiles) return value(listFiles(options, run));
  const analysis = analyze(options, run);
  run.progress.done();
  if (analysis.kind === 'mistake') return analysis;
  const { snapshot } = analysis.value;
  if (options.shard !== undefined)
    return writeShard(renderShard(options.shard, analysis.value), options.shard, options, run);
  const report = toReport(snapshot, engine.rules, options.report.minSeverity);
  return value(deliver(report, options.report, io.cwd, io));
}

/** Findings are no failure of a shard: "moat merge" judges all of them together. */
function writeShard(text: string, shard: Shard, { report }: CheckOptions, run: Run): Parsed<number> {
  const { io, notes } = run;
  if (report.file === undefined) io.stdout.write(text);
  else {
    try {
      writeFileAtomically(resolve(io.cwd, report.file), text);
    } catch (error) {
      return mistake(`The report cannot be written to ${report.file}: ${reasonOf(error)}.`);
    }
    if (!report.isQuiet)
      io.stderr.write(`Shard ${shard.index} of ${shard.count} is done. Report: ${report.file}\n`);
  }
  writeNotes(
    io,
    notes.all.filter(({ isFailure }) => isFailure || !report.isQuiet),
  );
  return value(notes.hasFailure ? EXIT_FAILURE : EXIT_CLEAN);
}

function listFiles({ targets }: CheckOptions, run: Run): number {
  for (const target of targets.targets) {
    const workspace = loadWorkspace(run, target, false);
    run.progress.done();
    for (const file of filesToCheck(workspace))
      run.io.stdout.write(`${shown(run, join(target.root, file))}\n`);
  }
  writeNotes(run.io, run.notes.all);
  return run.notes.hasFailure ? EXIT_FAILURE : EXIT_CLEAN;
}
