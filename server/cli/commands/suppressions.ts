/** `moat suppressions`: every comment that switches findings off, with its reason, so that a team can look them over. */
import { join } from 'node:path';
import { LineIndex, type SuppressionReport } from '../../core/index';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, type Io } from '../io';
import { writeNotes } from '../noteLines';
import { Notes } from '../notes';
import { Progress } from '../progress';
import { createStyle, toPrintable, wantsColor } from '../style';
import { resolveTargets, type Targets, toFilePath } from '../targets';
import { choice, value } from '../usage';
import { loadWorkspace, type Run, shown } from '../workspace';
import type { Command } from './command';

interface Row extends SuppressionReport {
  /** Absolute. */
  readonly path: string;
  readonly line: number;
}

export const suppressions: Command = {
  name: 'suppressions',
  summary: 'list the comments that switch findings off',
  options: { format: { type: 'string', short: 'f' } },
  help: `Usage: moat suppressions [PATHS] [--format text|json]

Lists every comment that switches findings off in PATHS (default: the current
folder): Moat's own, and those of other tools that count. Says which of Moat's
switch nothing off, and which give no reason.`,

  run(args, io, engine) {
    const format = choice('format', args.text('format'), ['text', 'json'], 'text');
    if (format.kind === 'mistake') return format;
    const targets = resolveTargets(io, args.positionals);
    if (targets.kind === 'mistake') return targets;
    const { rows, notes } = collect(targets.value, io, engine);
    io.stdout.write(format.value === 'json' ? toJson(rows, targets.value.base) : toText(rows, io));
    writeNotes(io, notes.all);
    return value(notes.hasFailure ? EXIT_FAILURE : EXIT_CLEAN);
  },
};

function collect(
  { targets }: Targets,
  io: Io,
  engine: Engine,
): { readonly rows: readonly Row[]; readonly notes: Notes } {
  const notes = new Notes();
  const run: Run = { io, engine, notes, progress: new Progress(io), exclude: [] };
  const rows = targets.flatMap((target) => {
    const { analyzer } = loadWorkspace(run, target, false);
    const files = analyzer.checkableFiles().filter((file) => target.only?.has(file) ?? true);
    return files.flatMap((file) => {
      const found = analyzer.suppressions(file);
      const lines = found.length === 0 ? undefined : new LineIndex(analyzer.textOf(file) ?? '');
      const path = join(target.root, file);
      return found.map((one): Row => ({ ...one, path, line: (lines?.lineOf(one.range.start) ?? 0) + 1 }));
    });
  });
  run.progress.done();
  return { rows, notes };
}

function toJson(rows: readonly Row[], base: string): string {
  const list = rows.map(({ path, line, tool, scope, ruleIds, reason, isIdle }) => ({
    file: toFilePath(base, path),
    line,
    tool,
    scope,
    rules: ruleIds ?? null,
    reason,
    isIdle,
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function toText(rows: readonly Row[], io: Io): string {
  const style = createStyle(wantsColor(io, io.stdout));
  const lines = rows.map(({ path, line, tool, scope, ruleIds, reason, isIdle }) => {
    const what =
      tool === 'moat' ? `${SCOPES[scope]}${ruleIds?.join(', ') ?? 'every rule'}` : `${tool} (every rule)`;
    const why = tool !== 'moat' ? '' : reason === '' ? style.dim(' – no reason given') : ` – ${reason}`;
    const idle = isIdle ? style.dim(' (switches nothing off)') : '';
    return `${style.bold(`${shown({ io }, path)}:${line}`)}  ${toPrintable(what + why)}${idle}\n`;
  });
  const nIdle = rows.filter(({ isIdle }) => isIdle).length;
  const summary = `${rows.length} ${rows.length === 1 ? 'suppression' : 'suppressions'}${nIdle === 0 ? '' : `, ${nIdle} without a finding`}\n`;
  return lines.join('') + summary;
}

const SCOPES = { line: '', file: 'whole file: ', block: 'from here: ' } as const;
