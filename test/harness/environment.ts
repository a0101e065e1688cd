/** The real engine as fixtures see it: silent, and with a secret that is the same in every run. */
import { createAnalyzer, SILENT } from '../../server/core';
import { parseTemplate } from '../../server/core/syntax/jinja/parse';
import { parsePython } from '../../server/core/syntax/python/parse';
import { wordProblem } from './chinese';
import type { FixtureEnvironment } from './runFixture';

/** What fixtures find in `.env` after a fix: 32 bytes in hex. */
export const FIXTURE_SECRET = '0123456789abcdef'.repeat(4);

export function createEnvironment(ruleIds: readonly string[]): FixtureEnvironment {
  return {
    createAnalyzer: () => createAnalyzer({ logger: SILENT, createSecret: () => FIXTURE_SECRET }),
    syntaxProblems,
    ruleIds,
    wordProblem,
  };
}

export function syntaxProblems(path: string, text: string): readonly string[] {
  if (/\.pyi?$/.test(path)) return parsePython(text).problems.map(({ message }) => message);
  if (/\.(html?|xml|xhtml|svg|jinja2?|j2)$/.test(path))
    return parseTemplate(text).problems.map(({ message }) => message);
  return [];
}
