/** How often each rule found something: where to begin in a large project. */
import type { Report } from '../report';
import type { ReporterContext } from './reporter';
import { summary } from './text';

export function reportStatistics(report: Report, context: ReporterContext): string {
  const { style, isQuiet } = context;
  const rules = new Map<string, { severity: Report['findings'][number]['finding']['severity']; n: number }>();
  for (const { finding } of report.findings) {
    const { ruleId, severity } = finding;
    rules.set(ruleId, { severity, n: (rules.get(ruleId)?.n ?? 0) + 1 });
  }
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  const sorted = [...rules].sort(([a, { n: nA }], [b, { n: nB }]) => nB - nA || (a < b ? -1 : 1));
  const width = Math.max(0, ...sorted.map(([id]) => id.length));
  const lines = sorted.map(([id, { severity, n }]) => {
    const number = style.severity(severity, String(n).padStart(6));
    return `${number}  ${style.bold(id.padEnd(width))}  ${style.dim(titles.get(id) ?? '')}`.trimEnd();
  });
  const parts = [
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(isQuiet ? [] : [summary(report, context)]),
  ];
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}
