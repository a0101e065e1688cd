/** `moat merge`: one report from those that the shards of `moat check --shard` wrote. */
import { resolve } from 'node:path';
import { readText } from '../../host/node';
import { deliver } from '../deliver';
import type { Engine, Io } from '../io';
import { parseReportOptions, REPORT_HELP, REPORT_OPTIONS, type ReportWishes } from '../reportOptions';
import { mergeShards, parseShardFile, type ShardResult } from '../shardFile';
import { type Snapshot, toReport } from '../snapshot';
import { mistake, type Parsed, value } from '../usage';
import type { Command } from './command';

/** A report holds source lines and paths of every finding. */
const MAX_SHARD_BYTES = 1024 * 1024 * 1024;

export const merge: Command = {
  name: 'merge',
  summary: 'make one report of what several machines checked',
  options: REPORT_OPTIONS,
  help: `Usage: moat merge REPORTS [OPTIONS]

Joins the reports of all shards into what one run would have reported, with the
same exit code. It refuses when a shard is missing, or when they looked at different
code, with different settings or with another version of Moat.

Options:
${REPORT_HELP}

Examples:
  moat check --shard 1/3 --output shard-1.json     on each machine: 1/3, 2/3, 3/3
  moat merge shard-*.json --output sarif=moat.sarif

Exit code: as that of "moat check".`,

  run(args, io, engine) {
    const wishes = parseReportOptions(args);
    return wishes.kind === 'mistake' ? wishes : runMerge(args.positionals, wishes.value, io, engine);
  },
};

function runMerge(names: readonly string[], wishes: ReportWishes, io: Io, engine: Engine): Parsed<number> {
  const snapshot = readShards(names, io);
  if (snapshot.kind === 'mistake') return snapshot;
  const report = toReport(snapshot.value, engine.rules, wishes.minSeverity);
  return value(deliver(report, wishes, snapshot.value.cwd, io));
}

function readShards(names: readonly string[], io: Io): Parsed<Snapshot> {
  const results: (ShardResult & { readonly name: string })[] = [];
  for (const name of names) {
    const read = readText(resolve(io.cwd, name), { maxBytes: MAX_SHARD_BYTES });
    if (read.kind === 'problem') return mistake(`${name} ${read.message}.`);
    const shard = parseShardFile(name, read.text);
    if (shard.kind === 'mistake') return shard;
    results.push({ ...shard.value, name });
  }
  return mergeShards(results);
}
