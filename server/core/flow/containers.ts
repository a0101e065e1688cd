/** Lists, sets and dicts whose contents are known: their methods, slices, and the calls that change them. */
import type { Call, Expression } from '../syntax/python/ast';
import type { Arguments } from './calls';
import type { Env } from './env';
import { container, elementValue, iterated, pathOf } from './evaluate';
import { listOf } from './foldMethods';
import type { Frame } from './machine';
import {
  CLEAN,
  type ConstantValue,
  type Contents,
  constant,
  contentsOf,
  eitherOf,
  joinAll,
  MAX_CONSTANTS,
  taintsOf,
  type Value,
} from './values';

/** Elements of a list of known length, in order; undefined for dicts and for lists that hold more. */
export function listElements(contents: Contents | undefined): readonly Value[] | undefined {
  if (contents === undefined || contents.rest !== undefined) return undefined;
  const elements: Value[] = [];
  for (let index = 0; index < contents.entries.size; index++) {
    const element = contents.entries.get(`i:${index}`);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return elements;
}

/** True if the contents are those of a dict for sure. */
export function isMapping({ entries, keys }: Contents): boolean {
  return keys !== undefined || [...entries.keys()].some((key) => key.startsWith('k:'));
}

/** True if the contents are those of a list that holds something. */
export function isList({ entries, keys }: Contents): boolean {
  return keys === undefined && entries.size > 0 && [...entries.keys()].every((key) => key.startsWith('i:'));
}

/** What iterating over a dict gives: constants while every key is known. */
export function keysOf({ entries, rest, keys }: Contents): Value {
  if (keys !== undefined) return { taints: keys.taints, refs: [] };
  const known = [...entries.keys()].map((key) =>
    key.startsWith('k:') ? key.slice(2) : Number(key.slice(2)),
  );
  const isKnown = rest === undefined && known.length > 0 && known.length <= MAX_CONSTANTS;
  return isKnown ? constant(...known) : { taints: rest?.taints ?? [], refs: [] };
}

/** `receiver[lower:upper:step]`; undefined when it is not known which elements that are. */
export function slicedValue(receiver: Value, bounds: readonly (Value | undefined)[]): Value | undefined {
  const [lower, upper, step] = bounds.map(integer);
  if (lower === 'unknown' || upper === 'unknown' || step === 'unknown') return undefined;
  if (receiver.constants?.length === 1 && typeof receiver.constants[0] === 'string') {
    const picked = pick([...receiver.constants[0]], lower, upper, step);
    return picked === undefined ? undefined : constant(picked.join(''));
  }
  const elements = listElements(receiver.contents);
  const picked = elements === undefined ? undefined : pick(elements, lower, upper, step);
  return picked === undefined ? undefined : listOf(picked);
}

function integer(value: Value | undefined): number | undefined | 'unknown' {
  if (value === undefined) return undefined;
  const [known, ...more] = value.constants ?? [];
  if (known === null && more.length === 0) return undefined;
  return typeof known === 'number' && more.length === 0 ? known : 'unknown';
}

function pick<T>(
  list: readonly T[],
  lower: number | undefined,
  upper: number | undefined,
  step = 1,
): readonly T[] | undefined {
  if (step > 0) return list.slice(lower ?? 0, upper ?? list.length).filter((_, index) => index % step === 0);
  return step === -1 && lower === undefined && upper === undefined ? [...list].reverse() : undefined;
}

/** Result of a method of a container. Those that change it write the variable back. */
export function containerMethod(
  node: Call,
  method: string,
  receiver: Value,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const { contents } = receiver;
  if (contents === undefined) return undefined;
  const elements = listElements(contents);
  const [first] = args.positional;
  const write = (changed: Contents) => writeBack(node, receiver, changed, env);
  const isList = elements !== undefined && elements.length > 0;
  switch (method) {
    case 'get':
      return first === undefined ? iterated(receiver) : lookedUp(node, receiver, first, args, frame);
    case 'pop':
      return popped(node, receiver, elements, args, write, frame);
    case 'setdefault': {
      const fallback = args.positional[1] ?? constant(null);
      const key = first?.constants?.length === 1 ? keyOf(first.constants[0] as ConstantValue) : undefined;
      const known = key === undefined ? undefined : contents.entries.get(key);
      if (key !== undefined && known === undefined && contents.rest === undefined)
        write({ ...contents, entries: new Map(contents.entries).set(key, fallback) });
      else if (key === undefined)
        write(
          contentsOf(contents.entries, eitherOf(contents.rest, fallback), eitherOf(contents.keys, first)),
        );
      return known ?? joinAll([...(contents.rest ? [contents.rest] : []), fallback]);
    }
    case 'append':
      if (elements !== undefined && first !== undefined)
        write({ entries: new Map(contents.entries).set(`i:${elements.length}`, first) });
      else if (first !== undefined) write(widened(contents, [first]));
      return constant(null);
    case 'appendleft':
      if (elements !== undefined && first !== undefined) write(toContents([first, ...elements]));
      else if (first !== undefined) write(widened(contents, [first]));
      return constant(null);
    case 'popleft':
      return popped(node, receiver, elements, { ...args, positional: [constant(0)] }, write, frame);
    case 'insert': {
      const at = integer(first);
      const value = args.positional[1];
      if (value === undefined) return constant(null);
      if (elements !== undefined && typeof at === 'number')
        write(toContents([...elements].toSpliced(at, 0, value)));
      else write(widened(contents, [...contents.entries.values(), value], true));
      return constant(null);
    }
    case 'extend': {
      const more = first === undefined ? [] : listElements(first.contents);
      if (elements !== undefined && more !== undefined) write(toContents([...elements, ...more]));
      else write(widened(contents, first === undefined ? [] : [iterated(first)]));
      return constant(null);
    }
    case 'add':
      write(widened(contents, args.positional));
      return constant(null);
    case 'remove':
    case 'discard':
      if (elements !== undefined && removesOne(elements, first))
        write(toContents(withoutFirst(elements, first)));
      else if (isList) write(widened({ entries: new Map() }, elements));
      return constant(null);
    case 'clear':
      write(isMapping(contents) ? { entries: new Map(), keys: CLEAN } : { entries: new Map() });
      return constant(null);
    case 'reverse':
      if (elements !== undefined) write(toContents([...elements].reverse()));
      return constant(null);
    case 'count':
    case 'index':
      return CLEAN;
    case 'union':
      return container(widened(contents, args.positional.map(iterated)));
    case 'sort':
      if (isList) write(widened({ entries: new Map() }, elements));
      return constant(null);
    case 'update':
      write(updated(contents, args));
      return constant(null);
    case 'copy':
      return receiver;
    // A generator may give back, or use, what it is sent.
    case 'send':
      return joinAll([iterated(receiver), ...args.positional]);
    case 'keys':
      return container({ entries: new Map(), rest: keysOf(contents) });
    case 'values':
      return container({ entries: new Map(), rest: iteratedValues(contents) });
    case 'items':
      return itemsOf(contents);
    default:
      return undefined;
  }
}

/** Whether it is known which element `list.remove(value)` takes away. */
function removesOne(elements: readonly Value[], value: Value | undefined): boolean {
  const [wanted] = value?.constants ?? [];
  const before = elements.slice(0, elements.findIndex(({ constants }) => constants?.[0] === wanted) + 1);
  return (
    wanted !== undefined && before.length > 0 && before.every(({ constants }) => constants?.length === 1)
  );
}

function withoutFirst(elements: readonly Value[], value: Value | undefined): readonly Value[] {
  const index = elements.findIndex(({ constants }) => constants?.[0] === value?.constants?.[0]);
  return elements.toSpliced(index, 1);
}

/** `del container[index]` */
export function withoutElement(contents: Contents, index: Value): Contents {
  const [key, ...more] = index.constants ?? [];
  const elements = listElements(contents);
  if (key === undefined || more.length > 0) return contents;
  if (elements !== undefined && elements.length > 0 && typeof key === 'number')
    return toContents(elements.toSpliced(key, 1));
  const entries = new Map(contents.entries);
  entries.delete(keyOf(key));
  return { ...contents, entries };
}

/** Pairs of keys and values; told apart while there are few. */
function itemsOf(contents: Contents): Value {
  const { entries, rest, keys } = contents;
  const pairs = [...entries].map(([key, value]) => listOf([constant(nameOf(key)), value]));
  if (rest === undefined && keys === undefined) return listOf(pairs);
  const others = listOf([keysOf(contents), rest ?? CLEAN]);
  return container({ entries: new Map(pairs.map((pair, index) => [`i:${index}`, pair])), rest: others });
}

function nameOf(key: string): ConstantValue {
  return key.startsWith('i:') ? Number(key.slice(2)) : key.slice(2);
}

function keyOf(value: ConstantValue): string {
  return typeof value === 'number' ? `i:${value}` : `k:${String(value)}`;
}

function lookedUp(node: Expression, receiver: Value, key: Value, args: Arguments, frame: Frame): Value {
  const { contents } = receiver;
  const fallback = args.positional[1] ?? args.named.get('default') ?? constant(null);
  const [only, ...more] = key.constants ?? [];
  const known = only === undefined || more.length > 0 ? undefined : contents?.entries.get(keyOf(only));
  if (known !== undefined) return known;
  if (only !== undefined && more.length === 0 && contents?.rest === undefined) return fallback;
  return joinAll([
    elementValue(node, receiver, key.constants === undefined ? undefined : key, frame),
    fallback,
  ]);
}

function popped(
  node: Call,
  receiver: Value,
  elements: readonly Value[] | undefined,
  args: Arguments,
  write: (contents: Contents) => void,
  frame: Frame,
): Value {
  const contents = receiver.contents as Contents;
  const [first, fallback] = args.positional;
  const at = first === undefined ? -1 : integer(first);
  if (elements !== undefined && elements.length > 0 && typeof at === 'number') {
    const index = at < 0 ? elements.length + at : at;
    const value = elements[index];
    if (value === undefined) return CLEAN;
    write(toContents(elements.filter((_, i) => i !== index)));
    return value;
  }
  const key = first?.constants?.length === 1 ? keyOf(first.constants[0] as ConstantValue) : undefined;
  const known = key === undefined ? undefined : contents.entries.get(key);
  if (key !== undefined && known !== undefined) {
    const entries = new Map(contents.entries);
    entries.delete(key);
    write({ ...contents, entries });
    return known;
  }
  return joinAll([elementValue(node, receiver, undefined, frame), ...(fallback ? [fallback] : [])]);
}

function updated(contents: Contents, args: Arguments): Contents {
  const given = [...args.positional, ...(args.spread ? [args.spread] : [])];
  const result = given.reduce((known, { taints, contents: more }) => {
    const unknown: Value = { taints, refs: [] };
    return merged(known, more ?? { entries: new Map(), rest: unknown, keys: unknown });
  }, contents);
  const entries = new Map(result.entries);
  for (const [name, value] of args.named) entries.set(`k:${name}`, value);
  return { ...result, entries };
}

/** A dict, or set, with everything of another one; what is in both is the other's. */
export function merged(contents: Contents, more: Contents): Contents {
  const isBothLists = !isMapping(contents) && !isMapping(more);
  if (isBothLists) return widened(contents, [iteratedValues(more)]);
  const entries = new Map([...contents.entries, ...more.entries]);
  return contentsOf(entries, eitherOf(contents.rest, more.rest), eitherOf(contents.keys, more.keys));
}

function toContents(values: readonly Value[]): Contents {
  return { entries: new Map(values.map((value, index) => [`i:${index}`, value])) };
}

/** Contents that may also hold `values`; with `isAll`, at places that are not known. */
function widened(contents: Contents, values: readonly Value[], isAll = false): Contents {
  const rest = joinAll([...(contents.rest ? [contents.rest] : []), ...values]);
  return contentsOf(isAll ? new Map() : contents.entries, rest, contents.keys);
}

function iteratedValues(contents: Contents): Value {
  return joinAll([...contents.entries.values(), ...(contents.rest ? [contents.rest] : [])]);
}

export function writeBack(node: Call, receiver: Value, contents: Contents, env: Env): void {
  const owner = node.func.kind === 'Attribute' ? placeOfContainer(node.func.value) : undefined;
  if (owner?.endsWith('.__dict__')) setAttributes(owner.slice(0, -'.__dict__'.length), contents, env);
  else if (owner !== undefined)
    env.change(owner, receiver, { ...receiver, constants: undefined, contents, taints: taintsOf(contents) });
}

/** `self.__dict__.update(values)`: the attributes of the object. */
function setAttributes(owner: string, { entries, rest }: Contents, env: Env): void {
  const object = env.get(owner);
  if (!object?.refs.some(({ kind }) => kind === 'object')) return;
  const attributes = [...entries].map(([key, value]): [string, Value] => [`a:${key.slice(2)}`, value]);
  const all = new Map([...(object.contents?.entries ?? []), ...attributes]);
  env.set(owner, { ...object, contents: contentsOf(all, eitherOf(object.contents?.rest, rest)) });
}

/** `groups`, or the place of the element that `groups.setdefault("key", [])` gives. */
function placeOfContainer(node: Expression): string | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'setdefault')
    return pathOf(node);
  const [key] = node.args;
  const { start, end } = node;
  return key && pathOf({ kind: 'Subscript', value: node.func.value, index: key.value, start, end });
}
