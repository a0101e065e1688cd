/** What filters of templates make of their input: Jinja's own, Flask's and those of the project. */
import { KNOWLEDGE } from '../knowledge/index';
import { FILTER_CLEARS, JINJA_FILTERS } from '../knowledge/jinja';
import type { SinkKind } from '../knowledge/kinds';
import type { JinjaFilter } from '../syntax/jinja/ast';
import type { Env } from './env';
import { container, escaped, iterated } from './evaluate';
import { isMarkup, isTruthy } from './operators';
import type { TemplateArguments } from './templateCalls';
import { argumentsOf, jinjaValue, memberOf, type TemplateFrame } from './templateValues';
import { CLEAN, cleared, joinAll, joinTaints, kindSet, UNKNOWN, type Value } from './values';

export function filterValue(node: JinjaFilter, env: Env, frame: TemplateFrame): Value {
  // A filter block's text was escaped when it was written.
  const inner = unmarks(node.name, frame) ? { ...frame, onMark: () => {} } : frame;
  const input = node.input ? jinjaValue(node.input, env, inner) : CLEAN;
  const args = argumentsOf(node.args, env, frame);
  if (node.name === 'safe' && frame.calls.addition('filter', 'safe') === undefined) {
    frame.onMark(node, input);
    // Where escaping is not what a place needs, the mark changes nothing.
    return escaped(input);
  }
  return filtered(node, node.name, input, args, frame);
}

/** True for filters whose result is escaped whatever was marked before them: `{{ text|safe|striptags }}`. */
function unmarks(name: string, frame: TemplateFrame): boolean {
  if (frame.calls.addition('filter', name) !== undefined) return false;
  const effect = JINJA_FILTERS.get(name);
  return effect === 'json' || effect === 'url' || effect === 'number' || UNMARKING.has(name);
}

const UNMARKING = new Set(['forceescape', 'striptags']);

function filtered(
  node: JinjaFilter,
  name: string,
  input: Value,
  args: TemplateArguments,
  frame: TemplateFrame,
): Value {
  const own = frame.calls.addition('filter', name);
  if (own !== undefined) {
    const onMarkup = (value: Value) => frame.onMark(node, value);
    const place = { file: frame.file, ...node.nameRange, onMarkup };
    return frame.calls.call(own, { ...args, positional: [input, ...args.positional] }, place);
  }
  if (name === 'map') return mapped(node, input, args, frame);
  const effect = JINJA_FILTERS.get(name);
  switch (effect) {
    case 'escape':
    case 'json':
    case 'url':
      return writtenFor(input, FILTER_CLEARS[effect]);
    case 'number':
      return CLEAN;
    case 'keep':
      return keptValue(name, input, args);
    case 'mark':
      return input;
    case undefined:
      return configured(name, input);
  }
}

/** A filter that the user's configuration speaks of: `jinja.filters.clean`. */
function configured(name: string, input: Value): Value {
  const row = KNOWLEDGE.sanitizer(`jinja.filters.${name}`);
  if (row !== undefined) return cleared(input, kindSet(row.clears));
  return KNOWLEDGE.isPropagator(`jinja.filters.${name}`) ? input : UNKNOWN;
}

/** `tojson` and `urlencode` write containers as a whole. */
function writtenFor(input: Value, kinds: readonly SinkKind[]): Value {
  const whole = input.contents === undefined ? input : { ...input, taints: iterated(input).taints };
  return escaped(cleared(whole, kindSet(kinds)));
}

/** `map("filter", …)` and `map(attribute="name")`, on every element. */
function mapped(node: JinjaFilter, input: Value, args: TemplateArguments, frame: TemplateFrame): Value {
  const [filter, ...others] = args.positional;
  const element = iterated(input);
  const attribute = args.named.get('attribute');
  if (attribute !== undefined && filter === undefined) {
    const path = attribute.constants?.length === 1 ? String(attribute.constants[0]) : undefined;
    if (path === undefined)
      return container({ entries: new Map(), rest: { ...element, contents: undefined } });
    const found = path.split('.').reduce((value, name) => memberOf(node, value, name, frame), element);
    const fallback = args.named.get('default');
    return container({ entries: new Map(), rest: fallback ? joinAll([found, fallback]) : found });
  }
  const name = filter?.constants?.length === 1 ? String(filter.constants[0]) : undefined;
  if (name === undefined) return { taints: joinTaints([UNKNOWN, element]), refs: [] };
  const rest = filtered(node, name, element, { positional: others, named: args.named }, frame);
  return container({ entries: new Map(), rest });
}

/** Filters that take one element out. */
const PICKING = new Set(['first', 'last', 'random', 'min', 'max']);
/** Filters whose arguments become part of the text. */
const HANDING = new Set(['replace', 'join', 'format', 'indent']);

/** Filters that pick elements keep what is known of them; text filters keep taint and the mark of Markup. */
function keptValue(name: string, input: Value, { positional, named }: TemplateArguments): Value {
  if (name === 'default' || name === 'd')
    return defaulted(input, positional[0] ?? named.get('default_value'));
  if (PICKING.has(name)) return iterated(input);
  if (input.contents !== undefined && name !== 'join') return input;
  const handed = HANDING.has(name) ? [...positional, ...named.values()] : [];
  const value = { taints: joinTaints([name === 'join' ? joined(input) : input, ...handed]), refs: [] };
  return isMarkup(input) && name !== 'striptags' ? escaped(value) : value;
}

function joined(input: Value): Value {
  return input.contents === undefined ? input : { taints: iterated(input).taints, refs: [] };
}

/** A value that is known is not undefined, and if none of its forms is empty the default is never taken. */
function defaulted(input: Value, fallback: Value | undefined): Value {
  const isThere = input.constants?.every(isTruthy) === true && input.constants.length > 0;
  return isThere || fallback === undefined ? input : joinAll([input, fallback]);
}
