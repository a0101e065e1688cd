/** Proves the fixes of a case: applies the first offer for every finding, one after the other, until none is left;
 *  compares the texts; parses and checks the fixed project again, from scratch. */
import type { Analyzer, Finding, Fix } from '../../server/core';
import { applyEdits, LineIndex } from '../../server/core';
import { isCounted } from './counted';
import type { FixtureCase } from './fixture';
import type { FixtureEnvironment } from './runFixture';
import { describeDifference } from './textDifference';

type Texts = Map<string, string>;

export function checkFixes(
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
  findings: readonly Finding[],
): readonly string[] {
  if (fixtureCase.directives.fix === 'none' || fixtureCase.refused.length > 0) {
    const barred =
      fixtureCase.directives.fix === 'none' ? undefined : fixtureCase.refused.map(({ path }) => path);
    const failures = checkNothingOffered(fixtureCase, environment, findings, barred);
    if (failures.length > 0) return failures;
  }
  const run = new FixRun(fixtureCase, environment);
  // Without a fixed block nothing is compared, but an offered fix must still hold what every fix promises.
  const failures = run.applyAll();
  if (failures.length > 0) return failures;
  if (fixtureCase.fixed.length > 0) failures.push(...run.compareTexts());
  failures.push(...run.checkFromScratch());
  return failures.length > 0 ? failures : checkFixAll(fixtureCase, environment, run.texts, findings);
}

export class FixRun {
  readonly texts: Texts;
  readonly #case: FixtureCase;
  readonly #environment: FixtureEnvironment;
  readonly #analyzer: Analyzer;

  constructor(fixtureCase: FixtureCase, environment: FixtureEnvironment) {
    this.#case = fixtureCase;
    this.#environment = environment;
    this.#analyzer = environment.createAnalyzer();
    this.texts = new Map(fixtureCase.files.map(({ path, text }) => [path, text]));
    for (const [path, text] of this.texts) this.#analyzer.setFile(path, text);
  }

  applyAll(): string[] {
    // Ends: each round must leave fewer findings than the one before.
    for (;;) {
      const before = this.#findings();
      const next = this.#nextFix(before);
      if (next === undefined) return [];
      const failures = [...this.#checkOffer(next.fix), ...this.#apply(next)];
      if (failures.length > 0) return failures;
      const after = this.#findings().filter((finding) => this.#matters(finding, next.fix));
      failures.push(...compareCounts(before, after, next.finding, next.fix));
      if (failures.length > 0) return [...failures, this.#showTexts()];
    }
  }

  compareTexts(): string[] {
    const failures: string[] = [];
    const originals = new Map(this.#case.files.map(({ path, text }) => [path, text]));
    const expected = new Map([
      ...originals,
      ...this.#case.fixed.map(({ path, text }) => [path, text] as const),
    ]);
    for (const [path, text] of this.texts) {
      const wanted = expected.get(path);
      if (wanted === undefined)
        failures.push(`${path}: a fix creates this file, no fixed block expects it:\n${text}`);
      else if (wanted !== text)
        failures.push(`${path}: fixed text differs\n${describeDifference(wanted, text)}`);
      expected.delete(path);
    }
    for (const path of expected.keys()) failures.push(`${path}: no fix creates this file`);
    return failures.length > 0 ? [...failures, ...this.#describeRest()] : failures;
  }

  /** A fresh analyzer must see the fixed project as the old one does, and find nothing more to fix. */
  checkFromScratch(): string[] {
    const failures: string[] = [];
    for (const [path, text] of this.texts) {
      if (this.#case.directives.syntax === 'broken') break;
      for (const problem of this.#environment.syntaxProblems(path, text)) {
        failures.push(`${path}: does not parse after the fix: ${problem}\n${text}`);
      }
    }
    const fresh = this.#environment.createAnalyzer();
    for (const [path, text] of this.texts) fresh.setFile(path, text);
    const again = findingsOf(fresh, this.texts.keys());
    const incremental = show(this.#findings());
    if (show(again) !== incremental) {
      failures.push(
        `after the fixes a fresh analyzer finds\n  ${show(again)}\nand the edited one\n  ${incremental}`,
      );
    }
    for (const finding of again) {
      if (!isCounted(this.#case, this.#environment.ruleIds, finding)) continue;
      const [offer] = fresh.fixesFor(finding.file, finding.fingerprint);
      if (offer?.kind === 'fix')
        failures.push(`${finding.file}: a second run offers a fix for [${finding.ruleId}] again`);
    }
    return failures;
  }

  /** A hint of another rule may come with a fix, and any with a scaffold: it is advice on how to go on. */
  #matters(finding: Finding, { safety }: Fix): boolean {
    if (finding.severity !== 'hint') return true;
    return safety !== 'assist' && isCounted(this.#case, this.#environment.ruleIds, finding);
  }

  #findings(): readonly Finding[] {
    return findingsOf(this.#analyzer, this.texts.keys());
  }

  /** What is still found, and why it was not mended: the usual cause of a text that differs. */
  #describeRest(): string[] {
    return this.#findings().map((finding) => {
      const [offer] = this.#analyzer.fixesFor(finding.file, finding.fingerprint);
      const answer = offer?.kind === 'refused' ? `refused: ${offer.reason}` : 'no fix offered';
      return `still there: ${finding.file} [${finding.ruleId}] ${finding.message}\n  ${answer}`;
    });
  }

  #nextFix(findings: readonly Finding[]): { readonly finding: Finding; readonly fix: Fix } | undefined {
    for (const finding of findings) {
      if (!isCounted(this.#case, this.#environment.ruleIds, finding)) continue;
      const [offer] = this.#analyzer.fixesFor(finding.file, finding.fingerprint);
      if (offer?.kind === 'fix') return { finding, fix: offer.fix };
    }
    return undefined;
  }

  #checkOffer(fix: Fix): string[] {
    const wordProblem = this.#environment.wordProblem?.(fix.title);
    if (wordProblem !== undefined) return [wordProblem];
    const wanted = this.#case.directives.fix;
    if (wanted === undefined || wanted === fix.safety) return [];
    return [`the fix ${JSON.stringify(fix.title)} is ${fix.safety}, the case says ${wanted}`];
  }

  #apply({ finding, fix }: { readonly finding: Finding; readonly fix: Fix }): string[] {
    if (!this.#analyzer.fixesAt(finding.file, finding.range).some((offer) => offer.kind === 'fix')) {
      return [`${finding.file}: fixesAt does not offer ${JSON.stringify(fix.title)}, fixesFor does`];
    }
    const failures = applyFix(this.texts, fix);
    for (const { file } of fix.edits) this.#analyzer.setFile(file, this.texts.get(file) ?? '');
    return failures;
  }

  #showTexts(): string {
    return [...this.texts].map(([path, text]) => `--- ${path}\n${text}`).join('');
  }
}

function checkNothingOffered(
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
  findings: readonly Finding[],
  paths: readonly string[] | undefined,
): string[] {
  const analyzer = environment.createAnalyzer();
  for (const { path, text } of fixtureCase.files) analyzer.setFile(path, text);
  return findings.flatMap((finding) => {
    if (paths?.includes(finding.file) === false) return [];
    const offer = analyzer.fixesFor(finding.file, finding.fingerprint).find(({ kind }) => kind === 'fix');
    if (offer?.kind !== 'fix') return [];
    const { line } = new LineIndex(analyzer.textOf(finding.file) ?? '').toPosition(finding.range.start);
    return [`${finding.file}:${line + 1}: expected no fix, offered: ${JSON.stringify(offer.fix.title)}`];
  });
}

/** Fixing all findings of a rule at once must give what fixing them one by one gives. Compared where the case
 *  has findings of a single rule in a single file. */
function checkFixAll(
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
  oneByOne: ReadonlyMap<string, string>,
  findings: readonly Finding[],
): string[] {
  const [first] = findings;
  if (first === undefined || fixtureCase.fixed.length === 0) return [];
  if (findings.some(({ file, ruleId }) => file !== first.file || ruleId !== first.ruleId)) return [];
  const analyzer = environment.createAnalyzer();
  const texts: Texts = new Map(fixtureCase.files.map(({ path, text }) => [path, text]));
  for (const [path, text] of texts) analyzer.setFile(path, text);
  const fix = analyzer.fixAll(first.file, first.ruleId);
  if (fix === undefined) return [`${first.file}: fixAll offers nothing for [${first.ruleId}]`];
  const failures = applyFix(texts, fix);
  for (const [path, wanted] of oneByOne) {
    const text = texts.get(path);
    if (text === wanted) continue;
    const difference = text === undefined ? 'the file is not created' : describeDifference(wanted, text);
    failures.push(`${path}: fixAll differs from the fixes one by one\n${difference}`);
  }
  return failures;
}

/** Applies a fix to the texts; says where its edits do not fit the files that there are. */
function applyFix(texts: Texts, fix: Fix): string[] {
  const failures: string[] = [];
  if (fix.edits.length === 0) failures.push(`the fix ${JSON.stringify(fix.title)} has no edits`);
  if (fix.title.endsWith('.')) failures.push(`the title ${JSON.stringify(fix.title)} ends with a period`);
  for (const { file, isNew, edits } of fix.edits) {
    const text = texts.get(file);
    if (isNew !== (text === undefined)) {
      failures.push(
        `${file}: the fix says isNew: ${isNew}, but the file ${text === undefined ? 'is not there' : 'exists'}`,
      );
    }
    texts.set(file, applyEdits(text ?? '', edits));
  }
  return failures;
}

/** The mended finding must be gone, and no rule may find more than before, in any file. */
function compareCounts(
  before: readonly Finding[],
  after: readonly Finding[],
  mended: Finding,
  fix: Fix,
): string[] {
  const failures: string[] = [];
  const title = JSON.stringify(fix.title);
  const earlier = countByRule(before);
  const later = countByRule(after);
  for (const [key, { count, sample }] of later) {
    const known = earlier.get(key)?.count ?? 0;
    if (count > known)
      failures.push(`${title} brings a new finding: ${sample.file} [${sample.ruleId}] ${sample.message}`);
  }
  const key = keyOf(mended);
  if ((later.get(key)?.count ?? 0) >= (earlier.get(key)?.count ?? 0)) {
    failures.push(`${title} does not mend its finding: ${mended.file} [${mended.ruleId}] ${mended.message}`);
  }
  return failures;
}

function keyOf({ file, ruleId }: Finding): string {
  return `${file} ${ruleId}`;
}

function countByRule(findings: readonly Finding[]): Map<string, { count: number; sample: Finding }> {
  const counts = new Map<string, { count: number; sample: Finding }>();
  for (const finding of findings) {
    const entry = counts.get(keyOf(finding));
    if (entry) counts.set(keyOf(finding), { count: entry.count + 1, sample: finding });
    else counts.set(keyOf(finding), { count: 1, sample: finding });
  }
  return counts;
}

function findingsOf(analyzer: Analyzer, paths: Iterable<string>): readonly Finding[] {
  return [...paths]
    .toSorted()
    .filter((path) => analyzer.isRelevant(path))
    .flatMap((path) => analyzer.check(path).findings);
}

function show(findings: readonly Finding[]): string {
  return (
    findings.map(({ file, ruleId, range }) => `${file}@${range.start} [${ruleId}]`).join('\n  ') || 'nothing'
  );
}
