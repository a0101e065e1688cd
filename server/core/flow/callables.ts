/** Functions as values: the variables they captured, the object of a bound method, arguments that `functools.partial`
 *  gives early, and what decorators of the project make of a function. What belongs to such a value is kept in its
 *  contents under keys that no element has, so that it is joined, trimmed and handed on like everything else. */
import type { FunctionRef } from '../model/refs';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { FunctionDef } from '../syntax/python/ast';
import { walk, walkExpressions } from '../syntax/python/walk';
import type { Arguments } from './calls';
import { Env } from './env';
import { evaluate } from './evaluate';
import { type Frame, newFrame } from './machine';
import { projectCall } from './objects';
import { impliedCall, positionalArguments } from './special';
import { trimmed } from './symbols';
import { CLEAN, joinAll, type Value } from './values';

/** Prefixes of contents: a captured variable, the object of a method, what `partial` was given. */
const CAPTURED = 'v:';
const OBJECT = 'm:self';
const ANSWER = 'm:answer';
const PARTIAL = 'f:';
const EARLY_POSITION = 'f:#';
const EARLY_NAME = 'f:=';
const METHOD = 'f:method';

const namesIn = new WeakMap<FunctionDef, readonly string[]>();

/** Names that a function may read from the functions around it. */
function outerNames(node: FunctionDef): readonly string[] {
  let names = namesIn.get(node);
  if (names === undefined) {
    const own = new Set([...scopeOf(node).bindings.keys(), node.name.id]);
    const defaults = node.params.flatMap(({ default: value }) => (value ? walkExpressions(value) : []));
    const read = [...walk(node.body), ...defaults].flatMap((inner) =>
      inner.kind === 'Name' ? [inner.id] : [],
    );
    names = [...new Set(read)].filter((name) => !own.has(name));
    namesIn.set(node, names);
  }
  return names;
}

/** A function that is defined inside another one, with the variables it sees there. */
export function closureValue(node: FunctionDef, env: Env, frame: Frame): Value {
  const ref: FunctionRef = { ...frame.site, kind: 'function', node };
  const entries = new Map<string, Value>();
  for (const name of outerNames(node)) {
    const value = env.get(name);
    if (value !== undefined) entries.set(CAPTURED + name, trimmed(value));
  }
  return entries.size === 0
    ? { taints: [], refs: [ref] }
    : { taints: [], refs: [ref], contents: { entries } };
}

/** Captured variables of a function value by name; as they are now where the function is called by the one that
 *  made it. */
export function capturedOf(
  ref: FunctionRef,
  callee: Value,
  env: Env,
  frame: Frame,
): ReadonlyMap<string, Value> {
  const captured = new Map<string, Value>();
  const isAtHome = ref.owners.length > 0 && ref.owners.at(-1) === frame.site.owners.at(-1);
  for (const [key, value] of callee.contents?.entries ?? [])
    if (key.startsWith(CAPTURED)) {
      const name = key.slice(CAPTURED.length);
      captured.set(name, (isAtHome ? env.get(name) : undefined) ?? value);
    }
  return captured;
}

/** `object.method` without a call: the method remembers its object. */
export function boundMethod(method: Value, receiver: Value): Value {
  const isMethod =
    method.contents === undefined &&
    method.refs.some((ref) => ref.kind === 'function') &&
    receiver.refs.some((ref) => ref.kind === 'object');
  return isMethod ? { ...method, contents: { entries: new Map([[OBJECT, receiver]]) } } : method;
}

export function objectOf(callee: Value): Value | undefined {
  return callee.contents?.entries.get(OBJECT);
}

/** What a function that stands in a decorator's place has given already. */
export function answerOf(callee: Value): Value | undefined {
  return callee.contents?.entries.get(ANSWER);
}

/** `partial(function, …)`; `partialmethod(method, …)` in the body of a class gets the object as well. */
export function partialValue(args: Arguments, isMethod: boolean): Value | undefined {
  const [callee, ...positional] = args.positional;
  if (callee === undefined || args.star !== undefined || args.spread !== undefined) return undefined;
  const entries = new Map<string, Value>([[PARTIAL, callee]]);
  for (const [index, value] of positional.entries()) entries.set(`${EARLY_POSITION}${index}`, value);
  for (const [name, value] of args.named) entries.set(EARLY_NAME + name, value);
  if (isMethod) entries.set(METHOD, CLEAN);
  return { taints: [], refs: [], contents: { entries } };
}

export function isMethodPart(callee: Value): boolean {
  return callee.contents?.entries.has(METHOD) === true;
}

/** What a partial calls, and the arguments it has by then; undefined when the value is none. */
export function completed(
  callee: Value,
  args: Arguments,
): { readonly callee: Value; readonly args: Arguments } | undefined {
  const inner = callee.contents?.entries.get(PARTIAL);
  if (inner === undefined) return undefined;
  const early = [...(callee.contents?.entries ?? [])];
  const positional = early.flatMap(([key, value]) => (key.startsWith(EARLY_POSITION) ? [value] : []));
  const named = new Map(
    early.flatMap(([key, value]): [string, Value][] =>
      key.startsWith(EARLY_NAME) ? [[key.slice(EARLY_NAME.length), value]] : [],
    ),
  );
  const all = [...positional, ...named.values(), ...args.all];
  const given = {
    ...args,
    positional: [...positional, ...args.positional],
    named: new Map([...named, ...args.named]),
    all,
    inOrder: all,
  };
  return { callee: inner, args: given };
}

/** What stands in the place of a function after the project's decorators; undefined when there are none, or when it
 *  is not known what they give back. `role` says what a call of the function itself means to the wrappers;
 *  `answer` is what it gives when that is known already. */
export function decorated(
  ref: FunctionRef,
  role: NonNullable<FunctionRef['role']>,
  frame: Frame,
  answer?: Value,
): Value | undefined {
  const { machine } = frame;
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  const contents = answer && { entries: new Map([[ANSWER, answer]]) };
  let value: Value = { taints: [], refs: [{ ...ref, role }], contents };
  let isWrapped = false;
  for (const { expression } of ref.node.decorators.toReversed()) {
    const named = expression.kind === 'Call' ? expression.func : expression;
    const refs = machine.project.resolver.resolve(named, site);
    if (!refs.some(({ kind }) => kind === 'function' || kind === 'class')) continue;
    const around = newFrame(machine, site, true);
    const decorator = evaluate(expression, new Env(), around);
    const args = positionalArguments(value);
    const made = projectCall(impliedCall(expression), decorator, undefined, args, new Env(), around);
    if (made?.refs.some(({ kind }) => kind === 'function' || kind === 'object') !== true) return undefined;
    value = made;
    isWrapped = true;
  }
  return isWrapped ? value : undefined;
}

/** Objects that live as long as a request: what one function stores in them, another one reads. */
const SHARED = new Set(['flask.g', 'flask.globals.g']);

export function storedIn(owner: Value, attribute: string, frame: Frame): Value | undefined {
  const ref = owner.refs.find((found) => 'name' in found && SHARED.has(found.name));
  return ref !== undefined && 'name' in ref ? frame.machine.stored(ref.name, attribute) : undefined;
}

/** Objects of a request whose items one function writes and another one reads. */
const SHARED_ITEMS = new Set(['flask.session', 'flask.globals.session']);

/** `session["name"]`, when some function keeps something there. */
export function storedItemIn(owner: Value, index: Value | undefined, frame: Frame): Value | undefined {
  const ref = owner.refs.find((found) => 'name' in found && SHARED_ITEMS.has(found.name));
  const [key, ...others] = index?.constants ?? [];
  if (ref === undefined || !('name' in ref) || typeof key !== 'string' || others.length > 0) return undefined;
  return frame.machine.storedItem(ref.name, key);
}

/** `g.get("user", default)`. */
export function readFromShared(
  callee: Value,
  owner: Value | undefined,
  args: Arguments,
  frame: Frame,
): Value | undefined {
  const isGetOf = (owners: ReadonlySet<string>) =>
    callee.refs.some((ref) => ref.kind === 'external' && owners.has(ref.name.replace(/\.(get|pop)$/, '')));
  const isGet = isGetOf(SHARED);
  const [key, ...others] = args.positional;
  if (owner !== undefined && isGetOf(SHARED_ITEMS)) {
    const item = storedItemIn(owner, key, frame);
    return item === undefined ? undefined : joinAll([item, ...others]);
  }
  const names = key?.constants ?? [];
  if (!isGet || owner === undefined || names.length !== 1) return undefined;
  const value = storedIn(owner, String(names[0]), frame);
  return value === undefined ? undefined : joinAll([value, ...others]);
}
