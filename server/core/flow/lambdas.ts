/** Lambdas: values that can be called. */
import type { Lambda } from '../syntax/python/ast';
import type { Arguments } from './calls';
import type { Env } from './env';
import { evaluate } from './evaluate';
import { execTest } from './guards';
import { ALL_PROOFS, type KindSet } from './kindSets';
import type { Frame } from './machine';
import { provenBetween } from './narrowing';
import { UNKNOWN, type Value } from './values';

interface Closure {
  readonly node: Lambda;
  readonly env: Env;
  readonly frame: Frame;
}

const closures = new WeakMap<Value, Closure>();

export function lambdaValue(node: Lambda, env: Env, frame: Frame): Value {
  const value: Value = { taints: [], refs: [] };
  closures.set(value, { node, env: env.copy(), frame });
  return value;
}

/** Result of calling a lambda; undefined when the value is none. */
export function callLambda(callee: Value, args: Arguments): Value | undefined {
  const closure = closures.get(callee);
  if (closure === undefined) return undefined;
  const env = closure.env.copy();
  closure.node.params.forEach((parameter, index) => {
    env.set(parameter.name.id, args.named.get(parameter.name.id) ?? args.positional[index] ?? UNKNOWN);
  });
  return evaluate(closure.node.body, env, closure.frame);
}

/** What it proves of the argument that a lambda is true or false for it; undefined when the value is no lambda. */
export function testOfLambda(callee: Value, argument: Value, outcome: boolean): KindSet | undefined {
  const closure = closures.get(callee);
  const name = closure?.node.params[0]?.name.id;
  if (closure === undefined || name === undefined) return undefined;
  const env = closure.env.copy();
  env.set(name, argument);
  const { whenTrue, whenFalse } = execTest(closure.node.body, env, { ...closure.frame, isSilent: true });
  const now = outcome ? whenTrue : whenFalse;
  return now === undefined ? 0 : provenBetween(argument, now.get(name), ALL_PROOFS);
}
