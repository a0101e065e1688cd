import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../server/core/syntax/python/parse';
import {
  nodePathAt,
  sourceOf,
  unitAt,
  walk,
  walkExpressions,
  walkStatements,
} from '../../../server/core/syntax/python/walk';

const TEXT = `import os

@deco(1)
def f(a: int = 2, *b) -> str:
    """Doc."""
    x = g(a.b, k=c)[d:e] if h else f"{i}{j:{k}}"
    for m, n in o:
        try:
            p += lambda q=r: q
        except E as e:
            return {s: t, **u}
    match v:
        case [w, Point(x=1) | {"a": y}] if z:
            pass
`;

describe('walking', () => {
  const module = parsePython(TEXT);
  const unit = module.units[1];
  if (!unit) throw new Error('no unit');

  it('meets every node once, parents first, in the order of the source', () => {
    const names = walkExpressions(unit.tree.body).flatMap((node) => (node.kind === 'Name' ? [node.id] : []));
    expect(names.join(' ')).toBe('deco int str x g a c d e h i j k m n o p r q E s t u v Point z');
    const nodes = walk(unit.tree.body);
    expect(new Set(nodes).size).toBe(nodes.length);
  });

  it('goes in only where it may', () => {
    const outer = walk(unit.tree.body, (node) => node.kind !== 'FunctionDef');
    expect(outer.map((node) => node.kind)).toEqual(['FunctionDef']);
    expect(walkStatements(unit.tree.body).map((node) => node.kind)).toEqual([
      'FunctionDef',
      'Expression',
      'Assign',
      'For',
      'Try',
      'AugmentedAssign',
      'Return',
      'Match',
      'Pass',
    ]);
  });

  it('finds the path to an offset', () => {
    const path = nodePathAt(module, TEXT.indexOf('a.b') + 3);
    expect(path?.nodes.map((node) => node.kind)).toEqual([
      'FunctionDef',
      'Assign',
      'Conditional',
      'Subscript',
      'Call',
      'Attribute',
    ]);
    const last = path?.nodes.at(-1);
    expect(last && sourceOf(module, unit, last)).toBe('a.b');
    expect(nodePathAt(module, 0)?.nodes.map((node) => node.kind)).toEqual(['Import']);
    expect(nodePathAt(parsePython(''), 0)).toBeUndefined();
  });

  it('finds the unit of an offset', () => {
    expect(unitAt(module, 3)).toBe(module.units[0]);
    expect(unitAt(module, 10)).toBe(unit);
    expect(unitAt(module, TEXT.length)).toBe(unit);
  });
});
