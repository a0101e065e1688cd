/** Keys under which one unit is found in the indexes of the project. */
import type { UnitTree } from '../syntax/python/ast';
import { importsIn } from './appFacts';
import { mayTellOfApp } from './appUnit';
import { contributionOf } from './contribution';
import { mayTellOfRouting } from './routing';
import { unitAdditions } from './templateAdditions';

/** Names that a unit binds; `*` for a star import. */
export function boundNames(tree: UnitTree): readonly string[] {
  const { names, hasStars } = contributionOf(tree);
  return hasStars ? [...names, '*'] : names;
}

/** What a unit tells the project as a whole. */
export function tellingKeys(tree: UnitTree): readonly string[] {
  const { isRegistering, loads, accessors, takers, bases, decorators } = contributionOf(tree);
  return [
    ...new Set(accessors.map((attribute) => `accessor:${attribute}`)),
    ...new Set(takers.map((taker) => `taker:${taker}`)),
    ...new Set(bases.map((base) => `base:${base}`)),
    ...new Set(decorators.map((decorator) => `decorated:${decorator}`)),
    ...(isRegistering ? ['registrations'] : []),
    ...(loads.length > 0 ? ['loads'] : []),
    ...(unitAdditions(tree).length > 0 ? ['additions'] : []),
    ...(mayTellOfApp(tree) ? ['app'] : []),
    ...(mayTellOfRouting(tree) ? ['routing'] : []),
    ...(importsIn(tree).length > 0 || loads.length > 0 ? ['imports'] : []),
  ];
}
