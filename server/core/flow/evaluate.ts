/** Evaluates Python expressions to abstract values. */

import { assertNever } from '../base/assertNever';
import { KNOWLEDGE } from '../knowledge/index';
import { isPropertyFunction } from '../model/methodKinds';
import type { Ref } from '../model/refs';
import { scopeOf } from '../model/scopes';
import type {
  BinaryOperation,
  Call,
  Comprehension,
  Dict,
  Expression,
  StringExpression,
  Subscript,
} from '../syntax/python/ast';
import { applyFunction } from './application';
import { assign } from './assign';
import { boundMethod, storedIn, storedItemIn } from './callables';
import { evaluateCall, NO_ARGUMENTS } from './calls';
import { classAttribute, ownClassValue } from './classState';
import { isMapping, keysOf, listElements, slicedValue } from './containers';
import { asDict } from './dataObjects';
import { formMember, isForm } from './declaredTypes';
import { Env } from './env';
import { execTest } from './guards';
import { keyOf } from './keys';
import { ALL_PROOFS } from './kindSets';
import { lambdaValue } from './lambdas';
import { type Frame, placeOf } from './machine';
import { prove } from './narrowing';
import { binaryValue, compareValue, unaryValue } from './operators';
import { noteItemSink } from './sinks';
import { flatMapped, libraryText, libraryValue, sourceExtended } from './sources';
import { asText, impliedCall, listedAsText, operatorCall, positionalArguments, specialCall } from './special';
import {
  BUILT_STEP,
  CLEAN,
  type ConstantValue,
  type Contents,
  cleared,
  constant,
  contentsOf,
  eitherOf,
  join,
  joinAll,
  kindSet,
  stepped,
  type TextPart,
  taintsOf,
  textValue,
  UNKNOWN,
  type Value,
  withRefs,
} from './values';

export function evaluate(node: Expression, env: Env, frame: Frame): Value {
  const { budget } = frame.machine;
  if (!budget.enter()) return UNKNOWN;
  const value = node.kind === 'Call' ? callValue(node, env, frame) : valueOf(node, env, frame);
  budget.leave();
  return traced(node, value, frame);
}

/** A call, which is asked for again and again: for its value, and for what each of its outcomes proves. While nothing
 *  has changed and nothing is noted, it gives the same. */
function callValue(node: Call, env: Env, frame: Frame): Value {
  const { made, exits, isSilent } = frame;
  const { version, outer } = env;
  const known = made.get(node);
  if (isSilent && known !== undefined && known.version === version && known.outer === outer) {
    exits.ended = known.ended ?? exits.ended;
    return known.value;
  }
  const value = evaluateCall(node, env, frame);
  const ended = exits.ended?.call === node ? exits.ended : undefined;
  if (env.version === version) made.set(node, { value, version, outer, ended });
  return value;
}

function traced(node: Expression, value: Value, { machine: { trace } }: Frame): Value {
  if (trace !== undefined) {
    const known = trace.get(node);
    trace.set(node, known === undefined ? value : join(known, value));
  }
  return value;
}

function valueOf(node: Expression, env: Env, frame: Frame): Value {
  switch (node.kind) {
    case 'Name':
      return nameValue(node.id, env, frame);
    case 'Number':
      return typeof node.value === 'number' && !node.isImaginary ? constant(node.value) : CLEAN;
    case 'Constant':
      return node.value === '...' ? CLEAN : constant(SINGLETONS[node.value]);
    case 'String':
      return stringValue(node, env, frame);
    case 'Attribute':
      return attributeValue(node, env, frame);
    case 'Subscript':
      return subscriptValue(node, env, frame);
    case 'Call':
      return evaluateCall(node, env, frame);
    case 'Binary':
      return operationValue(node, env, frame);
    case 'Unary':
      return unaryValue(node, evaluate(node.operand, env, frame));
    case 'Boolean':
      return booleanValue(node.op, node.values, env, frame);
    case 'Comparison': {
      const operands = [node.left, ...node.comparators].map((operand) => evaluate(operand, env, frame));
      return compareValue(node.ops, operands);
    }
    case 'Conditional': {
      const { whenTrue, whenFalse } = execTest(node.test, env, frame);
      const values = [
        ...(whenTrue ? [evaluate(node.body, whenTrue, frame)] : []),
        ...(whenFalse ? [evaluate(node.orelse, whenFalse, frame)] : []),
      ];
      return joinAll(values);
    }
    case 'Lambda':
      return lambdaValue(node, env, frame);
    case 'Tuple':
    case 'List':
    case 'Set':
      return sequenceValue(node.elements, env, frame);
    case 'Dict':
      return dictValue(node, env, frame);
    case 'Comprehension':
      return comprehensionValue(node, env, frame);
    case 'Await':
    case 'Starred':
      return evaluate(node.value, env, frame);
    case 'Yield': {
      const value = node.value ? evaluate(node.value, env, frame) : CLEAN;
      frame.exits.yields.push(node.isFrom ? iterated(value) : value);
      return UNKNOWN;
    }
    case 'Named': {
      const value = evaluate(node.value, env, frame);
      assign(node.target, value, env, frame);
      return value;
    }
    case 'Slice':
      for (const part of [node.lower, node.upper, node.step]) if (part) evaluate(part, env, frame);
      return CLEAN;
    case 'ErrorExpression':
      return joinAll([UNKNOWN, ...node.children.map((child) => evaluate(child, env, frame))]);
    default:
      return assertNever(node);
  }
}

/** A chain of operations (`a + b + c`) is left-deep and may have thousands of terms, so it is a loop. */
function operationValue(node: BinaryOperation, env: Env, frame: Frame): Value {
  const chain = [node];
  for (let { left } = node; left.kind === 'Binary'; { left } = left) chain.push(left);
  const first = chain.at(-1) ?? node;
  let value = evaluate(first.left, env, frame);
  for (let index = chain.length - 1; index >= 0; index--) {
    const operation = chain[index] ?? node;
    const right = evaluate(operation.right, env, frame);
    value =
      operatorCall(operation, value, right, env, frame) ??
      binaryValue(
        operation,
        value,
        operation.op === '%' ? asText(right, operation.right, env, frame) : right,
        frame,
      );
    if (index > 0 && frame.machine.budget.spend()) traced(operation, value, frame);
  }
  return value;
}

const SINGLETONS = { True: true, False: false, None: null } as const;

function nameValue(name: string, env: Env, frame: Frame): Value {
  const known = env.get(name);
  if (known !== undefined) return known;
  const { site, machine } = frame;
  if (site.owners.at(-1)?.kind === 'ClassDef') {
    const bound = ownClassValue(name, frame);
    if (bound !== undefined) return bound;
  }
  if (site.owners.length === 0) return machine.moduleValue(site.file, name);
  const refs = machine.project.resolver.name(name, site);
  // `import requests` inside a function: the module level knows nothing of it.
  const isLocal = site.owners.some(
    (owner) => owner.kind === 'FunctionDef' && scopeOf(owner).bindings.get(name)?.[0]?.kind === 'import',
  );
  if (isLocal) return libraryText(refs) ?? withRefs(refs);
  const value = machine.moduleValue(site.file, name);
  const text = libraryText(value.refs);
  if (text !== undefined) return text;
  return value.refs.length > 0 || value.constants !== undefined || refs.length === 0 ? value : withRefs(refs);
}

function stringValue(node: StringExpression, env: Env, frame: Frame): Value {
  const parts: TextPart[] = [];
  for (const token of node.tokens)
    for (const piece of token.pieces) {
      if (piece.kind === 'Text') {
        parts.push({ text: piece.value });
        continue;
      }
      const whole = listedAsText(evaluate(piece.expression, env, frame));
      const value = asText(whole, piece.expression, env, frame);
      const isNumeric = piece.spec?.some(
        (spec) => spec.kind === 'Text' && /[bcdeEfFgGnoxX%]$/.test(spec.value),
      );
      for (const spec of piece.spec ?? []) if (spec.kind === 'Hole') evaluate(spec.expression, env, frame);
      parts.push({ hole: isNumeric ? CLEAN : value });
    }
  const built = textValue(parts);
  return built.text === undefined ? built : stepped(built, placeOf(frame, node), BUILT_STEP);
}

function attributeValue(node: Extract<Expression, { kind: 'Attribute' }>, env: Env, frame: Frame): Value {
  const key = keyOf(node);
  const known = key === undefined ? undefined : env.get(key);
  if (known !== undefined) return known;
  const receiver = evaluate(node.value, env, frame);
  return boundMethod(memberValue(node, receiver, node.attr.id, frame), receiver);
}

/** Value of `receiver.attribute`. */
export function memberValue(node: Expression, receiver: Value, attribute: string, frame: Frame): Value {
  const { resolver } = frame.machine.project;
  const found = () => flatMapped(receiver.refs, (ref) => resolver.member(ref, attribute));
  const module = receiver.refs.find((ref) => ref.kind === 'module');
  if (module !== undefined) {
    const value = frame.machine.moduleValue(module.file, attribute);
    const refs = found();
    return refs.length > 0 ? { ...value, refs } : value;
  }
  const stored = receiver.contents?.entries.get(`a:${attribute}`);
  if (stored !== undefined) return stored;
  const kept = storedIn(receiver, attribute, frame);
  if (kept !== undefined) return kept.refs.length > 0 ? kept : { ...kept, refs: found() };
  const property = propertyValue(node, receiver, attribute, frame);
  if (property !== undefined) return property;
  const refs = found();
  const isMethod = refs.some((ref) => ref.kind === 'function' || ref.kind === 'class');
  const bound = isMethod ? undefined : classAttribute(receiver, attribute, frame);
  const ofClass = bound && (describedValue(node, bound, receiver, frame) ?? bound);
  if (ofClass !== undefined)
    return refs.length > 0 && ofClass.refs.length === 0 ? { ...ofClass, refs } : ofClass;
  const missing = refs.length > 0 ? libraryText(refs) : missingValue(node, receiver, attribute, frame);
  if (missing !== undefined) return missing;
  const value = libraryValue(node, receiver, refs, attribute, frame);
  return formMember(receiver, attribute, value, frame) ?? value;
}

/** An attribute that no class declares: what was set under a name that is not known, or what `__getattr__` gives. */
function missingValue(node: Expression, receiver: Value, attribute: string, frame: Frame): Value | undefined {
  if (!receiver.refs.some(({ kind }) => kind === 'object')) return undefined;
  if (attribute === '__dict__') return asDict(receiver) ?? container({ entries: new Map(), keys: CLEAN });
  if (receiver.contents?.rest !== undefined) return receiver.contents.rest;
  const args = positionalArguments(constant(attribute));
  return specialCall('__getattr__', receiver, args, impliedCall(node), new Env(), frame);
}

/** What an object in the body of a class gives for an object of that class, when it has a `__get__`. */
function describedValue(node: Expression, bound: Value, owner: Value, frame: Frame): Value | undefined {
  if (!owner.refs.some(({ kind }) => kind === 'object')) return undefined;
  const args = positionalArguments(owner, CLEAN);
  return specialCall('__get__', bound, args, impliedCall(node), new Env(), frame);
}

/** `@property` of a project class: its method is applied to the object. */
function propertyValue(
  node: Expression,
  receiver: Value,
  attribute: string,
  frame: Frame,
): Value | undefined {
  for (const ref of receiver.refs) {
    if (ref.kind !== 'object') continue;
    const found = frame.machine.project.resolver.declared(ref.class, attribute)[0];
    if (found?.kind !== 'function' || !isPropertyFunction(found.node)) continue;
    return applyFunction(found, impliedCall(node), NO_ARGUMENTS, receiver, new Env(), frame).result;
  }
  return undefined;
}

function subscriptValue(node: Subscript, env: Env, frame: Frame): Value {
  const key = keyOf(node);
  const known = key === undefined ? undefined : env.get(key);
  if (known !== undefined) return known;
  const receiver = evaluate(node.value, env, frame);
  if (node.index.kind === 'Slice') {
    const bounds = [node.index.lower, node.index.upper, node.index.step];
    const values = bounds.map((bound) => (bound ? evaluate(bound, env, frame) : undefined));
    const sliced = slicedValue(receiver, values);
    if (sliced !== undefined) return sliced;
    const rest = receiver.contents === undefined ? undefined : iterated(receiver);
    return rest === undefined
      ? elementValue(node, receiver, CLEAN, frame)
      : container({ entries: new Map(), rest });
  }
  const index = evaluate(node.index, env, frame);
  // What comes back from here was one of the keys: any other raises.
  if (index.taints.length > 0 && isFixedDict(receiver)) prove(node.index, ALL_PROOFS, env, frame);
  noteItemSink(node, receiver, index, frame);
  const own = specialCall('__getitem__', receiver, positionalArguments(index), impliedCall(node), env, frame);
  if (own !== undefined) return own;
  const [name] = index.constants ?? [];
  return typeof name === 'string' && isForm(receiver, frame)
    ? memberValue(node, receiver, name, frame)
    : elementValue(node, receiver, index, frame);
}

/** A dict of which the code writes every key. */
function isFixedDict({ contents, refs }: Value): boolean {
  if (contents === undefined || refs.length > 0 || contents.entries.size === 0) return false;
  return contents.rest === undefined && contents.keys === undefined && isMapping(contents);
}

/** Value of `receiver[index]`, for subscripts and `.get(index)`. */
export function elementValue(
  node: Expression,
  receiver: Value,
  index: Value | undefined,
  frame: Frame,
): Value {
  const contents = receiver.contents;
  const stored = storedItemIn(receiver, index, frame);
  if (stored !== undefined) return stored;
  if (contents !== undefined) {
    const length = listElements(contents)?.length ?? 0;
    const keys = index?.constants?.map((key) =>
      contentKey(typeof key === 'number' && key < 0 && length > 0 ? length + key : key),
    );
    if (keys !== undefined) {
      const found = keys.map((key) => contents.entries.get(key) ?? contents.rest);
      if (found.every((value) => value !== undefined)) return sourceExtended(node, joinAll(found), frame);
      return joinAll([UNKNOWN, ...found.filter((value) => value !== undefined)]);
    }
    return joinAll([...contents.entries.values(), ...(contents.rest ? [contents.rest] : [])]);
  }
  if (receiver.constants !== undefined) return characterOf(receiver, index);
  const refs: Ref[] = receiver.refs.filter(
    (ref) => ref.kind === 'instance' && ref.name === 'markupsafe.Markup',
  );
  return { taints: sourceExtended(node, receiver, frame).taints, refs: [...refs, ...itemRefs(receiver)] };
}

/** Objects that a library's collection holds, such as uploads. */
function itemRefs(collection: Value): Ref[] {
  return collection.refs.flatMap((ref): Ref[] => {
    const type =
      ref.kind === 'external' || ref.kind === 'instance' ? KNOWLEDGE.typeOf(`${ref.name}[]`) : undefined;
    return type === undefined ? [] : [{ kind: 'instance', name: type }];
  });
}

/** Iterating over these gives their keys. */
function isLibraryMapping(value: Value): boolean {
  return value.refs.some(
    (ref) => ref.kind === 'instance' && KNOWLEDGE.typeOf(`${ref.name}.get()`) !== undefined,
  );
}

/** A character of a known text. */
function characterOf(receiver: Value, index: Value | undefined): Value {
  const [text] = receiver.constants ?? [];
  const [at] = index?.constants ?? [];
  const isKnown = receiver.constants?.length === 1 && index?.constants?.length === 1;
  const character = isKnown && typeof text === 'string' && typeof at === 'number' ? text.at(at) : undefined;
  return character === undefined ? CLEAN : constant(character);
}

export function contentKey(value: ConstantValue): string {
  return typeof value === 'number' ? `i:${value}` : `k:${String(value)}`;
}

function booleanValue(op: 'and' | 'or', nodes: readonly Expression[], env: Env, frame: Frame): Value {
  const values: Value[] = [];
  let current: Env | undefined = env;
  for (const node of nodes) {
    if (current === undefined) break;
    const value = evaluate(node, current, frame);
    values.push(value);
    const { whenTrue, whenFalse } = execTest(node, current, { ...frame, isSilent: true });
    current = op === 'and' ? whenTrue : whenFalse;
  }
  return joinAll(values);
}

function sequenceValue(nodes: readonly Expression[], env: Env, frame: Frame): Value {
  const entries = new Map<string, Value>();
  let rest: Value | undefined;
  nodes.forEach((node, index) => {
    const value = evaluate(node, env, frame);
    if (node.kind !== 'Starred' && rest === undefined) entries.set(`i:${index}`, value);
    else rest = rest === undefined ? iterated(value) : joinAll([rest, iterated(value)]);
  });
  return container(rest === undefined ? { entries } : { entries, rest });
}

function dictValue(node: Dict, env: Env, frame: Frame): Value {
  const entries = new Map<string, Value>();
  let rest: Value | undefined;
  // An empty one is marked as a dict by its keys.
  let keys: Value | undefined = node.entries.length === 0 ? CLEAN : undefined;
  for (const entry of node.entries) {
    const value = evaluate(entry.value, env, frame);
    const key = entry.key ? evaluate(entry.key, env, frame) : undefined;
    if (key?.constants?.length === 1) entries.set(contentKey(key.constants[0] as ConstantValue), value);
    else if (entry.key === undefined && value.contents !== undefined) {
      for (const [name, inner] of value.contents.entries) entries.set(name, inner);
      rest = eitherOf(rest, value.contents.rest);
      keys = eitherOf(keys, value.contents.keys);
    } else {
      rest = eitherOf(rest, value);
      keys = eitherOf(keys, key ?? { taints: value.taints, refs: [] });
    }
  }
  return container(contentsOf(entries, rest, keys));
}

/** A container is as untrusted as what it holds. */
export function container(contents: Contents): Value {
  return { taints: taintsOf(contents), refs: [], contents };
}

/** What iterating over a value gives. */
export function iterated(value: Value): Value {
  if (value.contents !== undefined) {
    const { entries, rest } = value.contents;
    if (isMapping(value.contents)) return keysOf(value.contents);
    const elements = [...entries].flatMap(([key, inner]) => (key.startsWith('a:') ? [] : [inner]));
    if (rest) elements.push(rest);
    return joinAll(elements.length > 0 ? elements : [...entries.values()]);
  }
  return { taints: value.taints, refs: isLibraryMapping(value) ? [] : itemRefs(value) };
}

function comprehensionValue(node: Comprehension, env: Env, frame: Frame): Value {
  let inner: Env | undefined = env.copy();
  for (const clause of node.clauses) {
    if (inner === undefined) return CLEAN;
    if (clause.kind === 'for')
      assign(clause.target, iterated(evaluate(clause.iter, inner, frame)), inner, frame);
    else inner = execTest(clause.test, inner, frame).whenTrue;
  }
  if (inner === undefined) return CLEAN;
  const element = evaluate(node.element, inner, frame);
  const value = node.value ? evaluate(node.value, inner, frame) : element;
  return container(contentsOf(new Map(), value, node.value ? element : undefined));
}

/** `x`, `x.y`, `x['k']` as a key for the environment; undefined for anything else. */
export function pathOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  if (node.kind === 'Attribute') {
    const base = pathOf(node.value);
    return base === undefined ? undefined : `${base}.${node.attr.id}`;
  }
  if (node.kind !== 'Subscript') return undefined;
  const base = pathOf(node.value);
  const key = node.index.kind === 'String' ? literalKey(node.index) : undefined;
  return base === undefined || key === undefined ? undefined : `${base}['${key}']`;
}

function literalKey(node: StringExpression): string | undefined {
  const [piece, ...more] = node.tokens.flatMap((token) => token.pieces);
  return more.length === 0 && piece?.kind === 'Text' ? piece.value : undefined;
}

/** Escaped for HTML and marked so, as markupsafe's operators do with what they take in. */
export function escaped(value: Value): Value {
  return { ...cleared(value, kindSet(['html'])), refs: [{ kind: 'instance', name: 'markupsafe.Markup' }] };
}
