/** The real engine as fixtures see it: silent, and with a secret that is the same in every run. */
import { readFileSync } from 'node:fs';
import { createAnalyzer, SILENT } from '../../server/core';
import { parseTemplate } from '../../server/core/syntax/jinja/parse';
import { parsePython } from '../../server/core/syntax/python/parse';
import { type Texts, translateTitle } from '../../server/lsp/l10n';
import type { FixtureEnvironment } from './runFixture';

const CHINESE: Texts = JSON.parse(
  readFileSync(new URL('../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8'),
);

/** What fixtures find in `.env` after a fix: 32 bytes in hex. */
export const FIXTURE_SECRET = '0123456789abcdef'.repeat(4);

export function createEnvironment(ruleIds: readonly string[]): FixtureEnvironment {
  return {
    createAnalyzer: () => createAnalyzer({ logger: SILENT, createSecret: () => FIXTURE_SECRET }),
    syntaxProblems,
    ruleIds,
    titleProblem,
  };
}

/** The light bulb speaks the editor's language. */
function titleProblem(title: string): string | undefined {
  const isTranslated = /\p{sc=Han}/u.test(translateTitle(CHINESE, title));
  return isTranslated ? undefined : `l10n/bundle.l10n.zh-cn.json: add ${JSON.stringify(title)}`;
}

export function syntaxProblems(path: string, text: string): readonly string[] {
  if (/\.pyi?$/.test(path)) return parsePython(text).problems.map(({ message }) => message);
  if (/\.(html?|xml|xhtml|svg|jinja2?|j2)$/.test(path))
    return parseTemplate(text).problems.map(({ message }) => message);
  return [];
}
