/** Runs one case of a fixture against an analyzer and says, in words, everything that is not as labeled:
 *  findings line by line, paths, refusals and fixed texts. An empty list means the case holds. */
import type { Analyzer, FileReport, Finding, FixOffer } from '../../server/core';
import { LineIndex } from '../../server/core';
import { isCounted } from './counted';
import type { FixtureCase, FixtureFile, PlacedLabel } from './fixture';
import { checkFixes } from './runFixes';

/** What a case needs from outside. Each call of `createAnalyzer` gives an empty, independent analyzer. */
export interface FixtureEnvironment {
  createAnalyzer(): Analyzer;
  /** Messages of the syntax problems of a file; empty for kinds of files that have no syntax of ours. */
  syntaxProblems(path: string, text: string): readonly string[];
  /** Ids whose findings count at every severity. Those of other rules count from warning up. */
  readonly ruleIds: readonly string[];
  /** What is wrong with a text for people, if anything. */
  wordProblem?(text: string): string | undefined;
}

/** Gives one message per fault. */
export function runCase(fixtureCase: FixtureCase, environment: FixtureEnvironment): readonly string[] {
  const analyzer = environment.createAnalyzer();
  const { files, directives } = fixtureCase;
  for (const { path, text } of files) analyzer.setFile(path, text);
  const failures: string[] = [];
  if (directives.syntax !== 'broken') {
    for (const { path, text } of files) {
      for (const problem of environment.syntaxProblems(path, text))
        failures.push(`${path}: does not parse: ${problem}`);
    }
  }
  const reports = new Map(files.map(({ path }) => [path, checkOf(analyzer, path)]));
  const findings = countedFindings(fixtureCase, environment, reports);
  failures.push(...checkWords(analyzer, environment, reports, findings));
  for (const file of files) {
    const ofFile = findings.filter((finding) => finding.file === file.path);
    failures.push(...compareLines(file, ofFile), ...checkRefusals(analyzer, fixtureCase, file, ofFile));
  }
  failures.push(...checkSources(files, findings), ...checkOrder(fixtureCase, environment, findings));
  // Fixes are compared only on top of the right findings: the rest would repeat the same fault.
  return failures.length > 0 ? failures : checkFixes(fixtureCase, environment, findings);
}

function checkOf(analyzer: Analyzer, path: string): FileReport {
  if (analyzer.isRelevant(path)) return analyzer.check(path);
  return { file: path, findings: [], isCarriedOver: false, cuts: [] };
}

function countedFindings(
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
  reports: ReadonlyMap<string, FileReport>,
): readonly Finding[] {
  const all = [...reports.values()].flatMap((report) => report.findings);
  return all.filter((finding) => isCounted(fixtureCase, environment.ruleIds, finding));
}

/** Messages and steps of all findings, and why those that count are not mended. */
function checkWords(
  analyzer: Analyzer,
  environment: FixtureEnvironment,
  reports: ReadonlyMap<string, FileReport>,
  findings: readonly Finding[],
): string[] {
  const { wordProblem } = environment;
  if (wordProblem === undefined) return [];
  const all = [...reports.values()].flatMap((report) => report.findings);
  const said = all.flatMap(({ message, path }) => [message, ...path.map((step) => step.message)]);
  const refused = findings
    .flatMap(({ file, fingerprint }) => analyzer.fixesFor(file, fingerprint))
    .flatMap((offer) => (offer.kind === 'refused' ? [offer.reason] : []));
  return [...new Set([...said, ...refused])].flatMap((text) => wordProblem(text) ?? []);
}

// ---------------------------------------------------------------- lines

function compareLines(file: FixtureFile, findings: readonly Finding[]): string[] {
  const failures: string[] = [];
  const index = new LineIndex(file.text);
  const lineOf = (finding: Finding): number => index.toPosition(finding.range.start).line;
  const left = new Set(findings);
  for (const placed of file.labels) {
    const here = [...left].filter((finding) => lineOf(finding) === placed.line);
    const answer = matchLabel(placed, here);
    if (answer.taken) left.delete(answer.taken);
    if (answer.failure !== undefined) failures.push(at(file, placed.line, answer.failure, here));
  }
  for (const finding of left) {
    failures.push(at(file, lineOf(finding), 'expected: nothing more on this line', [finding]));
  }
  return failures;
}

interface Match {
  readonly taken?: Finding;
  readonly failure?: string;
}

/** Finds the finding that a label speaks of among those `here` that no label has taken yet. */
function matchLabel({ label }: PlacedLabel, here: readonly Finding[]): Match {
  switch (label.kind) {
    case 'finding': {
      const { ruleId, severity, part } = label;
      const taken = here.find(
        (finding) =>
          finding.ruleId === ruleId && finding.severity === severity && finding.message.includes(part),
      );
      if (taken) return { taken };
      return { failure: `expected: ${severity} [${ruleId}]${part === '' ? '' : ` ${JSON.stringify(part)}`}` };
    }
    case 'missing': {
      const taken = here.find((finding) => finding.ruleId === label.ruleId);
      if (!taken) return {};
      return {
        taken,
        failure: `no longer missing: [${label.ruleId}] is reported now, change the label (${label.why})`,
      };
    }
    case 'spurious': {
      const taken = here.find((finding) => finding.ruleId === label.ruleId);
      if (taken) return { taken };
      return {
        failure: `no longer spurious: [${label.ruleId}] is silent now, drop the label (${label.why})`,
      };
    }
    case 'source':
    case 'refused':
      return {};
  }
}

/** A message with the place in the Markdown file's terms, the code, what was expected and what there is. */
function at(file: FixtureFile, line: number, expected: string, actual: readonly Finding[]): string {
  const code = file.text.split(/\r?\n/)[line] ?? '';
  const found = actual.map(
    ({ severity, ruleId, message }) => `${severity} [${ruleId}] ${JSON.stringify(message)}`,
  );
  return [
    `${file.path}:${line + 1} (line ${file.line + line} of the fixture)`,
    `  ${code.trim()}`,
    `  ${expected}`,
    `  actual: ${found.join('\n          ') || 'nothing'}`,
  ].join('\n');
}

// ---------------------------------------------------------------- paths, refusals, order

function checkSources(files: readonly FixtureFile[], findings: readonly Finding[]): string[] {
  const indexes = new Map(files.map((file) => [file.path, new LineIndex(file.text)]));
  const passed = new Set<string>();
  for (const { path } of findings) {
    for (const step of path.slice(0, -1)) {
      passed.add(`${step.file}:${indexes.get(step.file)?.toPosition(step.range.start).line}`);
    }
  }
  const failures: string[] = [];
  for (const file of files) {
    for (const { label, line } of file.labels) {
      if (label.kind !== 'source' || passed.has(`${file.path}:${line}`)) continue;
      const paths = findings.map((finding) => `${finding.ruleId}: ${describePath(finding, indexes)}`);
      failures.push(
        `${at(file, line, 'expected: a step of a path before its last one', [])}\n  paths: ${paths.join('; ') || 'none'}`,
      );
    }
  }
  return failures;
}

function describePath(finding: Finding, indexes: ReadonlyMap<string, LineIndex>): string {
  const steps = finding.path.map(({ file, range, message }) => {
    const line = indexes.get(file)?.toPosition(range.start).line;
    return `${file}:${line === undefined ? '?' : line + 1} ${message}`;
  });
  return steps.join(' → ') || '(empty)';
}

function checkRefusals(
  analyzer: Analyzer,
  fixtureCase: FixtureCase,
  file: FixtureFile,
  findings: readonly Finding[],
): string[] {
  const failures: string[] = [];
  const index = new LineIndex(file.text);
  const offersOf = (finding: Finding): readonly FixOffer[] =>
    analyzer.fixesFor(file.path, finding.fingerprint);
  for (const { label, line } of file.labels) {
    if (label.kind !== 'refused') continue;
    const here = findings.filter((finding) => index.toPosition(finding.range.start).line === line);
    const offers = here.flatMap(offersOf);
    if (!isRefusal(offers, label.part)) {
      failures.push(
        `${at(file, line, `expected: refused ${JSON.stringify(label.part)}`, here)}\n  ${describe(offers)}`,
      );
    }
  }
  const block = fixtureCase.refused.find(({ path }) => path === file.path);
  if (block === undefined) return failures;
  const offers = findings.flatMap(offersOf);
  for (const reason of block.text.split(/\r?\n/).filter((line) => line.trim() !== '')) {
    if (isRefusal(offers, reason.trim())) continue;
    failures.push(
      `${file.path}: expected every fix refused, with ${JSON.stringify(reason.trim())}\n  ${describe(offers)}`,
    );
  }
  return failures;
}

/** True when no fix is offered and some reason contains `part`. */
function isRefusal(offers: readonly FixOffer[], part: string): boolean {
  const reasons = offers.flatMap((offer) => (offer.kind === 'refused' ? [offer.reason] : []));
  return reasons.length === offers.length && reasons.some((reason) => reason.includes(part));
}

function describe(offers: readonly FixOffer[]): string {
  const said = offers.map((offer) =>
    offer.kind === 'fix'
      ? `fix ${JSON.stringify(offer.fix.title)}`
      : `refused ${JSON.stringify(offer.reason)}`,
  );
  return `offers: ${said.join('; ') || 'none'}`;
}

/** The order in which files arrive must not change what is found. */
function checkOrder(
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
  expected: readonly Finding[],
): string[] {
  if (fixtureCase.files.length < 2) return [];
  const analyzer = environment.createAnalyzer();
  for (const { path, text } of fixtureCase.files.toReversed()) analyzer.setFile(path, text);
  const reports = new Map(fixtureCase.files.map(({ path }) => [path, checkOf(analyzer, path)]));
  const actual = countedFindings(fixtureCase, environment, reports);
  const show = (findings: readonly Finding[]): string =>
    findings
      .map(({ file, ruleId, range, message }) => `${file}@${range.start} [${ruleId}] ${message}`)
      .join('\n  ');
  if (show(actual) === show(expected)) return [];
  return [
    `the findings depend on the order of the files:\n  ${show(expected)}\nreversed:\n  ${show(actual)}`,
  ];
}
