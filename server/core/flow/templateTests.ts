/** Conditions in templates: which branches are possible, and what a test proves on each of them. */
import type { JinjaCall, JinjaExpression, JinjaOperator, JinjaTest } from '../syntax/jinja/ast';
import { isConstantCollection } from './comparisons';
import { Env } from './env';
import type { Branches } from './guards';
import { isTruthy } from './operators';
import { argumentsOf, jinjaValue, type TemplateFrame, templatePath } from './templateValues';
import { fixesScheme } from './urlGuards';
import { ALL_KINDS, CLEAN, cleared, constant, type KindSet, kindSet, type Value } from './values';

/** Tests that only values hold for that can't be text. */
const HARMLESS_TESTS = new Set([
  'number',
  'integer',
  'float',
  'boolean',
  'true',
  'false',
  'none',
  'undefined',
]);

/** Evaluates a test and splits the environment. Both results are copies that may be changed freely. */
export function templateBranches(node: JinjaExpression, env: Env, frame: TemplateFrame): Branches {
  if (node.kind === 'Unary' && node.op === 'not') {
    const { whenTrue, whenFalse } = templateBranches(node.operand, env, frame);
    return { whenTrue: whenFalse, whenFalse: whenTrue };
  }
  if (node.kind === 'Binary' && (node.op === 'and' || node.op === 'or')) return either(node, env, frame);
  const value = jinjaValue(node, env, frame);
  const whenTrue = mayBe(value, true) ? env.copy() : undefined;
  const whenFalse = mayBe(value, false) ? env.copy() : undefined;
  if (whenTrue) refine(node, true, whenTrue, frame);
  if (whenFalse) refine(node, false, whenFalse, frame);
  return { whenTrue, whenFalse };
}

function either(
  { op, left, right }: Extract<JinjaExpression, { kind: 'Binary' }>,
  env: Env,
  frame: TemplateFrame,
): Branches {
  const first = templateBranches(left, env, frame);
  const going = op === 'and' ? first.whenTrue : first.whenFalse;
  const ended = op === 'and' ? first.whenFalse : first.whenTrue;
  if (going === undefined) return first;
  const second = templateBranches(right, going, frame);
  return op === 'and'
    ? { whenTrue: second.whenTrue, whenFalse: Env.join(ended, second.whenFalse) }
    : { whenTrue: Env.join(ended, second.whenTrue), whenFalse: second.whenFalse };
}

/** Only what the developer wrote decides for good: a value that is not known may be anything. */
function mayBe(value: Value, outcome: boolean): boolean {
  return value.constants === undefined || value.constants.some((known) => isTruthy(known) === outcome);
}

function refine(node: JinjaExpression, outcome: boolean, env: Env, frame: TemplateFrame): void {
  const silent = { ...frame, onMark: () => {}, onMacro: () => {}, onSuper: () => {}, onBlock: () => {} };
  if (node.kind === 'Test') refineTest(node, outcome !== node.isNegated, env, silent);
  if (node.kind === 'Call' && outcome) refineStart(node, env, silent);
  if (node.kind !== 'Binary') return;
  const isEqual = outcome ? node.op === '==' : node.op === '!=';
  const isIn = outcome ? node.op === 'in' : node.op === 'not in';
  if (!isEqual && !isIn) return;
  const [left, right] = [jinjaValue(node.left, env, silent), jinjaValue(node.right, env, silent)];
  if (isIn && isConstantCollection(right)) narrow(node.left, CLEAN, env);
  if (isEqual && right.constants !== undefined) narrow(node.left, constant(...right.constants), env);
  else if (isEqual && left.constants !== undefined) narrow(node.right, constant(...left.constants), env);
}

/** `x.startswith(("https://", "/"))`: whatever follows, the address is none of code. */
function refineStart({ func, args }: JinjaCall, env: Env, frame: TemplateFrame): void {
  if (func.kind !== 'Attribute' || func.name !== 'startswith') return;
  const [starts] = argumentsOf(args, env, frame).positional;
  if (starts === undefined || !fixesScheme(starts)) return;
  clearFor(func.object, jinjaValue(func.object, env, frame), kindSet(['link']), env);
}

function refineTest(node: JinjaTest, outcome: boolean, env: Env, frame: TemplateFrame): void {
  const input = jinjaValue(node.input, env, frame);
  const args = argumentsOf(node.args, env, frame);
  const proven = frame.calls.proven(node.name, input, args);
  if (proven !== undefined)
    return clearFor(node.input, input, outcome ? proven.whenTrue : proven.whenFalse, env);
  if (frame.calls.addition('test', node.name) !== undefined || !outcome) return;
  if (HARMLESS_TESTS.has(node.name)) narrow(node.input, CLEAN, env);
  const [other] = args.positional;
  if (node.name === 'in' && other !== undefined && isConstantCollection(other))
    narrow(node.input, CLEAN, env);
  if ((node.name === 'eq' || node.name === 'equalto' || node.name === 'sameas') && other?.constants)
    narrow(node.input, constant(...other.constants), env);
}

function narrow(node: JinjaExpression, value: Value, env: Env): void {
  const path = templatePath(node);
  if (path !== undefined) env.set(path, value);
}

function clearFor(node: JinjaExpression, input: Value, kinds: KindSet, env: Env): void {
  if (kinds === 0) return;
  narrow(node, kinds === ALL_KINDS ? CLEAN : { ...cleared(input, kinds), refs: input.refs }, env);
}

/** Result of a comparison: constant where both sides are. */
export function compared(op: JinjaOperator, left: Value, right: Value): Value {
  const [a, ...moreLeft] = left.constants ?? [];
  const [b, ...moreRight] = right.constants ?? [];
  if (a === undefined || b === undefined || moreLeft.length > 0 || moreRight.length > 0) return CLEAN;
  if (op === '==') return constant(a === b);
  return op === '!=' ? constant(a !== b) : CLEAN;
}
