/** What a run found, with lines and columns, ready for any reporter. Here alone offsets become positions. */
import { join } from 'node:path';
import {
  type Baseline,
  baselineFingerprint,
  type FileEdit,
  type FilePath,
  type FileReport,
  type Finding,
  LineIndex,
  type Range,
  type Rule,
  SEVERITIES,
  type Severity,
} from '../core/index';
import type { Note } from './notes';
import { toFilePath } from './targets';
import { isAtLeast } from './usage';
import type { Workspace } from './workspace';

/** 1-based; columns count UTF-16 units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

export interface Place {
  /** Relative to the report's base, `/` between the parts. */
  readonly path: FilePath;
  readonly start: Point;
  /** Exclusive. */
  readonly end: Point;
  /** Source text of the line where the place starts, without its line end. */
  readonly lineText: string;
}

export interface ReportedStep {
  readonly place: Place;
  readonly message: string;
}

/** What a report says of a finding beside its place. */
export type FindingFacts = Pick<
  Finding,
  'ruleId' | 'severity' | 'confidence' | 'message' | 'fingerprint' | 'fixSafety'
>;

/** One that a comment switches off. */
export interface SuppressedFinding extends ReportedFinding {
  /** What the comment says; `''` if nothing. */
  readonly reason: string;
}

/** What a report says of a rule. */
export type RuleFacts = Pick<Rule, 'id' | 'title' | 'kind' | 'severity' | 'doc'>;

export interface ReportedFinding {
  readonly finding: FindingFacts;
  readonly place: Place;
  /** Source first. */
  readonly steps: readonly ReportedStep[];
  /** Names it in a baseline. */
  readonly baselineFingerprint: string;
  /** The fix, for reports that carry one: undefined where there is none, or where it would hold a fresh secret. */
  createFix(): ReportedFix | undefined;
}

export interface ReportedFix {
  readonly title: string;
  readonly files: readonly {
    readonly path: FilePath;
    readonly edits: readonly { readonly place: Place; readonly newText: string }[];
  }[];
}

export interface Report {
  /** Absolute folder that every path is relative to. */
  readonly base: string;
  readonly rules: readonly RuleFacts[];
  /** Those at or above the least severity, sorted by path and position. */
  readonly findings: readonly ReportedFinding[];
  /** What comments switch off, if somebody asked for it. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Counts of all findings that count, hidden ones too. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many of those are too mild to be shown. */
  readonly nHidden: number;
  /** What the baseline says, where there is one. */
  readonly baseline: BaselineState | undefined;
  /** How many findings lie outside of what has changed; undefined where that was not asked. */
  readonly nUnchanged: number | undefined;
  readonly nFiles: number;
  readonly durationMs: number;
  readonly notes: readonly Note[];
}

export interface BaselineState {
  /** As the user would write it. */
  readonly path: string;
  /** Findings that stand in it, and therefore do not count; those of any severity. */
  readonly known: readonly ReportedFinding[];
  /** Entries that nothing stands for any more. */
  readonly stale: Baseline;
}

/** Positions in the files of one workspace. */
export class Places {
  readonly #workspace: Workspace;
  readonly #base: string;
  readonly #indexes = new Map<FilePath, LineIndex>();

  constructor(workspace: Workspace, base: string) {
    this.#workspace = workspace;
    this.#base = base;
  }

  pathOf(file: FilePath): FilePath {
    return toFilePath(this.#base, join(this.#workspace.target.root, file));
  }

  of(file: FilePath, range: Range): Place {
    const text = this.#workspace.analyzer.textOf(file) ?? '';
    let index = this.#indexes.get(file);
    if (index === undefined) {
      index = new LineIndex(text);
      this.#indexes.set(file, index);
    }
    const start = index.toPosition(range.start);
    const end = index.toPosition(range.end);
    const line = text.slice(index.lineStart(start.line), index.lineStart(start.line + 1));
    return {
      path: this.pathOf(file),
      start: { line: start.line + 1, column: start.character + 1 },
      end: { line: end.line + 1, column: end.character + 1 },
      lineText: line.replace(/[\r\n]+$/, ''),
    };
  }
}

export function suppressedFindings(
  workspace: Workspace,
  file: FilePath,
  places: Places,
): SuppressedFinding[] {
  return workspace.analyzer
    .suppressed(file)
    .map(({ finding, reason }) => ({ ...toReported(workspace, finding, places), reason }));
}

export function reportedFindings(
  workspace: Workspace,
  report: FileReport,
  places: Places,
): ReportedFinding[] {
  return report.findings.map((finding) => toReported(workspace, finding, places));
}

function toReported(workspace: Workspace, finding: Finding, places: Places): ReportedFinding {
  const text = workspace.analyzer.textOf(finding.file) ?? '';
  return {
    finding,
    place: places.of(finding.file, finding.range),
    steps: finding.path.map((step) => ({ place: places.of(step.file, step.range), message: step.message })),
    baselineFingerprint: baselineFingerprint(finding.ruleId, text, finding.range),
    createFix: () => createFix(workspace, places, finding),
  };
}

export function countBySeverity(findings: readonly ReportedFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { finding } of findings) counts[finding.severity]++;
  return counts;
}

export function countAtLeast(counts: Readonly<Record<Severity, number>>, limit: Severity): number {
  return SEVERITIES.filter((severity) => isAtLeast(severity, limit)).reduce(
    (sum, severity) => sum + counts[severity],
    0,
  );
}

function createFix(workspace: Workspace, places: Places, finding: Finding): ReportedFix | undefined {
  if (finding.fixSafety === undefined) return undefined;
  const nSecrets = workspace.nSecrets();
  for (const offer of workspace.analyzer.fixesFor(finding.file, finding.fingerprint)) {
    if (offer.kind !== 'fix' || offer.ruleId !== finding.ruleId) continue;
    // A report is kept and passed around: a secret in it would be one no longer, and differ from run to run.
    if (workspace.nSecrets() !== nSecrets) return undefined;
    return { title: offer.fix.title, files: offer.fix.edits.map((edit) => toReportedEdits(places, edit)) };
  }
  return undefined;
}

function toReportedEdits(places: Places, { file, edits }: FileEdit): ReportedFix['files'][number] {
  return {
    path: places.pathOf(file),
    edits: edits.map((edit) => ({ place: places.of(file, edit.range), newText: edit.newText })),
  };
}
