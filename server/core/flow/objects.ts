/** Calls of the project's own functions, methods, classes and lambdas, and the objects they make and change. */

import type { ClassRef, FunctionRef } from '../model/refs';
import { scopeOf } from '../model/scopes';
import type { Call } from '../syntax/python/ast';
import { applyFunction } from './application';
import type { Arguments } from './calls';
import type { Env } from './env';
import { pathOf } from './evaluate';
import { callLambda } from './lambdas';
import type { Frame } from './machine';
import { asText, specialCall, superOf } from './special';
import { joinAll, type Value } from './values';

/** Result of calling functions, methods, classes or lambdas of the project; undefined when it is none of them. */
export function projectCall(
  node: Call,
  callee: Value,
  receiver: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const lambda = callLambda(callee, args);
  if (lambda !== undefined) return lambda;
  const results = callee.refs.flatMap((ref): Value[] => {
    if (ref.kind === 'function') return [callFunction(ref, node, receiver, args, env, frame)];
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

function isObject(value: Value): boolean {
  return value.refs.some(({ kind }) => kind === 'object');
}

function callFunction(
  ref: FunctionRef,
  node: Call,
  receiver: Value | undefined,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value {
  const self = selfFor(ref, receiver);
  const { result, self: after } = applyFunction(ref, node, args, self, env, frame);
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
  const isStatic = ref.node.decorators.some(
    ({ expression }) => expression.kind === 'Name' && expression.id === 'staticmethod',
  );
  if (!isMethod || isStatic || receiver === undefined) return undefined;
  const isOnClass = receiver.refs.some(({ kind }) => kind === 'class' || kind === 'module');
  const isClassMethod = ref.node.decorators.some(
    ({ expression }) => expression.kind === 'Name' && expression.id === 'classmethod',
  );
  return isOnClass && !isClassMethod ? undefined : receiver;
}

/** `Class(…)`: what `__init__` stores, or the fields of a data class. */
function createObject(ref: ClassRef, node: Call, args: Arguments, env: Env, frame: Frame): Value {
  const object: Value = { taints: [], refs: [{ kind: 'object', class: ref }] };
  const { resolver } = frame.machine.project;
  const init = resolver.declared(ref, '__init__')[0];
  if (init?.kind === 'function') {
    const { self } = applyFunction(init, node, args, object, env, frame);
    return self === undefined ? object : { ...self, refs: object.refs, taints: [] };
  }
  const fields = [...scopeOf(ref.node).bindings]
    .filter(([, bindings]) => bindings.some(({ kind }) => kind === 'annotation'))
    .map(([name]) => name);
  const entries = new Map<string, Value>();
  fields.forEach((name, index) => {
    const value = args.named.get(name) ?? args.positional[index];
    if (value !== undefined) entries.set(`a:${name}`, value);
  });
  const isOwn = resolver.bases(ref).library.length === 0 && fields.length > 0;
  if (isOwn) return { ...object, contents: { entries } };
  // A model or form of a library: it keeps what it is given by keyword.
  for (const [name, value] of args.named) entries.set(`a:${name}`, value);
  return entries.size === 0 ? object : { ...object, contents: { entries } };
}
