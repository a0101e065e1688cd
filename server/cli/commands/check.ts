/** `moat check`: loads the folders, reports what it found, and says by its exit code whether that is acceptable. */
import { join, resolve } from 'node:path';
import { SEVERITIES, type Severity } from '../../core/index';
import { type Engine, EXIT_CLEAN, EXIT_FAILURE, EXIT_FINDINGS, type Io } from '../io';
import { writeNotes } from '../noteLines';
import { Notes, reasonOf } from '../notes';
import { Progress } from '../progress';
import {
  countAtLeast,
  countBySeverity,
  type Report,
  type ReportedFinding,
  reportedFindings,
} from '../report';
import { reportJson } from '../reporters/json';
import { FORMATS, type Format, type Reporter, type ReporterContext } from '../reporters/reporter';
import { reportSarif } from '../reporters/sarif';
import { reportText, summary } from '../reporters/text';
import { createStyle, wantsColor } from '../style';
import { resolveTargets, type Targets } from '../targets';
import { type Arguments, choice, mistake, type Parsed, value } from '../usage';
import { checkWorkspace, loadWorkspace, type Run, shown } from '../workspace';
import { writeFileAtomically } from '../writeFile';
import { type Command, complain } from './command';

const FAIL_ON = [...SEVERITIES, 'never'] as const;

interface CheckOptions {
  readonly targets: Targets;
  readonly format: Format;
  readonly minSeverity: Severity;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly output: string | undefined;
  readonly exclude: readonly string[];
}

const REPORTERS: Readonly<Record<Format, Reporter>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
};

export const check: Command = {
  name: 'check',
  summary: 'report findings in files and folders',
  options: {
    format: { type: 'string', short: 'f' },
    'min-severity': { type: 'string' },
    'fail-on': { type: 'string' },
    output: { type: 'string', short: 'o' },
    exclude: { type: 'string', multiple: true },
  },
  help: `Usage: moat check [PATHS] [OPTIONS]

Checks the Python files and templates in PATHS (default: the current folder).
A folder is checked as one app. A single file is checked within the app around it,
and only its own findings are reported.

Options:
  -f, --format text|json|sarif   how to report (default: text)
      --min-severity SEVERITY    error, warning, information or hint: report these
                                 and worse (default: warning)
      --fail-on SEVERITY|never   exit with 1 for findings this bad or worse
                                 (default: error)
  -o, --output FILE              write the report to FILE
      --exclude GLOB             no findings for these files; may be repeated

Exit code: 0 nothing to fail on, 1 findings at or above --fail-on,
2 wrong usage, or something could not be checked.`,

  run(args, io, engine) {
    const options = parseOptions(args, io);
    if (options.kind === 'mistake') {
      complain(io, 'check', options.message);
      return EXIT_FAILURE;
    }
    return runCheck(options.value, io, engine);
  },
};

function parseOptions(args: Arguments, io: Io): Parsed<CheckOptions> {
  const format = choice('format', args.text('format'), FORMATS, 'text');
  if (format.kind === 'mistake') return format;
  const minSeverity = choice('min-severity', args.text('min-severity'), SEVERITIES, 'warning');
  if (minSeverity.kind === 'mistake') return minSeverity;
  const failOn = choice('fail-on', args.text('fail-on'), FAIL_ON, 'error');
  if (failOn.kind === 'mistake') return failOn;
  const output = args.text('output');
  if (output === '') return mistake('--output needs the name of a file.');
  const targets = resolveTargets(io.cwd, args.positionals);
  if (targets.kind === 'mistake') return targets;
  return value({
    targets: targets.value,
    format: format.value,
    minSeverity: minSeverity.value,
    failOn: failOn.value,
    output,
    exclude: args.list('exclude'),
  });
}

function runCheck(options: CheckOptions, io: Io, engine: Engine): number {
  const run: Run = { io, engine, notes: new Notes(), progress: new Progress(io), exclude: options.exclude };
  const report = createReport(options, run);
  run.progress.done();
  const isWritten = deliver(report, options, run);
  writeNotes(io, report.notes);
  if (!isWritten || run.notes.hasFailure) return EXIT_FAILURE;
  const nBad = options.failOn === 'never' ? 0 : countAtLeast(report.counts, options.failOn);
  return nBad > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

function createReport({ targets, minSeverity }: CheckOptions, run: Run): Report {
  const startMs = run.io.now();
  const findings: ReportedFinding[] = [];
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  let nFiles = 0;
  for (const target of targets.targets) {
    const workspace = loadWorkspace(run, target, false);
    const reports = checkWorkspace(run, workspace);
    nFiles += reports.length;
    for (const [severity, n] of Object.entries(countBySeverity(reports))) counts[severity as Severity] += n;
    findings.push(...reportedFindings(workspace, reports, targets.base, minSeverity));
  }
  return {
    base: targets.base,
    rules: run.engine.rules,
    findings,
    counts,
    nHidden: countAtLeast(counts, 'hint') - findings.length,
    nFiles,
    durationMs: run.io.now() - startMs,
    notes: run.notes.all,
  };
}

/** Prints the report, or writes it to the file and prints the summary. False if it could not be written. */
function deliver(report: Report, options: CheckOptions, run: Run): boolean {
  const { io } = run;
  const output = options.output === undefined ? io.stdout : undefined;
  const context: ReporterContext = {
    style: createStyle(output !== undefined && wantsColor(io, output)),
    columns: output?.columns ?? 120,
    shown: (path) => shown(run, join(report.base, path)),
  };
  const text = REPORTERS[options.format](report, context);
  if (options.output === undefined) {
    io.stdout.write(text);
    return true;
  }
  try {
    writeFileAtomically(resolve(io.cwd, options.output), text);
  } catch (error) {
    io.stderr.write(`moat check: The report cannot be written to ${options.output}: ${reasonOf(error)}.\n`);
    return false;
  }
  const style = createStyle(wantsColor(io, io.stderr));
  io.stderr.write(`${summary(report, { ...context, style })}\n${style.dim(`  Report: ${options.output}`)}\n`);
  return true;
}
