/** Operators on abstract values: constants are folded, text keeps its pieces, taint goes along. */
import type { BinaryOperation, ComparisonOperator, UnaryOperation } from '../syntax/python/ast';
import { kindsOfMembers } from './comparisons';
import { listElements, merged } from './containers';
import { container, iterated } from './evaluate';
import { listOf } from './foldMethods';
import { percentParts } from './formatting';
import { type Frame, placeOf } from './machine';
import {
  BUILT_STEP,
  CLEAN,
  type ConstantValue,
  cleared,
  constant,
  joinTaints,
  kindSet,
  MAX_CONSTANTS,
  stepped,
  textParts,
  textValue,
  type Value,
} from './values';

export function binaryValue(node: BinaryOperation, left: Value, right: Value, frame: Frame): Value {
  const folded = foldConstants(left, right, (a, b) => arithmetic(node.op, a, b));
  if (folded !== undefined) return folded;
  if (node.op === '+' || node.op === '%') {
    if (isMarkup(left) || (node.op === '+' && isMarkup(right))) return markupOf([left, right]);
    const parts = node.op === '+' ? [...textParts(left), ...textParts(right)] : percentParts(left, right);
    if (parts !== undefined && isText(left, right, node.op)) {
      const built = textValue(parts);
      return built.text === undefined ? built : stepped(built, placeOf(frame, node), BUILT_STEP);
    }
    if (left.contents && right.contents && node.op === '+') return joinedContainers(left, right);
  }
  const ofSets = setOperation(node.op, left, right);
  if (ofSets !== undefined) return ofSets;
  if (node.op === '*' && (isConstantText(left) || isConstantText(right))) return CLEAN;
  if (ARITHMETIC.has(node.op) && !isText(left, right, node.op))
    return { taints: joinTaints([left, right]), refs: [] };
  return { taints: joinTaints([left, right]), refs: left.refs.length > 0 ? left.refs : right.refs };
}

const ARITHMETIC = new Set(['-', '*', '//', '**', '<<', '>>', '&', '|', '^', '@']);

/** Some operand is text for sure, or may be and is untrusted. */
function isText(left: Value, right: Value, op: string): boolean {
  const isTextual = (value: Value) =>
    value.text !== undefined || value.constants?.some((c) => typeof c === 'string') === true;
  return isTextual(left) || (op === '+' && isTextual(right));
}

/** A constant text; repeating it, however often, adds nothing to it. */
export function isConstantText(value: Value): boolean {
  return value.constants?.every((known) => typeof known === 'string') === true;
}

function joinedContainers(left: Value, right: Value): Value {
  const [first, second] = [listElements(left.contents), listElements(right.contents)];
  if (first !== undefined && second !== undefined) return listOf([...first, ...second]);
  const taints = joinTaints([iterated(left), iterated(right)]);
  return { taints, refs: [], contents: { entries: new Map(), rest: { taints, refs: [] } } };
}

/** `a | b`, `a & b`, `a - b` of dicts and sets. */
function setOperation(op: string, left: Value, right: Value): Value | undefined {
  if (left.contents === undefined && right.contents === undefined) return undefined;
  if (op === '|' && left.contents && right.contents) return container(merged(left.contents, right.contents));
  if (op === '-') return container({ entries: new Map(), rest: iterated(left) });
  if (op !== '&') return undefined;
  const kinds = kindsOfMembers(left) | kindsOfMembers(right);
  const element: Value = { taints: joinTaints([iterated(left), iterated(right)]), refs: [] };
  return container({ entries: new Map(), rest: kinds === 0 ? element : cleared(element, kinds) });
}

export function isMarkup(value: Value): boolean {
  return value.refs.some((ref) => ref.kind === 'instance' && ref.name === 'markupsafe.Markup');
}

/** Markup operators escape what they take in. @see https://markupsafe.palletsprojects.com/en/stable/formatting/ */
export function markupOf(values: readonly Value[]): Value {
  const safe = cleared({ taints: joinTaints(values), refs: [] }, kindSet(['html']));
  return { ...safe, refs: [{ kind: 'instance', name: 'markupsafe.Markup' }] };
}

export function unaryValue(node: UnaryOperation, operand: Value): Value {
  const values = operand.constants?.map((value) => unaryConstant(node.op, value));
  if (values?.every((value) => value !== undefined)) return constant(...new Set(values));
  return node.op === 'not' ? CLEAN : { taints: operand.taints, refs: [] };
}

function unaryConstant(op: UnaryOperation['op'], value: ConstantValue): ConstantValue | undefined {
  if (op === 'not') return !isTruthy(value);
  if (typeof value !== 'number') return undefined;
  return op === '-' ? -value : op === '+' ? value : ~value;
}

export function isTruthy(value: ConstantValue): boolean {
  return value !== null && value !== false && value !== '' && value !== 0;
}

/** Comparisons give booleans: constant where both sides are, harmless always. */
export function compareValue(ops: readonly ComparisonOperator[], operands: readonly Value[]): Value {
  const [left, right] = operands;
  const [op] = ops;
  if (ops.length !== 1 || left === undefined || right === undefined || op === undefined) return CLEAN;
  if (op === 'in' || op === 'not in') return membership(left, right, op);
  return foldConstants(left, right, (a, b) => comparison(op, a, b)) ?? CLEAN;
}

function membership(left: Value, right: Value, op: 'in' | 'not in'): Value {
  const wanted = left.constants?.length === 1 ? left.constants[0] : undefined;
  const haystack = right.constants?.length === 1 ? right.constants[0] : undefined;
  if (typeof wanted === 'string' && typeof haystack === 'string')
    return constant(haystack.includes(wanted) === (op === 'in'));
  const elements = right.contents && !right.contents.rest ? [...right.contents.entries] : undefined;
  if (wanted === undefined || elements === undefined) return CLEAN;
  const isMapping = elements.some(([key]) => key.startsWith('k:'));
  if (isMapping)
    return constant((right.contents?.entries.has(`k:${String(wanted)}`) ?? false) === (op === 'in'));
  if (!elements.every(([, value]) => value.constants?.length === 1)) return CLEAN;
  return constant(elements.some(([, value]) => value.constants?.[0] === wanted) === (op === 'in'));
}

function foldConstants(
  left: Value,
  right: Value,
  fold: (a: ConstantValue, b: ConstantValue) => ConstantValue | undefined,
): Value | undefined {
  if (left.constants === undefined || right.constants === undefined) return undefined;
  const results = new Set<ConstantValue>();
  for (const a of left.constants)
    for (const b of right.constants) {
      const result = fold(a, b);
      if (result === undefined) return undefined;
      results.add(result);
    }
  return results.size > MAX_CONSTANTS ? CLEAN : constant(...results);
}

function comparison(op: ComparisonOperator, a: ConstantValue, b: ConstantValue): boolean | undefined {
  switch (op) {
    case '==':
    case 'is':
      return a === b;
    case '!=':
    case 'is not':
      return a !== b;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(op, a, b);
    default:
      return undefined;
  }
}

function ordered(op: '<' | '<=' | '>' | '>=', a: ConstantValue, b: ConstantValue): boolean | undefined {
  const isComparable =
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  if (!isComparable || a === null || b === null) return undefined;
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}

/** Strings longer than this are not folded further. */
const MAX_FOLDED_LENGTH = 100_000;

function arithmetic(op: string, a: ConstantValue, b: ConstantValue): ConstantValue | undefined {
  if (typeof a === 'string' && typeof b === 'string')
    return op === '+' && a.length + b.length < MAX_FOLDED_LENGTH ? a + b : undefined;
  if (typeof a === 'string' && typeof b === 'number' && op === '*')
    return b * a.length < MAX_FOLDED_LENGTH && Number.isInteger(b) ? a.repeat(Math.max(0, b)) : undefined;
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0 ? undefined : Math.floor(a / b);
    case '/':
      return b === 0 ? undefined : a / b;
    case '%':
      return b === 0 ? undefined : a - b * Math.floor(a / b);
    case '**':
      return Math.abs(a ** b) < Number.MAX_SAFE_INTEGER ? a ** b : undefined;
    default:
      return undefined;
  }
}
