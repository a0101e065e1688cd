/** Ways through the tree. All are loops: a chain of 10,000 terms needs no deep stack. */
import type { Range } from '../../base/range';
import type { Expression, Module, Node, Statement, Unit } from './ast';
import { addChildren, children } from './children';

const STATEMENTS: ReadonlySet<string> = new Set<Statement['kind']>([
  'FunctionDef',
  'ClassDef',
  'Return',
  'Delete',
  'Assign',
  'AnnotatedAssign',
  'AugmentedAssign',
  'For',
  'While',
  'If',
  'With',
  'Match',
  'Raise',
  'Try',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'Expression',
  'Pass',
  'Break',
  'Continue',
  'TypeAlias',
  'ErrorStatement',
]);

export function isStatement(node: Node): node is Statement {
  return STATEMENTS.has(node.kind);
}

export function isExpression(node: Node): node is Expression {
  return !isStatement(node) && !node.kind.endsWith('Pattern');
}

/** Every node from `root` down, parents first, in the order of the source.
 *  `isOpen` says false to leave out what is inside a node. */
export function walk(root: Node | readonly Node[], isOpen: (node: Node) => boolean = () => true): Node[] {
  const found: Node[] = [];
  const stack: Node[] = isList(root) ? [...root].reverse() : [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node);
    if (!isOpen(node)) continue;
    const from = stack.length;
    addChildren(node, stack);
    reverseEnd(stack, from);
  }
  return found;
}

/** The first child has to be the next one that is taken. */
function reverseEnd(stack: Node[], from: number): void {
  for (let low = from, high = stack.length - 1; low < high; low++, high--) {
    const node = stack[low] as Node;
    stack[low] = stack[high] as Node;
    stack[high] = node;
  }
}

/** Every expression from `root` down, `root` included, parents first. Goes into lambdas and nested statements. */
export function walkExpressions(root: Node | readonly Node[]): Expression[] {
  return walk(root).filter(isExpression);
}

/** Every statement of a body and of the bodies inside it. */
export function walkStatements(body: readonly Statement[]): Statement[] {
  return walk(body, isStatement).filter(isStatement);
}

function isList(root: Node | readonly Node[]): root is readonly Node[] {
  return Array.isArray(root);
}

/** The text of a node or of any other range inside a unit. */
export function sourceOf(module: Module, unit: Unit, node: Range): string {
  return module.text.slice(unit.base + node.start, unit.base + node.end);
}

/** The unit that holds `offset`; the last one for the end of the text. */
export function unitAt(module: Module, offset: number): Unit | undefined {
  return module.units[unitIndexAt(module.units, offset)];
}

/** Index of the last unit that begins at or before `offset`; -1 when there are none. */
export function unitIndexAt(units: readonly Unit[], offset: number): number {
  let low = 0;
  let high = units.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((units[middle] as Unit).base <= offset) low = middle;
    else high = middle - 1;
  }
  return high < 0 ? -1 : low;
}

export interface NodePath {
  readonly unit: Unit;
  /** Outermost first. */
  readonly nodes: readonly Node[];
}

/** The nodes around an absolute offset. A node that ends at the offset counts unless another begins there. */
export function nodePathAt(module: Module, offset: number): NodePath | undefined {
  const unit = unitAt(module, offset);
  if (!unit) return undefined;
  const at = offset - unit.base;
  const nodes: Node[] = [];
  let inside: readonly Node[] = unit.tree.body;
  for (;;) {
    const next =
      inside.find((node) => node.start <= at && at < node.end) ??
      inside.find((node) => node.start <= at && at <= node.end);
    if (!next) return { unit, nodes };
    nodes.push(next);
    inside = children(next);
  }
}
