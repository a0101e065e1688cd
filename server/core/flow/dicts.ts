/** Calls that make dicts: `dict(…)`, `OrderedDict(…)`, `defaultdict(…)`, `ChainMap(…)`. */
import type { Arguments } from './calls';
import { isMapping, listElements, merged } from './containers';
import { container, contentKey, iterated } from './evaluate';
import {
  CLEAN,
  type ConstantValue,
  type Contents,
  contentsOf,
  eitherOf,
  joinTaints,
  type Value,
} from './values';

/** `dict(other, key=value, **more)` */
export function dictCall(args: Arguments): Value {
  const [first] = args.positional;
  const entries = new Map(first?.contents && isMapping(first.contents) ? first.contents.entries : []);
  for (const [name, value] of args.named) entries.set(`k:${name}`, value);
  if (first !== undefined && first.contents === undefined) return { taints: joinTaints(args.all), refs: [] };
  const spread = args.spread?.contents;
  for (const [name, value] of spread?.entries ?? []) entries.set(name, value);
  const open = spread === undefined ? args.spread : spread.rest;
  const isPairs = first?.contents !== undefined && !isMapping(first.contents);
  if (isPairs) return pairsDict(first, entries, open);
  const keys = eitherOf(first?.contents?.keys, spread === undefined ? args.spread : spread.keys);
  const isEmpty = entries.size === 0 && keys === undefined;
  return container(contentsOf(entries, eitherOf(open, first?.contents?.rest), isEmpty ? CLEAN : keys));
}

/** `dict([(key, value), …])`, `dict(zip(keys, values))`. */
function pairsDict(pairs: Value, given: ReadonlyMap<string, Value>, open: Value | undefined): Value {
  const entries = new Map<string, Value>();
  let rest = open;
  let keys: Value | undefined = open;
  const list = listElements(pairs.contents) ?? [iterated(pairs)];
  for (const pair of list) {
    const key = pair.contents?.entries.get('i:0') ?? iterated(pair);
    const value = pair.contents?.entries.get('i:1') ?? iterated(pair);
    if (key.constants?.length === 1) entries.set(contentKey(key.constants[0] as ConstantValue), value);
    else {
      rest = eitherOf(rest, value);
      keys = eitherOf(keys, { ...key, contents: undefined });
    }
  }
  for (const [name, value] of given) entries.set(name, value);
  return container(contentsOf(entries, rest, keys));
}

/** `defaultdict(factory)`: what is not there yet is what the factory makes. */
export function defaultDict(made: Value | undefined, args: Arguments): Value {
  const [, ...positional] = args.positional;
  const { contents } = dictCall({ ...args, positional });
  const filled: Contents = contents ?? { entries: new Map() };
  return container(contentsOf(filled.entries, eitherOf(made, filled.rest), filled.keys ?? CLEAN));
}

/** `ChainMap(first, second)`: the first one that has a key counts. */
export function chainMap({ positional }: Arguments): Value {
  const contents = positional
    .toReversed()
    .reduce(
      (known, { contents: more, taints }) =>
        merged(known, more ?? { entries: new Map(), rest: { taints, refs: [] }, keys: { taints, refs: [] } }),
      contentsOf(new Map(), undefined, CLEAN),
    );
  return container(contents);
}
