/** Methods of text and containers, and of whatever else holds untrusted data. */
import type { Call } from '../syntax/python/ast';
import { taintsOf } from './assign';
import type { Arguments } from './calls';
import type { Env } from './env';
import { container, elementValue, iterated, pathOf } from './evaluate';
import { formatParts } from './formatting';
import { type Frame, placeOf } from './machine';
import { isMarkup, markupOf } from './operators';
import {
  CLEAN,
  type ConstantValue,
  constant,
  joinAll,
  joinTaints,
  MAX_CONSTANTS,
  stepped,
  textParts,
  textValue,
  UNKNOWN,
  type Value,
} from './values';

/** Methods whose result says something about text but does not hold it. */
const MEASURES = new Set(
  'startswith endswith isdigit isalnum isalpha isdecimal isnumeric isidentifier isspace islower isupper istitle isascii count find rfind index rindex __len__ __contains__ keys_count'.split(
    ' ',
  ),
);

/** Methods that read from a collection: with them the source is named better. */
const ACCESSORS = new Set(['getlist', 'values', 'items', 'keys', 'read', 'to_dict', 'lists']);

function markupRefs(value: Value): Value['refs'] {
  return isMarkup(value) ? [{ kind: 'instance', name: 'markupsafe.Markup' }] : [];
}

/** Constant folding for methods without arguments that are the same in both languages. */
const FOLDS: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
  casefold: (text) => text.toLowerCase(),
};

/** Result of `receiver.method(…)`; undefined when the method says nothing about the data. */
export function stringMethod(
  node: Call,
  method: string,
  receiver: Value,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  if (receiver.contents !== undefined) return containerMethod(node, method, receiver, args, env, frame);
  if (receiver.refs.some((ref) => ref.kind !== 'instance' || !TEXT_CLASSES.has(ref.name))) return undefined;
  if (receiver.refs.length > 0 && method === 'get' && hasNumericType(node)) return CLEAN;
  if (MEASURES.has(method)) return CLEAN;
  if (method === 'format' || method === 'format_map') return formatMethod(node, receiver, args, frame);
  if (method === 'join') return joinMethod(node, receiver, args, frame);
  const fold = FOLDS[method];
  if (receiver.constants !== undefined) {
    if (fold !== undefined && args.all.length === 0) return foldConstants(receiver.constants, fold);
    if (method === 'replace') return { taints: joinTaints(args.all), refs: [] };
    return args.all.length === 0 ? CLEAN : { taints: joinTaints(args.all), refs: [] };
  }
  if (receiver.taints.length === 0) return undefined;
  if (method === 'get' || method === 'pop' || method === 'setdefault') {
    const value = elementValue(node, receiver, args.positional[0], frame);
    const fallback = args.positional[1] ?? args.named.get('default');
    return fallback === undefined ? value : joinAll([value, fallback]);
  }
  const value = ACCESSORS.has(method)
    ? elementValue(node, receiver, undefined, frame)
    : { taints: receiver.taints, refs: markupRefs(receiver) };
  const handed = method === 'replace' ? args.positional.slice(1) : [];
  return { taints: joinTaints([value, ...handed]), refs: value.refs };
}

/** Library classes whose objects are, or hold, text. */
const TEXT_CLASSES = new Set([
  'markupsafe.Markup',
  'werkzeug.datastructures.MultiDict',
  'werkzeug.datastructures.Headers',
]);

/** `request.args.get("page", type=int)` converts. */
function hasNumericType(node: Call): boolean {
  const type = node.args.find((argument) => argument.name?.id === 'type')?.value ?? node.args[2]?.value;
  return (
    type?.kind === 'Name' &&
    (type.id === 'int' || type.id === 'float' || type.id === 'bool' || type.id === 'UUID')
  );
}

function foldConstants(values: readonly ConstantValue[], fold: (text: string) => string): Value {
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === values.length && texts.length <= MAX_CONSTANTS
    ? constant(...new Set(texts.map(fold)))
    : CLEAN;
}

function formatMethod(node: Call, receiver: Value, args: Arguments, frame: Frame): Value {
  if (isMarkup(receiver)) return markupOf([receiver, ...args.all]);
  const isMap = node.func.kind === 'Attribute' && node.func.attr.id === 'format_map';
  const positional = isMap ? [] : args.positional;
  const spread = isMap ? args.positional[0] : (args.spread ?? args.star);
  const parts = formatParts(node, receiver, positional, args.named, spread, frame);
  const built = textValue(parts);
  return built.text === undefined ? built : stepped(built, placeOf(frame, node), 'becomes part of this text');
}

function joinMethod(node: Call, receiver: Value, args: Arguments, frame: Frame): Value {
  const [list] = args.positional;
  if (list === undefined) return UNKNOWN;
  if (isMarkup(receiver)) return markupOf([receiver, list]);
  const element = iterated(list);
  const entries = [...(list.contents?.entries ?? [])];
  const isExact =
    list.contents !== undefined &&
    list.contents.rest === undefined &&
    entries.every(([key]) => key.startsWith('i:'));
  const parts = isExact
    ? entries.flatMap(([, value], index) => [...(index > 0 ? textParts(receiver) : []), { hole: value }])
    : [{ hole: element }, ...textParts(receiver), { hole: element }];
  const built = textValue(parts);
  return built.text === undefined ? built : stepped(built, placeOf(frame, node), 'becomes part of this text');
}

/** Methods of lists, sets and dicts whose contents are known. Those that change them write the variable back. */
function containerMethod(
  node: Call,
  method: string,
  receiver: Value,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const contents = receiver.contents;
  if (contents === undefined) return undefined;
  const [first] = args.positional;
  switch (method) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      if (first === undefined) return iterated(receiver);
      const known = first.constants === undefined ? undefined : elementValue(node, receiver, first, frame);
      return joinAll([known ?? elementValue(node, receiver, undefined, frame), ...args.positional.slice(1)]);
    }
    case 'append':
    case 'add':
    case 'insert':
    case 'extend':
    case 'update':
      store(node, receiver, args, method, env);
      return constant(null);
    case 'copy':
      return receiver;
    case 'keys':
      return contents.rest ? { taints: contents.rest.taints, refs: [] } : CLEAN;
    case 'values':
      return container({
        entries: new Map(),
        rest: joinAll([...contents.entries.values(), ...(contents.rest ? [contents.rest] : [])]),
      });
    case 'items':
      return container({
        entries: new Map(),
        rest: container({
          entries: new Map([
            ['i:0', CLEAN],
            ['i:1', { taints: receiver.taints, refs: [] }],
          ]),
        }),
      });
    default:
      return undefined;
  }
}

function store(node: Call, receiver: Value, args: Arguments, method: string, env: Env): void {
  const owner = node.func.kind === 'Attribute' ? pathOf(node.func.value) : undefined;
  if (owner === undefined || receiver.contents === undefined) return;
  const entries = new Map(receiver.contents.entries);
  const added =
    method === 'extend'
      ? args.positional.map(iterated)
      : method === 'insert'
        ? args.positional.slice(1)
        : args.positional;
  let rest = receiver.contents.rest;
  if (method === 'update') {
    for (const [name, value] of args.named) entries.set(`k:${name}`, value);
    for (const value of args.positional)
      if (value.contents) for (const [key, inner] of value.contents.entries) entries.set(key, inner);
      else rest = joinAll([...(rest ? [rest] : []), value]);
  } else if (method === 'append' && rest === undefined && added.length === 1)
    entries.set(`i:${entries.size}`, added[0] as Value);
  else rest = joinAll([...(rest ? [rest] : []), ...added]);
  const contents = rest === undefined ? { entries } : { entries, rest };
  env.set(owner, { ...receiver, contents, taints: taintsOf(contents) });
}
