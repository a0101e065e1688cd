/** The baseline: findings that were there when a team began, kept in a file beside the code, so that only new ones count.
 *
 *  An entry names a finding by its rule and the code of its lines, not by its line number: edits elsewhere, a new
 *  indentation and moved code leave it known. Where a file was renamed, or code went to another file, the entry follows,
 *  once for each finding it stands for; a copy is new. */
import type { FilePath } from '../base/filePath';
import { hash } from '../base/hash';
import { isRecord } from '../base/isRecord';
import { codeOfLines, type Range } from '../base/range';

/** What a command without a name for it writes. */
export const BASELINE_FILE = 'moat-baseline.json';

export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the folder of the baseline file, `/` between the parts. */
  readonly file: FilePath;
  readonly fingerprint: string;
  /** How many findings look like this in the file. */
  readonly count: number;
  /** For a reader: what the finding said. */
  readonly text: string;
}

/** Sorted, and no two entries with the same rule, file and fingerprint. */
export type Baseline = readonly BaselineEntry[];

export interface BaselineResult {
  readonly value: Baseline;
  /** Sentences for a person; what was wrong is left out, the rest counts. */
  readonly problems: readonly string[];
}

/** A finding, as the baseline sees it. */
export interface BaselineFinding {
  readonly rule: string;
  readonly file: FilePath;
  readonly fingerprint: string;
  readonly text: string;
}

/** What is known of a file that the baseline names: all its findings are at hand; it is no longer there; or it exists
 *  but was not looked at, so that nothing can be said of its entries. */
export type FileState = 'checked' | 'gone' | 'unchecked';

export interface BaselineMatch<F> {
  /** Findings that stand in the baseline. */
  readonly known: ReadonlySet<F>;
  /** What no finding stands for any more, with the number that is missing. */
  readonly stale: Baseline;
}

/** Names a finding by its rule and code. */
export function baselineFingerprint(rule: string, text: string, range: Range): string {
  return hash(`${rule}\0${codeOfLines(text, range)}`);
}

/** Pairs findings with entries: those of the same file first, then those that are left over in files that were
 *  checked or are gone. To ask about one file, give its findings, and say of the others whether they exist. */
export function matchBaseline<F extends BaselineFinding>(
  baseline: Baseline,
  findings: readonly F[],
  stateOf: (file: FilePath) => FileState,
): BaselineMatch<F> {
  const left = new Map<string, number>(baseline.map((entry) => [keyOf(entry), entry.count]));
  const known = new Set<F>();
  const isTaken = (key: string): boolean => {
    const n = left.get(key) ?? 0;
    if (n > 0) left.set(key, n - 1);
    return n > 0;
  };
  for (const finding of findings) if (isTaken(keyOf(finding))) known.add(finding);
  const loose = baseline.filter((entry) => stateOf(entry.file) !== 'unchecked');
  const byCode = new Map<string, BaselineEntry[]>();
  for (const entry of loose) {
    const alike = byCode.get(codeKeyOf(entry));
    if (alike === undefined) byCode.set(codeKeyOf(entry), [entry]);
    else alike.push(entry);
  }
  for (const finding of findings) {
    if (known.has(finding)) continue;
    const moved = byCode.get(codeKeyOf(finding))?.some((entry) => isTaken(keyOf(entry))) ?? false;
    if (moved) known.add(finding);
  }
  const stale = loose.flatMap((entry) => {
    const count = left.get(keyOf(entry)) ?? 0;
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { known, stale };
}

export function toBaseline(findings: readonly BaselineFinding[]): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const { rule, file, fingerprint, text } of findings) {
    const key = keyOf({ rule, file, fingerprint });
    const count = (entries.get(key)?.count ?? 0) + 1;
    entries.set(key, { rule, file, fingerprint, count, text: entries.get(key)?.text ?? text });
  }
  return [...entries.values()].sort(byPlace);
}

/** The baseline without what is stale. */
export function pruneBaseline(baseline: Baseline, stale: Baseline): Baseline {
  const nStale = new Map(stale.map((entry) => [keyOf(entry), entry.count]));
  return baseline.flatMap((entry) => {
    const count = entry.count - (nStale.get(keyOf(entry)) ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
}

/** One line an entry, sorted: a change of one finding is a change of one line, and merges seldom collide. */
export function renderBaseline(baseline: Baseline): string {
  const lines = [...baseline].sort(byPlace).map(({ rule, file, fingerprint, count, text }) => {
    const entry = { rule, file, fingerprint, ...(count === 1 ? {} : { count }), text };
    return `    ${JSON.stringify(entry)}`;
  });
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "version": ${VERSION},\n  "findings": ${findings}\n}\n`;
}

/** Total: what cannot be read is told, and the rest counts. */
export function parseBaseline(text: string): BaselineResult {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = /^[<=>]{7}/m.test(text) ? ' It holds the marks of a merge that was not finished.' : '';
    return { value: [], problems: [`It is no JSON (${reason}).${hint}`] };
  }
  if (!isRecord(raw) || !Array.isArray(raw.findings))
    return { value: [], problems: ['It is no baseline: "moat baseline" writes one.'] };
  if (raw.version !== VERSION)
    return {
      value: [],
      problems: [`Its version is ${JSON.stringify(raw.version)}; this Moat knows version ${VERSION}.`],
    };
  return parseEntries(raw.findings);
}

const VERSION = 1;
const ABOUT =
  'Known findings: "moat check --baseline" reports only others. "moat baseline --prune" takes out what is mended.';

function parseEntries(raw: readonly unknown[]): BaselineResult {
  const entries = new Map<string, BaselineEntry>();
  const bad: number[] = [];
  raw.forEach((item, index) => {
    const entry = toEntry(item);
    if (entry === undefined) {
      bad.push(index + 1);
      return;
    }
    // After a merge an entry may be there twice.
    const count = Math.max(entry.count, entries.get(keyOf(entry))?.count ?? 0);
    entries.set(keyOf(entry), { ...entry, count });
  });
  const problems =
    bad.length === 0
      ? []
      : [`${bad.length === 1 ? 'Entry' : 'Entries'} ${bad.join(', ')} cannot be read and are left out.`];
  return { value: [...entries.values()].sort(byPlace), problems };
}

function toEntry(raw: unknown): BaselineEntry | undefined {
  if (!isRecord(raw)) return undefined;
  const { rule, file, fingerprint, count = 1, text = '' } = raw;
  if (typeof rule !== 'string' || typeof file !== 'string' || typeof fingerprint !== 'string')
    return undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || typeof text !== 'string')
    return undefined;
  return { rule, file, fingerprint, count, text };
}

type Named = Pick<BaselineEntry, 'rule' | 'file' | 'fingerprint'>;

function keyOf({ rule, file, fingerprint }: Named): string {
  return `${file}\0${rule}\0${fingerprint}`;
}

function codeKeyOf({ rule, fingerprint }: Named): string {
  return `${rule}\0${fingerprint}`;
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.file, b.file) ||
    compare(a.rule, b.rule) ||
    compare(a.text, b.text) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
