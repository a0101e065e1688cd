/** The blocks of statements directly inside a compound statement. */
import { contains, type Range } from '../base/range';
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

/** The innermost statement of a body around a node. */
export function statementAround(body: Body, node: Range): Statement | undefined {
  const around = body.find((statement) => contains(statement, node));
  if (around === undefined) return undefined;
  for (const block of blocksOf(around)) {
    const inner = statementAround(block, node);
    if (inner !== undefined) return inner;
  }
  return around;
}
