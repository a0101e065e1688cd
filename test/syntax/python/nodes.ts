/** Helpers that look at trees the way tests like to. */
import type { Expression, Module, Node } from '../../../server/core/syntax/python/ast';
import { parsePython } from '../../../server/core/syntax/python/parse';
import { sourceOf, walk, walkExpressions } from '../../../server/core/syntax/python/walk';

/** The first node of `kind` in a text, or a failure. */
export function first<K extends Node['kind']>(text: string, kind: K): Extract<Node, { kind: K }> {
  for (const unit of parsePython(text).units) {
    const found = walk(unit.tree.body).find((node): node is Extract<Node, { kind: K }> => node.kind === kind);
    if (found) return found;
  }
  throw new Error(`No ${kind} in ${JSON.stringify(text)}`);
}

/** Source of each expression in a hole of a format string, in the order met. */
export function holesOf(module: Module): string[] {
  const found: string[] = [];
  for (const unit of module.units) {
    for (const node of walkExpressions(unit.tree.body)) {
      if (node.kind !== 'String') continue;
      for (const token of node.tokens)
        collect(token.pieces, (hole) => found.push(sourceOf(module, unit, hole)));
    }
  }
  return found;
}

type Pieces = Extract<Expression, { kind: 'String' }>['tokens'][number]['pieces'];

function collect(pieces: Pieces, onHole: (expression: Expression) => void): void {
  for (const piece of pieces) {
    if (piece.kind !== 'Hole') continue;
    onHole(piece.expression);
    if (piece.spec) collect(piece.spec, onHole);
  }
}

/** Nodes as `kind,start,end` with absolute offsets, to compare with CPython's: definitions without decorators,
 *  nothing inside strings, no generators that share the parentheses of a call. */
export function spans(module: Module): string[] {
  const found: string[] = [];
  for (const { base, tree } of module.units) {
    const add = (kind: string, start: number, end: number) =>
      found.push(`${kind},${base + start},${base + end}`);
    for (const node of walk(tree.body, (inner) => inner.kind !== 'String')) {
      const isBare =
        node.kind === 'Comprehension' && node.form === 'generator' && node.element.start === node.start;
      if (isBare) continue;
      const start = node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? node.defStart : node.start;
      add(node.kind, start, node.end);
      if (node.kind !== 'Import' && node.kind !== 'ImportFrom') continue;
      for (const name of node.names) add('alias', name.start, name.end);
      if (node.kind === 'ImportFrom' && node.isStar) add('alias', node.end - 1, node.end);
    }
  }
  return found.sort();
}
