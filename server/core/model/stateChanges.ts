/** Where code changes what lives at module level or in an object of a library: `CACHE["x"] = …`, `ITEMS.append(…)`,
 *  `global LAST`. One unit alone says so; whose name it is, is found out later. */
import type { Call, Expression, UnitTree } from '../syntax/python/ast';
import { walkStatements } from '../syntax/python/walk';
import { scopeOf } from './scopes';
import { type Owned, type Owners, unitFacts } from './unitFacts';

export interface StateChange {
  /** `CACHE`, `state.CACHE`, `session`. */
  readonly receiver: Expression;
  /** `item`: under a key; `element`: added; `elements`: all of it added; `whole`: bound anew.
   *  `argument`: a parser is told of one, by `call`. */
  readonly way: 'item' | 'element' | 'elements' | 'whole' | 'argument';
  readonly call?: Call;
  readonly key?: Expression;
  /** The key, where it is a name of a keyword argument or a text. */
  readonly keyName?: string;
  readonly value: Expression;
}

const ADDING: Readonly<Record<string, 'element' | 'elements'>> = {
  append: 'element',
  appendleft: 'element',
  add: 'element',
  put: 'element',
  extend: 'elements',
  update: 'elements',
};

const cache = new WeakMap<UnitTree, readonly Owned<StateChange>[]>();

export function stateChangesOf(tree: UnitTree): readonly Owned<StateChange>[] {
  let changes = cache.get(tree);
  if (changes === undefined) {
    changes = [...itemWrites(tree), ...additions(tree), ...rebindings(tree), ...declarations(tree)];
    cache.set(tree, changes);
  }
  return changes;
}

/** Last name of what is changed. */
export function changedName(receiver: Expression): string {
  return receiver.kind === 'Name' ? receiver.id : receiver.kind === 'Attribute' ? receiver.attr.id : '';
}

/** Names of what a unit changes, and of the items that it writes by a key. */
export function changedNames(tree: UnitTree): ReadonlySet<string> {
  return new Set(
    stateChangesOf(tree).flatMap(({ node: { receiver, way, keyName } }) => {
      const name = changedName(receiver);
      return way === 'item' && keyName !== undefined ? [name, itemName(name, keyName)] : [name];
    }),
  );
}

/** `session["user"]`. */
export function itemName(name: string, key: string): string {
  return `${name}[${key}]`;
}

function itemWrites(tree: UnitTree): Owned<StateChange>[] {
  return unitFacts(tree).writes.flatMap(({ node: { target, value }, owners }): Owned<StateChange>[] =>
    target.kind === 'Subscript' && isShared(target.value, owners)
      ? [{ node: { receiver: target.value, way: 'item', ...keyOf(target.index), value }, owners }]
      : [],
  );
}

function keyOf(index: Expression): Pick<StateChange, 'key' | 'keyName'> {
  const [piece, ...more] = index.kind === 'String' ? index.tokens.flatMap(({ pieces }) => pieces) : [];
  return piece?.kind === 'Text' && more.length === 0 ? { keyName: piece.value } : { key: index };
}

function additions(tree: UnitTree): Owned<StateChange>[] {
  return unitFacts(tree).calls.flatMap(({ node: { func, args }, owners }): Owned<StateChange>[] => {
    const way = func.kind === 'Attribute' ? ADDING[func.attr.id] : undefined;
    if (func.kind !== 'Attribute' || way === undefined || !isShared(func.value, owners)) return [];
    const receiver = func.value;
    return args
      .filter(({ star }) => star === '')
      .map(({ name, value }) => ({
        node:
          name === undefined ? { receiver, way, value } : { receiver, way: 'item', keyName: name.id, value },
        owners,
      }));
  });
}

/** `parser.add_argument("page", type=int)`, at module level as well, also as a link of a chain. */
function declarations(tree: UnitTree): Owned<StateChange>[] {
  const links = unitFacts(tree).calls.filter(({ node }) => linkBefore(node) !== undefined);
  return links.flatMap(({ node, owners }): Owned<StateChange>[] => {
    let receiver = linkBefore(node);
    if (receiver?.kind === 'Call') receiver = parserOf(receiver, tree);
    if (receiver === undefined) return [];
    return [{ node: { receiver, way: 'argument', value: node.func, call: node }, owners }];
  });
}

/** What a parser is, or the link in front of it: `RequestParser().add_argument("a").add_argument("b")`. */
function linkBefore({ func }: Call): Expression | undefined {
  return func.kind === 'Attribute' && func.attr.id === 'add_argument' ? func.value : undefined;
}

/** The variable that holds the parser at the beginning of a chain. */
function parserOf(first: Call, tree: UnitTree): Expression | undefined {
  let link: Expression | undefined = first;
  while (link?.kind === 'Call' && linkBefore(link) !== undefined) link = linkBefore(link);
  if (link?.kind !== 'Call') return link;
  const holder = walkStatements(tree.body).find(
    (statement) =>
      statement.kind === 'Assign' && statement.value.start <= first.start && first.end <= statement.value.end,
  );
  return holder?.kind === 'Assign' ? holder.targets[0] : undefined;
}

/** `global name` and what the function binds it to. */
function rebindings(tree: UnitTree): Owned<StateChange>[] {
  return unitFacts(tree).functions.flatMap(({ node, owners }) => {
    const table = scopeOf(node);
    return [...table.globals].flatMap((name) =>
      (table.bindings.get(name) ?? []).flatMap((binding): Owned<StateChange>[] => {
        if (binding.kind !== 'value' || binding.access.kind !== 'whole') return [];
        const { start, end } = binding.value;
        const receiver: Expression = { kind: 'Name', id: name, start, end };
        return [{ node: { receiver, way: 'whole', value: binding.value }, owners: [...owners, node] }];
      }),
    );
  });
}

/** A name of the module, or an attribute of one: not a variable of the function. */
function isShared(receiver: Expression, owners: Owners): boolean {
  if (isUrlMap(receiver)) return true;
  if (owners.length === 0) return false;
  const root = receiver.kind === 'Attribute' ? receiver.value : receiver;
  if (root.kind !== 'Name') return false;
  return owners.every((owner) => {
    const table = scopeOf(owner);
    return (
      table.globals.has(root.id) || (table.bindings.get(root.id) ?? []).every(({ kind }) => kind === 'import')
    );
  });
}

/** `app.url_map.converters` */
function isUrlMap(receiver: Expression): boolean {
  return (
    receiver.kind === 'Attribute' &&
    receiver.attr.id === 'converters' &&
    receiver.value.kind === 'Attribute' &&
    receiver.value.attr.id === 'url_map'
  );
}
