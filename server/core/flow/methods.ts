/** Methods of text and containers, and of whatever else holds untrusted data. */

import { KNOWLEDGE } from '../knowledge/index';
import type { Call } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { containerMethod } from './containers';
import type { Env } from './env';
import { container, elementValue, iterated } from './evaluate';
import { foldMethod } from './foldMethods';
import { formatParts } from './formatting';
import { ALL_PROOFS, keptWith, provenByAbsence } from './kindSets';
import { type Frame, placeOf } from './machine';
import { projectCall } from './objects';
import { isMarkup, markupOf } from './operators';
import { isPattern, matchMethod, regexCall } from './regularExpressions';
import { noteFormat } from './sinks';
import { impliedCall, positionalArguments } from './special';
import { translated } from './translations';
import {
  ALL_KINDS,
  BUILT_STEP,
  CLEAN,
  changedText,
  cleared,
  joinAll,
  joinTaints,
  kindSet,
  stepped,
  type Taint,
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

/** Result of `receiver.method(…)`; undefined when the method says nothing about the data. */
export function stringMethod(
  node: Call,
  method: string,
  receiver: Value,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const found =
    matchMethod(method, receiver, args) ??
    (isPattern(receiver) ? regexCall(method, receiver, args.positional) : undefined);
  if (found !== undefined) return found;
  if (receiver.contents !== undefined) return containerMethod(node, method, receiver, args, env, frame);
  if (receiver.refs.some((ref) => ref.kind !== 'instance' || !TEXT_CLASSES.has(ref.name))) return undefined;
  if (method === 'get' || method === 'getlist') {
    const converted = convertedElement(node, method, receiver, args, env, frame);
    if (converted !== undefined) return converted;
  }
  const folded =
    receiver.constants === undefined ? undefined : foldMethod(method, receiver.constants, args.all);
  if (folded !== undefined) return folded;
  if (MEASURES.has(method)) return CLEAN;
  if (method === 'format' || method === 'format_map') return formatMethod(node, receiver, args, frame);
  if (method === 'join') return joinMethod(node, receiver, args, frame);
  if (receiver.constants !== undefined) {
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
  if (method === 'replace') return replaced(value, args);
  const table = method === 'translate' ? translated(value, args) : undefined;
  if (table !== undefined) return table;
  const changed = ACCESSORS.has(method) ? value : changedText(value);
  return method === 'lstrip' ? stripped(changed, args) : changed;
}

/** `text.replace(old, new)`: what is proven by the pieces that are gone. */
function replaced(text: Value, { positional }: Arguments): Value {
  const [from, to] = positional.map(({ constants }) => (constants?.length === 1 ? constants[0] : undefined));
  const taints = joinTaints([changedText(text), ...positional.slice(1)]);
  // `.replace("&lt;", "<")` takes the escaping back.
  const isUndoing =
    typeof from === 'string' &&
    from.length > 1 &&
    from.startsWith('&') &&
    typeof to === 'string' &&
    to !== '';
  const result: Value = { taints: isUndoing ? taints.map(unescaped) : taints, refs: text.refs };
  if (typeof from !== 'string' || typeof to !== 'string') return result;
  const isGone = from === '..' || from.length === 1 ? !to.includes(from) : false;
  const isDoubled = from === "'" && to === "''";
  const lost = isGone || isDoubled ? provenByAbsence(from) : 0;
  // What another replacement has taken out stays out, if this one does not bring it back.
  const kept = text.taints.reduce((kinds, { cleared: known }) => kinds & known, ALL_PROOFS);
  const proven = lost | (to === '' || from === "''" ? 0 : keptWith(kept, to) & ~ALL_KINDS);
  return proven === 0 ? result : { ...cleared(result, proven), refs: text.refs };
}

function unescaped(taint: Taint): Taint {
  return { ...taint, cleared: taint.cleared & ~HTML };
}

const HTML = kindSet(['html']);

function stripped(text: Value, { positional }: Arguments): Value {
  const chars = positional[0]?.constants;
  const hasSlash = chars?.every((known) => typeof known === 'string' && known.includes('/')) === true;
  return hasSlash ? { ...cleared(text, RELATIVE), refs: text.refs } : text;
}

const RELATIVE = kindSet(['relative', 'oneSlash']);

/** Library classes whose objects are, or hold, text. */
const TEXT_CLASSES = new Set([
  'builtins.str',
  'markupsafe.Markup',
  'werkzeug.datastructures.MultiDict',
  'werkzeug.datastructures.Headers',
]);

/** `request.args.get("page", type=int)`: what the conversion makes of the text. */
function convertedElement(
  node: Call,
  method: 'get' | 'getlist',
  receiver: Value,
  args: Arguments,
  env: Env,
  frame: Frame,
): Value | undefined {
  const type = args.named.get('type') ?? args.positional[method === 'get' ? 2 : 1];
  if (type === undefined || receiver.taints.length === 0) return undefined;
  const element = elementValue(node, receiver, args.positional[0], frame);
  const made = appliedTo(type, element, node, env, frame);
  if (made === undefined) return undefined;
  if (method === 'getlist') return container({ entries: new Map(), rest: made });
  const fallback = args.positional[1] ?? args.named.get('default');
  return fallback === undefined ? made : joinAll([made, fallback]);
}

/** What a function, class or lambda gives for a value; undefined when it is not known. */
function appliedTo(callee: Value, value: Value, node: Call, env: Env, frame: Frame): Value | undefined {
  for (const ref of callee.refs) {
    const row = ref.kind === 'external' ? KNOWLEDGE.sanitizer(KNOWLEDGE.canonical(ref.name)) : undefined;
    if (row !== undefined) return cleared(value, kindSet(row.clears));
  }
  return projectCall(impliedCall(node), callee, undefined, positionalArguments(value), env, frame);
}

function formatMethod(node: Call, receiver: Value, args: Arguments, frame: Frame): Value {
  noteFormat(node, receiver, args, frame);
  if (isMarkup(receiver)) return markupOf([receiver, ...args.all]);
  const isMap = node.func.kind === 'Attribute' && node.func.attr.id === 'format_map';
  const positional = isMap ? [] : args.positional;
  const spread = isMap ? args.positional[0] : (args.spread ?? args.star);
  const parts = formatParts(node, receiver, positional, args.named, spread, frame);
  const built = textValue(parts);
  return built.text === undefined ? built : stepped(built, placeOf(frame, node), BUILT_STEP);
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
  return built.text === undefined ? built : stepped(built, placeOf(frame, node), BUILT_STEP);
}
