/** The report as GitLab reads it for merge requests ("Code Quality").
 *  @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
import { createHash } from 'node:crypto';
import type { Severity } from '../../core/index';
import type { Report } from '../report';

/** Of GitLab's five; `blocker` is left to people. */
const SEVERITY_NAMES = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
} as const satisfies Record<Severity, string>;

export function reportGitlab(report: Report): string {
  const issues = report.findings.map(({ finding, place }) => ({
    description: finding.message,
    check_name: finding.ruleId,
    // A finding's own is relative to its app; GitLab wants one that is unique in the report.
    fingerprint: createHash('sha256').update(`${place.path}\0${finding.fingerprint}`).digest('hex'),
    severity: SEVERITY_NAMES[finding.severity],
    location: { path: place.path, lines: { begin: place.start.line, end: place.end.line } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
