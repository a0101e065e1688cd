/** Notes calls and writes that are faults as they are written, whatever data goes through them. */
import { KNOWLEDGE } from '../knowledge/index';
import type { Call } from '../syntax/python/ast';
import { argumentIndex, isAsExpected } from './conditions';
import type { Frame, WriteHit } from './machine';
import { applies, type EvaluatedCall } from './sinks';
import type { Value } from './values';

export function noteMisuses(node: Call, { names, args }: EvaluatedCall, frame: Frame): void {
  if (frame.isSilent) return;
  for (const callee of names)
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
    if (row !== undefined && isAsExpected(value, row))
      frame.machine.draft.misuses.push({ row, callee, site: frame.site, place: target });
  }
}
