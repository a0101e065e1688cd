/** Evaluates Jinja expressions to abstract values. */

import { assertNever } from '../base/assertNever';
import { KNOWLEDGE } from '../knowledge/index';
import { JINJA_FILTERS, JINJA_GLOBALS, TRUSTED_GLOBALS } from '../knowledge/jinja';
import type { Project } from '../model/project';
import type { Ref } from '../model/refs';
import type { JinjaExpression, JinjaFilter, MacroNode } from '../syntax/jinja/ast';
import type { Env } from './env';
import { container, escaped, iterated } from './evaluate';
import { isConstantText, isMarkup } from './operators';
import {
  CLEAN,
  cleared,
  constant,
  joinAll,
  joinTaints,
  kindSet,
  textValue,
  UNKNOWN,
  type Value,
} from './values';

export interface TemplateFrame {
  readonly project: Project;
  readonly file: string;
  readonly text: string;
  /** Called for each use of a filter that declares its input safe. */
  onMark(filter: JinjaFilter, input: Value): void;
  /** Called for each call of a macro that is known. */
  onMacro(macro: Macro, args: MacroArguments): void;
}

/** A macro where it is defined: its file, and what is bound there. */
export interface Macro {
  readonly node: MacroNode;
  readonly file: string;
  readonly env: Env;
}

export interface MacroArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

const macros = new WeakMap<Value, Macro>();

/** A macro as a value. What a macro writes is escaped already, so its result is safe. */
export function macroValue(macro: Macro): Value {
  const value: Value = { taints: [], refs: [{ kind: 'external', name: 'jinja2.macro' }] };
  macros.set(value, macro);
  return value;
}

export function jinjaValue(node: JinjaExpression, env: Env, frame: TemplateFrame): Value {
  switch (node.kind) {
    case 'Name':
      return env.get(node.name) ?? globalValue(node.name);
    case 'Literal':
      return constant(node.value);
    case 'Attribute':
      return memberOf(node, jinjaValue(node.object, env, frame), node.name, frame);
    case 'Item': {
      const object = jinjaValue(node.object, env, frame);
      const index = jinjaValue(node.index, env, frame);
      const key = index.constants?.length === 1 ? String(index.constants[0]) : undefined;
      return key === undefined ? elementOf(object) : memberOf(node, object, key, frame);
    }
    case 'Slice':
      return CLEAN;
    case 'Call':
      return callValue(node, env, frame);
    case 'Filter':
      return filterValue(node, env, frame);
    case 'Test':
      jinjaValue(node.input, env, frame);
      return CLEAN;
    case 'Binary':
      return binaryValue(node, env, frame);
    case 'Unary':
      jinjaValue(node.operand, env, frame);
      return CLEAN;
    case 'Conditional': {
      jinjaValue(node.test, env, frame);
      const values = [jinjaValue(node.body, env, frame)];
      if (node.orelse) values.push(jinjaValue(node.orelse, env, frame));
      return joinAll(values);
    }
    case 'List':
    case 'Tuple': {
      const values = node.elements.map((element) => jinjaValue(element, env, frame));
      return container({ entries: new Map(values.map((value, index) => [`i:${index}`, value])) });
    }
    case 'Dict': {
      const entries = node.entries.map(({ key, value }): [string, Value] => {
        const name = jinjaValue(key, env, frame).constants?.[0];
        return [`k:${String(name)}`, jinjaValue(value, env, frame)];
      });
      return container({ entries: new Map(entries) });
    }
    case 'Error':
      return joinAll([UNKNOWN, ...node.children.map((child) => jinjaValue(child, env, frame))]);
    default:
      return assertNever(node);
  }
}

function globalValue(name: string): Value {
  const global = JINJA_GLOBALS.get(name);
  if (global !== undefined && !TRUSTED_GLOBALS.has(name))
    return { ...UNKNOWN, refs: [{ kind: 'external', name: global }] };
  return TRUSTED_GLOBALS.has(name)
    ? { ...CLEAN, refs: [{ kind: 'external', name: `jinja2.${name}` }] }
    : UNKNOWN;
}

/** Jinja reads `a.b` as attribute or item. */
function memberOf(node: JinjaExpression, object: Value, name: string, frame: TemplateFrame): Value {
  const stored = object.contents?.entries.get(`k:${name}`) ?? object.contents?.entries.get(`i:${name}`);
  if (stored !== undefined) return stored;
  for (const ref of object.refs) {
    if (ref.kind !== 'external' && ref.kind !== 'instance') continue;
    const row = KNOWLEDGE.source(`${ref.name}.${name}`);
    if (row !== undefined) return sourceValue(node, row.label, frame);
    if (KNOWLEDGE.isTrusted(`${ref.name}.${name}`)) return CLEAN;
  }
  const refs: Ref[] = object.refs.flatMap((ref) => frame.project.resolver.member(ref, name));
  if (object.contents?.rest) return object.contents.rest;
  const isTrusted = object.taints.length === 0 && object.constants === undefined && refs.length === 0;
  return isTrusted ? CLEAN : { ...elementOf(object), refs };
}

function elementOf(object: Value): Value {
  if (object.contents !== undefined)
    return joinAll([
      ...object.contents.entries.values(),
      ...(object.contents.rest ? [object.contents.rest] : []),
    ]);
  return { taints: object.taints, refs: [] };
}

function sourceValue(node: JinjaExpression, where: string, frame: TemplateFrame): Value {
  const label = frame.text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60);
  const place = { file: frame.file, range: { start: node.start, end: node.end } };
  const last = { place, message: `\`${label}\` is read from ${where}`, length: 1 };
  return {
    taints: [{ sourceKey: `${frame.file}:${label}:${node.start}`, label, cleared: 0, last }],
    refs: [],
  };
}

function callValue(node: Extract<JinjaExpression, { kind: 'Call' }>, env: Env, frame: TemplateFrame): Value {
  const args = node.args.map((argument) => jinjaValue(argument.value, env, frame));
  const callee = jinjaValue(node.func, env, frame);
  const macro = macros.get(callee);
  if (macro !== undefined) {
    const named = node.args.flatMap(({ name }, index): [string, Value][] =>
      name === undefined ? [] : [[name, args[index] as Value]],
    );
    const positional = args.filter(
      (_, index) => node.args[index]?.name === undefined && node.args[index]?.star === '',
    );
    frame.onMacro(macro, { positional, named: new Map(named) });
    return { ...CLEAN, refs: [{ kind: 'instance', name: 'markupsafe.Markup' }] };
  }
  if (callee.refs.some((ref) => ref.kind === 'external' && ref.name.startsWith('jinja2.'))) return CLEAN;
  if (node.func.kind === 'Attribute') {
    const object = jinjaValue(node.func.object, env, frame);
    if (node.func.name === 'get' && object.contents)
      return joinAll([memberOfCall(object, args[0]), ...args.slice(1)]);
    if (node.func.name === 'items' && object.contents) return pairs(object);
    return { taints: joinTaints([callee, ...args.slice(node.func.name === 'get' ? 1 : 0)]), refs: [] };
  }
  return callee.refs.some((ref) => ref.kind === 'external' && KNOWLEDGE.isTrusted(ref.name))
    ? CLEAN
    : UNKNOWN;
}

function memberOfCall(object: Value, key: Value | undefined): Value {
  const name = key?.constants?.length === 1 ? `k:${String(key.constants[0])}` : undefined;
  const exact = name === undefined ? undefined : object.contents?.entries.get(name);
  return exact ?? elementOf(object);
}

function pairs(object: Value): Value {
  const value = elementOf(object);
  return container({
    entries: new Map(),
    rest: container({
      entries: new Map([
        ['i:0', CLEAN],
        ['i:1', value],
      ]),
    }),
  });
}

function filterValue(node: JinjaFilter, env: Env, frame: TemplateFrame): Value {
  // `forceescape` escapes whatever was marked before it; a filter block's text was escaped when it was written.
  const inner = node.name === 'forceescape' ? { ...frame, onMark: () => {} } : frame;
  const input = node.input ? jinjaValue(node.input, env, inner) : CLEAN;
  const args = node.args.map((argument) => jinjaValue(argument.value, env, frame));
  switch (JINJA_FILTERS.get(node.name)) {
    case 'mark':
      frame.onMark(node, input);
      return { ...CLEAN, refs: [{ kind: 'instance', name: 'markupsafe.Markup' }] };
    case 'escape':
      return escaped(input);
    case 'number':
      return CLEAN;
    case 'keep':
      return keptValue(node.name, input, args);
    case undefined:
      return UNKNOWN;
  }
}

/** Filters that pick elements keep what is known of them; text filters keep taint and the mark of Markup. */
function keptValue(name: string, input: Value, args: readonly Value[]): Value {
  if (name === 'default' || name === 'd') return joinAll([input, ...args.slice(0, 1)]);
  if (name === 'first' || name === 'last' || name === 'random' || name === 'min' || name === 'max')
    return iterated(input);
  if (input.contents !== undefined && name !== 'join') return input;
  const handed = name === 'replace' || name === 'join' || name === 'format' || name === 'indent' ? args : [];
  const value = { taints: joinTaints([input, ...handed]), refs: [] };
  return isMarkup(input) && name !== 'striptags' ? escaped(value) : value;
}

function binaryValue(
  node: Extract<JinjaExpression, { kind: 'Binary' }>,
  env: Env,
  frame: TemplateFrame,
): Value {
  const left = jinjaValue(node.left, env, frame);
  const right = jinjaValue(node.right, env, frame);
  switch (node.op) {
    case '~':
    case '+':
    case '%': {
      if (isMarkup(left) || isMarkup(right)) return escaped({ taints: joinTaints([left, right]), refs: [] });
      if (node.op === '%') return { taints: joinTaints([left, right]), refs: [] };
      return textValue([{ hole: left }, { hole: right }]);
    }
    case 'and':
    case 'or':
      return joinAll([left, right]);
    case '*':
      if (isConstantText(left) || isConstantText(right)) return CLEAN;
      return { taints: joinTaints([left, right]), refs: [] };
    case '-':
    case '/':
    case '//':
    case '**':
      return { taints: joinTaints([left, right]), refs: [] };
    default:
      return CLEAN;
  }
}

/** The value after autoescape, as text in the page. */
export function printed(value: Value): Value {
  return cleared(value, kindSet(['html']));
}
