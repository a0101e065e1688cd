/** The report as JUnit's XML, which nearly every CI system shows: one suite a file, one failed case a finding. */
import type { Report, ReportedFinding } from '../report';

export function reportJunit(report: Report): string {
  const suites = groupByFile(report.findings);
  const n = report.findings.length;
  const body =
    n === 0
      ? [
          '  <testsuite name="moat" tests="1" failures="0"><testcase classname="moat" name="no findings"/></testsuite>',
        ]
      : suites.flatMap(([path, findings]) => toSuite(path, findings));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="moat" tests="${Math.max(1, n)}" failures="${n}">`,
    ...body,
    '</testsuites>',
    '',
  ].join('\n');
}

function groupByFile(
  findings: readonly ReportedFinding[],
): (readonly [string, readonly ReportedFinding[]])[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.place.path);
    if (group === undefined) groups.set(finding.place.path, [finding]);
    else group.push(finding);
  }
  return [...groups];
}

function toSuite(path: string, findings: readonly ReportedFinding[]): string[] {
  const n = findings.length;
  const cases = findings.map(({ finding, place, steps }) => {
    const where = `${place.start.line}:${place.start.column}`;
    const way = steps.map((step) => `${step.place.path}:${step.place.start.line} ${step.message}`);
    const text = [`${path}:${where}`, ...way].join('\n');
    return (
      `    <testcase classname="${escapeXml(path)}" name="${escapeXml(`${finding.ruleId} ${where}`)}" file="${escapeXml(path)}" line="${place.start.line}">` +
      `<failure type="${finding.severity}" message="${escapeXml(finding.message)}">${escapeXml(text)}</failure></testcase>`
    );
  });
  return [`  <testsuite name="${escapeXml(path)}" tests="${n}" failures="${n}">`, ...cases, '  </testsuite>'];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML 1.0 has no way to write most control characters, nor half a surrogate pair. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
    .replace(/(?![\t\n])\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/gu, '\uFFFD');
}
