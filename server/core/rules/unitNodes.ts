/** Finds the nodes of a unit again at which a finding stands, for its fix. */
import type { Range } from '../base/range';
import type { Site } from '../model/scope';
import { type Owned, unitFacts } from '../model/unitFacts';
import type { Call, Expression, Node, UnitTree } from '../syntax/python/ast';
import { children } from '../syntax/python/children';
import type { FileContext } from './context';

export interface Located<T> {
  readonly node: T;
  readonly site: Site;
}

/** The innermost call of which the range is the whole, the callee or an argument. */
export function callAt(context: FileContext, range: Range): Located<Call> | undefined {
  for (const { base, tree } of context.module?.units ?? []) {
    if (range.start < base || range.end > base + tree.length) continue;
    const isAt = ({ node }: Owned<Call>) =>
      [node, node.func, ...node.args.map(({ value }) => value)].some((part) => isRange(part, range, base));
    const found = unitFacts(tree)
      .calls.filter(isAt)
      .sort((a, b) => a.node.end - a.node.start - (b.node.end - b.node.start))[0];
    if (found !== undefined)
      return { node: found.node, site: { file: context.file, tree, owners: found.owners } };
  }
  return undefined;
}

function isRange(node: Range, range: Range, base: number): boolean {
  return node.start + base === range.start && node.end + base === range.end;
}

/** What is written to an attribute or item that stands at a node of a unit. */
export function writtenTo(tree: UnitTree, target: Expression): Expression | undefined {
  const { writes, selfWrites } = unitFacts(tree);
  return [...writes, ...selfWrites].find(({ node }) => node.target === target)?.node.value;
}

/** The nodes around a node of a unit, outermost first. */
export function parentsOf(tree: UnitTree, node: Expression): readonly Node[] {
  const parents: Node[] = [];
  let inside: readonly Node[] = tree.body;
  for (;;) {
    const next = inside.find((candidate) => candidate.start <= node.start && node.end <= candidate.end);
    if (next === undefined || next === node) return parents;
    parents.push(next);
    inside = children(next);
  }
}
