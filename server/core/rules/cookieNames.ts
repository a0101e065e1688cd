/** What a cookie is for, by its name: how much harm it does without a flag. */
import { givenArgument } from '../edits/callArguments';
import type { MisuseHit } from '../flow/machine';
import { isForgeryTokenName, isLoginName, isPreferenceName } from '../knowledge/sensitiveNames';
import type { FileContext } from './context';

export type CookieUse = 'login' | 'forgeryToken' | 'preference' | 'other';

/** What a flag holds: there is nothing in it to steal. */
const FLAG_VALUE = /^(\d|true|false|yes|no|on|off|done|ok|accepted|enabled|disabled)$/i;

export function cookieUse({ call, site }: MisuseHit, context: FileContext): CookieUse {
  const knownTexts = (name: string, position: number) => {
    const given = call && givenArgument(call, name, position)?.value;
    const known = given === undefined ? undefined : context.valueOf(site.tree, given)?.constants;
    return (known ?? []).map(String);
  };
  const names = knownTexts('key', 0);
  if (names.some(isLoginName)) return 'login';
  if (names.length > 0 && names.every(isForgeryTokenName)) return 'forgeryToken';
  if (names.length > 0 && names.every(isPreferenceName)) return 'preference';
  const values = knownTexts('value', 1);
  return values.length > 0 && values.every((value) => FLAG_VALUE.test(value)) ? 'preference' : 'other';
}
