/** Makes Vitest suites of the Markdown fixtures of a folder: one `describe` per file, one `it` per heading. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { createEnvironment } from './environment';
import { type Fixture, type FixtureCase, parseFixture } from './fixture';
import { type FixtureEnvironment, runCase } from './runFixture';

const ROOT = join(import.meta.dirname, '..', '..');

/** `folder` is relative to the repository, such as `test/rules`. Sorted by path. */
export function loadFixtures(folder: string): readonly Fixture[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => parseFixture(`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')));
}

/** `ruleIdsOf` names the rules whose findings count at every severity. */
export function describeFixtures(
  fixtures: readonly Fixture[],
  ruleIdsOf: (fixture: Fixture) => readonly string[],
): void {
  for (const fixture of fixtures) {
    describe(fixture.path, () => {
      it('can be read', () => {
        failWith(fixture.problems.map(({ line, message }) => `${fixture.path}:${line}: ${message}`));
      });
      const environment = createEnvironment(ruleIdsOf(fixture));
      for (const fixtureCase of fixture.cases) {
        it(fixtureCase.title, () => failWith(explain(fixture, fixtureCase, environment)));
      }
    });
  }
}

function explain(
  fixture: Fixture,
  fixtureCase: FixtureCase,
  environment: FixtureEnvironment,
): readonly string[] {
  const place = `${fixture.path}:${fixtureCase.line} ${fixtureCase.title}`;
  return runCase(fixtureCase, environment).map((failure) => `${place}\n${failure}`);
}

function failWith(failures: readonly string[]): void {
  if (failures.length === 0) return;
  const error = new Error(failures.join('\n\n'));
  // The stack would only show this harness; the place in the fixture is in the message.
  error.stack = error.message;
  throw error;
}
