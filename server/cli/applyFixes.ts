/** Applies fixes in memory, one finding after the other, each computed from the text that the one before left.
 *  A fix that does not make its finding go away is taken back: nothing is kept that did not prove itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Analyzer,
  applyEdits,
  type FilePath,
  type FileReport,
  type Finding,
  type Fix,
  type FixSafety,
} from '../core/index';
import { encodeText } from '../host/decode';
import { failureOf } from './fixProof';
import { type Place, Places } from './report';
import type { Workspace } from './workspace';

export interface FixWishes {
  /** Empty: every rule. */
  readonly ruleIds: readonly string[];
  readonly safeties: readonly FixSafety[];
}

export interface FixedFinding {
  readonly ruleId: string;
  readonly place: Place;
  /** What was done. */
  readonly title: string;
}

export interface UnfixedFinding {
  readonly ruleId: string;
  readonly place: Place;
  /** "…, because …" */
  readonly reason: string;
}

export interface FixResult {
  readonly fixed: readonly FixedFinding[];
  readonly unfixed: readonly UnfixedFinding[];
  /** Findings that a fix of another kind than the wished ones would mend. */
  readonly nOtherKind: number;
  /** Text before the fixes of every file that they changed; undefined for new files. */
  readonly before: ReadonlyMap<FilePath, string | undefined>;
}

export function applyFixes(
  workspace: Workspace,
  base: string,
  wishes: FixWishes,
  onFile: (nDone: number, nTotal: number, file: FilePath) => void,
): FixResult {
  const before = new Map<FilePath, string | undefined>();
  const fixed: FixedFinding[] = [];
  const unfixed: UnfixedFinding[] = [];
  let nOtherKind = 0;
  const { analyzer, target } = workspace;
  const files = analyzer.checkableFiles().filter((file) => target.only?.has(file) ?? true);
  for (const [index, file] of files.entries()) {
    onFile(index, files.length, file);
    const result = fixFile(workspace, base, file, wishes, before);
    fixed.push(...result.fixed);
    unfixed.push(...result.unfixed);
    nOtherKind += result.nOtherKind;
  }
  return { fixed, unfixed, nOtherKind, before };
}

function fixFile(
  workspace: Workspace,
  base: string,
  file: FilePath,
  wishes: FixWishes,
  before: Map<FilePath, string | undefined>,
): Pick<FixResult, 'fixed' | 'unfixed' | 'nOtherKind'> {
  const { analyzer } = workspace;
  const initial = analyzer.check(file).findings.filter((finding) => isWished(finding, wishes));
  // Places as the user sees them, before any edit.
  const places = new Places(workspace, base);
  const placeOf = new Map(initial.map((finding) => [finding.fingerprint, places.of(file, finding.range)]));
  const fixed: FixedFinding[] = [];
  const unfixed: UnfixedFinding[] = [];
  const tried = new Set<string>();
  let nOtherKind = 0;
  // Every turn fixes one finding or gives one up, so twice their number is never reached.
  for (let nTurns = 0; nTurns < 2 * initial.length; nTurns++) {
    const report = analyzer.check(file);
    const findings = report.findings.filter((finding) => isWished(finding, wishes));
    // From the end, so that what is above stays where it is.
    const finding = findings.findLast((each) => !tried.has(each.fingerprint));
    if (finding === undefined) break;
    const place = placeOf.get(finding.fingerprint) ?? new Places(workspace, base).of(file, finding.range);
    const outcome = fixFinding(workspace, finding, wishes, before);
    if (outcome.kind === 'fixed') fixed.push({ ruleId: finding.ruleId, place, title: outcome.title });
    else {
      tried.add(finding.fingerprint);
      if (outcome.kind === 'other-kind') nOtherKind++;
      else unfixed.push({ ruleId: finding.ruleId, place, reason: outcome.reason });
    }
  }
  return { fixed: fixed.reverse(), unfixed: unfixed.reverse(), nOtherKind };
}

type Outcome =
  | { readonly kind: 'fixed'; readonly title: string }
  | { readonly kind: 'other-kind' }
  | { readonly kind: 'unfixed'; readonly reason: string };

function fixFinding(
  workspace: Workspace,
  finding: Finding,
  wishes: FixWishes,
  before: Map<FilePath, string | undefined>,
): Outcome {
  const { analyzer } = workspace;
  const offers = analyzer
    .fixesFor(finding.file, finding.fingerprint)
    .filter((offer) => offer.ruleId === finding.ruleId);
  const fixes = offers.flatMap((offer) => (offer.kind === 'fix' ? [offer.fix] : []));
  const fix = fixes.find(({ safety }) => wishes.safeties.includes(safety));
  if (fix === undefined) {
    const assist = fixes.find(({ safety }) => safety === 'assist');
    if (assist !== undefined && fixes.length === 1)
      return {
        kind: 'unfixed',
        reason: `left to the editor: “${assist.title}” writes a start for you to finish`,
      };
    if (fixes.length > 0) return { kind: 'other-kind' };
    const refusal = offers.find((offer) => offer.kind === 'refused');
    return { kind: 'unfixed', reason: refusal?.reason ?? 'no fix is written for this case' };
  }
  const obstacle = obstacleTo(workspace, fix);
  if (obstacle !== undefined) return { kind: 'unfixed', reason: obstacle };
  const touched = new Set([finding.file, ...fix.edits.map(({ file }) => file)]);
  const reports = () => [...touched].map((file) => reportOf(analyzer, file));
  const reportsBefore = reports();
  const undo = applyInMemory(workspace, fix);
  const failure = failureOf(finding, reportsBefore, reports());
  if (failure !== undefined) {
    undo();
    return { kind: 'unfixed', reason: failure };
  }
  for (const { file } of fix.edits) {
    const original = workspace.decoded.get(file)?.text;
    if (!before.has(file)) before.set(file, original);
  }
  return { kind: 'fixed', title: fix.title };
}

/** Why the fix cannot be written, or undefined. */
function obstacleTo({ analyzer, decoded, target }: Workspace, fix: Fix): string | undefined {
  for (const { file, edits } of fix.edits) {
    const source = decoded.get(file);
    if (source === undefined) {
      const isCreatedByFix = analyzer.hasFile(file);
      if (!isCreatedByFix && existsSync(join(target.root, file)))
        return `not fixed, because that would change ${file}, which exists but could not be read`;
      continue;
    }
    const text = applyEdits(analyzer.textOf(file) ?? '', edits);
    if (encodeText({ ...source, text }) === undefined)
      return `not fixed, because ${file} cannot be written in its encoding (${source.encoding})`;
  }
  return undefined;
}

/** What is found in a file; nothing in one that is not there yet. */
function reportOf(analyzer: Analyzer, file: FilePath): FileReport {
  if (analyzer.hasFile(file) && analyzer.isRelevant(file)) return analyzer.check(file);
  return { file, findings: [], isCarriedOver: false, cuts: [] };
}

/** Answers how to take it back. */
function applyInMemory({ analyzer }: Workspace, fix: Fix): () => void {
  const texts = fix.edits.map(({ file }) => ({ file, text: analyzer.textOf(file) }));
  for (const { file, edits } of fix.edits)
    analyzer.setFile(file, applyEdits(analyzer.textOf(file) ?? '', edits));
  return () => {
    for (const { file, text } of texts) {
      if (text === undefined) analyzer.removeFile(file);
      else analyzer.setFile(file, text);
    }
  };
}

function isWished(finding: Finding, wishes: FixWishes): boolean {
  if (finding.fixSafety === undefined) return false;
  return wishes.ruleIds.length === 0 || wishes.ruleIds.includes(finding.ruleId);
}
