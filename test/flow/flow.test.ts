/** Conformance of the data-flow engine: one fixture for each thing that it must follow, the flows that a perfect
 *  engine reports and their harmless twins side by side. What today's engine still gets wrong is labeled
 *  `missing` or `spurious`; such a label fails as soon as it is no longer true. */
import { describe, expect, it } from 'vitest';
import { describeFixtures, loadFixtures } from '../harness/describeFixtures';
import type { FixtureCase } from '../harness/fixture';

/** The rules that stand for all others: one kind of sink in Python, one in templates and one in between. */
const RULE_IDS = ['sql-injection', 'jinja-safe-filter', 'unsafe-markup'];

const fixtures = loadFixtures('test/flow');

describeFixtures(fixtures, () => RULE_IDS);

describe('every fixture of the engine', () => {
  it.each(fixtures)('$path has flows and twins that do not flow', ({ cases }) => {
    expect(cases.some((fixtureCase) => linesWith(fixtureCase).flowing > 0)).toBe(true);
    expect(cases.some((fixtureCase) => linesWith(fixtureCase).silent > 0)).toBe(true);
  });
});

/** Counts the lines with a sink, or a `|safe`, by whether a finding belongs there. */
function linesWith({ files }: FixtureCase): { readonly flowing: number; readonly silent: number } {
  let flowing = 0;
  let silent = 0;
  for (const { text, labels } of files) {
    const reported = new Set(
      labels
        .filter(({ label }) => label.kind === 'finding' || label.kind === 'missing')
        .map(({ line }) => line),
    );
    for (const [line, code] of text.split('\n').entries()) {
      if (!/\bexecute\(|\|\s*safe\b|\bMarkup\(/.test(code)) continue;
      if (reported.has(line)) flowing++;
      else silent++;
    }
  }
  return { flowing, silent };
}
