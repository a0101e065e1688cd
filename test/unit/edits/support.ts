/** What the tests of the fix builders share: find nodes in a small program, apply edits, parse the result. */
import { expect } from 'vitest';
import { applyEdits, type TextEdit } from '../../../server/core/base/textEdit';
import type { Located } from '../../../server/core/edits/outcome';
import type { Call, Expression, Module, Node } from '../../../server/core/syntax/python/ast';
import { parsePython } from '../../../server/core/syntax/python/parse';

/** Applies edits and makes sure that the result is Python. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const result = applyEdits(text, edits);
  expect(parsePython(result).problems, result).toEqual([]);
  return result;
}

export function moduleOf(text: string): Module {
  const module = parsePython(text);
  expect(module.problems, text).toEqual([]);
  return module;
}

/** Every node of the module with its unit's base, parents first. */
export function nodesOf(module: Module): Located<Node>[] {
  const found: Located<Node>[] = [];
  const visit = (value: unknown, base: number): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, base);
    else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && 'start' in value) found.push({ node: value as Node, base });
      for (const part of Object.values(value)) visit(part, base);
    }
  };
  for (const unit of module.units) visit(unit.tree.body, unit.base);
  return found;
}

/** The first call of a function or method of that name. */
export function callNamed(module: Module, name: string): Located<Call> {
  for (const { node, base } of nodesOf(module)) {
    if (node.kind !== 'Call') continue;
    const { func } = node;
    const own = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
    if (own === name) return { node, base };
  }
  throw new Error(`No call of ${name}`);
}

/** The value that is last assigned to the name, in source order. */
export function lastValueOf(module: Module, name: string): Located<Expression> {
  const values = nodesOf(module).flatMap(({ node, base }) =>
    node.kind === 'Assign' && node.targets[0]?.kind === 'Name' && node.targets[0].id === name
      ? [{ node: node.value, base }]
      : [],
  );
  const last = values.at(-1);
  if (last === undefined) throw new Error(`No value of ${name}`);
  return last;
}
