/** What a cookie is for, by its name: how much harm it does without a flag. */
import { givenArgument } from '../edits/callArguments';
import type { MisuseHit } from '../flow/machine';
import { isForgeryTokenName, isLoginName, isPreferenceName } from '../knowledge/sensitiveNames';
import type { FileContext } from './context';

export type CookieUse = 'login' | 'forgeryToken' | 'preference' | 'other';

export function cookieUse({ call, site }: MisuseHit, context: FileContext): CookieUse {
  const given = call && givenArgument(call, 'key', 0)?.value;
  const known = given === undefined ? [] : (context.valueOf(site.tree, given)?.constants ?? []);
  const names = known.filter((name) => typeof name === 'string');
  if (names.length === 0) return 'other';
  if (names.some(isLoginName)) return 'login';
  if (names.every(isForgeryTokenName)) return 'forgeryToken';
  return names.every(isPreferenceName) ? 'preference' : 'other';
}
