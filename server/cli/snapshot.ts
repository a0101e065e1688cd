/** What an analysis found, before anybody has decided what of it to show: all findings, of every severity. It can be
 *  written to a file on one machine and become a report on another one (`shardFile.ts`). */
import { relative } from 'node:path';
import {
  type Baseline,
  type BaselineFinding,
  type FilePath,
  matchBaseline,
  type Rule,
  type Severity,
} from '../core/index';
import type { Note } from './notes';
import {
  countAtLeast,
  countBySeverity,
  type Report,
  type ReportedFinding,
  type RuleFacts,
  type SuppressedFinding,
} from './report';
import { isAtLeast } from './usage';

export interface Snapshot {
  /** Absolute folder that every path is relative to. */
  readonly base: string;
  /** Absolute folder where the command ran. */
  readonly cwd: string;
  /** What could not be read. */
  readonly notes: readonly Note[];
  /** In the order in which they are reported. */
  readonly files: readonly SnapshotFile[];
  readonly baseline: LoadedBaseline | undefined;
  /** The mildest to be reported, if the project's settings say so. */
  readonly minSeverity?: Severity | undefined;
  /** Those of the project's settings. */
  readonly customRules: readonly RuleFacts[];
  readonly isChangeAsked: boolean;
  readonly durationMs: number;
}

export interface SnapshotFile {
  readonly path: FilePath;
  /** False if Moat failed on it, or another shard looks at it. */
  readonly isChecked: boolean;
  readonly findings: readonly SnapshotFinding[];
  /** Only where somebody asked for it. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly notes: readonly Note[];
}

export interface SnapshotFinding extends ReportedFinding {
  /** It, or a step of its way, is on a line that has changed. True where nobody asked. */
  readonly isChanged: boolean;
}

export interface LoadedBaseline {
  /** As the user would write it. */
  readonly path: string;
  /** Their files are relative to the snapshot's base. */
  readonly entries: Baseline;
  /** Files of entries that exist, but are not looked at. */
  readonly unchecked: readonly FilePath[];
}

/** A finding as the baseline sees it, together with itself. */
interface Candidate extends BaselineFinding {
  readonly reported: SnapshotFinding;
}

/** Without a wish of the caller's, the project's settings say what is mild. */
export function toReport(snapshot: Snapshot, rules: readonly Rule[], wished: Severity | undefined): Report {
  const minSeverity = wished ?? snapshot.minSeverity ?? 'warning';
  const all = snapshot.files.flatMap(({ findings }) => findings);
  const baseline = stateOfBaseline(snapshot, all);
  const known = new Set<ReportedFinding>(baseline?.known);
  const fresh = all.filter((finding) => !known.has(finding));
  const counted = fresh.filter(({ isChanged }) => isChanged);
  const findings = counted.filter(({ finding }) => isAtLeast(finding.severity, minSeverity));
  const counts = countBySeverity(counted);
  return {
    base: snapshot.base,
    rules: [...rules, ...snapshot.customRules],
    findings,
    suppressed: snapshot.files.flatMap(({ suppressed }) =>
      suppressed.filter(({ finding }) => isAtLeast(finding.severity, minSeverity)),
    ),
    counts,
    nHidden: countAtLeast(counts, 'hint') - findings.length,
    baseline,
    nUnchanged: snapshot.isChangeAsked ? fresh.length - counted.length : undefined,
    nFiles: snapshot.files.filter(({ isChecked }) => isChecked).length,
    durationMs: snapshot.durationMs,
    notes: distinct([...snapshot.notes, ...snapshot.files.flatMap(({ notes }) => notes)]),
  };
}

/** What goes wrong for the whole project is told with every file, by every shard: once is enough. */
function distinct(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

export function stateOfBaseline(
  { baseline, files }: Snapshot,
  findings: readonly SnapshotFinding[],
): Report['baseline'] {
  if (baseline === undefined) return undefined;
  const checked = new Set(files.map(({ path }) => path));
  const unchecked = new Set(baseline.unchecked);
  const { known, stale } = matchBaseline(baseline.entries, findings.map(toCandidate), (file) =>
    checked.has(file) ? 'checked' : unchecked.has(file) ? 'unchecked' : 'gone',
  );
  return { path: baseline.path, known: [...known].map(({ reported }) => reported), stale };
}

export function toCandidate(reported: SnapshotFinding): Candidate {
  const { finding, place, baselineFingerprint } = reported;
  return {
    rule: finding.ruleId,
    file: place.path,
    fingerprint: baselineFingerprint,
    text: finding.message,
    reported,
  };
}

/** A path as the user would write it: relative to where the command ran, unless that climbs out of it. */
export function shownPath(cwd: string, path: string): string {
  const inside = relative(cwd, path);
  return inside === '' ? '.' : inside.startsWith('..') ? path : inside;
}
