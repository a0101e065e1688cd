/** Headers that let other sites read an answer, where they are written by hand. */

import { wordsOf } from '../knowledge/sensitiveNames';
import { unitFacts } from '../model/unitFacts';
import type { Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk, walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import { sourceOf } from './sourceOf';

export interface OpenHeader {
  readonly tree: UnitTree;
  /** What the header is set to. */
  readonly value: Expression;
  /** `any` is `*`; `reflected` is whatever site asks. */
  readonly origin: 'any' | 'reflected';
  readonly isWithCredentials: boolean;
}

interface HeaderWrite {
  readonly name: string;
  readonly value: Expression;
}

const ORIGIN = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';
const ADDING = new Set(['add', 'set', 'setdefault', 'add_header']);

/** Answers of this file that every site may read. */
export function openHeaders(context: FileContext): readonly OpenHeader[] {
  if (!/access[-_]control[-_]allow[-_]origin/i.test(context.text)) return [];
  return (context.module?.units ?? []).flatMap(({ tree }) => openHeadersOf(context, tree));
}

function openHeadersOf(context: FileContext, tree: UnitTree): readonly OpenHeader[] {
  const writes = headerWrites(tree);
  const around = (node: Expression) => innermostFunction(tree, node);
  return writes
    .filter(({ name }) => name === ORIGIN)
    .flatMap(({ value }): OpenHeader[] => {
      const owner = around(value);
      const origin = originOf(context, tree, value, owner);
      const isWithCredentials = writes.some(
        (other) => other.name === CREDENTIALS && isTrue(other.value) && around(other.value) === owner,
      );
      return origin === undefined ? [] : [{ tree, value, origin, isWithCredentials }];
    });
}

/** `headers["…"] = …`, `headers.add("…", …)`, `{"…": …}` and Werkzeug's attributes. */
function headerWrites(tree: UnitTree): readonly HeaderWrite[] {
  const found: HeaderWrite[] = [];
  const add = (name: string | undefined, value: Expression | undefined) => {
    if (name !== undefined && value !== undefined)
      found.push({ name: name.toLowerCase().replaceAll('_', '-'), value });
  };
  const facts = unitFacts(tree);
  for (const { node } of [...facts.writes, ...facts.selfWrites])
    add(node.target.kind === 'Subscript' ? literalText(node.target.index) : node.target.attr.id, node.value);
  for (const { node } of facts.calls)
    if (node.func.kind === 'Attribute' && ADDING.has(node.func.attr.id) && node.args[0])
      add(literalText(node.args[0].value), node.args[1]?.value);
  for (const node of walkExpressions(tree.body))
    if (node.kind === 'Dict') for (const { key, value } of node.entries) add(key && literalText(key), value);
  return found;
}

function innermostFunction(tree: UnitTree, inner: Expression): FunctionDef | undefined {
  const around = unitFacts(tree).functions.filter(
    ({ node }) => node.start <= inner.start && inner.end <= node.end,
  );
  return around.at(-1)?.node;
}

function originOf(
  context: FileContext,
  tree: UnitTree,
  node: Expression,
  owner: FunctionDef | undefined,
): OpenHeader['origin'] | undefined {
  const value = context.valueOf(tree, node);
  if (value === undefined) return undefined;
  if (value.constants !== undefined)
    return value.constants.length > 0 && value.constants.every((known) => known === '*') ? 'any' : undefined;
  const isReflected = value.taints.some(
    (taint) =>
      taint.last !== undefined &&
      (/origin|referr?er/i.test(taint.label) || sourceOf(taint) === 'the Origin header'),
  );
  return isReflected && (owner === undefined || !looksAtOrigin(owner)) ? 'reflected' : undefined;
}

/** Somewhere the origin is compared with something, or handed to a function that decides. */
function looksAtOrigin(owner: FunctionDef): boolean {
  return walk(owner.body).some((node) => {
    if (node.kind === 'If' || node.kind === 'Conditional') return isDeciding(node.test);
    return (
      node.kind === 'Comprehension' &&
      node.clauses.some((clause) => clause.kind === 'if' && isDeciding(clause.test))
    );
  });
}

function isDeciding(test: Expression): boolean {
  return walkExpressions(test).some((node) => {
    if (node.kind === 'Comparison') return !node.ops.some((op) => op.startsWith('is')) && namesOrigin(node);
    return (
      node.kind === 'Call' &&
      !(node.func.kind === 'Attribute' && node.func.attr.id === 'get') &&
      namesOrigin(node)
    );
  });
}

function namesOrigin(node: Expression): boolean {
  return walkExpressions(node).some((inner) => {
    const name = inner.kind === 'Name' ? inner.id : inner.kind === 'Attribute' ? inner.attr.id : '';
    return wordsOf(name).some((word) => word === 'origin' || word === 'origins');
  });
}

function isTrue(node: Expression): boolean {
  return (node.kind === 'Constant' && node.value === 'True') || /^true$/i.test(literalText(node) ?? '');
}
