/** Registries that decorators fill: `@command("find")` puts the function below it into a dict or a list of a module. */
import type { Project, SharedChange } from '../model/project';
import type { Ref } from '../model/refs';
import { isSameRef } from '../model/refs';
import { unitFacts } from '../model/unitFacts';
import type { ClassDef, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';

export interface Registered {
  readonly ref: Ref;
  /** The key, where it is known. */
  readonly keyName?: string;
}

/** Functions of one registry that are told apart. */
const MAX_REGISTERED = 40;

/** What decorators hand to a change of shared state; empty when the change does not keep what is decorated. */
export function registeredBy(project: Project, change: SharedChange): readonly Registered[] {
  const { site, value, key } = change;
  const decorator = site.owners.find((owner) => owner.kind === 'FunctionDef');
  const inner = site.owners.at(-1);
  if (decorator === undefined || inner?.kind !== 'FunctionDef' || value.kind !== 'Name') return [];
  if (inner.params.findLast(({ form }) => form !== 'keyword')?.name.id !== value.id) return [];
  const owners = site.owners.slice(0, site.owners.indexOf(decorator));
  const made: Ref = { kind: 'function', file: site.file, tree: site.tree, node: decorator, owners };
  return project
    .unitsTelling(`decorated:${decorator.name.id}`)
    .flatMap(({ file, tree }) => {
      const { functions, classes } = unitFacts(tree);
      return [...functions, ...classes].flatMap(({ node, owners: around }): Registered[] => {
        const where = { file, tree, owners: around };
        const used = node.decorators
          .map(({ expression }) => expression)
          .find((one) =>
            project.resolver
              .resolve(one.kind === 'Call' ? one.func : one, where)
              .some((ref) => isSameRef(ref, made)),
          );
        if (used === undefined) return [];
        const ref = { kind: node.kind === 'ClassDef' ? 'class' : 'function', node, ...where } as Ref;
        return [{ ref, keyName: change.keyName ?? keyOf(key, decorator, node, used) }];
      });
    })
    .slice(0, MAX_REGISTERED);
}

/** `REGISTRY[name]` by the argument of the decorator, `REGISTRY[f.__name__]` by the name of the function. */
function keyOf(
  key: Expression | undefined,
  decorator: FunctionDef,
  node: FunctionDef | ClassDef,
  used: Expression,
): string | undefined {
  if (key?.kind === 'Attribute' && key.attr.id === '__name__') return node.name.id;
  if (key?.kind !== 'Name' || used.kind !== 'Call') return undefined;
  const position = decorator.params.findIndex(({ name }) => name.id === key.id);
  const given =
    used.args.find(({ name }) => name?.id === key.id) ?? used.args.filter(({ name }) => !name)[position];
  return given && literalText(given.value);
}
