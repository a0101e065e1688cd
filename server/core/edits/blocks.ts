/** The blocks of statements directly inside a compound statement. */
import type { Body, Statement } from '../syntax/python/ast';

export function blocksOf(node: Statement): readonly Body[] {
  switch (node.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [node.body];
    case 'For':
    case 'While':
    case 'If':
      return [node.body, node.orelse];
    case 'Match':
      return node.cases.map((one) => one.body);
    case 'Try':
      return [node.body, ...node.handlers.map((one) => one.body), node.orelse, node.finalbody];
    default:
      return [];
  }
}
