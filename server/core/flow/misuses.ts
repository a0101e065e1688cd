/** Notes calls and writes that are faults as they are written, whatever data goes through them. */
import { KNOWLEDGE } from '../knowledge/index';
import type { Call } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { argumentIndex, isAsExpected } from './conditions';
import type { Frame, WriteHit } from './machine';
import { applies, type EvaluatedCall } from './sinks';
import type { Value } from './values';

export function noteMisuses(node: Call, { names, callee: called, args }: EvaluatedCall, frame: Frame): void {
  if (frame.isSilent) return;
  for (const callee of namesToLookUp(node, names, called))
    for (const row of KNOWLEDGE.misuses(callee)) {
      if (!applies(row, node, args)) continue;
      const given = row.at === undefined ? undefined : node.args[argumentIndex(node, row.at)];
      const place = given?.value ?? node.func;
      frame.machine.draft.misuses.push({ row, callee, site: frame.site, place, call: node });
    }
}

/** `names` are those of the attribute or item that is written. */
export function noteMisuseWrite(
  target: WriteHit['target'],
  names: readonly string[],
  value: Value,
  frame: Frame,
): void {
  if (frame.isSilent) return;
  for (const callee of names) {
    const row = KNOWLEDGE.misuseWrite(callee);
    if (row === undefined || !isUnderKey(target, row.key)) continue;
    if (isAsExpected(value, row))
      frame.machine.draft.misuses.push({ row, callee, site: frame.site, place: target });
  }
}

function isUnderKey(target: WriteHit['target'], key: string | undefined): boolean {
  return key === undefined || (target.kind === 'Subscript' && literalText(target.index) === key);
}

/** A method of an object whose type is not known goes by its own name, and by that of the object as written. */
function namesToLookUp(node: Call, names: readonly string[], callee: Value): readonly string[] {
  const isKnown = names.some((name) => KNOWLEDGE.knows(name));
  if (isKnown || node.func.kind !== 'Attribute' || callee.refs.some(({ kind }) => kind !== 'external'))
    return names;
  const { attr, value } = node.func;
  const owner = value.kind === 'Name' ? value.id : value.kind === 'Attribute' ? value.attr.id : '';
  return [`*.${owner}.${attr.id}`, `*.${attr.id}`];
}
