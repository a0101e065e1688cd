/** What one unit contributes to the indexes of the project, by key. Cached by the tree's identity. */
import type { Expression, UnitTree } from '../syntax/python/ast';
import { type ConfigLoad, configLoadsOf } from './configLoads';
import { isRegistering } from './routes';
import { scopeOf } from './scopes';
import { type MemberWrite, type Owned, type Owners, unitFacts } from './unitFacts';

export interface Contribution {
  /** Names that its module-level statements bind. */
  readonly names: readonly string[];
  readonly hasStars: boolean;
  /** Attributes that are written on something that is more than a local variable: `g`, the app, a module. */
  readonly writes: readonly Owned<MemberWrite>[];
  readonly isRegistering: boolean;
  readonly loads: readonly ConfigLoad[];
}

const cache = new WeakMap<UnitTree, Contribution>();

export function contributionOf(tree: UnitTree): Contribution {
  let contribution = cache.get(tree);
  if (contribution === undefined) {
    contribution = contribute(tree);
    cache.set(tree, contribution);
  }
  return contribution;
}

function contribute(tree: UnitTree): Contribution {
  const scope = scopeOf(tree);
  const facts = unitFacts(tree);
  return {
    names: [...scope.bindings.keys()],
    hasStars: scope.stars.length > 0,
    writes: facts.writes.filter(
      ({ node, owners }) => node.target.kind === 'Attribute' && !isLocal(node.target.value, owners),
    ),
    isRegistering: facts.calls.some(({ node }) => isRegistering(node)),
    loads: configLoadsOf(tree),
  };
}

/** `./a.html` and `/a.html` mean `a.html`. */
export function cleanTemplateName(name: string): string {
  return name.replace(/^\.?\//, '');
}

export function writtenAttributes(tree: UnitTree): ReadonlySet<string> {
  return new Set(
    contributionOf(tree).writes.map(({ node }) =>
      node.target.kind === 'Attribute' ? node.target.attr.id : '',
    ),
  );
}

/** True for a variable of a function: what is written to its attributes says nothing elsewhere. */
function isLocal(receiver: Expression, owners: Owners): boolean {
  if (receiver.kind !== 'Name') return true;
  return owners.some(
    (owner) =>
      scopeOf(owner)
        .bindings.get(receiver.id)
        ?.some(({ kind }) => kind !== 'import') === true,
  );
}
