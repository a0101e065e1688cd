/** What one unit contributes to the indexes of the project, by key. Cached by the tree's identity. */

import { shared } from '../base/lists';
import { isPasswordName } from '../knowledge/sensitiveNames';
import type { Call, Expression, FunctionDef, Statement, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
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
  /** Attributes of its classes whose values go through a function when they are written. */
  readonly accessors: readonly string[];
  /** `hash:store`, `password:store`: what a function is called with, by the last part of its name. */
  readonly takers: readonly string[];
  /** Last parts of the names of what decorates its functions and classes, or is handed some by a plain call. */
  readonly decorators: readonly string[];
  /** Last parts of the names of what its classes inherit from. */
  readonly bases: readonly string[];
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
    names: shared([...scope.bindings.keys()]),
    hasStars: scope.stars.length > 0,
    writes: shared(
      facts.writes.filter(
        ({ node, owners }) => node.target.kind === 'Attribute' && !isLocal(node.target.value, owners),
      ),
    ),
    isRegistering: facts.calls.some(({ node }) => isRegistering(node)),
    loads: configLoadsOf(tree),
    takers: shared(facts.calls.flatMap(({ node }) => takersOf(node))),
    decorators: shared([
      ...[...facts.functions, ...facts.classes].flatMap(({ node }) =>
        node.decorators.map(({ expression }) =>
          lastPart(expression.kind === 'Call' ? expression.func : expression),
        ),
      ),
      ...tree.body.flatMap((statement) => handingOver(statement)),
    ]),
    bases: shared(facts.classes.flatMap(({ node }) => node.args.map(({ value }) => lastPart(value)))),
    accessors: shared([
      ...facts.functions.flatMap(({ node, owners }) =>
        owners.at(-1)?.kind === 'ClassDef' ? accessorsOf(node) : [],
      ),
      ...facts.classes.flatMap(({ node }) => node.body.flatMap(assignedAccessors)),
    ]),
  };
}

/** `register("find", find)` */
function handingOver(node: Statement): readonly string[] {
  const call = node.kind === 'Expression' ? node.value : undefined;
  if (call?.kind !== 'Call' || !call.args.some(({ value }) => value.kind === 'Name')) return [];
  return [lastPart(call.func)];
}

/** `password = property(…)`, SQLAlchemy's `password = synonym("_password", …)`. */
function assignedAccessors(node: Statement): readonly string[] {
  if (node.kind !== 'Assign' || node.value.kind !== 'Call') return [];
  if (!/^(?:property|hybrid_property|synonym|association_proxy)$/.test(lastPart(node.value))) return [];
  return node.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
}

function takersOf({ func, args }: Call): readonly string[] {
  return [
    ...(args.some(({ value }) => isHash(value)) ? [`hash:${lastPart(func)}`] : []),
    ...(args.some(({ value }) => isPassword(value)) ? [`password:${lastPart(func)}`] : []),
  ];
}

/** A call or a name that says it is a hash. */
function isHash(node: Expression): boolean {
  return (node.kind === 'Call' || node.kind === 'Name') && /hash|crypt|digest/i.test(lastPart(node));
}

/** `password`, `form.password.data`, `request.form["password"]`, `data.get("password")`. */
function isPassword(node: Expression): boolean {
  switch (node.kind) {
    case 'Name':
      return isPasswordName(node.id);
    case 'Attribute':
      return node.attr.id === 'data' ? isPassword(node.value) : isPasswordName(node.attr.id);
    case 'Subscript':
      return isPasswordName(literalText(node.index) ?? '');
    case 'Call': {
      const key = node.args[0]?.value;
      return lastPart(node) === 'get' && key !== undefined && isPasswordName(literalText(key) ?? '');
    }
    default:
      return false;
  }
}

function lastPart(node: Expression): string {
  if (node.kind === 'Call') return lastPart(node.func);
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}

/** `@password.setter`, `@hybrid_property`, SQLAlchemy's `@validates("password")`. */
export function accessorsOf({ name, decorators }: FunctionDef): readonly string[] {
  return decorators.flatMap(({ expression }) => {
    const callee = expression.kind === 'Call' ? expression.func : expression;
    const decorator = callee.kind === 'Name' ? callee.id : callee.kind === 'Attribute' ? callee.attr.id : '';
    if (decorator === 'setter') return [name.id];
    if (decorator !== 'validates' || expression.kind !== 'Call') return [];
    return expression.args.flatMap(({ value }) => literalText(value) ?? []);
  });
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
