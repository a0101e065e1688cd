/** Functions of the standard library whose result is known more exactly than "what the arguments carry". */
import { KNOWLEDGE } from '../knowledge/index';
import { type Ref, rowNames } from '../model/refs';
import { scopeOf } from '../model/scopes';
import type { Argument, Call } from '../syntax/python/ast';
import { boundMethod } from './callables';
import { type Arguments, libraryCall } from './calls';
import { isMapping, keysOf, listElements } from './containers';
import { asDict, replaced } from './dataObjects';
import { parsedArguments } from './declaredArguments';
import { loadedBy, madeOf } from './declaredTypes';
import { chainMap, defaultDict, dictCall } from './dicts';
import type { Env } from './env';
import { container, contentKey, evaluate, iterated, memberValue, pathOf } from './evaluate';
import { listOf } from './foldMethods';
import { getter, namedTuple, namespace, parserObject, proxied, templateObject } from './libraryObjects';
import type { Frame } from './machine';
import { projectCall } from './objects';
import { binaryValue } from './operators';
import { provenByTest } from './quantified';
import { MATCH, regexCall } from './regularExpressions';
import { noteSinks } from './sinks';
import { impliedCall, positionalArguments } from './special';
import { translation } from './translations';
import {
  CLEAN,
  changedText,
  cleared,
  constant,
  contentsOf,
  eitherOf,
  joinAll,
  joinTaints,
  kindSet,
  UNKNOWN,
  type Value,
} from './values';

export interface ModelCall {
  readonly node: Call;
  readonly args: Arguments;
  /** What the call gives, by its name alone. */
  readonly refs: readonly Ref[];
  readonly env: Env;
  readonly frame: Frame;
}

type Model = (call: ModelCall) => Value | undefined;

/** Lists longer than this are not followed element by element. */
const MAX_ELEMENTS = 20;

function elementsOf(value: Value): readonly Value[] | undefined {
  const elements = listElements(value.contents);
  return elements !== undefined && elements.length <= MAX_ELEMENTS ? elements : undefined;
}

const anyOf = (rest: Value): Value => container({ entries: new Map(), rest });

/** Result of calling a value: a function of the project, a lambda, or a function of a library. `written` are the
 *  arguments as they stand in the code, where a sink may be shown. */
export function callOf(
  callee: Value,
  args: Arguments,
  { node, env, frame }: Omit<ModelCall, 'args' | 'refs'>,
  written: Call['args'] = node.args.slice(1),
) {
  const own = projectCall(impliedCall(node), callee, undefined, args, env, frame);
  if (own !== undefined) return own;
  const names = rowNames(callee.refs);
  noteSinks(handedCall(node, args, written), { names, callee, receiver: undefined, args }, frame);
  const library = callee.refs.find((ref) => ref.kind === 'external');
  if (library === undefined) return undefined;
  return libraryCall({ ...node, args: [] }, KNOWLEDGE.canonical(library.name), args, env, frame);
}

/** The call of a function that is handed over with its arguments: `map(eval, texts)`, `submit(os.system, text)`. */
function handedCall(node: Call, { positional, named }: Arguments, written: Call['args']): Call {
  const { start, end } = node;
  const places = positional.map((_, index) => written[index]?.value ?? node);
  const args: Argument[] = places.map((value) => ({ star: '', value, start: value.start, end: value.end }));
  for (const key of named.keys())
    args.push({ star: '', name: { id: key, start, end }, value: node, start, end });
  return { ...node, args };
}

function enumerated({ args }: ModelCall): Value | undefined {
  const [list] = args.positional;
  const elements = list && elementsOf(list);
  if (list === undefined) return undefined;
  return elements !== undefined
    ? listOf(
        elements.map((element, index) => listOf([args.all.length === 1 ? constant(index) : CLEAN, element])),
      )
    : anyOf(listOf([CLEAN, iterated(list)]));
}

function zipped({ args }: ModelCall): Value | undefined {
  if (args.star !== undefined) return undefined;
  const lists = args.positional.map(elementsOf);
  const [first] = lists;
  if (first === undefined || !lists.every((list) => list !== undefined))
    return anyOf(listOf(args.positional.map(iterated)));
  const length = Math.min(...lists.map((list) => list?.length ?? 0));
  return listOf(
    first.slice(0, length).map((_, index) => listOf(lists.map((list) => list?.[index] ?? CLEAN))),
  );
}

function reversed({ args }: ModelCall): Value | undefined {
  const elements = args.positional[0] && elementsOf(args.positional[0]);
  return elements && listOf(elements.toReversed());
}

/** Which element comes where is not known. */
function sorted({ args }: ModelCall): Value | undefined {
  const [list] = args.positional;
  return list?.contents === undefined ? undefined : anyOf(iterated(list));
}

function mapped(call: ModelCall): Value | undefined {
  const [callee, list, ...others] = call.args.positional;
  if (callee === undefined || list === undefined) return undefined;
  const elements = others.length === 0 ? elementsOf(list) : undefined;
  if (elements !== undefined) {
    const results = elements.map((element) => callOf(callee, positionalArguments(element), call));
    return results.every((result) => result !== undefined) ? listOf(results) : undefined;
  }
  const args = positionalArguments(iterated(list), ...others.map(iterated));
  const one = callOf(callee, args, call);
  return one === undefined ? undefined : anyOf(one);
}

function filtered({ node, args, env, frame }: ModelCall): Value | undefined {
  const [, list] = args.positional;
  const [test] = node.args;
  if (list === undefined || test === undefined) return undefined;
  const element = iterated(list);
  const proven = provenByTest(test.value, element, env, frame);
  return anyOf(proven === 0 ? element : cleared(element, proven));
}

function reduced(call: ModelCall): Value | undefined {
  const [callee, list, initial] = call.args.positional;
  if (callee === undefined || list === undefined) return undefined;
  const apply = (a: Value) => callOf(callee, positionalArguments(a, iterated(list)), call);
  const first = initial ?? iterated(list);
  const once = apply(first);
  return once === undefined ? undefined : joinAll([first, once, apply(once) ?? once]);
}

function chained({ args }: ModelCall): Value {
  return anyOf(joinAll(args.all.map(iterated)));
}

/** `list()`, `set("abc")`; of a dict, its keys. */
function sequence({ args }: ModelCall): Value | undefined {
  const [first] = args.positional;
  if (args.all.length === 0) return container({ entries: new Map() });
  if (first?.contents !== undefined && isMapping(first.contents)) return anyOf(keysOf(first.contents));
  const [text, ...more] = first?.constants ?? [];
  return typeof text === 'string' && more.length === 0 && text.length <= 200
    ? listOf([...new Set(text)].map((char) => constant(char)))
    : undefined;
}

function got({ node, args, frame }: ModelCall): Value | undefined {
  const [object, name, fallback] = args.positional;
  const attributes = name === undefined || object === undefined ? [] : attributesNamed(object, name, frame);
  if (object === undefined) return undefined;
  // An attribute is not the text that names it.
  if (attributes.length === 0)
    return { taints: joinTaints([UNKNOWN, object, ...(fallback === undefined ? [] : [fallback])]), refs: [] };
  const members = attributes.map((attribute) =>
    boundMethod(memberValue(node, object, attribute, frame), object),
  );
  const value = joinAll(members);
  return fallback === undefined ? value : joinAll([value, fallback]);
}

/** Attributes that a name may mean: those it can be, or the methods that begin like it (`"do_" + action`). */
function attributesNamed(object: Value, name: Value, { machine }: Frame): readonly string[] {
  const known = name.constants ?? [];
  if (known.length > 0) return known.filter((attribute) => typeof attribute === 'string');
  const [first] = name.text ?? [];
  const start = first !== undefined && 'text' in first ? first.text : '';
  if (start.length < MIN_START) return [];
  const classes = object.refs.flatMap((ref) =>
    ref.kind === 'object' ? machine.project.resolver.bases(ref.class).own : [],
  );
  const names = classes.flatMap(({ node }) => [...scopeOf(node).bindings.keys()]);
  return [...new Set(names)].filter((attribute) => attribute.startsWith(start)).slice(0, MAX_ELEMENTS);
}

/** A start that is shorter than this is none that anybody has given to methods. */
const MIN_START = 3;

/** One of several attributes of an object, or any, has the value from now on. */
function setSome(path: string, names: readonly unknown[], value: Value, env: Env): void {
  const object = env.get(path);
  if (!object?.refs.some(({ kind }) => kind === 'object')) return;
  const entries = new Map(object.contents?.entries);
  for (const name of names) {
    const known = entries.get(`a:${name}`);
    entries.set(`a:${name}`, known === undefined ? value : joinAll([known, value]));
  }
  const { rest, keys } = object.contents ?? {};
  const open = names.length > 0 ? rest : eitherOf(rest, value);
  env.set(path, { ...object, contents: contentsOf(entries, open, keys) });
}

function assigned({ node, args, env }: ModelCall): Value | undefined {
  const [, name, value] = args.positional;
  const names = name?.constants ?? [];
  const [attribute, ...more] = names;
  const path = node.args[0] && pathOf(node.args[0].value);
  if (path === undefined || value === undefined) return undefined;
  if (typeof attribute === 'string' && more.length === 0) env.set(`${path}.${attribute}`, value);
  else setSome(path, names, value, env);
  return constant(null);
}

/** `Thread(target=work, args=(name,))`, `executor.submit(work, name)`: the function runs, sooner or later. */
function started(first: number): Model {
  return (call) => {
    const { positional, named } = call.args;
    const callee = named.get('target') ?? named.get('function') ?? positional[first];
    const given = named.get('args') ?? positional[first + 1];
    if (callee !== undefined)
      callOf(
        callee,
        {
          ...positionalArguments(...(elementsOf(given ?? CLEAN) ?? [])),
          named: keywordsOf(named.get('kwargs')),
        },
        call,
      );
    return undefined;
  };
}

function submitted(first: number): Model {
  return (call) => {
    const { positional, named } = call.args;
    const callee = positional[first];
    const args = { ...positionalArguments(...positional.slice(first + 1)), named };
    const written = call.node.args.slice(first + 1).filter(({ name }) => name === undefined);
    return callee === undefined ? undefined : callOf(callee, args, call, written);
  };
}

function keywordsOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return new Map([...(value?.contents?.entries ?? [])].map(([key, inner]) => [key.slice(2), inner]));
}

function defaulted(call: ModelCall): Value {
  const [factory] = call.args.positional;
  const made = factory && callOf(factory, positionalArguments(), call);
  return defaultDict(made, call.args);
}

/** `re.sub(pattern, function, text)`: what the function makes of a match stands in the text. */
function substituted(call: ModelCall): Value | undefined {
  const [pattern, ...others] = call.args.positional;
  const [replacement, text] = others;
  const made = replacement && text && madeOfMatch(replacement, text, call);
  if (pattern === undefined || made === undefined) return undefined;
  return regexCall('sub', pattern, [made, ...others.slice(1)]);
}

/** What a function gives for a match of a text; undefined if the value is no function. */
export function madeOfMatch(
  callee: Value,
  text: Value,
  call: Omit<ModelCall, 'args' | 'refs'>,
): Value | undefined {
  const match: Value = { taints: text.taints, refs: [{ kind: 'instance', name: MATCH }] };
  return projectCall(
    impliedCall(call.node),
    callee,
    undefined,
    positionalArguments(match),
    call.env,
    call.frame,
  );
}

/** `operator.add(a, b)` */
function operated(op: '+' | '%'): Model {
  return ({ node, args, frame }) => {
    const [left, right] = args.positional;
    const [a, b] = node.args;
    if (left === undefined || right === undefined || a === undefined || b === undefined) return undefined;
    const { start, end } = node;
    const operation = { kind: 'Binary', op, left: a.value, right: b.value, start, end } as const;
    return binaryValue(operation, left, right, frame);
  };
}

/** `dict.fromkeys(keys, value)` */
function keyed({ args }: ModelCall): Value | undefined {
  const [keys, value = constant(null)] = args.positional;
  if (keys === undefined) return undefined;
  const names = elementsOf(keys)?.map(({ constants }) =>
    constants?.length === 1 ? constants[0] : undefined,
  );
  if (names === undefined || !names.every((name) => name !== undefined))
    return container(contentsOf(new Map(), value, iterated(keys)));
  return container(contentsOf(new Map(names.map((name) => [contentKey(name), value])), undefined, undefined));
}

/** `asyncio.gather(a(), b())`: the answers, in order. */
function gathered({ args }: ModelCall): Value {
  return args.star === undefined
    ? listOf(args.positional)
    : anyOf(joinAll([...args.positional, iterated(args.star)]));
}

/** A task stands for what it will give. */
const awaited: Model = ({ args }) => args.positional[0];

function producted({ args }: ModelCall): Value {
  return anyOf(listOf(args.positional.map(iterated)));
}

function grouped({ args }: ModelCall): Value {
  const list = args.positional[0] ?? CLEAN;
  return anyOf(listOf([iterated(list), anyOf(iterated(list))]));
}

/** The ending holds no slash, nor what leads out of a folder. */
function splitEnding({ args }: ModelCall): Value | undefined {
  const [path] = args.positional;
  if (path === undefined || path.constants !== undefined) return undefined;
  const part = changedText({ taints: path.taints, refs: [] });
  return listOf([part, cleared(part, kindSet(['path', 'templateName']))]);
}

/** What the method of a call is called on. */
function receiverOf({ node, env, frame }: ModelCall): Value {
  return node.func.kind === 'Attribute'
    ? evaluate(node.func.value, env, { ...frame, isSilent: true })
    : CLEAN;
}

/** `Model.model_validate(data)` */
function validated(call: ModelCall): Value | undefined {
  const cls = receiverOf(call).refs.find(({ kind }) => kind === 'class');
  const [data] = call.args.positional;
  return data === undefined || cls?.kind !== 'class' ? undefined : madeOf(cls, data, call.frame);
}

const dumped: Model = (call) => asDict(receiverOf(call));
const dictOf: Model = ({ args }) => asDict(args.positional[0]);

/** `Schema().load(data)` */
function loaded({ node, args, frame }: ModelCall): Value | undefined {
  const [data] = args.positional;
  if (data === undefined || node.func.kind !== 'Attribute') return undefined;
  // A schema lets through the fields that it declares.
  const source = cleared({ taints: data.taints, refs: [] }, kindSet(['massAssignment']));
  const made = loadedBy(node.func.value, source, frame.site, frame);
  return made !== undefined && args.named.get('many')?.constants?.[0] === true ? anyOf(made) : made;
}

const PARSE_ARGUMENTS = 'flask_restful.reqparse.RequestParser.parse_args';
const PARSE_COMMAND_LINE = 'argparse.ArgumentParser.parse_args';

/** `import_module("os")`, `__import__("os")` */
function imported({ args, frame: { machine, site } }: ModelCall): Value | undefined {
  const [name, ...more] = args.positional[0]?.constants ?? [];
  if (typeof name !== 'string' || more.length > 0 || !/^\w+$/.test(name)) return undefined;
  const file = machine.project.findModule(site.file, name, 0);
  return { ...CLEAN, refs: [file === undefined ? { kind: 'external', name } : { kind: 'module', file }] };
}

/** By canonical name. What they don't know is left to the tables of knowledge. */
export const LIBRARY_MODELS: Readonly<Record<string, Model>> = {
  'builtins.enumerate': enumerated,
  'builtins.zip': zipped,
  'itertools.zip_longest': zipped,
  'builtins.reversed': reversed,
  'builtins.sorted': sorted,
  'builtins.map': mapped,
  'builtins.filter': filtered,
  'functools.reduce': reduced,
  'itertools.chain': chained,
  'builtins.list': sequence,
  'builtins.tuple': sequence,
  'builtins.set': sequence,
  'builtins.frozenset': sequence,
  'collections.deque': sequence,
  'builtins.dict': ({ args }) => dictCall(args),
  'collections.OrderedDict': ({ args }) => dictCall(args),
  'collections.defaultdict': defaulted,
  'collections.ChainMap': ({ args }) => chainMap(args),
  'collections.namedtuple': ({ args }) => namedTuple(args),
  'types.SimpleNamespace': ({ args, refs }) => namespace(args, refs),
  'operator.itemgetter': ({ args }) => getter('item', args),
  'operator.attrgetter': ({ args }) => getter('attribute', args),
  'string.Template': ({ args, refs }) => templateObject(args, refs),
  'configparser.ConfigParser': ({ refs }) => parserObject(refs),
  'configparser.RawConfigParser': ({ refs }) => parserObject(refs),
  'configparser.SafeConfigParser': ({ refs }) => parserObject(refs),
  'werkzeug.local.LocalProxy': proxied,
  'os.path.splitext': splitEnding,
  [PARSE_ARGUMENTS]: ({ node, frame }) => parsedArguments(node, PARSE_ARGUMENTS, frame),
  [PARSE_COMMAND_LINE]: ({ node, frame }) => parsedArguments(node, PARSE_COMMAND_LINE, frame),
  're.sub': substituted,
  'operator.add': operated('+'),
  'operator.concat': operated('+'),
  'operator.mod': operated('%'),
  'itertools.product': producted,
  'itertools.groupby': grouped,
  'pydantic.BaseModel.model_validate': validated,
  'pydantic.BaseModel.model_validate_json': validated,
  'pydantic.BaseModel.parse_obj': validated,
  'pydantic.BaseModel.parse_raw': validated,
  'pydantic.BaseModel.model_dump': dumped,
  'pydantic.BaseModel.dict': dumped,
  'dataclasses.asdict': dictOf,
  'attr.asdict': dictOf,
  'attrs.asdict': dictOf,
  'builtins.vars': dictOf,
  'dataclasses.replace': ({ args }) => replaced(args.positional[0], args),
  'marshmallow.Schema.load': loaded,
  'marshmallow.Schema.loads': loaded,
  'builtins.getattr': got,
  'builtins.setattr': assigned,
  'importlib.import_module': imported,
  'builtins.__import__': imported,
  'builtins.dict.fromkeys': keyed,
  'collections.OrderedDict.fromkeys': keyed,
  'builtins.str.maketrans': ({ args }) => translation(args),
  'asyncio.gather': gathered,
  'asyncio.create_task': awaited,
  'asyncio.ensure_future': awaited,
  'asyncio.shield': awaited,
  'asyncio.wait_for': awaited,
  'asyncio.run': awaited,
  'flask.stream_with_context': awaited,
  'threading.Thread': started(1),
  'threading.Timer': started(1),
  'multiprocessing.Process': started(1),
  'asyncio.to_thread': submitted(0),
  'rq.Queue.enqueue': submitted(0),
  'concurrent.futures.ThreadPoolExecutor.map': mapped,
  'concurrent.futures.ProcessPoolExecutor.map': mapped,
  'asyncio.loop.run_in_executor': submitted(1),
  'concurrent.futures.ThreadPoolExecutor.submit': submitted(0),
  'concurrent.futures.ProcessPoolExecutor.submit': submitted(0),
};
