/** The report as workflow commands of GitHub Actions, which become annotations on the lines of a pull request.
 *  @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
import { SEVERITIES, type Severity } from '../../core/index';
import type { Report, ReportedFinding } from '../report';
import { PLAIN, toPrintable } from '../style';
import type { ReporterContext } from './reporter';
import { count, summary } from './text';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
} as const satisfies Record<Severity, string>;

/** GitHub keeps this many annotations of each command in a step, and drops the others without a word. */
const MAX_ANNOTATIONS = 10;

export function reportGithub(report: Report, context: ReporterContext): string {
  const nLeft = { error: MAX_ANNOTATIONS, warning: MAX_ANNOTATIONS, notice: MAX_ANNOTATIONS };
  const annotations: string[] = [];
  const others: string[] = [];
  for (const reported of bySeverity(report.findings)) {
    const command = COMMANDS[reported.finding.severity];
    if (nLeft[command] > 0) annotations.push(toCommand(command, reported));
    else others.push(toLine(reported, context));
    nLeft[command]--;
  }
  const rest =
    others.length === 0
      ? []
      : [`GitHub shows no more than ${MAX_ANNOTATIONS} annotations of a kind; also found:`, ...others];
  const lines = [...annotations, ...rest, ...(context.isQuiet ? [] : [summary(report, context)])];
  return lines.map((line) => `${line}\n`).join('');
}

/** The worst first, those of one severity in the order of the report. */
export function bySeverity(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return SEVERITIES.flatMap((severity) => findings.filter(({ finding }) => finding.severity === severity));
}

function toCommand(command: string, { finding, place, steps }: ReportedFinding): string {
  const { start, end } = place;
  // Columns count for a single line only.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  const properties = {
    file: place.path,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: `Moat: ${finding.ruleId}`,
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  const way = steps.length < 2 ? [] : ['', ...steps.map((step, index) => `${index + 1}. ${toStep(step)}`)];
  return `::${command} ${written.join(',')}::${escapeData([finding.message, ...way].join('\n'))}`;
}

function toStep({ place, message }: ReportedFinding['steps'][number]): string {
  return `${place.path}:${place.start.line} ${message}`;
}

/** Two spaces in front, so that no name of a file makes a command of the line. */
function toLine({ finding, place }: ReportedFinding, { shown }: ReporterContext): string {
  const where = `${toPrintable(shown(place.path))}:${place.start.line}:${place.start.column}`;
  return `  ${where}: ${finding.severity} [${finding.ruleId}] ${toPrintable(finding.message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** GitHub refuses summaries of a step above 1 MiB; room is left for what other commands add. */
const MAX_SUMMARY_BYTES = 900 * 1024;

/** The page of the job: a table of all findings. `source` is the address of the code at this commit, if it is known. */
export function githubSummary(report: Report, source: string | undefined): string {
  const [headline = '', ...more] = summary(report, { style: PLAIN }).split('\n');
  const lines = [
    '## Moat',
    '',
    escapeCell(headline),
    ...more.map((line) => `- ${escapeCell(line.trim())}`),
    '',
  ];
  if (report.findings.length > 0) lines.push('| | Rule | Place | Finding |', '|---|---|---|---|');
  let nBytes = Buffer.byteLength(lines.join('\n'));
  const rows = bySeverity(report.findings).map((reported) => toRow(reported, source));
  for (const [index, row] of rows.entries()) {
    nBytes += Buffer.byteLength(row) + 1;
    if (nBytes > MAX_SUMMARY_BYTES) {
      lines.push('', `${count(rows.length - index, 'finding')} more: see the log, or a report in a file.`);
      break;
    }
    lines.push(row);
  }
  return `${lines.join('\n')}\n\n`;
}

function toRow({ finding, place }: ReportedFinding, source: string | undefined): string {
  const where = `${place.path}:${place.start.line}`;
  const url = place.path.split('/').map(encodeURIComponent).join('/');
  const link =
    source === undefined
      ? escapeCell(where)
      : `[${escapeCell(where)}](${source}/${url}#L${place.start.line})`;
  return `| ${finding.severity} | ${finding.ruleId} | ${link} | ${escapeCell(finding.message)} |`;
}

/** Text for a cell: nothing in it is Markdown or HTML, but for code in backticks. */
function escapeCell(text: string): string {
  return toPrintable(text)
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replace(/\|/g, '\\|')
        : part
            .replace(/&/g, '&amp;')
            .replace(/</g, '&lt;')
            .replace(/[\\|[\]*_~#`]/g, '\\$&'),
    )
    .join('');
}
