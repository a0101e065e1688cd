/** What of a unit other units can see. While a unit's signature stays, results elsewhere stay valid. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { Unit } from '../syntax/python/ast';
import type { Project } from './project';
import { refKey } from './refs';
import { unitFacts } from './unitFacts';

/** Calls that tell the project something: routes, configuration. */
const TELLING = new Set([
  'add_url_rule',
  'add_resource',
  'as_view',
  'from_object',
  'from_mapping',
  'from_pyfile',
  'update',
  'setdefault',
]);

export function unitSignature(project: Project, file: FilePath, unit: Unit, text: string): string {
  const facts = unitFacts(unit.tree);
  const slice = (range: Range) => text.slice(unit.base + range.start, unit.base + range.end);
  const parts: string[] = [];
  for (const statement of unit.tree.body)
    if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') parts.push(slice(statement));
  for (const { node, owners } of facts.functions) {
    if (owners.some((owner) => owner.kind === 'FunctionDef')) continue;
    const ref = { kind: 'function', file, tree: unit.tree, node, owners } as const;
    parts.push(slice({ start: node.start, end: node.body[0]?.start ?? node.end }));
    parts.push(...project.resolver.result(ref).map(refKey));
  }
  for (const { node } of facts.classes) {
    parts.push(slice({ start: node.start, end: node.body[0]?.start ?? node.end }));
    for (const inner of node.body)
      if (inner.kind !== 'FunctionDef' && inner.kind !== 'ClassDef') parts.push(slice(inner));
  }
  for (const { node } of [...facts.writes, ...facts.selfWrites])
    parts.push(slice({ start: node.target.start, end: node.value.end }));
  for (const { node } of facts.calls)
    if (node.func.kind === 'Attribute' && TELLING.has(node.func.attr.id)) parts.push(slice(node));
  return parts.join('\n');
}
