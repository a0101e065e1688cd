/** Registries: `@command("find")` puts the function below it into a dict or a list of a module, `command("find", find)`
 *  does the same, and a base class may keep all classes that inherit from it. */
import type { FilePath } from '../base/filePath';
import type { Project, SharedChange } from '../model/project';
import type { ClassRef, Ref } from '../model/refs';
import { isSameRef } from '../model/refs';
import { subclassesOf } from '../model/subclasses';
import { unitFacts } from '../model/unitFacts';
import type { ClassDef, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { argumentOfParameter } from './application';

export interface Registered {
  readonly ref: Ref;
  /** The key, where it is known. */
  readonly keyName?: string;
}

/** Functions of one registry that are told apart. */
const MAX_REGISTERED = 40;

/** What decorators, calls at module level and subclasses hand to a change of shared state; empty when the change keeps
 *  something else. */
export function registeredBy(project: Project, change: SharedChange): readonly Registered[] {
  const { site, value } = change;
  const maker = site.owners.find((owner) => owner.kind === 'FunctionDef');
  const inner = site.owners.at(-1);
  if (maker === undefined || inner?.kind !== 'FunctionDef' || value.kind !== 'Name') return [];
  if (inner.name.id === '__init_subclass__' && inner.params[0]?.name.id === value.id)
    return subclassesKept(project, change);
  const owners = site.owners.slice(0, site.owners.indexOf(maker));
  const made: Ref = { kind: 'function', file: site.file, tree: site.tree, node: maker, owners };
  const units = project.unitsTelling(`decorated:${maker.name.id}`);
  const called = inner === maker ? units.flatMap((unit) => handedBy(project, change, made, maker, unit)) : [];
  if (inner.params.findLast(({ form }) => form !== 'keyword')?.name.id !== value.id) return called;
  return [...called, ...units.flatMap((unit) => decoratedBy(project, change, made, maker, unit))].slice(
    0,
    MAX_REGISTERED,
  );
}

interface Unit {
  readonly file: FilePath;
  readonly tree: UnitTree;
}

function decoratedBy(
  project: Project,
  change: SharedChange,
  made: Ref,
  decorator: FunctionDef,
  { file, tree }: Unit,
): readonly Registered[] {
  const { functions, classes } = unitFacts(tree);
  return [...functions, ...classes].flatMap(({ node, owners }): Registered[] => {
    const where = { file, tree, owners };
    const used = node.decorators
      .map(({ expression }) => expression)
      .find((one) =>
        project.resolver
          .resolve(one.kind === 'Call' ? one.func : one, where)
          .some((ref) => isSameRef(ref, made)),
      );
    if (used === undefined) return [];
    const ref = { kind: node.kind === 'ClassDef' ? 'class' : 'function', node, ...where } as Ref;
    return [{ ref, keyName: change.keyName ?? keyOf(change.key, decorator, node, used) }];
  });
}

/** `register("find", find)` at module level. */
function handedBy(
  project: Project,
  { value, key, keyName }: SharedChange,
  made: Ref,
  maker: FunctionDef,
  { file, tree }: Unit,
): readonly Registered[] {
  const where = { file, tree, owners: [] };
  return tree.body.flatMap((statement): Registered[] => {
    const call = statement.kind === 'Expression' ? statement.value : undefined;
    if (call?.kind !== 'Call' || value.kind !== 'Name') return [];
    if (!project.resolver.resolve(call.func, where).some((ref) => isSameRef(ref, made))) return [];
    const given = argumentOfParameter(maker, call, value.id, false);
    const name = key?.kind === 'Name' ? argumentOfParameter(maker, call, key.id, false) : undefined;
    return (given === undefined ? [] : project.resolver.resolve(given, where)).map((ref) => ({
      ref,
      keyName: keyName ?? (name && literalText(name)),
    }));
  });
}

/** `__init_subclass__` of a base that keeps its subclasses. */
function subclassesKept(project: Project, { site, key }: SharedChange): readonly Registered[] {
  const base = site.owners.at(-2);
  if (base?.kind !== 'ClassDef') return [];
  const { file, tree, owners } = site;
  const ref: ClassRef = { kind: 'class', file, tree, node: base, owners: owners.slice(0, -2) };
  const isByName = key?.kind === 'Attribute' && key.attr.id === '__name__';
  return subclassesOf(project, ref).map((one) => ({
    ref: one,
    ...(isByName && { keyName: one.node.name.id }),
  }));
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
