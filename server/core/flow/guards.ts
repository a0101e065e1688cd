/** Conditions: which ways are possible, and what a test proves on each of them. */
import { enclosingFunction } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Body, Call, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import { refineByCall, refineByElement } from './callGuards';
import { refineComparison } from './comparisons';
import { Env } from './env';
import { evaluate } from './evaluate';
import type { Frame } from './machine';
import { prove } from './narrowing';
import { isTruthy } from './operators';
import { mapTaints } from './symbols';
import { addressPartOf } from './urlGuards';
import { kindSet, textParts, type Value, withProof } from './values';

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
export function namedTest(name: string, frame: Frame): Expression | undefined {
  const owner = enclosingFunction(frame.site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(name) ?? []);
  if (binding?.kind !== 'value' || binding.access.kind !== 'whole' || others.length > 0) return undefined;
  const { kind } = binding.value;
  const isTest = kind === 'Comparison' || kind === 'Boolean' || kind === 'Unary' || kind === 'Call';
  return isTest && owner && isSteady(binding.value, owner) ? binding.value : undefined;
}

/** The call and the position that a variable was unpacked from, when it is bound to nothing else. */
function unpackedFrom(
  name: string,
  frame: Frame,
): { readonly call: Call; readonly index: number } | undefined {
  const owner = enclosingFunction(frame.site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(name) ?? []);
  if (binding?.kind !== 'value' || binding.access.kind !== 'element' || others.length > 0) return undefined;
  const { value: call, access } = binding;
  return call.kind === 'Call' && owner && isSteady(call, owner) ? { call, index: access.index } : undefined;
}

/** What is tested does not change between the test and its use: it is bound once and further up, or several times and
 *  not in a loop. So no test is part of itself, as in `ok = ok and more()`. */
function isSteady(test: Expression, owner: FunctionDef): boolean {
  return walkExpressions(test).every((inner) => {
    const bindings = inner.kind === 'Name' ? scopeOf(owner).bindings.get(inner.id) : undefined;
    if (bindings === undefined) return true;
    const isAbove = bindings.every((binding) =>
      binding.kind === 'value' ? binding.value.end <= test.start : binding.kind === 'parameter',
    );
    if (bindings.length <= 1) return isAbove || bindings[0]?.kind !== 'value';
    return isAbove && !isInLoop(test.start, owner.body);
  });
}

function isInLoop(offset: number, body: Body): boolean {
  return walkStatements(body).some(
    (node) => (node.kind === 'For' || node.kind === 'While') && node.start <= offset && offset < node.end,
  );
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
  if (value.constants !== undefined) return value.constants.some((known) => isTruthy(known) === outcome);
  // `f"{name} is unknown"` is not empty.
  return outcome || value.text === undefined || !textParts(value).some((part) => 'text' in part && part.text);
}

/** What an outcome of a test proves. */
export function refine(node: Expression, outcome: boolean, env: Env, frame: Frame): void {
  if (outcome && isDebugFlag(node)) showErrors(env);
  if (node.kind === 'Named') refine(node.value, outcome, env, frame);
  else if (node.kind === 'Comparison') refineComparison(node, outcome, env, frame);
  else if (node.kind === 'Call') refineByCall(node, outcome, env, frame);
  else {
    if (node.kind === 'Name') refineUnpacked(node.id, outcome, env, frame);
    // No host at all: the address stays on this one.
    if (!outcome && addressPartOf(node, frame.site) !== undefined) prove(node, NO_HOST, env, frame);
  }
}

/** `app.debug`, `config.get("DEBUG")`, `getattr(config, "DEBUG", False)` */
function isDebugFlag(node: Expression): boolean {
  switch (node.kind) {
    case 'Name':
      return isDebugName(node.id);
    case 'Attribute':
      return isDebugName(node.attr.id);
    case 'Subscript':
      return isDebugName(literalText(node.index) ?? '');
    case 'Call':
      return node.args.some(({ value }) => isDebugName(literalText(value) ?? ''));
    default:
      return false;
  }
}

function isDebugName(name: string): boolean {
  return /^(?:FLASK_)?(?:DEBUG|TESTING)$/i.test(name);
}

/** In debug mode, what errors say is for the developer who sees it. */
function showErrors(env: Env): void {
  for (const [key, value] of [...env.entries()])
    if (value.taints.length > 0)
      env.note(
        key,
        mapTaints(value, (taint) => withProof(taint, EXPOSURE)),
      );
}

const EXPOSURE = kindSet(['exposure']);

function refineUnpacked(name: string, outcome: boolean, env: Env, frame: Frame): void {
  const source = unpackedFrom(name, frame);
  if (source !== undefined) refineByElement(source.call, source.index, outcome, env, frame);
}

const NO_HOST = kindSet(['redirect', 'ssrf', 'link']);
