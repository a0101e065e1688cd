/** What one unit (top-level statement) alone says: its functions, classes, attribute writes and calls, each with
 *  the functions and classes around it. Reads one tree, nothing else; cached by the tree's identity. */

import { fitted } from '../base/lists';
import type {
  Assert,
  Body,
  Call,
  ClassDef,
  Comparison,
  Expression,
  FunctionDef,
  Statement,
  UnitTree,
} from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';

/** The definitions around a node, outermost first. */
export type Owners = readonly (FunctionDef | ClassDef)[];

export interface Owned<T> {
  readonly node: T;
  readonly owners: Owners;
}

/** `receiver.attr = value` or `receiver[index] = value`. */
export interface MemberWrite {
  readonly target: Extract<Expression, { kind: 'Attribute' | 'Subscript' }>;
  readonly value: Expression;
}

export interface UnitFacts {
  readonly functions: readonly Owned<FunctionDef>[];
  readonly classes: readonly Owned<ClassDef>[];
  /** Writes to attributes of a method's own object: `self.x = …`. */
  readonly selfWrites: readonly Owned<MemberWrite>[];
  /** All other writes to attributes and items. */
  readonly writes: readonly Owned<MemberWrite>[];
  readonly calls: readonly Owned<Call>[];
  readonly comparisons: readonly Owned<Comparison>[];
  readonly assertions: readonly Owned<Assert>[];
}

const cache = new WeakMap<UnitTree, UnitFacts>();

export function unitFacts(tree: UnitTree): UnitFacts {
  const cached = cache.get(tree);
  if (cached !== undefined) return cached;
  const facts: Draft = {
    functions: [],
    classes: [],
    selfWrites: [],
    writes: [],
    calls: [],
    comparisons: [],
    assertions: [],
  };
  collectBody(tree.body, [], facts);
  const kept: UnitFacts = {
    functions: fitted(facts.functions),
    classes: fitted(facts.classes),
    selfWrites: fitted(facts.selfWrites),
    writes: fitted(facts.writes),
    calls: fitted(facts.calls),
    comparisons: fitted(facts.comparisons),
    assertions: fitted(facts.assertions),
  };
  cache.set(tree, kept);
  return kept;
}

interface Draft {
  readonly functions: Owned<FunctionDef>[];
  readonly classes: Owned<ClassDef>[];
  readonly selfWrites: Owned<MemberWrite>[];
  readonly writes: Owned<MemberWrite>[];
  readonly calls: Owned<Call>[];
  readonly comparisons: Owned<Comparison>[];
  readonly assertions: Owned<Assert>[];
}

function collectBody(body: Body, owners: Owners, draft: Draft): void {
  for (const statement of body) collectStatement(statement, owners, draft);
}

function collectStatement(node: Statement, owners: Owners, draft: Draft): void {
  if (node.kind === 'FunctionDef') draft.functions.push({ node, owners });
  if (node.kind === 'ClassDef') draft.classes.push({ node, owners });
  if (node.kind === 'Assert') draft.assertions.push({ node, owners });
  if (node.kind === 'Assign')
    for (const target of node.targets) collectWrite(target, node.value, owners, draft);
  if (node.kind === 'AnnotatedAssign' && node.value) collectWrite(node.target, node.value, owners, draft);
  for (const expression of ownExpressions(node)) collectInside(expression, owners, draft);
  const inner = node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? [...owners, node] : owners;
  for (const body of bodiesOf(node)) collectBody(body, inner, draft);
}

function collectWrite(target: Expression, value: Expression, owners: Owners, draft: Draft): void {
  if (target.kind !== 'Attribute' && target.kind !== 'Subscript') return;
  const list = isSelfWrite(target, owners) ? draft.selfWrites : draft.writes;
  list.push({ node: { target, value }, owners });
}

function isSelfWrite(target: MemberWrite['target'], owners: Owners): boolean {
  const [around, method] = owners.slice(-2);
  if (target.kind !== 'Attribute' || target.value.kind !== 'Name') return false;
  return (
    around?.kind === 'ClassDef' &&
    method?.kind === 'FunctionDef' &&
    method.params[0]?.name.id === target.value.id
  );
}

function collectInside(expression: Expression, owners: Owners, draft: Draft): void {
  for (const node of walkExpressions(expression)) {
    if (node.kind === 'Call') draft.calls.push({ node, owners });
    if (node.kind === 'Comparison') draft.comparisons.push({ node, owners });
  }
}

/** The statement lists inside a statement, in source order. */
export function bodiesOf(node: Statement): readonly Body[] {
  switch (node.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [node.body];
    case 'For':
    case 'While':
    case 'If':
      return [node.body, node.orelse];
    case 'Try':
      return [node.body, ...node.handlers.map((handler) => handler.body), node.orelse, node.finalbody];
    case 'Match':
      return node.cases.map((matchCase) => matchCase.body);
    default:
      return [];
  }
}

/** The expressions that belong to a statement itself, not to the statements inside it. */
export function ownExpressions(node: Statement): readonly Expression[] {
  const list = (...values: (Expression | undefined)[]) => values.filter((value) => value !== undefined);
  switch (node.kind) {
    case 'FunctionDef':
      return [
        ...node.decorators.map((decorator) => decorator.expression),
        ...node.params.flatMap((parameter) => list(parameter.default)),
      ];
    case 'ClassDef':
      return [
        ...node.decorators.map((decorator) => decorator.expression),
        ...node.args.map((argument) => argument.value),
      ];
    case 'Return':
      return list(node.value);
    case 'Delete':
      return node.targets;
    case 'Assign':
      return [...node.targets, node.value];
    case 'AnnotatedAssign':
      return list(node.target, node.value);
    case 'AugmentedAssign':
      return [node.target, node.value];
    case 'For':
      return [node.target, node.iter];
    case 'While':
    case 'If':
      return [node.test];
    case 'With':
      return node.items.flatMap((item) => list(item.context, item.target));
    case 'Match':
      return [node.subject, ...node.cases.flatMap((matchCase) => list(matchCase.guard))];
    case 'Raise':
      return list(node.exception, node.cause);
    case 'Assert':
      return list(node.test, node.message);
    case 'Expression':
      return [node.value];
    case 'ErrorStatement':
      return node.children;
    default:
      return [];
  }
}
