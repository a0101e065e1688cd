/** Evaluates calls: sinks and renders are noted, sanitizers and propagators of libraries applied. */
import { KNOWLEDGE } from '../knowledge/index';
import { cleanTemplateName } from '../model/contribution';
import { type Ref, rowNames } from '../model/refs';
import { subclassesOf } from '../model/subclasses';
import type { Call, Expression } from '../syntax/python/ast';
import { argumentIndex } from './conditions';
import { isMapping, keysOf, listElements } from './containers';
import { noteDeferred } from './deferredCalls';
import { embeddedName, templateSource } from './embedded';
import type { Env } from './env';
import { container, elementValue, evaluate, iterated, memberValue, pathOf } from './evaluate';
import { keyOf } from './keys';
import { LIBRARY_MODELS } from './libraryModels';
import { calledObject, objectMethod } from './libraryObjects';
import { type Frame, placeOf } from './machine';
import { loadedClass } from './mappedObjects';
import { stringMethod } from './methods';
import { noteMisuses } from './misuses';
import { prove, provePath } from './narrowing';
import { projectCall } from './objects';
import { isMarkup } from './operators';
import { isResolvedPath } from './pathGuards';
import { compiledPattern, regexCall } from './regularExpressions';
import { RESPONSE_MAKERS, responseBody } from './responses';
import { KEY_KINDS, keysLookedUp, raisesWithoutRow } from './rowLookups';
import { applies, type EvaluatedCall, noteSinks } from './sinks';
import { libraryValue } from './sources';
import { listedAsText, superMember, superOf } from './special';
import {
  CLEAN,
  type Contents,
  changedText,
  cleared,
  constant,
  isTainted,
  joinAll,
  joinTaints,
  kindSet,
  quotedWord,
  stepped,
  UNKNOWN,
  type Value,
  withRefs,
} from './values';

/** Values of a call's arguments. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Joined values of `*args`; of `**kwargs`. */
  readonly star?: Value;
  readonly spread?: Value;
  readonly all: readonly Value[];
  /** One value for each argument as written. */
  readonly inOrder: readonly Value[];
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map(), all: [], inOrder: [] };

export function evaluateCall(node: Call, env: Env, frame: Frame): Value {
  const key = keyOf(node);
  const proven = key === undefined ? undefined : env.get(key);
  if (proven !== undefined) return proven;
  const receiver = node.func.kind === 'Attribute' ? receiverValue(node.func, env, frame) : undefined;
  const callee = calleeValue(node.func, receiver, env, frame);
  const args = evaluateArguments(node, env, frame);
  const names = rowNames(callee.refs);
  const evaluated = { names, callee, receiver, args };
  noteSinks(node, evaluated, frame);
  noteMisuses(node, evaluated, frame);
  changeReceiver(node, evaluated, env);
  noteRender(node, names, args, env, frame);
  const declared = KNOWLEDGE.hasOwnNames ? names.filter((name) => KNOWLEDGE.saysResult(name)) : [];
  const own = declared.length > 0 ? undefined : projectCall(node, callee, receiver, args, env, frame);
  if (raisesWithoutRow(node)) for (const key of keysLookedUp(node)) prove(key, KEY_KINDS, env, frame);
  if (own !== undefined) return own;
  for (const name of names) {
    noteCheck(node, name, env, frame);
    if (KNOWLEDGE.isUnrelated(name)) return resultOf(callee, node, frame);
  }
  for (const name of names) {
    const known = libraryCall(node, name, args, env, frame);
    if (known !== undefined) return known;
  }
  if (declared.length > 0) {
    const refs = declared.map((name): Ref => ({ kind: 'external', name }));
    return resultValue(node, { ...callee, refs }, receiver, args, frame);
  }
  const made = calledObject(node, callee, args, frame);
  if (made !== undefined) return made;
  if (receiver !== undefined && node.func.kind === 'Attribute') {
    const { id } = node.func.attr;
    if (id === '__subclasses__') return subclassesIn(receiver, frame);
    const ofObject = objectMethod({ node, method: id, receiver, args, env, frame });
    if (ofObject !== undefined) return ofObject;
    const result = stringMethod(node, id, receiver, args, env, frame);
    if (result !== undefined) return result;
  }
  noteDeferred(node, receiver, args, env, frame);
  const value = resultValue(node, callee, receiver, args, frame);
  const loaded = loadedClass(node, frame);
  return loaded === undefined ? value : { ...value, refs: [{ kind: 'object', class: loaded }] };
}

/** `Plugin.__subclasses__()` */
function subclassesIn({ refs }: Value, { machine: { project } }: Frame): Value {
  const classes = refs.flatMap((ref) => (ref.kind === 'class' ? subclassesOf(project, ref) : []));
  return container({ entries: new Map(), rest: { ...CLEAN, refs: classes.slice(0, MAX_CLASSES) } });
}

/** Classes that one value can be. */
const MAX_CLASSES = 6;

/** Some methods make another thing of their object: `parser.setFeature(feature_external_ges, True)`. */
function changeReceiver(node: Call, { names, receiver, args }: EvaluatedCall, env: Env): void {
  const path = node.func.kind === 'Attribute' ? pathOf(node.func.value) : undefined;
  if (path === undefined || receiver === undefined) return;
  for (const name of names) {
    const row = KNOWLEDGE.change(name);
    if (row !== undefined && applies(row, node, args))
      env.set(path, { ...receiver, refs: [{ kind: 'instance', name: row.type }] });
  }
}

/** A call that raises for what it does not like has proven something when it comes back. */
function noteCheck(node: Call, name: string, env: Env, frame: Frame): void {
  const row = KNOWLEDGE.check(name);
  if (row === undefined) return;
  const [first] = node.args;
  if (row.argument !== 'receiver') {
    const argument = node.args[argumentIndex(node, row.argument)];
    if (argument !== undefined) prove(argument.value, kindSet(row.clears), env, frame);
  } else if (node.func.kind === 'Attribute' && first !== undefined) provePath(node.func.value, env, frame);
}

function resultOf(callee: Value, node: Call, frame: Frame): Value {
  const { resolver } = frame.machine.project;
  return withRefs(callee.refs.flatMap((ref) => resolver.result(ref, node.args, frame.site)));
}

function receiverValue(func: Extract<Expression, { kind: 'Attribute' }>, env: Env, frame: Frame): Value {
  const parent = superOf(func.value, frame);
  return (parent && env.get(parent.name)) ?? evaluate(func.value, env, frame);
}

function calleeValue(func: Expression, receiver: Value | undefined, env: Env, frame: Frame): Value {
  if (func.kind !== 'Attribute' || receiver === undefined) return evaluate(func, env, frame);
  const parent = superOf(func.value, frame);
  if (parent !== undefined) return superMember(parent, receiver, func.attr.id, frame);
  const path = pathOf(func);
  const known = path === undefined ? undefined : env.get(path);
  return known ?? memberValue(func, receiver, func.attr.id, frame);
}

export function evaluateArguments(node: Call, env: Env, frame: Frame): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  const stars: Value[] = [];
  const spreads: Value[] = [];
  const inOrder: Value[] = [];
  for (const argument of node.args) {
    const value = evaluate(argument.value, env, frame);
    inOrder.push(value);
    if (argument.star === '*') stars.push(value);
    else if (argument.star === '**') spreads.push(value);
    else if (argument.name) named.set(argument.name.id, value);
    else if (stars.length === 0) positional.push(value);
    else stars.push(value);
  }
  return {
    positional,
    named,
    star: stars.length > 0 ? joinAll(stars) : undefined,
    spread: spreads.length > 0 ? joinAll(spreads) : undefined,
    all: [...positional, ...named.values(), ...stars, ...spreads],
    inOrder,
  };
}

const NAME = 'template_name_or_list';
const SOURCE = 'source';
/** Calls that render, by the parameter that says what. */
const RENDERERS: ReadonlyMap<string, string> = new Map([
  ['flask.render_template', NAME],
  ['flask.stream_template', NAME],
  ['flask.templating.stream_template', NAME],
  ['flask.render_template_string', SOURCE],
  ['flask.stream_template_string', SOURCE],
]);

function noteRender(node: Call, names: readonly string[], args: Arguments, env: Env, frame: Frame): void {
  const parameter = names.map((name) => RENDERERS.get(name)).find((found) => found !== undefined);
  if (frame.isSilent || parameter === undefined) return;
  const context = new Map(args.named);
  const name = args.positional[0] ?? context.get(parameter) ?? UNKNOWN;
  context.delete(parameter);
  let isOpen = false;
  for (const argument of node.args.filter(({ star }) => star === '**')) {
    const { contents } = evaluate(argument.value, env, { ...frame, isSilent: true });
    for (const [key, value] of contents?.entries ?? [])
      if (key.startsWith('k:')) context.set(key.slice(2), value);
    isOpen ||= contents === undefined || contents.rest !== undefined;
  }
  const { site, machine } = frame;
  const written = node.args[argumentIndex(node, { position: 0, name: parameter })]?.value;
  const source = parameter === SOURCE && written ? templateSource(written, site, machine.project) : undefined;
  const candidates = name.contents ? joinAll([...name.contents.entries.values()]) : name;
  const named = (parameter === SOURCE ? [] : (candidates.constants ?? [])).flatMap((value) =>
    typeof value === 'string' ? [cleanTemplateName(value)] : [],
  );
  const templates = source === undefined ? named : [embeddedName(site.file)];
  const place = placeOf(frame, node);
  const handed = [...context].map(([key, value]): [string, Value] => [
    key,
    stepped(value, place, `passed to the template as \`${key}\``),
  ]);
  machine.draft.renders.push({
    templates,
    context: new Map(handed),
    isOpen,
    place,
    ...(source && { source }),
  });
}

/** Of a response that is sent as something else than HTML, whatever it is filled with. */
const NO_PAGE: readonly Ref[] = [{ kind: 'instance', name: 'flask.DataResponse' }];

/** Result of a call that Moat knows; undefined when it does not know it. */
export function libraryCall(
  node: Call,
  name: string,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const refs = frame.machine.project.resolver.result({ kind: 'external', name }, node.args, frame.site);
  if (RESPONSE_MAKERS.has(name)) {
    const body = responseBody(name, node, args);
    return body === undefined && args.all.length > 0
      ? { taints: [], refs: NO_PAGE }
      : { taints: body?.taints ?? [], text: body?.text, refs };
  }
  const folded = foldCall(name, args);
  if (folded !== undefined) return folded;
  const modelled = LIBRARY_MODELS[name]?.({ node, args, refs, env, frame });
  if (modelled !== undefined) return modelled;
  const row = KNOWLEDGE.sanitizer(name);
  if (row !== undefined) {
    const input = args.all.length > 0 ? { taints: joinTaints(args.all), refs: [] } : CLEAN;
    const safe = row.isShellWord === true ? quotedWord(input) : cleared(input, kindSet(row.clears));
    return { ...safe, refs: refs.filter((ref) => ref.kind === 'instance') };
  }
  if (name === 'builtins.locals' && node.args.length === 0)
    return container({ entries: new Map([...env.entries()].map(([key, value]) => [`k:${key}`, value])) });
  if (name === 'markupsafe.Markup' || name === 'sqlalchemy.text') return withRefs(refs, CLEAN);
  if (KNOWLEDGE.isTrusted(name)) return withRefs(refs, CLEAN);
  const matched = regexFunction(name, args);
  if (matched !== undefined) return matched;
  if (KNOWLEDGE.decodes(name)) return { taints: undone(args.all), refs: [] };
  if (KNOWLEDGE.isPropagator(name)) return propagated(name, args, refs);
  return undefined;
}

/** `len`, `int` and `str` of what is known. */
function foldCall(name: string, args: Arguments): Value | undefined {
  const [first] = args.positional;
  const [known, ...more] = first?.constants ?? [];
  if (first === undefined || args.all.length !== 1) return undefined;
  if (name === 'builtins.len') {
    const length = listElements(first.contents)?.length;
    if (length !== undefined) return constant(length);
    return typeof known === 'string' && more.length === 0 ? constant(known.length) : undefined;
  }
  if (known === undefined || known === null || more.length > 0) return undefined;
  if (name === 'builtins.ord' && typeof known === 'string') return constant(known.codePointAt(0) ?? 0);
  if (name === 'builtins.chr' && typeof known === 'number') return constant(String.fromCharCode(known));
  if (name === 'builtins.int' && /^\d+$/.test(String(known))) return constant(Number(known));
  return name === 'builtins.str' && typeof known === 'number' && Number.isInteger(known)
    ? constant(String(known))
    : undefined;
}

/** What the arguments carry, safe for nothing. */
function undone(values: readonly Value[]): Value['taints'] {
  return joinTaints(values).map((taint) => (taint.cleared === 0 ? taint : { ...taint, cleared: 0 }));
}

/** Functions of `re`, and methods of what it compiles. */
function regexFunction(name: string, args: Arguments): Value | undefined {
  const [, method] = /^re\.(\w+)$/.exec(name) ?? [];
  const [pattern, ...others] = args.positional;
  if (method === undefined || pattern === undefined) return undefined;
  return method === 'compile' ? compiledPattern(pattern) : regexCall(method, pattern, others);
}

/** Builtins that make sequences keep the elements; text functions keep a constant or the text's pieces. */
function propagated(name: string, args: Arguments, refs: readonly Ref[]): Value {
  const [first] = args.positional;
  if (first !== undefined && name === 'builtins.str' && args.all.length === 1 && isPlainText(first))
    return first;
  if (first !== undefined && CONTAINER_COPIES.has(name))
    return first.contents ? copied(name, first, first.contents) : iterableOf(first);
  if (first !== undefined && (name === 'builtins.next' || name === 'builtins.iter'))
    return name.endsWith('next') ? iterated(first) : first;
  if (first !== undefined && (name === 'builtins.str' || name === 'builtins.repr')) {
    const text = listedAsText(first);
    if (text !== first) return text;
  }
  const instances = refs.filter((ref) => ref.kind === 'instance');
  // `str(path.resolve())` is a resolved path as text.
  if (first !== undefined && TEXT_OF.has(name) && isResolvedPath(first))
    return { taints: first.taints, refs: [{ kind: 'instance', name: 'os.path.ResolvedPath' }] };
  const joined = changedText({ taints: joinTaints(args.all), refs: instances });
  // Behind a folder of the developer's nothing begins like an option.
  const isBehind = name === 'os.path.join' && first !== undefined && !isTainted(first, 'trust');
  return isBehind ? { ...joined, taints: cleared(joined, BEHIND).taints } : joined;
}

const BEHIND = kindSet(['trust']);

/** A list of a dict holds its keys. */
function copied(name: string, value: Value, contents: Contents): Value {
  if (name.startsWith('copy.') || !isMapping(contents)) return { ...value, refs: [] };
  return container({ entries: new Map(), rest: keysOf(contents) });
}

const TEXT_OF = new Set(['builtins.str', 'os.fspath']);

const CONTAINER_COPIES = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.set',
  'builtins.frozenset',
  'collections.deque',
  'copy.copy',
  'copy.deepcopy',
]);

function isPlainText(value: Value): boolean {
  return (
    !isMarkup(value) &&
    (value.text !== undefined || value.constants?.every((c) => typeof c === 'string') === true)
  );
}

function iterableOf(value: Value): Value {
  return { taints: value.taints, refs: [] };
}

function resultValue(
  node: Call,
  callee: Value,
  receiver: Value | undefined,
  args: Arguments,
  frame: Frame,
): Value {
  const { resolver } = frame.machine.project;
  const refs = callee.refs.flatMap((ref) => resolver.result(ref, node.args, frame.site));
  const owner: Value = { ...callee, refs: callee.refs.filter((ref) => ref.kind === 'external') };
  if (owner.refs.length > 0) {
    const value = libraryValue(node, owner, refs, '()', frame);
    const isMethod = receiver !== undefined && receiver.taints === callee.taints;
    // `get = request.args.get`
    const isSource = callee.taints.some(({ last }) => last !== undefined);
    return isMethod || isSource || value.taints !== callee.taints ? value : withRefs(refs, UNKNOWN);
  }
  const isOwn = callee.refs.length > 0;
  // `getattr(text, "strip")()`
  if (!isOwn && receiver === undefined && callee.taints.some(({ last }) => last !== undefined))
    return { taints: joinTaints([callee, ...args.all]), refs: [] };
  return withRefs(
    refs,
    isOwn || receiver === undefined ? UNKNOWN : elementValue(node, receiver, undefined, frame),
  );
}
