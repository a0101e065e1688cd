/** Names that statements bind, read off the tree: what an edit must not step on. */
import type { Expression, Node, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';

/** Names bound anywhere inside the statements, nested functions and classes included. An assignment to
 *  `a.b` or `a[0]` counts as one of `a`: it changes what `a` holds. */
export function boundNames(statements: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  for (const node of walk(statements)) addBindings(node, names);
  return names;
}

/** Names bound by one module or function body itself: nested functions and classes count by name only. */
export function ownNames(statements: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  const isOpen = (node: Node) =>
    node.kind !== 'FunctionDef' && node.kind !== 'ClassDef' && node.kind !== 'Lambda';
  for (const node of walk(statements, isOpen)) addBindings(node, names);
  return names;
}

/** Names read or written anywhere inside the nodes. */
export function mentionedNames(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const node of walk(nodes)) if (node.kind === 'Name') names.add(node.id);
  return names;
}

function addBindings(node: Node, names: Set<string>): void {
  switch (node.kind) {
    case 'Assign':
      for (const target of node.targets) addTarget(target, names);
      break;
    case 'AnnotatedAssign':
    case 'AugmentedAssign':
    case 'For':
    case 'Named':
      addTarget(node.target, names);
      break;
    case 'Delete':
      for (const target of node.targets) addTarget(target, names);
      break;
    case 'With':
      for (const item of node.items) if (item.target) addTarget(item.target, names);
      break;
    case 'Try':
      for (const handler of node.handlers) if (handler.name) names.add(handler.name.id);
      break;
    case 'FunctionDef':
    case 'ClassDef':
    case 'TypeAlias':
      names.add(node.name.id);
      break;
    case 'Import':
      for (const alias of node.names) names.add(alias.asName?.id ?? (alias.name.split('.')[0] as string));
      break;
    case 'ImportFrom':
      for (const alias of node.names) names.add(alias.asName?.id ?? alias.name);
      break;
    case 'CapturePattern':
    case 'StarPattern':
      if (node.name) names.add(node.name.id);
      break;
    case 'AsPattern':
      names.add(node.name.id);
      break;
    case 'MappingPattern':
      if (node.rest) names.add(node.rest.id);
      break;
  }
}

function addTarget(target: Expression, names: Set<string>): void {
  switch (target.kind) {
    case 'Name':
      names.add(target.id);
      break;
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
      addTarget(target.value, names);
      break;
    case 'Tuple':
    case 'List':
      for (const element of target.elements) addTarget(element, names);
      break;
  }
}
