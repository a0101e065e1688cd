/** Looking up a row by its key proves the key: it is one that the app has given out. Other columns, such as names,
 *  hold what visitors once chose. */
import type { Call, Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { type KindSet, kindSet } from './values';

/** Where it matters what else a key could be. For a query or a page, some databases read keys too kindly: `"1 or 2"` as 1. */
export const KEY_KINDS: KindSet = kindSet(['path', 'redirect', 'ssrf', 'link', 'log']);

const KEY = /^(?:id|pk|uuid|guid)$|_(?:id|uuid)$/;
const CLASS = /^(?:[A-Z]\w*[a-z]\w*|cls|model|model_class)$/;
const RAISING = new Set(['get_or_404', 'get_by_id', 'one', 'first_or_404', 'one_or_404', 'scalar_one']);
const ONE_ROW = new Set([
  'first',
  'one',
  'one_or_none',
  'scalar',
  'scalar_one',
  'scalar_one_or_none',
  'first_or_404',
  'one_or_404',
]);

/** The keys that a call looks up, if it does. */
export function keysLookedUp({ func, args }: Call): readonly Expression[] {
  if (func.kind !== 'Attribute') return [];
  const [first, second] = args.map(({ value }) => value);
  const method = func.attr.id;
  const owner = lastName(func.value);
  const isClassFirst = first !== undefined && CLASS.test(lastName(first));
  if (method === 'get_or_404' || (method === 'get' && /(?:^|_)session$/.test(owner)))
    if (isClassFirst && second !== undefined) return [second];
  const isByKey =
    method === 'get_or_404' || method === 'get_by_id' || (method === 'get' && owner === 'query');
  if (isByKey && first !== undefined) return args[0]?.name === undefined ? [first] : [];
  const isOne = ONE_ROW.has(method) || (method === 'get' && owner === 'objects');
  if (!isOne) return [];
  return [func.value, ...args.map(({ value }) => value)].flatMap(keysIn).concat(named(args));
}

/** True where the call raises, or aborts, when there is no such row. */
export function raisesWithoutRow({ func }: Call): boolean {
  return func.kind === 'Attribute' && RAISING.has(func.attr.id);
}

/** `filter_by(id=key)`, `where(Order.id == key)` */
function keysIn(node: Expression): readonly Expression[] {
  return walkExpressions(node).flatMap((inner): readonly Expression[] => {
    if (inner.kind === 'Call') return named(inner.args);
    const [op, right] = inner.kind === 'Comparison' ? [inner.ops[0], inner.comparators[0]] : [];
    const isKey = inner.kind === 'Comparison' && op === '==' && KEY.test(lastName(inner.left));
    return isKey && right !== undefined ? [right] : [];
  });
}

function named(args: Call['args']): readonly Expression[] {
  return args.filter(({ name }) => name !== undefined && KEY.test(name.id)).map(({ value }) => value);
}

function lastName(node: Expression): string {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}
