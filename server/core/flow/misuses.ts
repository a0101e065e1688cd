/** Notes calls and writes that are faults as they are written, whatever data goes through them. */
import { KNOWLEDGE } from '../knowledge/index';
import type { Call } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Arguments } from './calls';
import { argumentIndex, isAsExpected } from './conditions';
import type { Frame, WriteHit } from './machine';
import { applies, type EvaluatedCall } from './sinks';
import { CLEAN, type Value } from './values';

export function noteMisuses(node: Call, { names, callee: called, args }: EvaluatedCall, frame: Frame): void {
  if (frame.isSilent) return;
  const early = partOf(node, names, args);
  if (early !== undefined) return noteMisuses(early.node, early, frame);
  for (const callee of namesToLookUp(node, names, called))
    for (const row of KNOWLEDGE.misuses(callee)) {
      if (!applies(row, node, args)) continue;
      const given = row.at === undefined ? undefined : node.args[argumentIndex(node, row.at)];
      const place = given?.value ?? node.func;
      frame.machine.draft.misuses.push({ row, callee, site: frame.site, place, call: node });
    }
}

/** `partial(requests.get, verify=False)` is that call, with more arguments to come. */
function partOf(
  node: Call,
  names: readonly string[],
  args: Arguments,
): (EvaluatedCall & { node: Call }) | undefined {
  const [callee, ...positional] = args.positional;
  if (callee === undefined || args.inOrder[0] !== callee || !names.includes('functools.partial'))
    return undefined;
  const inner = callee.refs.flatMap((ref) =>
    ref.kind === 'external' ? [KNOWLEDGE.canonical(ref.name)] : [],
  );
  const given = {
    ...args,
    positional,
    inOrder: args.inOrder.slice(1),
    all: args.all.slice(1),
    star: args.star ?? CLEAN,
  };
  return {
    node: { ...node, args: node.args.slice(1) },
    names: inner,
    callee,
    receiver: undefined,
    args: given,
  };
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
