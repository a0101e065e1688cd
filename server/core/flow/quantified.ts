/** `any(…)` and `all(…)`: what they prove of the elements, and of what each element is compared with. */
import type { Call, Comprehension, Expression } from '../syntax/python/ast';
import { assign } from './assign';
import type { Env } from './env';
import { evaluate, iterated } from './evaluate';
import { execTest } from './guards';
import { ALL_PROOFS } from './kindSets';
import type { Frame } from './machine';
import { prove, provenBetween } from './narrowing';
import type { Value } from './values';

export function refineQuantified(
  quantifier: 'any' | 'all',
  node: Expression,
  outcome: boolean,
  env: Env,
  frame: Frame,
): void {
  const isForAll = (quantifier === 'all') === outcome;
  if (node.kind === 'Comprehension') {
    if (isForAll) refineElements(node, outcome, env, frame);
    else refineOthers(node, outcome, env, frame);
    return;
  }
  // `all(map(str.isalnum, parts))`
  const [test, list] =
    node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'map' ? node.args : [];
  if (!isForAll || !outcome || test === undefined || list === undefined) return;
  prove(
    list.value,
    provenByTest(test.value, iterated(evaluate(list.value, env, frame)), env, frame),
    env,
    frame,
  );
}

/** A name that no code has. */
const ELEMENT = '%element';

/** What it proves of a value that a function is true for it. */
export function provenByTest(test: Expression, element: Value, env: Env, frame: Frame): number {
  const inner = env.copy();
  inner.set(ELEMENT, element);
  const name: Expression = { kind: 'Name', id: ELEMENT, start: test.start, end: test.end };
  const call: Call = {
    kind: 'Call',
    func: test,
    args: [{ star: '', value: name, start: test.start, end: test.end }],
    argsRange: test,
    start: test.start,
    end: test.end,
  };
  const { whenTrue } = execTest(call, inner, { ...frame, isSilent: true });
  return whenTrue === undefined ? 0 : provenBetween(element, whenTrue.get(ELEMENT), ALL_PROOFS);
}

/** The test comes out like this for every element: what it proves of one holds for all. */
function refineElements(node: Comprehension, outcome: boolean, env: Env, frame: Frame): void {
  const [clause, ...others] = node.clauses;
  if (clause?.kind !== 'for' || clause.target.kind !== 'Name' || others.length > 0) return;
  const inner = env.copy();
  const element = iterated(evaluate(clause.iter, env, frame));
  inner.set(clause.target.id, element);
  const branches = execTest(node.element, inner, frame);
  const now = (outcome ? branches.whenTrue : branches.whenFalse)?.get(clause.target.id);
  if (now !== undefined) prove(clause.iter, provenBetween(element, now, ALL_PROOFS), env, frame);
}

/** The test comes out like this for some element: what it proves of other variables holds. */
function refineOthers(node: Comprehension, outcome: boolean, env: Env, frame: Frame): void {
  let inner: Env | undefined = env.copy();
  const own = new Set<string>();
  for (const clause of node.clauses) {
    if (inner === undefined) return;
    if (clause.kind === 'for') {
      if (clause.target.kind !== 'Name') return;
      own.add(clause.target.id);
      assign(clause.target, iterated(evaluate(clause.iter, inner, frame)), inner, frame);
    } else inner = execTest(clause.test, inner, frame).whenTrue;
  }
  if (inner === undefined) return;
  const branches = execTest(node.element, inner, frame);
  const proven = outcome ? branches.whenTrue : branches.whenFalse;
  for (const [key, value] of proven?.entries() ?? []) {
    const name = /^[^.[]*/.exec(key)?.[0] ?? key;
    if (!own.has(name) && env.get(key) !== value) env.note(key, value);
  }
}
