/** The report for a person at a terminal: what, where, the code, and the way the data took. */
import { SEVERITIES } from '../../core/index';
import type { Report, ReportedFinding } from '../report';
import { toPrintable } from '../style';
import { codeFrame } from './codeFrame';
import type { ReporterContext } from './reporter';

const INDENT = ' '.repeat(6);

export function reportText(report: Report, context: ReporterContext): string {
  const blocks = report.findings.map((finding) => findingBlock(finding, context));
  if (!context.isQuiet) blocks.push(summary(report, context));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

export function summary(report: Report, { style }: Pick<ReporterContext, 'style'>): string {
  const lines = [headline(report)];
  const isClean = report.findings.length === 0 && !isIncomplete(report);
  const first = isClean ? style.good(`✔ ${lines[0]}`) : style.bold(`✖ ${lines[0]}`);
  const more: string[] = [];
  if (report.nHidden > 0)
    more.push(
      `${count(report.nHidden, 'milder finding')} not shown; see ${report.nHidden === 1 ? 'it' : 'them'} with --min-severity hint`,
    );
  if (report.nUnchanged !== undefined && report.nUnchanged > 0)
    more.push(`${count(report.nUnchanged, 'finding')} on lines that have not changed`);
  more.push(...aboutBaseline(report));
  const nFixable = report.findings.filter(({ finding }) => finding.fixSafety === 'safe').length;
  if (nFixable > 0) more.push(`${nFixable} can be fixed safely: moat fix --dry-run shows how`);
  return [first, ...more.map((line) => style.dim(`  ${line}`))].join('\n');
}

function aboutBaseline({ baseline }: Report): string[] {
  if (baseline === undefined) return [];
  const { path, known, stale } = baseline;
  const nStale = stale.reduce((sum, entry) => sum + entry.count, 0);
  return [
    ...(known.length > 0 ? [`${count(known.length, 'known finding')} in ${toPrintable(path)}`] : []),
    ...(nStale > 0
      ? [
          `${nStale} of ${toPrintable(path)} ${nStale === 1 ? 'is' : 'are'} mended: moat baseline --prune takes ${nStale === 1 ? 'it' : 'them'} out`,
        ]
      : []),
  ];
}

export function formatDuration(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Something failed; a note says what. Then "no findings" is no good news. */
function isIncomplete({ notes }: Report): boolean {
  return notes.some(({ isFailure }) => isFailure);
}

function headline(report: Report): string {
  const files = count(report.nFiles, 'file');
  const duration = formatDuration(report.durationMs);
  if (report.nFiles === 0 && isIncomplete(report)) return `Nothing could be checked (${duration})`;
  if (report.nFiles === 0)
    return `Nothing to check: there are no Python files or templates here (${duration})`;
  if (report.findings.length === 0)
    return `No findings in ${files}${isIncomplete(report) ? ', but not all could be checked' : ''} (${duration})`;
  const parts = SEVERITIES.flatMap((severity) => {
    const n = report.findings.filter(({ finding }) => finding.severity === severity).length;
    if (n === 0) return [];
    return [severity === 'information' ? `${n} information` : count(n, severity)];
  });
  const nAffected = new Set(report.findings.map(({ place }) => place.path)).size;
  return `${parts.join(', ')} in ${nAffected} of ${files} (${duration})`;
}

function findingBlock({ finding, place, steps }: ReportedFinding, context: ReporterContext): string {
  const { style, columns, shown } = context;
  const where = `${toPrintable(shown(place.path))}:${place.start.line}:${place.start.column}`;
  const label = style.severity(finding.severity, finding.severity);
  const head = `${style.bold(where)}: ${label} ${style.dim(`[${finding.ruleId}]`)} ${toPrintable(finding.message)}`;
  const frame = codeFrame(place, {
    style,
    columns,
    mark: (text) => style.severity(finding.severity, text),
  });
  const path = steps.map((step, index) => {
    const at = `${toPrintable(shown(step.place.path))}:${step.place.start.line}:${step.place.start.column}`;
    return { number: `${index + 1}.`, at, message: toPrintable(step.message) };
  });
  const widest = Math.max(0, ...path.map(({ at }) => at.length));
  const lines = path.map(
    ({ number, at, message }) =>
      `${INDENT}${number.padStart(3)} ${style.accent(at.padEnd(widest))}  ${message}`,
  );
  return [head, frame, ...lines].join('\n');
}
