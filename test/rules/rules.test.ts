import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/core';
import { describeFixtures, loadFixtures } from '../harness/describeFixtures';
import type { Fixture, FixtureCase } from '../harness/fixture';

const fixtures = loadFixtures('test/rules');

describeFixtures(fixtures, (fixture) => [ruleIdOf(fixture)]);

describe('every rule has a fixture', () => {
  it('and every fixture a rule', () => {
    expect(fixtures.map(ruleIdOf).toSorted()).toEqual(RULES.map((rule) => rule.id).toSorted());
  });

  it.each(fixtures)('$path has a reported and a clean case', (fixture) => {
    const ruleId = ruleIdOf(fixture);
    expect(fixture.cases.some((fixtureCase) => reports(fixtureCase, ruleId))).toBe(true);
    expect(fixture.cases.some((fixtureCase) => !reports(fixtureCase, ruleId))).toBe(true);
  });
});

function ruleIdOf(fixture: Fixture): string {
  return fixture.path.replace(/^.*\//, '').replace(/\.md$/, '');
}

function reports(fixtureCase: FixtureCase, ruleId: string): boolean {
  return fixtureCase.files.some((file) =>
    file.labels.some(({ label }) => label.kind === 'finding' && label.ruleId === ruleId),
  );
}
