/** What the engine says, in Chinese, as it is shipped. */
import { readFileSync } from 'node:fs';
import { pack, wordingIn } from '../../server/lsp/wording';

export const FINDINGS_FILE = 'l10n/findings.zh-cn.json';

/** For people: English, with `{0}` where a value goes, to Chinese. */
export const FINDING_TEXTS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL(`../../${FINDINGS_FILE}`, import.meta.url), 'utf8'),
);

export const PACKED = pack(FINDING_TEXTS);

export const inChinese = wordingIn(PACKED.texts);

/** What is wrong with the translation of a text that the engine has said, if anything. */
export function wordProblem(text: string): string | undefined {
  const said = inChinese(text);
  const prose = said.replace(/`[^`]*`/g, '');
  const isWhole = /\p{sc=Han}/u.test(prose) && !/\p{Ll}{2,} \p{Ll}+ \p{Ll}+/u.test(prose);
  if (!isWhole) return `${FINDINGS_FILE}: add ${JSON.stringify(text)}, now ${JSON.stringify(said)}`;
  if (codeIn(text) !== codeIn(said)) return `${FINDINGS_FILE}: ${JSON.stringify(said)} has other code`;
  return undefined;
}

function codeIn(text: string): string {
  return [...new Set(text.match(/`[^`]*`/g))].sort().join();
}
