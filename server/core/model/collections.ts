/** What is written in a list, a tuple or a dict, found through the names it goes by. */
import type { Dict, Expression } from '../syntax/python/ast';
import type { Project } from './project';
import type { Site } from './scope';
import { scopeOf } from './scopes';
import { boundValue } from './valueOrigin';

export interface Sited {
  readonly node: Expression;
  readonly site: Site;
}

const MAX_NAMES = 4;

/** The expression that a name stands for, or the expression itself. */
export function written(project: Project, node: Expression, site: Site): Sited {
  let found: Sited = { node, site };
  for (let step = 0; step < MAX_NAMES; step++) {
    if (found.node.kind !== 'Name' && found.node.kind !== 'Attribute') break;
    const bound = boundValue(project, found.node, found.site);
    if (bound === undefined) break;
    found = { node: bound.value, site: bound.site };
  }
  return found;
}

/** Elements of a list, tuple, set or of a dict's values; undefined when they are not written anywhere. */
export function elementsOf(project: Project, node: Expression, site: Site): readonly Sited[] | undefined {
  const found = written(project, node, site);
  const { node: value, site: at } = found;
  if (value.kind === 'List' || value.kind === 'Tuple' || value.kind === 'Set')
    return value.elements.map((element) => ({ node: element, site: at }));
  if (value.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr.id === 'values') {
    const dict = dictOf(project, value.func.value, at);
    return dict?.node.entries.map((entry) => ({ node: entry.value, site: dict.site }));
  }
  return undefined;
}

/** The dict that an expression stands for, if it is written somewhere. */
export function dictOf(
  project: Project,
  node: Expression,
  site: Site,
): { readonly node: Dict; readonly site: Site } | undefined {
  const found = written(project, node, site);
  return found.node.kind === 'Dict' ? { node: found.node, site: found.site } : undefined;
}

/** What a variable of a loop goes through: `for extension in (db, csrf)`. */
export function loopedOver(project: Project, name: string, site: Site): readonly Sited[] {
  const owners = [...site.owners, undefined];
  for (let depth = site.owners.length; depth >= 0; depth--) {
    const owner = depth === 0 ? site.tree : owners[depth - 1];
    if (owner === undefined) continue;
    const loops = (scopeOf(owner).bindings.get(name) ?? []).flatMap((binding) =>
      binding.kind === 'value' && binding.access.kind === 'each' ? [binding.value] : [],
    );
    const inner = { ...site, owners: site.owners.slice(0, depth) };
    const found = loops.flatMap((iterated) => elementsOf(project, iterated, inner) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}
