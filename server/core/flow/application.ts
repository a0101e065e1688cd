/** Calls of the project's own functions: what a function does with its arguments is worked out once for each form
 *  of arguments (see `symbols.ts`) and put in at every call. */
import type { FunctionRef } from '../model/refs';
import type { Call, FunctionDef, Parameter } from '../syntax/python/ast';
import type { Arguments } from './calls';
import type { Env } from './env';
import { container, pathOf } from './evaluate';
import { canMove, type Handing, seenByCaller } from './handedOver';
import { shownName } from './lambdas';
import {
  type Frame,
  type MisuseHit,
  placeOf,
  type Render,
  type SinkHit,
  type Thrown,
  type WriteHit,
} from './machine';
import { prove } from './narrowing';
import { instantiate, symbolize } from './symbols';
import {
  CLEAN,
  contentsOf,
  joinAll,
  type KindSet,
  type Step,
  stepped,
  type Taint,
  UNKNOWN,
  type Value,
} from './values';

/** Kinds of sinks a parameter is safe for: after the call, and when the result is true or false. */
export interface ParameterGuard {
  readonly after: KindSet;
  readonly whenTrue: KindSet;
  readonly whenFalse: KindSet;
  /** When an element of the tuple that is returned is true or false. */
  readonly elements: readonly { readonly whenTrue: KindSet; readonly whenFalse: KindSet }[];
}

/** What a function does with arguments of one form. Taints in it are symbols, or sources inside the function. */
export interface Application {
  readonly result: Value;
  readonly hits: readonly SinkHit[];
  readonly writes: readonly WriteHit[];
  readonly misuses: readonly MisuseHit[];
  readonly renders: readonly Render[];
  /** By parameter name; only for those that prove something. */
  readonly guards: ReadonlyMap<string, ParameterGuard>;
  /** Exceptions that leave it with data in them. */
  readonly thrown: readonly Thrown[];
  /** Parameters whose attributes or elements the function has changed, as they are when it comes back. */
  readonly after: ReadonlyMap<string, Value>;
  /** The function was followed in part only. */
  readonly isShort?: boolean;
  /** It raises on every way, as helpers around `abort` do. */
  readonly isEnd?: boolean;
}

/** Exceptions of one function that are told apart. */
export const MAX_THROWN = 2;

export const NO_EFFECT: Application = {
  result: CLEAN,
  hits: [],
  writes: [],
  misuses: [],
  renders: [],
  guards: new Map(),
  thrown: [],
  after: new Map(),
};

/** Before the names of variables that a function sees from around it; the others are parameters. */
export const OUTER = '^';

export type Bound = ReadonlyMap<string, Value>;

export interface AppliedCall {
  readonly result: Value;
  readonly self?: Value;
}

/** Calls deeper than this are not followed. */
export const MAX_CALL_DEPTH = 12;
/** What binding arguments and putting taints in costs, in steps. */
export const STEPS_PER_CALL = 20;

/** Applies a function of the project to the arguments of a call. */
export function applyFunction(
  ref: FunctionRef,
  node: Call,
  args: Arguments,
  self: Value | undefined,
  env: Env,
  frame: Frame,
  captured: ReadonlyMap<string, Value> = new Map(),
): AppliedCall {
  const { machine } = frame;
  if (machine.depth >= MAX_CALL_DEPTH || !machine.budget.spend(STEPS_PER_CALL)) return { result: UNKNOWN };
  const bound = new Map(bindArguments(ref.node, args, self));
  for (const [name, value] of captured) bound.set(OUTER + name, value);
  const names = [...bound.keys()];
  const { values, actual } = symbolize([...bound.values()]);
  const application = machine.apply(ref, new Map(names.map((name, index) => [name, values[index] as Value])));
  const isAlone = frame.exits.ended?.call !== node || frame.exits.ended.isSure;
  frame.exits.ended = { call: node, isSure: application.isEnd === true && isAlone };
  const entered = enteredSteps(ref, node, names, actual, frame);
  const fill = (value: Value) => instantiate(value, entered);
  if (!frame.isSilent) {
    const handingOf = (name: string): Handing => {
      const entered = values[names.indexOf(name)];
      return {
        helper: ref.node,
        hasSelf: self !== undefined,
        call: node,
        argument: argumentOfParameter(ref.node, node, name, self !== undefined),
        actual: bound.get(name),
        entered: entered && fill(entered),
      };
    };
    handOn(application, fill, handingOf, frame);
  }
  const { thrown } = frame.exits;
  for (const { refs, value } of application.thrown)
    if (thrown.length < MAX_THROWN) thrown.push({ refs, value: () => fill(value()) });
  for (const [name, guard] of application.guards)
    narrowArgument(ref.node, node, name, guard.after, self !== undefined, env, frame);
  const selfName = self === undefined ? undefined : ref.node.params[0]?.name.id;
  for (const [name, value] of application.after)
    if (name.startsWith(OUTER)) env.set(name.slice(OUTER.length), fill(value));
    else if (name !== selfName) changeArgument(ref.node, node, name, fill(value), self !== undefined, env);
  const place = placeOf(frame, node);
  const filled = fill(application.result);
  const result = isGivenBack(filled, application)
    ? filled
    : stepped(filled, place, `returned by \`${shownName(ref.node)}\``);
  const after = selfName === undefined ? undefined : application.after.get(selfName);
  return after === undefined ? { result } : { result, self: fill(after) };
}

function isGivenBack(value: Value, application: Application): boolean {
  return value === application.result && value.taints.length === 0;
}

/** The step that enters the function, for each symbol. */
function enteredSteps(
  ref: FunctionRef,
  node: Call,
  names: readonly string[],
  actual: readonly { readonly taint: Taint; readonly valueIndex: number }[],
  frame: Frame,
): (index: number) => { taint: Taint; last: Step } | undefined {
  const place = placeOf(frame, node);
  return (index) => {
    const entry = actual[index];
    if (entry?.taint.last === undefined) return undefined;
    const previous = entry.taint.last;
    const name = names[entry.valueIndex] ?? '';
    if (name.startsWith(OUTER)) return { taint: entry.taint, last: previous };
    const message = `passed to \`${shownName(ref.node)}\` as \`${name}\``;
    return { taint: entry.taint, last: { place, message, previous, length: previous.length + 1 } };
  };
}

/** What happened inside happens here too, with this call's taints. */
function handOn(
  application: Application,
  fill: (value: Value) => Value,
  handingOf: (parameter: string) => Handing,
  frame: Frame,
): void {
  const { draft } = frame.machine;
  for (const hit of application.hits) {
    const value = fill(hit.value);
    if (!value.taints.some(({ last }) => last !== undefined)) continue;
    const handing = canMove(hit) ? handingOf(hit.given ?? '') : undefined;
    draft.hits.push(
      handing === undefined ? { ...hit, value, given: undefined } : seenByCaller(hit, value, handing, frame),
    );
  }
  for (const hit of application.writes) {
    const value = fill(hit.value);
    if (value.taints.some(({ last }) => last !== undefined)) draft.writes.push({ ...hit, value });
  }
  for (const hit of application.misuses) if (!draft.misuses.includes(hit)) draft.misuses.push(hit);
  for (const render of application.renders) {
    const context = new Map([...render.context].map(([name, value]): [string, Value] => [name, fill(value)]));
    draft.renders.push({ ...render, context });
  }
}

/** Gives each parameter its argument. `self` fills the first parameter of a method. */
export function bindArguments(node: FunctionDef, args: Arguments, self: Value | undefined): Bound {
  const bound = new Map<string, Value>();
  const positional = [...(self === undefined ? [] : [self]), ...args.positional];
  const named = new Map(args.named);
  let index = 0;
  for (const parameter of node.params) {
    const name = parameter.name.id;
    if (parameter.star === '*') {
      const rest = positional.slice(index);
      bound.set(
        name,
        args.star === undefined
          ? indexed(rest)
          : container({ entries: new Map(), rest: joinAll([...rest, args.star]) }),
      );
      index = positional.length;
    } else if (parameter.star === '**') {
      const entries = new Map([...named].map(([key, value]): [string, Value] => [`k:${key}`, value]));
      const spread = args.spread?.contents;
      for (const [key, value] of spread?.entries ?? []) entries.set(key, value);
      const isOpen = args.spread !== undefined && spread === undefined;
      const open = isOpen ? { taints: args.spread?.taints ?? [], refs: [] } : undefined;
      bound.set(name, container(contentsOf(entries, open ?? spread?.rest, open ?? spread?.keys ?? CLEAN)));
    } else {
      const value = parameter.form === 'keyword' ? undefined : positional[index];
      if (parameter.form !== 'keyword') index++;
      const given = value ?? named.get(name) ?? fromUnpacked(parameter, index - 1 - positional.length, args);
      named.delete(name);
      if (given !== undefined) bound.set(name, given);
    }
  }
  return bound;
}

function indexed(values: readonly Value[]): Value {
  return container({ entries: new Map(values.map((value, index) => [`i:${index}`, value])) });
}

/** A parameter that `*args` or `**kwargs` of the call may fill. */
function fromUnpacked(parameter: Parameter, position: number, args: Arguments): Value | undefined {
  const exact = args.spread?.contents?.entries.get(`k:${parameter.name.id}`);
  if (exact !== undefined) return exact;
  if (args.star !== undefined && parameter.form !== 'keyword') {
    const element = args.star.contents?.entries.get(`i:${position}`);
    return (
      element ??
      args.star.contents?.rest ??
      (args.star.contents === undefined ? { taints: args.star.taints, refs: [] } : undefined)
    );
  }
  if (args.spread !== undefined && args.spread.contents === undefined)
    return { taints: args.spread.taints, refs: [] };
  return args.spread?.contents?.rest;
}

/** The argument expression that a call gives for a parameter; undefined when it is not a plain one. */
export function argumentOfParameter(node: FunctionDef, call: Call, name: string, hasSelf: boolean) {
  const named = call.args.find((argument) => argument.name?.id === name);
  if (named !== undefined) return named.value;
  const index = node.params.findIndex((parameter) => parameter.name.id === name) - (hasSelf ? 1 : 0);
  const argument = call.args[index];
  const isPlain = call.args
    .slice(0, index + 1)
    .every(({ star, name: keyword }) => star === '' && keyword === undefined);
  return isPlain ? argument?.value : undefined;
}

/** A checker that raises when it does not like its argument has proven something when it comes back. */
function narrowArgument(
  node: FunctionDef,
  call: Call,
  name: string,
  kinds: KindSet,
  hasSelf: boolean,
  env: Env,
  frame: Frame,
): void {
  const argument = kinds === 0 ? undefined : argumentOfParameter(node, call, name, hasSelf);
  if (argument !== undefined) prove(argument, kinds, env, frame);
}

/** What the function did to an argument is seen by whoever handed it over. */
function changeArgument(
  node: FunctionDef,
  call: Call,
  name: string,
  after: Value,
  hasSelf: boolean,
  env: Env,
): void {
  const argument = argumentOfParameter(node, call, name, hasSelf);
  const path = argument === undefined ? undefined : pathOf(argument);
  const known = path === undefined ? undefined : env.get(path);
  if (path === undefined || known === undefined || after.contents === undefined) return;
  const isObject = known.refs.some(({ kind }) => kind === 'object');
  if (isObject) env.set(path, { ...known, contents: after.contents });
  else if (known.contents !== undefined)
    env.set(path, { ...known, contents: after.contents, taints: container(after.contents).taints });
  else
    for (const [key, value] of after.contents.entries)
      env.set(key.startsWith('a:') ? `${path}.${key.slice(2)}` : `${path}['${key.slice(2)}']`, value);
}
