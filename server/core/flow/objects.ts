/** Calls of the project's own functions, methods, classes and lambdas, and the objects they make and change. */

import { isClassMethod, isStaticMethod } from '../model/methodKinds';
import type { ClassRef, FunctionRef } from '../model/refs';
import type { Call } from '../syntax/python/ast';
import { overridesOf } from './abstractMethods';
import { applyFunction, bindArguments } from './application';
import {
  answerOf,
  capturedOf,
  completed,
  decorated,
  isMethodPart,
  objectOf,
  partialValue,
  readFromShared,
} from './callables';
import { type Arguments, NO_ARGUMENTS } from './calls';
import { fieldEntries } from './dataObjects';
import { dictCall } from './dicts';
import type { Env } from './env';
import { container, pathOf } from './evaluate';
import type { Frame } from './machine';
import { asText, impliedCall, specialCall, superOf } from './special';
import { CLEAN, joinAll, joinTaints, type Value } from './values';

/** Result of calling functions, methods, classes or lambdas of the project; undefined when it is none of them. */
export function projectCall(
  node: Call,
  callee: Value,
  receiver: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const shared = readFromShared(callee, receiver, args, frame);
  if (shared !== undefined) return shared;
  const whole = completed(callee, args);
  if (whole !== undefined) {
    const call = impliedCall(node);
    const self = isMethodPart(callee) ? (receiver ?? objectOf(callee)) : undefined;
    return projectCall(call, whole.callee, self, whole.args, env, frame) ?? partOfLibrary(whole);
  }
  const results = callee.refs.flatMap((ref): Value[] => {
    if (ref.kind === 'function') {
      const object = receiver ?? objectOf(callee);
      const own = callFunction(ref, node, callee, object, args, env, frame);
      return [own, ...calledOverrides(ref, node, object, args, env, frame)];
    }
    if (ref.kind === 'external' && PARTIALS.has(ref.name)) {
      const value = partialValue(args, ref.name.endsWith('method'));
      return value === undefined ? [] : [value];
    }
    if (ref.kind === 'class') return [createObject(ref, node, args, env, frame)];
    const [only] = args.positional;
    if (ref.kind === 'external' && ref.name === 'builtins.str' && only !== undefined && isObject(only))
      return [asText(only, node, env, frame)];
    return [];
  });
  const called = specialCall('__call__', callee, args, node, env, frame);
  if (called !== undefined) results.push(called);
  return results.length === 0 ? undefined : joinAll(results);
}

const PARTIALS = new Set(['functools.partial', 'functools.partialmethod']);

/** What the subclasses make of a call of an abstract method. */
function calledOverrides(
  ref: FunctionRef,
  node: Call,
  object: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): readonly Value[] {
  const owner = object?.refs.find(({ kind }) => kind === 'object');
  if (object === undefined || owner?.kind !== 'object') return [];
  return overridesOf(ref, owner.class, frame.machine).map(({ method, class: cls }) => {
    const self: Value = { ...object, refs: [{ kind: 'object', class: cls }] };
    return applyFunction(method, impliedCall(node), args, self, env, frame).result;
  });
}

/** Before the names of parameters in what a probe answers. */
export const HANDED = 'p:';

/** A probe answers with what it was called with. */
function handedOn(ref: FunctionRef, args: Arguments, self: Value | undefined): Value {
  const bound = bindArguments(ref.node, args, self);
  const entries = [...bound].map(([name, value]): [string, Value] => [HANDED + name, value]);
  return container({ entries: new Map(entries) });
}

/** Result of a library function of which `partial` knows some arguments. */
function partOfLibrary({ callee, args }: { readonly callee: Value; readonly args: Arguments }): Value {
  const type = args.named.get('type');
  const isNumeric = [callee, ...(type ? [type] : [])].some(({ refs }) =>
    refs.some((ref) => ref.kind === 'external' && NUMERIC.has(ref.name)),
  );
  if (isNumeric) return CLEAN;
  return { taints: joinTaints([callee, ...args.all]), refs: [] };
}

const NUMERIC = new Set(['builtins.int', 'builtins.float', 'builtins.bool', 'builtins.len', 'uuid.UUID']);

function isObject(value: Value): boolean {
  return value.refs.some(({ kind }) => kind === 'object');
}

function callFunction(
  ref: FunctionRef,
  node: Call,
  callee: Value,
  receiver: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value {
  const self = selfFor(ref, receiver);
  if (ref.role === 'probe') return handedOn(ref, args, self);
  const answer = ref.role === undefined ? undefined : answerOf(callee);
  if (answer !== undefined) return answer;
  const wrapper = ref.role === undefined ? decorated(ref, 'undecorated', frame) : undefined;
  if (wrapper !== undefined) {
    const given = self === undefined ? args : { ...args, positional: [self, ...args.positional] };
    const call = self === undefined ? node : impliedCall(node);
    const wrapped = projectCall(call, wrapper, undefined, given, env, frame);
    if (wrapped !== undefined) return wrapped;
  }
  const captured = capturedOf(ref, callee, env, frame);
  const { result, self: after } = applyFunction(ref, node, args, self, env, frame, captured);
  const owner =
    node.func.kind === 'Attribute'
      ? (superOf(node.func.value, frame)?.name ?? pathOf(node.func.value))
      : undefined;
  if (self !== undefined && after !== undefined && owner !== undefined && after.contents !== self.contents)
    env.set(owner, { ...(receiver ?? after), contents: after.contents });
  const declared = frame.machine.project.resolver.result(ref, node.args, frame.site);
  return result.refs.length > 0 ? result : { ...result, refs: declared };
}

/** The object a method is called on; undefined for functions and static methods. */
function selfFor(ref: FunctionRef, receiver: Value | undefined): Value | undefined {
  const isMethod = ref.owners.at(-1)?.kind === 'ClassDef';
  if (!isMethod || isStaticMethod(ref.node) || receiver === undefined) return undefined;
  const isOnClass = receiver.refs.some(({ kind }) => kind === 'class' || kind === 'module');
  return isOnClass && !isClassMethod(ref.node) ? undefined : receiver;
}

/** Bases of classes whose objects hold their fields and nothing else. */
const FIELDS_ONLY = /^(?:pydantic\.|typing\.(?:NamedTuple|Generic|Protocol)|abc\.ABC)/;

/** An object of a class that is a dict, a list or a text: it holds what it is made of. */
function ofBuiltin(bases: readonly string[], args: Arguments): Value | undefined {
  // A member of an enumeration is one of its values, whatever it was asked for with.
  if (bases.some((name) => name.startsWith('enum.'))) return undefined;
  if (bases.some((name) => DICTS.has(name))) return dictCall(args);
  const [first] = args.positional;
  return first !== undefined && bases.some((name) => TEXTS.has(name)) ? first : undefined;
}

const DICTS = new Set(['builtins.dict', 'collections.OrderedDict', 'collections.UserDict']);
const TEXTS = new Set([
  ...['builtins.str', 'builtins.bytes', 'builtins.list', 'builtins.tuple'],
  ...['collections.UserList', 'collections.UserString', 'collections.deque'],
]);

/** `Class(…)`: what `__init__` stores, or the fields of a data class. */
export function createObject(ref: ClassRef, node: Call, args: Arguments, env: Env, frame: Frame): Value {
  const object: Value = { taints: [], refs: [{ kind: 'object', class: ref }] };
  const { resolver } = frame.machine.project;
  const init = resolver.declared(ref, '__init__')[0];
  const made = init?.kind === 'function' ? undefined : ofBuiltin(resolver.bases(ref).library, args);
  if (made !== undefined) return { ...made, refs: object.refs };
  if (init?.kind === 'function') {
    const { self } = applyFunction(init, node, args, object, env, frame);
    return self === undefined ? object : { ...self, refs: object.refs, taints: [] };
  }
  const entries = fieldEntries(ref, args, frame) ?? new Map<string, Value>();
  const { library } = resolver.bases(ref);
  if (entries.size > 0 && (library.length === 0 || library.every((name) => FIELDS_ONLY.test(name)))) {
    const filled: Value = { ...object, contents: { entries } };
    const [after] = resolver.declared(ref, '__post_init__');
    if (after?.kind !== 'function') return filled;
    const { self } = applyFunction(after, impliedCall(node), NO_ARGUMENTS, filled, env, frame);
    return { ...filled, contents: self?.contents ?? filled.contents };
  }
  // A model or form of a library: it keeps what it is given by keyword.
  for (const [name, value] of args.named) entries.set(`a:${name}`, value);
  return entries.size === 0 ? object : { ...object, contents: { entries } };
}
