/** The names that say what a value is for: what it is assigned to, passed as, stored under. */
import type { Expression, Node, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { parentsOf } from './unitNodes';

/** Names of targets, keywords and keys around an expression, up to its statement. */
export function namesAround(tree: UnitTree, node: Expression): readonly string[] {
  const names: string[] = [];
  let inner: Node = node;
  for (const parent of parentsOf(tree, node).toReversed()) {
    names.push(...namesFor(parent, inner));
    if (parent.kind === 'FunctionDef' || parent.kind === 'ClassDef') break;
    inner = parent;
  }
  return names;
}

function namesFor(parent: Node, inner: Node): readonly string[] {
  switch (parent.kind) {
    case 'Assign':
      return parent.value === inner ? parent.targets.flatMap(targetNames) : [];
    case 'AnnotatedAssign':
    case 'AugmentedAssign':
      return parent.value === inner ? targetNames(parent.target) : [];
    case 'Named':
      return [parent.target.id];
    case 'Call':
      return parent.args.flatMap(({ name, value }) =>
        value === inner && name !== undefined ? [name.id] : [],
      );
    case 'Dict':
      return parent.entries.flatMap(({ key, value }) =>
        value === inner && key !== undefined ? (literalText(key) ?? []) : [],
      );
    default:
      return [];
  }
}

/** `token`, `user.token`, `session["token"]`. */
function targetNames(target: Expression): readonly string[] {
  switch (target.kind) {
    case 'Name':
      return [target.id];
    case 'Attribute':
      return [target.attr.id];
    case 'Subscript': {
      const key = literalText(target.index);
      return key === undefined ? targetNames(target.value) : [key];
    }
    default:
      return [];
  }
}
