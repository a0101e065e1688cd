/** The report for programs. The shape is a promise: fields are only ever added while `schemaVersion` stays.
 *
 *  {
 *    schemaVersion: 1,
 *    tool: { name, version },
 *    base: absolute folder that every `file` is relative to,
 *    summary: { files, hidden, error, warning, information, hint },   // counts; `hidden` fell below --min-severity
 *    findings: [{
 *      ruleId, severity, confidence, message, cwe, owasp,
 *      file, start, end,                     // positions are { line, column }, 1-based, columns in UTF-16 units
 *      path: [{ file, start, end, message }],  // the way of the data, source first; empty where there is none
 *      fingerprint,                          // stable over edits elsewhere in the file
 *      fixSafety                             // "safe" | "review" | "assist" | null
 *    }],
 *    baseline: { file, known, stale: [{ ruleId, file, fingerprint, count, text }] },  // with --baseline only; `known` is a count
 *    unchanged,                              // with --changed-since only: how many findings lie elsewhere
 *    notes: [{ path, message, isFailure }]   // files that were skipped, work that was cut; `path` may be null
 *  }
 *
 *  No time or duration is in it: the same input gives the same output. */
import { KINDS } from '../../core/index';
import type { BaselineState, Place, Report } from '../report';
import { VERSION } from '../version';

export const JSON_SCHEMA_VERSION = 1;

export function reportJson(report: Report): string {
  const kinds = new Map(report.rules.map((rule) => [rule.id, KINDS[rule.kind]]));
  const findings = report.findings.map(({ finding, place, steps }) => {
    const kind = kinds.get(finding.ruleId);
    return {
      ruleId: finding.ruleId,
      severity: finding.severity,
      confidence: finding.confidence,
      message: finding.message,
      cwe: kind === undefined ? null : `CWE-${kind.cwe}`,
      owasp: kind === undefined ? null : `${kind.owasp}:2021`,
      ...toPlace(place),
      path: steps.map((step) => ({ ...toPlace(step.place), message: step.message })),
      fingerprint: finding.fingerprint,
      fixSafety: finding.fixSafety ?? null,
    };
  });
  const log = {
    schemaVersion: JSON_SCHEMA_VERSION,
    tool: { name: 'moat', version: VERSION },
    base: report.base,
    summary: { files: report.nFiles, hidden: report.nHidden, ...report.counts },
    findings,
    ...(report.baseline === undefined ? {} : { baseline: toBaseline(report.baseline) }),
    ...(report.nUnchanged === undefined ? {} : { unchanged: report.nUnchanged }),
    notes: report.notes.map(({ path, message, isFailure }) => ({ path: path ?? null, message, isFailure })),
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toBaseline({ path, known, stale }: BaselineState) {
  const entries = stale.map(({ rule, ...entry }) => ({ ruleId: rule, ...entry }));
  return { file: path, known: known.length, stale: entries };
}

function toPlace({ path, start, end }: Place) {
  return { file: path, start, end };
}
