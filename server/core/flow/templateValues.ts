/** Evaluates Jinja expressions to abstract values. */

import { assertNever } from '../base/assertNever';
import { KNOWLEDGE } from '../knowledge/index';
import { JINJA_GLOBALS, TRANSLATORS, TRUSTED_GLOBALS } from '../knowledge/jinja';
import type { SourceRow } from '../knowledge/library';
import type { Project } from '../model/project';
import type { Ref } from '../model/refs';
import type { JinjaArgument, JinjaExpression, JinjaFilter } from '../syntax/jinja/ast';
import type { Env } from './env';
import { container, escaped } from './evaluate';
import { isConstantText, isMarkup, isTruthy } from './operators';
import { isMethod, type TemplateArguments, type TemplateCalls } from './templateCalls';
import { filterValue } from './templateFilters';
import { keyed, type Macro, macroOf, membersOf, namespaceValue } from './templateObjects';
import { compared, templateBranches } from './templateTests';
import { CLEAN, constant, joinAll, joinTaints, kindSet, textValue, UNKNOWN, type Value } from './values';

export interface TemplateFrame {
  readonly project: Project;
  readonly file: string;
  readonly text: string;
  readonly calls: TemplateCalls;
  /** True where only globals are seen beside what the template binds: an import without context. */
  readonly isClosed: boolean;
  /** The body of the call block around a call. */
  readonly caller?: Value;
  /** Called for each use of a filter that declares its input safe. */
  onMark(filter: JinjaFilter, input: Value): void;
  /** Called for each call of a macro that is known. */
  onMacro(macro: Macro, args: TemplateArguments, caller: Value | undefined): void;
  /** Called for `super()`. */
  onSuper(env: Env): void;
  /** Called for `self.name()`. */
  onBlock(name: string, env: Env): void;
}

export function jinjaValue(node: JinjaExpression, env: Env, frame: TemplateFrame): Value {
  switch (node.kind) {
    case 'Name':
      return env.get(node.name) ?? globalValue(node.name, frame);
    case 'Literal':
      return constant(node.value);
    case 'Attribute': {
      const path = templatePath(node);
      const known = path === undefined ? undefined : env.get(path);
      if (known !== undefined) return known;
      return memberOf(node, jinjaValue(node.object, env, frame), node.name, frame);
    }
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
    case 'Unary': {
      const { constants } = jinjaValue(node.operand, env, frame);
      return node.op === 'not' && constants ? constant(...constants.map((value) => !isTruthy(value))) : CLEAN;
    }
    case 'Conditional': {
      const { whenTrue, whenFalse } = templateBranches(node.test, env, frame);
      const values = whenTrue ? [jinjaValue(node.body, whenTrue, frame)] : [];
      if (node.orelse && whenFalse) values.push(jinjaValue(node.orelse, whenFalse, frame));
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

function globalValue(name: string, frame: TemplateFrame): Value {
  const processed = frame.isClosed ? undefined : frame.calls.processed(name);
  const added = processed ?? frame.calls.addition('global', name);
  if (added !== undefined) return added;
  if (TRUSTED_GLOBALS.has(name)) return { ...CLEAN, refs: [{ kind: 'external', name: `jinja2.${name}` }] };
  const global = JINJA_GLOBALS.get(name);
  if (global !== undefined) return { ...UNKNOWN, refs: [{ kind: 'external', name: global }] };
  return frame.isClosed ? CLEAN : UNKNOWN;
}

/** `a.b` as a key for the environment; undefined for anything else. */
export function templatePath(node: JinjaExpression): string | undefined {
  if (node.kind === 'Name') return node.name;
  if (node.kind !== 'Attribute') return undefined;
  const base = templatePath(node.object);
  return base === undefined ? undefined : `${base}.${node.name}`;
}

/** Jinja reads `a.b` as attribute or item. */
export function memberOf(node: JinjaExpression, object: Value, name: string, frame: TemplateFrame): Value {
  const entries = membersOf(object)?.get(name);
  if (entries !== undefined) return entries;
  const stored = ['k:', 'a:', 'i:']
    .map((prefix) => object.contents?.entries.get(prefix + name))
    .find((value) => value !== undefined);
  if (stored !== undefined) return stored;
  for (const ref of object.refs) {
    if (ref.kind !== 'external' && ref.kind !== 'instance') continue;
    const written = ref.name === 'flask.g' ? frame.calls.stored(ref.name, name) : undefined;
    if (written !== undefined) return written;
    const row = KNOWLEDGE.source(`${ref.name}.${name}`);
    if (row !== undefined) return sourceValue(node, row, frame);
    if (KNOWLEDGE.isTrusted(`${ref.name}.${name}`) || ref.name === 'flask.Config') return CLEAN;
  }
  const place = { file: frame.file, start: node.start, end: node.end };
  const declared = frame.calls.declared(object, name, place);
  if (declared !== undefined) return declared;
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

function sourceValue(node: JinjaExpression, row: SourceRow, frame: TemplateFrame): Value {
  const label = frame.text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60);
  const place = { file: frame.file, range: { start: node.start, end: node.end } };
  const last = { place, message: `\`${label}\` is read from ${row.label}`, length: 1 };
  return {
    taints: [
      {
        sourceKey: `${frame.file}:${label}:${node.start}`,
        label,
        cleared: kindSet(row.safeFor ?? []),
        last,
      },
    ],
    refs: [],
  };
}

function callValue(node: Extract<JinjaExpression, { kind: 'Call' }>, env: Env, given: TemplateFrame): Value {
  const { caller, ...frame } = given;
  const args = argumentsOf(node.args, env, frame);
  const all = [...args.positional, ...args.named.values()];
  const { func } = node;
  if (func.kind === 'Name' && func.name === 'super' && env.get('super') === undefined) {
    frame.onSuper(env);
    return MARKUP;
  }
  if (func.kind === 'Attribute' && func.object.kind === 'Name' && func.object.name === 'self') {
    frame.onBlock(func.name, env);
    return MARKUP;
  }
  const callee = jinjaValue(func, env, frame);
  const macro = macroOf(callee);
  if (macro !== undefined) {
    frame.onMacro(macro, args, caller);
    return MARKUP;
  }
  if (callee.refs.some((ref) => ref.kind === 'external' && ref.name === 'jinja2.namespace'))
    return namespaceValue(args.named);
  if (func.kind === 'Name' && func.name === 'dict') return keyed(args.named);
  if (func.kind === 'Name' && TRANSLATORS.has(func.name) && env.get(func.name) === undefined)
    return { taints: joinTaints([CLEAN, ...all]), refs: [] };
  if (callee.refs.some((ref) => ref.kind === 'external' && ref.name.startsWith('jinja2.'))) return CLEAN;
  const place = { file: frame.file, start: node.start, end: node.end };
  if (func.kind === 'Attribute') {
    const object = jinjaValue(func.object, env, frame);
    if (callee.refs.some(({ kind }) => kind === 'function'))
      return frame.calls.call(callee, args, place, callee.refs.some(isMethod) ? object : undefined);
    if (func.name === 'get' && object.contents)
      return joinAll([memberOfCall(object, args.positional[0]), ...args.positional.slice(1)]);
    if (func.name === 'items' && object.contents) return pairs(object);
    const isMarkupMethod = isMarkup(object) && callee.taints === object.taints;
    const taints = joinTaints([callee, ...all.slice(func.name === 'get' ? 1 : 0)]);
    return isMarkupMethod ? escaped({ taints, refs: [] }) : { taints, refs: [] };
  }
  if (callee.refs.some((ref) => ref.kind === 'external' && KNOWLEDGE.isTrusted(ref.name))) return CLEAN;
  return frame.calls.call(callee, args, place);
}

/** What a macro, a block or a caller writes is escaped already. */
const MARKUP: Value = { ...CLEAN, refs: [{ kind: 'instance', name: 'markupsafe.Markup' }] };

export function argumentsOf(
  nodes: readonly JinjaArgument[],
  env: Env,
  frame: TemplateFrame,
): TemplateArguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, star, value: node } of nodes) {
    const value = jinjaValue(node, env, frame);
    if (name !== undefined) named.set(name, value);
    else if (star === '') positional.push(value);
    else if (star === '*') positional.push(...(value.contents?.entries.values() ?? [elementOf(value)]));
    else
      for (const [key, entry] of value.contents?.entries ?? [])
        if (key.startsWith('k:')) named.set(key.slice(2), entry);
  }
  return { positional, named };
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
    case 'or': {
      const isDecided = left.constants?.every((value) => isTruthy(value) === (node.op === 'or'));
      return isDecided === true ? left : joinAll([left, right]);
    }
    case '*':
      if (isConstantText(left) || isConstantText(right)) return CLEAN;
      return { taints: joinTaints([left, right]), refs: [] };
    case '-':
    case '/':
    case '//':
    case '**':
      return { taints: joinTaints([left, right]), refs: [] };
    default:
      return compared(node.op, left, right);
  }
}
