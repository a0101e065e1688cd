/** `moat baseline`: writes down the findings that are there now, so that `moat check` reports only new ones. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BASELINE_FILE, type Baseline, pruneBaseline, toBaseline } from '../../core/index';
import { analyze } from '../analysis';
import { writeBaseline } from '../baselineFile';
import { type Engine, EXIT_CLEAN, type Io } from '../io';
import { writeNotes } from '../noteLines';
import { Notes, reasonOf } from '../notes';
import { Progress } from '../progress';
import { count } from '../reporters/text';
import { type Snapshot, stateOfBaseline, toCandidate } from '../snapshot';
import { createStyle, wantsColor } from '../style';
import { resolveTargets, type Targets } from '../targets';
import { type Arguments, mistake, type Parsed, value } from '../usage';
import type { Run } from '../workspace';
import type { Command } from './command';

interface BaselineOptions {
  readonly targets: Targets;
  readonly output: string;
  readonly mode: 'create' | 'update' | 'prune';
}

export const baseline: Command = {
  name: 'baseline',
  summary: 'write down the present findings, so that only new ones count',
  options: {
    output: { type: 'string', short: 'o' },
    update: { type: 'boolean' },
    prune: { type: 'boolean' },
    exclude: { type: 'string', multiple: true },
  },
  help: `Usage: moat baseline [PATHS] [OPTIONS]

Writes the findings of PATHS (default: the current folder), of every severity, to a
file. Commit it: "moat check --baseline FILE" then reports and fails only for what
is new. Findings stay known when code around them changes, or files are renamed.

Options:
  -o, --output FILE     the baseline (default: ${BASELINE_FILE})
      --update          write the present findings into a baseline that is there
      --prune           only take out what is mended; new findings stay new
      --exclude GLOB    no findings of these files; may be repeated

Examples:
  moat baseline
  moat check --baseline ${BASELINE_FILE}
  moat baseline --prune

Exit code: 0 written, 2 wrong usage, or something could not be checked or written.`,

  run(args, io, engine) {
    const options = parseOptions(args, io);
    return options.kind === 'mistake' ? options : runBaseline(options.value, args, io, engine);
  },
};

function parseOptions(args: Arguments, io: Io): Parsed<BaselineOptions> {
  const output = args.text('output') ?? BASELINE_FILE;
  if (output === '') return mistake('--output needs the name of a file.');
  const isUpdate = args.flag('update');
  const isPrune = args.flag('prune');
  if (isUpdate && isPrune) return mistake('--update and --prune do not go together.');
  const isThere = existsSync(resolve(io.cwd, output));
  if (!isUpdate && !isPrune && isThere)
    return mistake(
      `${output} is there already. --prune takes out what is mended; --update takes in new findings too.`,
    );
  if (isPrune && !isThere) return mistake(`There is no baseline ${output}. "moat baseline" writes one.`);
  const targets = resolveTargets(io, args.positionals);
  if (targets.kind === 'mistake') return targets;
  const mode = isPrune ? 'prune' : isUpdate && isThere ? 'update' : 'create';
  return value({ targets: targets.value, output, mode });
}

function runBaseline(
  { targets, output, mode }: BaselineOptions,
  args: Arguments,
  io: Io,
  engine: Engine,
): Parsed<number> {
  const run: Run = {
    io,
    engine,
    notes: new Notes(),
    progress: new Progress(io),
    exclude: args.list('exclude'),
  };
  const existing = mode === 'create' ? 'none' : { file: output };
  const analysis = analyze(
    { targets, baseline: existing, changes: undefined, shard: undefined, listsKnown: false },
    run,
  );
  run.progress.done();
  if (analysis.kind === 'mistake') return analysis;
  writeNotes(io, run.notes.all);
  // What was not checked would be taken for mended.
  if (run.notes.hasFailure) return mistake(`Not everything could be checked; ${output} was not written.`);
  const { entries, sentence } = newEntries(analysis.value.snapshot, mode);
  try {
    writeBaseline(resolve(io.cwd, output), targets.base, entries);
  } catch (error) {
    return mistake(`${output} could not be written: ${reasonOf(error)}.`);
  }
  const style = createStyle(wantsColor(io, io.stdout));
  io.stdout.write(`${style.good('✔')} ${output}: ${sentence}\n`);
  return value(EXIT_CLEAN);
}

function newEntries(
  snapshot: Snapshot,
  mode: BaselineOptions['mode'],
): { readonly entries: Baseline; readonly sentence: string } {
  const findings = snapshot.files.flatMap((file) => file.findings);
  const state = stateOfBaseline(snapshot, findings);
  const before = snapshot.baseline?.entries ?? [];
  const nStale = numberOf(state?.stale ?? []);
  const nNew = findings.length - (state?.known.length ?? 0);
  if (mode === 'prune') {
    const entries = pruneBaseline(before, state?.stale ?? []);
    return {
      entries,
      sentence: `${toKnown(entries)}, ${nStale} mended and taken out, ${nNew} new not taken in`,
    };
  }
  const unchecked = new Set(snapshot.baseline?.unchecked);
  const kept = before.filter(({ file }) => unchecked.has(file));
  const entries = [...kept, ...toBaseline(findings.map(toCandidate))];
  const change = mode === 'update' ? `, ${nNew} new taken in, ${nStale} mended and taken out` : '';
  return { entries, sentence: `${toKnown(entries)}${change}` };
}

function toKnown(entries: Baseline): string {
  return count(numberOf(entries), 'known finding');
}

function numberOf(entries: Baseline): number {
  return entries.reduce((sum, entry) => sum + entry.count, 0);
}
