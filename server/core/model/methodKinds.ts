/** What the decorators of Python itself make of a method. */
import type { FunctionDef } from '../syntax/python/ast';

export function isStaticMethod(node: FunctionDef): boolean {
  return isDecoratedBy(node, (name) => name === 'staticmethod');
}

export function isClassMethod(node: FunctionDef): boolean {
  return isDecoratedBy(node, (name) => name === 'classmethod');
}

export function isPropertyFunction(node: FunctionDef): boolean {
  return isDecoratedBy(node, (name) => name === 'property' || name === 'cached_property');
}

function isDecoratedBy({ decorators }: FunctionDef, test: (name: string) => boolean): boolean {
  return decorators.some(({ expression }) => {
    if (expression.kind === 'Name') return test(expression.id);
    return expression.kind === 'Attribute' && test(expression.attr.id);
  });
}
