/** Methods that a base class leaves to its subclasses: whoever calls one of them calls one of theirs. */
import type { ClassRef, FunctionRef } from '../model/refs';
import { classAround } from '../model/routes';
import { scopeOf } from '../model/scopes';
import { subclassesOf } from '../model/subclasses';
import type { Expression, FunctionDef, Statement } from '../syntax/python/ast';
import type { Machine } from './machine';

export interface Override {
  readonly method: FunctionRef;
  readonly class: ClassRef;
}

/** Subclasses with a method of their own that are followed for one call. */
const MAX_OVERRIDES = 6;

/** The methods that may stand in an abstract method's place for objects of a class; empty if it is not abstract. */
export function overridesOf(ref: FunctionRef, object: ClassRef, { project }: Machine): readonly Override[] {
  if (classAround(ref) === undefined || !isAbstract(ref.node)) return [];
  const name = ref.node.name.id;
  return subclassesOf(project, object)
    .filter(({ node }) => scopeOf(node).bindings.has(name))
    .slice(0, MAX_OVERRIDES)
    .flatMap((cls): Override[] => {
      const [method] = project.resolver.declared(cls, name);
      return method?.kind === 'function' && !isAbstract(method.node) ? [{ method, class: cls }] : [];
    });
}

/** `@abstractmethod`, or a body that does nothing or says that it is not there. */
function isAbstract({ decorators, body }: FunctionDef): boolean {
  return decorators.some(({ expression }) => /^abstract/.test(lastName(expression))) || body.every(isEmpty);
}

function isEmpty(node: Statement): boolean {
  switch (node.kind) {
    case 'Pass':
      return true;
    case 'Expression':
      return node.value.kind === 'String' || (node.value.kind === 'Constant' && node.value.value === '...');
    case 'Raise':
      return node.exception !== undefined && /^NotImplemented/.test(lastName(node.exception));
    default:
      return false;
  }
}

function lastName(node: Expression): string {
  if (node.kind === 'Call') return lastName(node.func);
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}
