/** A rule as SARIF describes it, with the properties that GitHub code scanning reads.
 *  @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
import type { ReportingDescriptor } from 'sarif';
import { KINDS, renderRuleDoc, type Severity } from '../../core/index';
import { toPlainText } from '../markdown';
import type { RuleFacts } from '../report';

export const LEVELS = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
} as const satisfies Record<Severity, string>;

/** Scores in CVSS's bands (critical from 9.0, high from 7.0, medium from 4.0): how bad the harm is if the finding is
 *  right. Precision: how often it is, from the same grading, since an error needs a proven path. */
const GRADES = {
  error: { score: '8.8', precision: 'high' },
  warning: { score: '6.5', precision: 'high' },
  information: { score: '4.0', precision: 'medium' },
  hint: { score: '2.0', precision: 'low' },
} as const satisfies Record<Severity, { score: string; precision: string }>;

export function toReportingDescriptor(rule: RuleFacts): ReportingDescriptor {
  const { cwe, owasp } = KINDS[rule.kind];
  const { score, precision } = GRADES[rule.severity];
  const markdown = renderRuleDoc(rule);
  const [reference] = rule.doc.references;
  return {
    id: rule.id,
    name: toPascalCase(rule.id),
    shortDescription: { text: rule.title },
    fullDescription: { text: toPlainText(rule.doc.happens) },
    help: { text: toPlainText(markdown), markdown },
    ...(reference === undefined ? {} : { helpUri: reference.url }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [
        'security',
        `external/cwe/cwe-${String(cwe).padStart(3, '0')}`,
        `external/owasp/${owasp.toLowerCase()}-2021`,
      ],
      precision,
      'problem.severity': problemSeverity(rule.severity),
      'security-severity': score,
    },
  };
}

/** What viewers show as the rule's name: `sql-injection` is `SqlInjection`. */
function toPascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function problemSeverity(severity: Severity): 'error' | 'warning' | 'recommendation' {
  if (severity === 'error' || severity === 'warning') return severity;
  return 'recommendation';
}
