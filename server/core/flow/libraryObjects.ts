/** Objects of the standard library that hold what they are given: named tuples, name spaces, parsers, text templates,
 *  buffers and queues. */
import { KNOWLEDGE } from '../knowledge/index';
import type { Ref } from '../model/refs';
import type { Call } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { merged, writeBack } from './containers';
import type { Env } from './env';
import { container, contentKey, elementValue, memberValue, pathOf } from './evaluate';
import { listOf } from './foldMethods';
import { callOf, type ModelCall } from './libraryModels';
import type { Frame } from './machine';
import { ownerNames } from './sources';
import { positionalArguments } from './special';
import {
  CLEAN,
  type Contents,
  constant,
  contentsOf,
  eitherOf,
  joinAll,
  joinTaints,
  type TextPart,
  textValue,
  type Value,
} from './values';

/** Prefixes of contents: the fields of a named tuple, what a getter gets, the text of a template. */
const FIELD = 'n:';
const GETTER = 'g:';
const TEMPLATE = 'a:template';

/** `namedtuple("Point", "x y")`: a class of which only the fields are known. */
export function namedTuple({ positional }: Arguments): Value | undefined {
  const [, given] = positional;
  const text = given?.constants?.length === 1 ? given.constants[0] : undefined;
  const listed = [...(given?.contents?.entries.values() ?? [])].map(({ constants }) => constants?.[0]);
  const names = typeof text === 'string' ? text.split(/[\s,]+/).filter((name) => name !== '') : listed;
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) return undefined;
  const entries = new Map(names.map((name, index): [string, Value] => [`${FIELD}${index}`, constant(name)]));
  return { taints: [], refs: [], contents: { entries } };
}

/** `SimpleNamespace(name=value)` */
export function namespace({ named }: Arguments, refs: readonly Ref[]): Value {
  const entries = new Map([...named].map(([name, value]): [string, Value] => [`a:${name}`, value]));
  return { taints: [], refs, contents: { entries } };
}

/** `itemgetter("name")`, `attrgetter("name")` */
export function getter(kind: 'item' | 'attribute', { positional }: Arguments): Value | undefined {
  if (positional.length === 0) return undefined;
  const entries = positional.map((key, index): [string, Value] => [`${GETTER}${kind}${index}`, key]);
  return { taints: [], refs: [], contents: { entries: new Map(entries) } };
}

export function templateObject({ positional }: Arguments, refs: readonly Ref[]): Value | undefined {
  const [text] = positional;
  return text && { taints: text.taints, refs, contents: { entries: new Map([[TEMPLATE, text]]) } };
}

/** A parser of configuration: sections that are dicts. */
export function parserObject(refs: readonly Ref[]): Value {
  return { taints: [], refs, contents: { entries: new Map(), keys: CLEAN } };
}

/** `LocalProxy(lambda: …)` stands for what the function gives. */
export function proxied(call: ModelCall): Value | undefined {
  const [callee] = call.args.positional;
  return callee && callOf(callee, positionalArguments(), call);
}

/** Calling a named tuple's class, or a getter; undefined for other values. */
export function calledObject(node: Call, callee: Value, args: Arguments, frame: Frame): Value | undefined {
  const { entries } = callee.contents ?? {};
  if (entries === undefined || !callee.refs.every(({ kind }) => kind === 'external')) return undefined;
  const [object] = args.positional;
  const got = object && [...entries].flatMap(([key, name]) => gotten(node, object, key, name, frame));
  if (got !== undefined && got.length > 0) return got.length === 1 ? got[0] : listOf(got);
  const fields = [...entries].flatMap(([key, { constants }]) =>
    key.startsWith(FIELD) ? [String(constants?.[0])] : [],
  );
  if (fields.length === 0) return undefined;
  return fieldsOf(fields, args);
}

/** What a getter gets of an object by one of its keys. */
function gotten(node: Call, object: Value, key: string, name: Value, frame: Frame): readonly Value[] {
  if (key.startsWith(`${GETTER}item`)) return [elementValue(node, object, name, frame)];
  const [attribute] = key.startsWith(GETTER) ? (name.constants ?? []) : [];
  return typeof attribute === 'string' ? [memberValue(node, object, attribute, frame)] : [];
}

/** An object whose fields have names and positions. */
export function fieldsOf(fields: readonly string[], args: Arguments): Value {
  const entries = new Map<string, Value>();
  for (const [index, field] of fields.entries()) {
    const value = args.named.get(field) ?? args.positional[index];
    const open = eitherOf(args.star, args.spread);
    const given = value ?? (open && { taints: open.taints, refs: [] });
    if (given === undefined) continue;
    entries.set(`i:${index}`, given);
    entries.set(`a:${field}`, given);
  }
  return container({ entries });
}

export interface MethodCall {
  readonly node: Call;
  readonly method: string;
  readonly receiver: Value;
  readonly args: Arguments;
  readonly env: Env;
  readonly frame: Frame;
}

/** A method of one of these objects; undefined when nothing special is known of it. */
export function objectMethod(call: MethodCall): Value | undefined {
  for (const name of ownerNames(call.receiver, call.frame)) {
    if (PARSERS.has(name)) return parserMethod(call);
    if (name === 'string.Template' && /^(safe_)?substitute$/.test(call.method)) return substituted(call);
    if (name === 'flask.Response' && call.method === 'set_data') return collected(call);
    if (KNOWLEDGE.collects(`${name}.${call.method}`)) return collected(call);
  }
  return undefined;
}

/** `buffer.write(text)`, `queue.put(item)`: the object carries it from now on. */
function collected({ node, receiver, args, env }: MethodCall): Value | undefined {
  const path = node.func.kind === 'Attribute' ? pathOf(node.func.value) : undefined;
  if (path !== undefined && args.all.length > 0)
    env.set(path, {
      ...receiver,
      constants: undefined,
      text: undefined,
      taints: joinTaints([receiver, ...args.all]),
    });
  return CLEAN;
}

const PARSERS = new Set([
  'configparser.ConfigParser',
  'configparser.RawConfigParser',
  'configparser.SafeConfigParser',
]);

function parserMethod({ node, method, receiver, args, env, frame }: MethodCall): Value | undefined {
  const contents: Contents = receiver.contents ?? {
    entries: new Map(),
    rest: { taints: receiver.taints, refs: [] },
  };
  const [section, key, value] = args.positional;
  const write = (changed: Contents) => writeBack(node, receiver, changed, env);
  switch (method) {
    case 'add_section':
      if (section !== undefined)
        write(withSection(contents, section, container(contentsOf(new Map(), undefined, CLEAN))));
      return CLEAN;
    case 'set':
      if (section !== undefined && key !== undefined && value !== undefined)
        write(withSection(contents, section, withKey(sectionOf(receiver, section, node, frame), key, value)));
      return CLEAN;
    case 'get': {
      const fallback = args.named.get('fallback');
      if (section === undefined || key === undefined) return undefined;
      const found = elementValue(node, sectionOf(receiver, section, node, frame), key, frame);
      return fallback === undefined ? found : joinAll([found, fallback]);
    }
    case 'getint':
    case 'getfloat':
    case 'getboolean':
    case 'has_section':
    case 'has_option':
    case 'sections':
    case 'options':
      return CLEAN;
    case 'read_dict':
      if (section?.contents !== undefined) write(merged(contents, section.contents));
      return CLEAN;
    case 'read_string':
    case 'read_file':
      if (section !== undefined)
        write(
          contentsOf(
            contents.entries,
            eitherOf(contents.rest, { taints: section.taints, refs: [] }),
            contents.keys,
          ),
        );
      return CLEAN;
    default:
      return undefined;
  }
}

function sectionOf(parser: Value, section: Value, node: Call, frame: Frame): Value {
  return elementValue(node, parser, section, frame);
}

function withSection(contents: Contents, section: Value, value: Value): Contents {
  const [name, ...more] = section.constants ?? [];
  if (name === undefined || more.length > 0)
    return contentsOf(contents.entries, eitherOf(contents.rest, value), eitherOf(contents.keys, section));
  return { ...contents, entries: new Map(contents.entries).set(contentKey(name), value) };
}

function withKey(section: Value, key: Value, value: Value): Value {
  return container(withSection(section.contents ?? { entries: new Map(), keys: CLEAN }, key, value));
}

const PLACE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/** `Template("… $name …").substitute(name=value)` */
function substituted({ receiver, args }: MethodCall): Value | undefined {
  const template = receiver.contents?.entries.get(TEMPLATE);
  const [text, ...more] = template?.constants ?? [];
  const [given] = args.positional;
  if (template === undefined || typeof text !== 'string' || more.length > 0)
    return { taints: joinTaints([receiver, ...args.all]), refs: [] };
  const parts: TextPart[] = [];
  let position = 0;
  for (const match of text.matchAll(PLACE)) {
    parts.push({ text: text.slice(position, match.index) });
    position = match.index + match[0].length;
    const name = match[1] ?? match[2];
    const value =
      name === undefined
        ? constant('$')
        : (args.named.get(name) ?? given?.contents?.entries.get(`k:${name}`));
    const open = eitherOf(args.spread, given);
    parts.push({ hole: value ?? (open ? { taints: open.taints, refs: [] } : CLEAN) });
  }
  return textValue([...parts, { text: text.slice(position) }]);
}
