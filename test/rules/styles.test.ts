/** Every fix of every fixture, on the same code typed in another style. */
import { describe, expect, it } from 'vitest';
import { loadFixtures } from '../harness/describeFixtures';
import { createEnvironment } from '../harness/environment';
import type { FixtureCase } from '../harness/fixture';
import {
  BYTE_ORDER_MARK,
  both,
  CRLF,
  essence,
  HEADED,
  nested,
  OPEN_END,
  SINGLE_QUOTES,
  type Style,
  TABS,
  TWO_SPACES,
} from '../harness/restyle';
import { FixRun } from '../harness/runFixes';
import type { FixtureEnvironment } from '../harness/runFixture';

const STYLES: readonly Style[] = [
  both(both(CRLF, TABS), BYTE_ORDER_MARK),
  both(TWO_SPACES, OPEN_END),
  both(SINGLE_QUOTES, HEADED),
  nested('def create_app():'),
];

const mended = loadFixtures('test/rules').flatMap(({ path, cases }) => {
  const environment = createEnvironment([path.replace(/^.*\//, '').replace(/\.md$/, '')]);
  return cases
    .filter(({ directives, fixed }) => directives.syntax !== 'broken' && fixed.length > 0)
    .map((fixtureCase) => ({ path, fixtureCase, environment, texts: textsAfter(fixtureCase, environment) }));
});

describe('fixes keep the style of the file', () => {
  it.each(STYLES)('$name', { timeout: 60_000 }, (style) => {
    const failures: string[] = [];
    let nMended = 0;
    for (const { path, fixtureCase, environment, texts } of mended) {
      const files = fixtureCase.files.map((file) => ({ ...file, text: style.apply(file.path, file.text) }));
      if (files.every(({ text }, index) => text === fixtureCase.files[index]?.text)) continue;
      const run = new FixRun({ ...fixtureCase, files }, environment);
      const problems = [...run.applyAll(), ...run.checkFromScratch()];
      if (style.keeps !== 'none') problems.push(...differences(fixtureCase, style, texts, run.texts));
      if (problems.length > 0)
        failures.push(`${path}:${fixtureCase.line} ${fixtureCase.title}\n${problems.join('\n')}`);
      if (files.some((file) => run.texts.get(file.path) !== file.text)) nMended++;
    }
    expect(failures.join('\n\n')).toBe('');
    expect(nMended).toBeGreaterThan(200);
  });
});

function textsAfter(fixtureCase: FixtureCase, environment: FixtureEnvironment): ReadonlyMap<string, string> {
  const run = new FixRun(fixtureCase, environment);
  run.applyAll();
  return run.texts;
}

/** Files that a fix makes are its own: they have no style to keep. */
function differences(
  { files }: FixtureCase,
  { apply, keeps }: Style,
  plain: ReadonlyMap<string, string>,
  restyled: ReadonlyMap<string, string>,
): string[] {
  return files.flatMap(({ path }) => {
    const wanted = essence(apply(path, plain.get(path) ?? ''), keeps);
    const got = essence(restyled.get(path) ?? '', keeps);
    return wanted === got ? [] : [`${path}: wanted\n${wanted}\ngot\n${got}`];
  });
}
