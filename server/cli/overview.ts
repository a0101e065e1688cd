/** What `moat checklist` and `moat routes` have in common: they load folders, look at the apps as a whole, and print. */
import { join } from 'node:path';
import { type Analyzer, type CheckPlace, LineIndex, type MarkdownTools, worded } from '../core/index';
import type { Command } from './commands/command';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, type Io } from './io';
import { writeNotes } from './noteLines';
import { Notes } from './notes';
import { Progress } from './progress';
import { createStyle, type Style, wantsColor } from './style';
import { resolveTargets } from './targets';
import { type Arguments, choice, type Parsed, value } from './usage';
import { checkFile, filesToCheck, loadWorkspace, type Run, shown } from './workspace';

const FORMATS = ['text', 'markdown', 'json'] as const;

/** One folder, worked out. */
export interface Overlooked {
  readonly analyzer: Analyzer;
  readonly tools: MarkdownTools;
  readonly style: Style;
  /** Where a place is, for JSON. Lines and columns count from 1. */
  where(place: CheckPlace): { readonly file: string; readonly line: number; readonly column: number };
}

export interface OverviewSpec {
  readonly name: string;
  readonly summary: string;
  /** What stands below the usage. */
  readonly about: string;
  toText(folder: Overlooked): string;
  toMarkdown(folder: Overlooked): string;
  toJson(folder: Overlooked): readonly unknown[];
}

export function overviewCommand(spec: OverviewSpec): Command {
  return {
    name: spec.name,
    summary: spec.summary,
    options: { format: { type: 'string', short: 'f' }, exclude: { type: 'string', multiple: true } },
    help: `Usage: moat ${spec.name} [PATHS] [OPTIONS]

${spec.about}

Options:
  -f, --format text|markdown|json   how to report (default: text)
      --exclude GLOB                no findings for these files; may be repeated

Exit code: 0, or 2 for wrong usage and when something could not be checked.
To fail a build because of findings, use "moat check".`,
    run: (args, io, engine) => run(spec, args, io, engine),
  };
}

function run(spec: OverviewSpec, args: Arguments, io: Io, engine: Engine): Parsed<number> {
  const format = choice('format', args.text('format'), FORMATS, 'text');
  if (format.kind === 'mistake') return format;
  const targets = resolveTargets(io, args.positionals);
  if (targets.kind === 'mistake') return targets;
  const work: Run = {
    io,
    engine,
    notes: new Notes(),
    progress: new Progress(io),
    exclude: args.list('exclude'),
  };
  const style = createStyle(wantsColor(io, io.stdout));
  const folders = targets.value.targets.map((target): Overlooked => {
    const workspace = loadWorkspace(work, { ...target, only: undefined }, false);
    for (const file of filesToCheck(workspace)) checkFile(work, workspace, file);
    const { analyzer } = workspace;
    const where = placer(analyzer, (file) => shown(work, join(target.root, file)));
    const at = (place: CheckPlace) => {
      const { file, line } = where(place);
      return `${file}:${line}`;
    };
    return {
      analyzer,
      style,
      where,
      tools: {
        say: (text, ...values) => worded({ text, args: values }),
        words: (text) => text,
        titleOf: ({ title }) => title,
        at,
      },
    };
  });
  work.progress.done();
  const report =
    format.value === 'json'
      ? `${JSON.stringify(
          folders.flatMap((folder) => spec.toJson(folder)),
          undefined,
          2,
        )}\n`
      : folders
          .map((folder) => (format.value === 'text' ? spec.toText(folder) : spec.toMarkdown(folder)))
          .join('\n');
  io.stdout.write(report);
  writeNotes(io, work.notes.all);
  return value(work.notes.hasFailure ? EXIT_FAILURE : EXIT_CLEAN);
}

function placer(analyzer: Analyzer, pathOf: (file: string) => string): Overlooked['where'] {
  const indexes = new Map<string, LineIndex>();
  return ({ file, range }) => {
    const lines = indexes.get(file) ?? new LineIndex(analyzer.textOf(file) ?? '');
    indexes.set(file, lines);
    const { line, character } = lines.toPosition(range.start);
    return { file: pathOf(file), line: line + 1, column: character + 1 };
  };
}
