/** Half-typed code: the functions around it, the calls in them and the line after it stay readable. */
import { describe, expect, it } from 'vitest';
import type { FunctionDef, Module, Statement } from '../../../server/core/syntax/python/ast';
import { parsePython } from '../../../server/core/syntax/python/parse';
import { sourceOf, walk, walkStatements } from '../../../server/core/syntax/python/walk';
import { AT_MARGIN, HEAD, IN_FUNCTION, TAIL } from './halfTyped';
import { breach } from './invariants';

function inFunction(line: string): string {
  return `${HEAD}@app.route("/half")\ndef half(a, b):\n    x = 1\n    ${line}\n    tail(x)\n${TAIL}`;
}

function atMargin(lines: string): string {
  return `${HEAD}${lines}\n${TAIL}`;
}

/** Definitions as `outer.inner/number of decorators`, with the calls that stand in them. */
function outline(module: Module): string[] {
  const found: string[] = [];
  for (const unit of module.units) collect(unit.tree.body, '');
  return found;

  function collect(body: readonly Statement[], path: string): void {
    for (const statement of body) {
      if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') continue;
      const name = path + statement.name.id;
      found.push(`${name}/${statement.decorators.length}`);
      collect(statement.body, `${name}.`);
    }
  }
}

function functionNamed(
  module: Module,
  name: string,
): { readonly node: FunctionDef; readonly calls: string[] } | undefined {
  for (const unit of module.units) {
    for (const node of walkStatements(unit.tree.body)) {
      if (node.kind !== 'FunctionDef' || node.name.id !== name) continue;
      const calls = walk(node.body).filter((inner) => inner.kind === 'Call');
      return { node, calls: calls.map((call) => sourceOf(module, unit, call)) };
    }
  }
  return undefined;
}

function expectSound(module: Module): void {
  expect(breach(module)).toBeUndefined();
  const names = outline(module);
  expect(names).toContain('before/1');
  expect(names).toContain('Last/0');
  expect(names).toContain('Last.method/1');
  expect(functionNamed(module, 'after')?.calls).toEqual(['db.execute(c)']);
  expect(functionNamed(module, 'method')?.calls).toEqual(['db.execute(d)']);
}

describe('a half-typed line in a function', () => {
  it('has enough cases', () => expect(IN_FUNCTION.length).toBeGreaterThanOrEqual(72));

  for (const line of IN_FUNCTION) {
    it(line, () => {
      const module = parsePython(inFunction(line));
      expectSound(module);
      expect(outline(module)).toContain('after/1');
      expect(outline(module)).toContain('half/1');
      const calls = functionNamed(module, 'half')?.calls ?? [];
      expect(calls).toContain('tail(x)');
    });
  }
});

describe('half-typed lines at the margin', () => {
  it('has enough cases', () => expect(AT_MARGIN.length).toBeGreaterThanOrEqual(30));

  for (const lines of AT_MARGIN) {
    it(lines, () => {
      const module = parsePython(atMargin(lines));
      expectSound(module);
      // A decorator that lacks its function goes to the next one.
      expect(outline(module)).toContain(lines.startsWith('@') ? 'after/2' : 'after/1');
    });
  }
});

describe('a header without its closing bracket', () => {
  for (const header of [
    'class Half(Base',
    'def half(a, b',
    'if check(a',
    'with open(a',
    'class Half(Base  # comment',
  ]) {
    it(`${header} keeps the body under it`, () => {
      const module = parsePython(atMargin(`${header}\n    """Doc."""\n    name = foo(1)\n    other(name)`));
      expectSound(module);
      const half = module.units[2]?.tree.body[0];
      const kinds = half && 'body' in half ? half.body.map((node) => ('kind' in node ? node.kind : '')) : [];
      expect(kinds).toEqual(['Expression', 'Assign', 'Expression']);
    });
  }
});
