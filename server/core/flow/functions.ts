/** Interprets one function: its parameters are bound, its body is executed. */

import type { HandlerRow } from '../knowledge/index';
import type { ClassRef, FunctionRef } from '../model/refs';
import { answersAsHook, handlersOf, isTyped, type Route, routesOf, ruleParameters } from '../model/routes';
import { enclosingFunction, inside, type Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Expression, FunctionDef, Parameter } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { type Application, type Bound, MAX_THROWN, OUTER, type ParameterGuard } from './application';
import { decorated } from './callables';
import { convertedValue } from './converters';
import { parsedParameter, typedValue } from './declaredTypes';
import { Env } from './env';
import { container, evaluate } from './evaluate';
import { handledValue } from './exceptions';
import { execBody } from './execute';
import { isNumberField } from './graphqlFields';
import { ALL_PROOFS } from './kindSets';
import { type End, type Frame, type Machine, newFrame, placeOf, type Thrown } from './machine';
import { provenBetween } from './narrowing';
import { HANDED, projectCall } from './objects';
import { impliedCall } from './special';
import { trimmed } from './symbols';
import { CLEAN, constant, contentsOf, joinAll, UNKNOWN, type Value, withRefs } from './values';

export interface FunctionInput {
  /** Variables of the functions around it. */
  readonly outer?: Env;
  /** Values of the parameters; as far as they are not given, they are what a route or annotation says. */
  readonly bound?: Bound;
  /** For a method of a view: the class whose objects answer, and such an object. */
  readonly heir?: { readonly class: ClassRef; readonly self: Value };
}

/** Interprets a function once. What its sinks see is noted in the machine's draft as well as in the result. */
export function interpretFunction(
  node: FunctionDef,
  site: Site,
  machine: Machine,
  { outer, bound, heir }: FunctionInput = {},
): Application {
  const env = new Env(surroundings(outer, bound));
  const ref: FunctionRef = { ...site, kind: 'function', node };
  const routes = bound === undefined ? routesOf(machine.project, ref, heir?.class) : [];
  const answers = routes.length > 0 || (bound === undefined && answersAsHook(machine.project, ref));
  const view = answers ? { sendsHtml: !sendsJson(ref, machine), routes } : undefined;
  const frame = newFrame(machine, inside(site, node), false, view);
  if (bound === undefined) bindFromRoutes(ref, routes, env, frame, heir?.self);
  else bindGiven(node, bound, env, frame);
  const given = new Map(node.params.map(({ name }) => [name.id, env.get(name.id) ?? UNKNOWN]));
  if (bound !== undefined) frame.given = given;
  const end = execBody(node.body, env, frame);
  const { returns, yields, ends } = frame.exits;
  if (end !== undefined) {
    returns.push(constant(null));
    ends.push({ whenTrue: undefined, whenFalse: end });
  }
  const result = trimmed(
    yields.length > 0 ? container({ entries: new Map(), rest: joinAll(yields) }) : joinAll(returns),
  );
  if (routes.length > 0) noteAround(ref, given, result, frame);
  const { hits, writes, misuses, renders } = machine.draft;
  return {
    result,
    hits,
    writes,
    misuses,
    renders,
    guards: guardsOf(node, given, ends),
    thrown: bound === undefined ? [] : frame.exits.thrown.slice(0, MAX_THROWN).map(settled),
    after: afterwards(node, given, ends),
    isEnd: ends.length === 0 && yields.length === 0 && !isAbstract(node),
  };
}

/** What an exception carries, small enough to be kept. */
function settled(thrown: Thrown): Thrown {
  const value = trimmed(thrown.value());
  return { refs: thrown.refs, value: () => value };
}

/** Subclasses give such a function its body. */
function isAbstract({ body, decorators }: FunctionDef): boolean {
  const isUnwritten = body.some(
    (statement) => statement.kind === 'Raise' && /NotImplemented/.test(nameOf(statement.exception)),
  );
  return isUnwritten || decorators.some(({ expression }) => /^abstract/.test(nameOf(expression)));
}

function nameOf(node: Expression | undefined): string {
  if (node?.kind === 'Call') return nameOf(node.func);
  return node?.kind === 'Name' ? node.id : node?.kind === 'Attribute' ? node.attr.id : '';
}

/** Methods of REST resources, and views whose arguments a parser hands in, send JSON, whatever they return. */
function sendsJson(ref: FunctionRef, machine: Machine): boolean {
  const { file, tree, owners } = ref;
  if (handlersOf(machine.project, ref).length > 0) return true;
  const owner = owners.at(-1);
  if (owner?.kind !== 'ClassDef') return false;
  const cls = { kind: 'class', file, tree, node: owner, owners: owners.slice(0, -1) } as const;
  return machine.project.resolver.bases(cls).library.some((name) => /\.Resource$/.test(name));
}

function surroundings(outer: Env | undefined, bound: Bound | undefined): Env | undefined {
  const captured = [...(bound ?? [])].filter(([name]) => name.startsWith(OUTER));
  if (captured.length === 0) return outer;
  const around = new Env(outer);
  for (const [name, value] of captured) around.set(name.slice(OUTER.length), value);
  return around;
}

function bindFromRoutes(
  ref: FunctionRef,
  routes: readonly Route[],
  env: Env,
  frame: Frame,
  self: Value | undefined,
): void {
  const { project } = frame.machine;
  const handlers = handlersOf(project, ref);
  for (const parameter of ref.node.params)
    env.set(parameter.name.id, parameterValue(parameter, routes, handlers, frame));
  const first = ref.node.params[0];
  if (self !== undefined && first?.star === '') env.set(first.name.id, self);
  if (routes.length === 0 || ref.node.decorators.length < 2) return;
  const names = ref.node.params.map(({ name }) => name.id);
  const named = new Map(
    names.filter((name) => isFromUrl(name, routes)).map((name) => [name, env.get(name) ?? UNKNOWN]),
  );
  for (const [name, value] of handedToView(ref, named, frame) ?? [])
    env.set(name, value.refs.length > 0 ? value : { ...value, refs: env.get(name)?.refs ?? [] });
}

/** What decorators of the project hand on to a view; undefined when they don't say. */
function handedToView(
  ref: FunctionRef,
  named: ReadonlyMap<string, Value>,
  frame: Frame,
): ReadonlyMap<string, Value> | undefined {
  const wrapper = decorated(ref, 'probe', frame);
  if (wrapper === undefined) return undefined;
  const around = newFrame(frame.machine, { ...ref }, true);
  const all = [...named.values()];
  const args = { positional: [], named, all, inOrder: all };
  const answer = projectCall(impliedCall(ref.node.name), wrapper, undefined, args, new Env(), around);
  const handed = [...(answer?.contents?.entries ?? [])].flatMap(([key, value]): [string, Value][] =>
    key.startsWith(HANDED) ? [[key.slice(HANDED.length), value]] : [],
  );
  return new Map(handed);
}

/** What decorators of the project do with the answer of a view: one renders it, another one writes it to a file. */
function noteAround(ref: FunctionRef, named: ReadonlyMap<string, Value>, answer: Value, frame: Frame): void {
  if (frame.isSilent || ref.node.decorators.length < 2) return;
  const wrapper = decorated(ref, 'undecorated', frame, answer);
  if (wrapper === undefined) return;
  const around = newFrame(frame.machine, { ...ref }, false);
  const all = [...named.values()];
  const args = { positional: [], named, all, inOrder: all };
  projectCall(impliedCall(ref.node.name), wrapper, undefined, args, new Env(), around);
}

/** Arguments as given; what an annotation or default says fills the gaps. */
function bindGiven(node: FunctionDef, bound: Bound, env: Env, frame: Frame): void {
  const outside = {
    ...frame,
    site: { ...frame.site, owners: frame.site.owners.slice(0, -1) },
    isSilent: true,
  };
  for (const { name, default: fallback } of node.params) {
    const declared = frame.machine.project.resolver.name(name.id, frame.site);
    const value =
      bound.get(name.id) ?? (fallback ? evaluate(fallback, new Env(env.outer), outside) : UNKNOWN);
    env.set(name.id, value.refs.length > 0 ? value : { ...value, refs: declared });
  }
}

/** What is proven of each parameter when the function comes back, by the truth of what it returns. */
function guardsOf(
  node: FunctionDef,
  given: ReadonlyMap<string, Value>,
  ends: Frame['exits']['ends'],
): ReadonlyMap<string, ParameterGuard> {
  const guards = new Map<string, ParameterGuard>();
  for (const [name, value] of given) {
    if (replacedIn(node).has(name) || value.taints.length === 0 || ends.length === 0) continue;
    const provenIn = (envs: readonly (Env | undefined)[]) =>
      envs.reduce(
        (kinds, env) => (env === undefined ? kinds : kinds & provenBetween(value, env.get(name), ALL_PROOFS)),
        ALL_PROOFS,
      );
    const provenBy = (tests: readonly Omit<End, 'elements'>[]) => ({
      whenTrue: provenIn(tests.map((test) => test.whenTrue)),
      whenFalse: provenIn(tests.map((test) => test.whenFalse)),
    });
    const { whenTrue, whenFalse } = provenBy(ends);
    const elements = elementsOf(ends).map(provenBy);
    const any = elements.reduce((kinds, element) => kinds | element.whenTrue | element.whenFalse, 0);
    if ((whenTrue | whenFalse | any) !== 0)
      guards.set(name, { after: whenTrue & whenFalse, whenTrue, whenFalse, elements });
  }
  return guards;
}

/** The tests of each element, where every way returns a tuple of the same length. */
function elementsOf(ends: readonly End[]): readonly (readonly Omit<End, 'elements'>[])[] {
  const [first, ...others] = ends.map(({ elements }) => elements ?? []);
  if (first === undefined || others.some(({ length }) => length !== first.length)) return [];
  return first.map((test, index) => [test, ...others.flatMap((elements) => elements[index] ?? [])]);
}

const replaced = new WeakMap<FunctionDef, ReadonlySet<string>>();

/** Parameters that are bound to something else prove nothing of the argument; `x = x.strip()` is still about it. */
function replacedIn(node: FunctionDef): ReadonlySet<string> {
  let names = replaced.get(node);
  if (names === undefined) {
    names = new Set(node.params.map(({ name }) => name.id).filter((name) => isReplaced(node, name)));
    replaced.set(node, names);
  }
  return names;
}

function isReplaced(node: FunctionDef, name: string): boolean {
  const others = (scopeOf(node).bindings.get(name) ?? []).filter(({ kind }) => kind !== 'parameter');
  return others.some(
    (binding) =>
      binding.kind !== 'value' ||
      binding.access.kind !== 'whole' ||
      !walkExpressions(binding.value).some((inner) => inner.kind === 'Name' && inner.id === name),
  );
}

/** Arguments that the function has changed: their attributes and elements when it comes back. */
function afterwards(
  node: FunctionDef,
  given: ReadonlyMap<string, Value>,
  ends: Frame['exits']['ends'],
): ReadonlyMap<string, Value> {
  const changed = new Map<string, Value>();
  const env = Env.joinAll(ends.flatMap(({ whenTrue, whenFalse }) => [whenTrue, whenFalse]));
  for (const [name, before] of env === undefined ? [] : given) {
    const now = (scopeOf(node).bindings.get(name)?.length ?? 0) > 1 ? undefined : env?.get(name);
    if (env === undefined || now === undefined) continue;
    const entries = new Map(now.contents?.entries);
    for (const [key, value] of env.entries()) {
      const part = key.startsWith(name) ? PART.exec(key.slice(name.length)) : null;
      if (part !== null) entries.set(part[1] === undefined ? `k:${part[2]}` : `a:${part[1]}`, value);
    }
    const isChanged = entries.size > (now.contents?.entries.size ?? 0) || now.contents !== before.contents;
    if (isChanged) changed.set(name, trimmed({ ...now, contents: { ...now.contents, entries } }));
  }
  for (const name of env === undefined ? [] : nonlocalNames(node)) {
    const now = env?.get(name);
    if (now !== undefined) changed.set(OUTER + name, trimmed(now));
  }
  return changed;
}

const nonlocals = new WeakMap<FunctionDef, readonly string[]>();

/** Names of the functions around that a function binds anew. */
function nonlocalNames(node: FunctionDef): readonly string[] {
  let names = nonlocals.get(node);
  if (names === undefined) {
    names = node.body.flatMap((statement) =>
      statement.kind === 'Nonlocal' ? statement.names.map(({ id }) => id) : [],
    );
    nonlocals.set(node, names);
  }
  return names;
}

/** The rest of a path that leads one step further: `.attribute` or `['key']`. */
const PART = /^(?:\.(\w+)|\['([^']*)'\])$/;

function parameterValue(
  parameter: Parameter,
  routes: readonly Route[],
  handlers: readonly HandlerRow[],
  frame: Frame,
): Value {
  const name = parameter.name.id;
  const refs = frame.machine.project.resolver.name(name, frame.site);
  const isObject = refs.some((ref) => ref.kind === 'object' || ref.kind === 'class');
  const isSelf = isObject && (handlers.length === 0 || parameter.annotation === undefined);
  if (isSelf || (parameter.star === '*' && handlers.length === 0)) return withRefs(refs);
  const view = enclosingFunction(frame.site)?.name.id ?? '';
  const handler = handlers.find(({ parameters }) => parameters === 'all');
  if (handler?.skips !== undefined && isOwn(parameter, handler.skips, frame)) return withRefs(refs);
  if (handler === undefined && routes.length === 0)
    return handledParameter(parameter, frame) ?? withRefs(refs);
  const place = placeOf(frame, parameter.name);
  const from = handler?.label ?? `the URL of \`${view}\``;
  const source = (label: string): Value => {
    const last = { place, message: `\`${label}\` is read from ${from}`, length: 1 };
    return { taints: [{ sourceKey: `${place.file}:${view}:${label}`, label, cleared: 0, last }], refs: [] };
  };
  if (handler !== undefined)
    return isTyped(name, routes) ? CLEAN : declaredParameter(parameter, source(name), frame);
  if (parameter.star === '**') return restOfUrl(parameter, routes, source, frame);
  if (isTyped(name, routes)) return CLEAN;
  if (!isFromUrl(name, routes)) return withRefs(refs);
  return convertedValue(parameter.name, source(name), routes, frame);
}

/** What GraphQL hands to a resolver beside the arguments, and arguments that are numbers. */
function isOwn({ name }: Parameter, skips: number, { site }: Frame): boolean {
  const index = enclosingFunction(site)?.params.findIndex((one) => one.name.id === name.id) ?? 0;
  return index < skips || name.id === 'info' || isNumberField(name.id, site);
}

/** A parameter that a parser of requests fills: of the type that it is declared to have. */
function declaredParameter({ name, annotation }: Parameter, source: Value, frame: Frame): Value {
  const site = { ...frame.site, owners: frame.site.owners.slice(0, -1) };
  if (annotation !== undefined) return typedValue(annotation, source, site, frame);
  const decorators = enclosingFunction(frame.site)?.decorators.map(({ expression }) => expression) ?? [];
  return parsedParameter(name.id, decorators, source, site, frame);
}

/** What a `**kwargs` of a view gets: the parameters of the URL that have no name of their own there. */
function restOfUrl(
  parameter: Parameter,
  routes: readonly Route[],
  source: (label: string) => Value,
  frame: Frame,
): Value {
  const named = new Set(enclosingFunction(frame.site)?.params.map(({ name }) => name.id));
  const names = routes.flatMap(({ rule, pieces }) => ruleParameters(rule ?? pieces ?? ''));
  const entries = new Map(
    names
      .filter(({ name }) => !named.has(name))
      .map(({ name }): [string, Value] => [`k:${name}`, isTyped(name, routes) ? CLEAN : source(name)]),
  );
  const isOpen = routes.some(({ rule, pieces }) => rule === undefined && pieces === undefined);
  return container(contentsOf(entries, isOpen ? source(parameter.name.id) : undefined, CLEAN));
}

function handledParameter(parameter: Parameter, frame: Frame): Value | undefined {
  const owner = enclosingFunction(frame.site);
  if (owner === undefined || owner.decorators.length === 0 || owner.params[0] !== parameter) return undefined;
  return handledValue(owner, { ...frame.site, owners: frame.site.owners.slice(0, -1) }, frame);
}

/** A rule that is not a literal may name any parameter. */
function isFromUrl(name: string, routes: readonly Route[]): boolean {
  return routes.some(
    ({ rule }) => rule === undefined || ruleParameters(rule).some((parameter) => parameter.name === name),
  );
}
