/** The expressions a function returns or yields, leaving out those of functions inside it. */

import type { Body, Expression, FunctionDef } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { bodiesOf, ownExpressions } from './unitFacts';

const cache = new WeakMap<FunctionDef, readonly Expression[]>();

export function returnsOf(node: FunctionDef): readonly Expression[] {
  const cached = cache.get(node);
  if (cached !== undefined) return cached;
  const found: Expression[] = [];
  collect(node.body, found);
  cache.set(node, found);
  return found;
}

function collect(body: Body, found: Expression[]): void {
  for (const statement of body) {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    if (statement.kind === 'Return' && statement.value) found.push(statement.value);
    if (statement.kind === 'Expression' || statement.kind === 'Assign')
      for (const expression of ownExpressions(statement))
        for (const inner of walkExpressions(expression))
          if (inner.kind === 'Yield' && inner.value) found.push(inner.value);
    for (const inner of bodiesOf(statement)) collect(inner, found);
  }
}
