/** Brings a report to where it was asked for, and says by the exit code whether it is acceptable. */
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT_CLEAN, EXIT_FAILURE, EXIT_FINDINGS, type Io } from './io';
import { writeNotes } from './noteLines';
import { reasonOf } from './notes';
import { countAtLeast, type Report } from './report';
import { githubSummary, reportGithub } from './reporters/github';
import { reportGitlab } from './reporters/gitlab';
import { reportJson } from './reporters/json';
import { reportJunit } from './reporters/junit';
import type { Format, Reporter, ReporterContext } from './reporters/reporter';
import { reportSarif } from './reporters/sarif';
import { reportStatistics } from './reporters/statistics';
import { reportText, summary } from './reporters/text';
import type { OutputWish, ReportWishes } from './reportOptions';
import { shownPath } from './snapshot';
import { createStyle, PLAIN, wantsColor } from './style';
import { writeFileAtomically } from './writeFile';

const REPORTERS: Readonly<Record<Format, Reporter>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
  gitlab: reportGitlab,
  junit: reportJunit,
};

/** Where there is no terminal that could say, lines may be this wide. */
const FILE_COLUMNS = 120;

/** `cwd` is where the analysis ran. Answers the exit code. */
export function deliver(report: Report, wishes: ReportWishes, cwd: string, io: Io): number {
  const context: ReporterContext = {
    style: PLAIN,
    columns: FILE_COLUMNS,
    shown: (path) => shownPath(cwd, join(report.base, path)),
    isQuiet: wishes.isQuiet,
    listsKnown: wishes.listsKnown,
  };
  if (wishes.file === undefined) {
    const reporter = wishes.hasStatistics ? reportStatistics : REPORTERS[wishes.format];
    const style = createStyle(wantsColor(io, io.stdout));
    io.stdout.write(reporter(report, { ...context, style, columns: io.stdout.columns }));
  }
  const files: OutputWish[] = [...wishes.outputs];
  if (wishes.file !== undefined) files.push({ format: wishes.format, file: wishes.file });
  const written = files.filter((output) => writeReport(report, output, context, io));
  const isComplete = written.length === files.length && writeJobSummary(report, wishes, io);
  if (!wishes.isQuiet) tellFiles(report, wishes, written, { ...context, isQuiet: false }, io);
  const failures = report.notes.filter(({ isFailure }) => isFailure);
  writeNotes(io, wishes.isQuiet ? failures : report.notes);
  if (!isComplete || failures.length > 0) return EXIT_FAILURE;
  const nBad = wishes.failOn === 'never' ? 0 : countAtLeast(report.counts, wishes.failOn);
  return nBad > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

/** False if it could not be written; then a person has been told. */
function writeReport(
  report: Report,
  { format, file }: OutputWish,
  context: ReporterContext,
  io: Io,
): boolean {
  try {
    writeFileAtomically(resolve(io.cwd, file), REPORTERS[format](report, context));
    return true;
  } catch (error) {
    io.stderr.write(`moat: The report cannot be written to ${file}: ${reasonOf(error)}.\n`);
    return false;
  }
}

/** The page of the job in GitHub Actions, when its format is asked for. */
function writeJobSummary(report: Report, { format, outputs }: ReportWishes, io: Io): boolean {
  const file = io.env.GITHUB_STEP_SUMMARY;
  const isAsked = format === 'github' || outputs.some((output) => output.format === 'github');
  if (!file || !isAsked) return true;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = io.env;
  const source = server && repository && commit ? `${server}/${repository}/blob/${commit}` : undefined;
  try {
    appendFileSync(file, githubSummary(report, source));
    return true;
  } catch (error) {
    io.stderr.write(`moat: The job summary cannot be written to ${file}: ${reasonOf(error)}.\n`);
    return false;
  }
}

/** On stderr: the summary, where the report itself is not on stdout, and the files that were written. */
function tellFiles(
  report: Report,
  { file }: ReportWishes,
  written: readonly OutputWish[],
  context: ReporterContext,
  io: Io,
): void {
  const style = createStyle(wantsColor(io, io.stderr));
  if (file !== undefined) io.stderr.write(`${summary(report, { ...context, style })}\n`);
  for (const output of written) io.stderr.write(`${style.dim(`  Report: ${output.file}`)}\n`);
}
