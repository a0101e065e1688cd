/** Conditions: which ways are possible, and what a test proves on each of them. */

import { KNOWLEDGE } from '../knowledge/index';
import type { GuardRow } from '../knowledge/library';
import { enclosingFunction } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, Comparison, Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { argumentOfParameter, bindArguments, MAX_CALL_DEPTH, STEPS_PER_CALL } from './application';
import { evaluateArguments } from './calls';
import { argumentIndex } from './conditions';
import { Env } from './env';
import { evaluate, pathOf } from './evaluate';
import type { Frame } from './machine';
import { isTruthy } from './operators';

import { symbolize } from './symbols';
import { clearChecked, fixesScheme, isAddressPart } from './urlGuards';
import { ALL_KINDS, cleared, constant, type KindSet, kindSet, UNKNOWN, type Value } from './values';

export interface Branches {
  /** Undefined when the test can't come out that way. */
  readonly whenTrue: Env | undefined;
  readonly whenFalse: Env | undefined;
}

/** Evaluates a test and splits the environment. Both results are copies that may be changed freely. */
export function execTest(node: Expression, env: Env, frame: Frame): Branches {
  if (node.kind === 'Unary' && node.op === 'not') {
    const { whenTrue, whenFalse } = execTest(node.operand, env, frame);
    return { whenTrue: whenFalse, whenFalse: whenTrue };
  }
  if (node.kind === 'Boolean') return execBoolean(node.op, node.values, env, frame);
  const named = node.kind === 'Name' ? namedTest(node.id, frame) : undefined;
  if (named !== undefined) return execNamedTest(node, named, env, frame);
  const value = evaluate(node, env, frame);
  const whenTrue = mayBe(value, true) ? env.copy() : undefined;
  const whenFalse = mayBe(value, false) ? env.copy() : undefined;
  if (whenTrue) refine(node, true, whenTrue, frame);
  if (whenFalse) refine(node, false, whenFalse, frame);
  return { whenTrue, whenFalse };
}

/** The test that a variable holds the outcome of, when it is bound to nothing else: `ok = x in ALLOWED`. */
function namedTest(name: string, frame: Frame): Expression | undefined {
  const owner = enclosingFunction(frame.site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(name) ?? []);
  if (binding?.kind !== 'value' || binding.access.kind !== 'whole' || others.length > 0) return undefined;
  const { kind } = binding.value;
  const isTest = kind === 'Comparison' || kind === 'Boolean' || kind === 'Unary' || kind === 'Call';
  // What is tested must not change between the test and its use.
  const isSteady = walkExpressions(binding.value).every(
    (inner) => inner.kind !== 'Name' || (owner && (scopeOf(owner).bindings.get(inner.id)?.length ?? 0) <= 1),
  );
  return isTest && isSteady ? binding.value : undefined;
}

/** What a named test proves holds where its name is tested. */
function execNamedTest(node: Expression, test: Expression, env: Env, frame: Frame): Branches {
  const value = evaluate(node, env, frame);
  const { whenTrue, whenFalse } = execTest(test, env, { ...frame, isSilent: true });
  return {
    whenTrue: mayBe(value, true) ? (whenTrue ?? env.copy()) : undefined,
    whenFalse: mayBe(value, false) ? (whenFalse ?? env.copy()) : undefined,
  };
}

function execBoolean(op: 'and' | 'or', nodes: readonly Expression[], env: Env, frame: Frame): Branches {
  let going: Env | undefined = env;
  const left: (Env | undefined)[] = [];
  for (const node of nodes) {
    if (going === undefined) break;
    const branches: Branches = execTest(node, going, frame);
    going = op === 'and' ? branches.whenTrue : branches.whenFalse;
    left.push(op === 'and' ? branches.whenFalse : branches.whenTrue);
  }
  const ended = Env.joinAll(left);
  return op === 'and' ? { whenTrue: going, whenFalse: ended } : { whenTrue: ended, whenFalse: going };
}

function mayBe(value: Value, outcome: boolean): boolean {
  return value.constants === undefined || value.constants.some((known) => isTruthy(known) === outcome);
}

function refine(node: Expression, outcome: boolean, env: Env, frame: Frame): void {
  if (node.kind === 'Comparison') refineComparison(node, outcome, env, frame);
  else if (node.kind === 'Call') refineCall(node, outcome, env, frame);
  // No host at all: the address stays on this one.
  else if (!outcome && isAddressPart(node)) clearChecked(node, env, frame);
}

/** `x == "a"`, `x in ("a", "b")`: inside, `x` is one of the developer's values. */
function refineComparison(node: Comparison, outcome: boolean, env: Env, frame: Frame): void {
  const [op] = node.ops;
  const [right] = node.comparators;
  if (node.ops.length !== 1 || op === undefined || right === undefined) return;
  const isPositive = op === '==' || op === 'in' || op === 'is';
  const isNegative = op === '!=' || op === 'not in' || op === 'is not';
  // `re.fullmatch(…) is None`
  if (node.left.kind === 'Call' && right.kind === 'Constant' && right.value === 'None') {
    refineCall(node.left, isPositive !== outcome, env, frame);
    return;
  }
  if (!(isPositive && outcome) && !(isNegative && !outcome)) return;
  clearChecked(node.left, env, frame);
  clearChecked(right, env, frame);
  const silent = { ...frame, isSilent: true };
  const allowed = evaluate(right, env, silent);
  if (op === 'in' || op === 'not in') {
    if (isConstantCollection(allowed)) narrow(node.left, undefined, env);
    return;
  }
  if (allowed.constants !== undefined) narrow(node.left, allowed, env);
  else if (evaluate(node.left, env, silent).constants !== undefined) narrow(right, undefined, env);
}

/** All elements are the developer's: constants, or keys of a dict that has constant keys. */
export function isConstantCollection(value: Value): boolean {
  if (value.contents === undefined || value.contents.rest !== undefined) return false;
  const entries = [...value.contents.entries];
  return entries.every(([key, element]) => key.startsWith('k:') || element.constants !== undefined);
}

function narrow(node: Expression, value: Value | undefined, env: Env): void {
  const path = node.kind === 'Named' ? node.target.id : pathOf(node);
  if (path === undefined) return;
  const known = env.get(path);
  if (value !== undefined) env.set(path, constant(...(value.constants ?? [])));
  else
    env.set(
      path,
      known === undefined ? { taints: [], refs: [] } : { ...cleared(known, ALL_KINDS), refs: known.refs },
    );
}

/** A checker of the project: what its body proves of a parameter holds for the argument. */
function refineByFunction(node: Call, outcome: boolean, env: Env, frame: Frame): boolean {
  if (frame.machine.depth >= MAX_CALL_DEPTH) return false;
  const refs = evaluate(node.func, env, frame).refs.filter((ref) => ref.kind === 'function');
  const [ref] = refs;
  if (ref === undefined || refs.length > 1) return false;
  if (frame.machine.depth >= MAX_CALL_DEPTH || !frame.machine.budget.spend(STEPS_PER_CALL)) return true;
  const hasSelf = node.func.kind === 'Attribute' && ref.owners.at(-1)?.kind === 'ClassDef';
  const args = evaluateArguments(node, env, frame);
  const bound = bindArguments(ref.node, args, hasSelf ? UNKNOWN : undefined);
  const names = [...bound.keys()];
  const { values } = symbolize([...bound.values()]);
  const application = frame.machine.apply(
    ref,
    new Map(names.map((name, index) => [name, values[index] as Value])),
  );
  for (const [name, guard] of application.guards) {
    const argument = argumentOfParameter(ref.node, node, name, hasSelf);
    if (argument !== undefined) clearFor(argument, outcome ? guard.whenTrue : guard.whenFalse, env);
  }
  return true;
}

function clearFor(node: Expression, kinds: KindSet, env: Env): void {
  const path = node.kind === 'Named' ? node.target.id : pathOf(node);
  const known = path === undefined ? undefined : env.get(path);
  if (path !== undefined && known !== undefined)
    env.set(path, { ...cleared(known, kinds), refs: known.refs });
}

/** Text methods that let through letters, digits and underscores only. */
const NARROW_METHODS = new Set(['isdigit', 'isalnum', 'isdecimal', 'isnumeric', 'isidentifier', 'isalpha']);
const MATCHERS = new Set(['re.fullmatch', 're.match']);

function refineCall(node: Call, outcome: boolean, env: Env, frame: Frame): void {
  if (
    outcome &&
    node.func.kind === 'Attribute' &&
    NARROW_METHODS.has(node.func.attr.id) &&
    node.args.length === 0
  )
    return narrow(node.func.value, undefined, env);
  const silent = { ...frame, isSilent: true };
  const names = evaluate(node.func, env, silent).refs.flatMap((ref) =>
    ref.kind === 'external' ? [ref.name] : [],
  );
  if (refineByFunction(node, outcome, env, silent)) return;
  if (outcome) refineStart(node, env, silent);
  const canonical = names.map((candidate) => KNOWLEDGE.canonical(candidate));
  const name = canonical.find((candidate) => MATCHERS.has(candidate));
  const guard = canonical.map((candidate) => KNOWLEDGE.guard(candidate)).find((row) => row !== undefined);
  const guarded = guard === undefined ? undefined : guardedBy(guard, node);
  if (guard !== undefined && guarded !== undefined && outcome === (guard.outcome ?? true))
    return clearFor(guarded, kindSet(guard.clears), env);
  if (!outcome) return;
  const [pattern, subject] = node.args;
  if (name === undefined || pattern === undefined || subject === undefined) return;
  const patterns = evaluate(pattern.value, env, silent).constants ?? [];
  const isSafe =
    patterns.length > 0 &&
    patterns.every((p) => typeof p === 'string' && isNarrowPattern(p, name === 're.fullmatch'));
  if (isSafe) narrow(subject.value, undefined, env);
}

/** `x.startswith(("https://", "/"))`: whatever follows, the address is none of code. */
function refineStart({ func, args }: Call, env: Env, frame: Frame): void {
  const [first] = args;
  if (func.kind !== 'Attribute' || func.attr.id !== 'startswith' || first === undefined) return;
  if (fixesScheme(evaluate(first.value, env, frame))) clearFor(func.value, kindSet(['link']), env);
}

function guardedBy(guard: GuardRow, node: Call): Expression | undefined {
  if (guard.argument === 'receiver') return node.func.kind === 'Attribute' ? node.func.value : undefined;
  return node.args[argumentIndex(node, guard.argument)]?.value;
}

/** True if a pattern, anchored at both ends, lets through only letters, digits, `_`, `-`, `.`, `@`, `:` and blanks:
 *  nothing that ends a quoted text in SQL or HTML. */
export function isNarrowPattern(pattern: string, isAnchored: boolean): boolean {
  const start = isAnchored || pattern.startsWith('^') || pattern.startsWith('\\A');
  const end = isAnchored || /(\$|\\Z|\\z)$/.test(pattern);
  const body = pattern.replace(/^(\^|\\A)/, '').replace(/(\$|\\Z|\\z)$/, '');
  const atom = String.raw`(?:\\[dw]|\\[.\-@+]|[A-Za-z0-9_\-@: ]|\[(?:[A-Za-z0-9_@:. +]|-|\\[dw.\-])+\])`;
  const quantifier = String.raw`(?:[*+?]|\{\d+(?:,\d*)?\})?`;
  return start && end && new RegExp(`^(?:${atom}${quantifier}|[()|]|\\(\\?:)*$`).test(body) && body !== '';
}
