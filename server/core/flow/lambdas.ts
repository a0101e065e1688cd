/** Lambdas: functions whose body is one `return`. */
import type { FunctionDef, Lambda } from '../syntax/python/ast';
import { closureValue } from './callables';
import type { Env } from './env';
import { interpretFunction } from './functions';
import type { Frame } from './machine';
import type { Value } from './values';

const functions = new WeakMap<Lambda, FunctionDef>();
let nextId = 0;

/** How a function is called in messages. */
export function shownName({ name }: FunctionDef): string {
  return name.id.replace(/:\d+$/, '');
}

/** The function that a lambda is. Its name is unlike any other, because refs to functions are told apart by it. */
function functionOf(node: Lambda): FunctionDef {
  let made = functions.get(node);
  if (made === undefined) {
    const { start, end, params, body } = node;
    made = {
      kind: 'FunctionDef',
      isAsync: false,
      name: { id: `lambda:${nextId++}`, start, end },
      typeParams: [],
      params,
      decorators: [],
      body: [{ kind: 'Return', value: body, start: body.start, end: body.end }],
      defStart: start,
      start,
      end,
    };
    functions.set(node, made);
  }
  return made;
}

/** A lambda sees the variables around it; who it is handed to may call it. */
export function lambdaValue(node: Lambda, env: Env, frame: Frame): Value {
  const made = functionOf(node);
  const { site, machine } = frame;
  if (!frame.isSilent && machine.depth === 0) interpretFunction(made, site, machine, { outer: env.copy() });
  return closureValue(made, env, frame);
}
