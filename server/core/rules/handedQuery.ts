/** A query that a helper sends: where the helper takes the values, and how they are written there. */
import { innermost } from '../flow/handedOver';
import type { SinkHit } from '../flow/machine';
import type { SinkRow } from '../knowledge/library';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import { argumentOf, type Sent, sendingCall } from './sqlFault';

export interface HelperSlot {
  readonly position: number;
  readonly keyword?: string;
  /** `*values`: each value is an argument of its own. */
  readonly isVariadic: boolean;
}

/** The row of the driver's call, and the call that it is in. */
export function sendingIn(hit: SinkHit): { readonly row: SinkRow; readonly sent: Sent | undefined } {
  const inner = innermost(hit);
  const { row } = inner;
  return { row, sent: row.isTextWrapper ? sendingCall(inner) : argumentOf(inner.call, inner.argument) };
}

/** Where the outermost helper takes the values; undefined when one on the way keeps them out. */
export function helperSlot(hit: SinkHit): HelperSlot | undefined {
  const chain: NonNullable<SinkHit['handed']>[] = [];
  for (let { handed } = hit; handed !== undefined; handed = handed.hit.handed) chain.unshift(handed);
  const { row, sent } = sendingIn(hit);
  if (sent === undefined || row.parameters === undefined) return undefined;
  const { position, name } = row.parameters;
  let given = argumentAt(sent.call, position, name);
  let slot: HelperSlot | undefined;
  for (const { hit: inner, helper, hasSelf } of chain) {
    if (slot !== undefined) given = argumentAt(inner.call, slot.position, slot.keyword, slot.isVariadic);
    slot = given === undefined ? undefined : parameterOf(helper, given, hasSelf);
    if (slot === undefined) return undefined;
  }
  return slot;
}

function argumentAt(
  call: Call,
  position: number,
  keyword?: string,
  isVariadic = false,
): Expression | undefined {
  const named = call.args.find(({ name }) => keyword !== undefined && name?.id === keyword);
  const positional = call.args.filter(({ name, star }) => name === undefined && star === '');
  const starred = call.args.find(({ star }) => star === '*');
  if (isVariadic) return starred?.value;
  return starred === undefined ? (named ?? positional[position])?.value : undefined;
}

/** `values`, `values or ()`, `tuple(values)`: the parameter in it. */
function parameterOf(helper: FunctionDef, given: Expression, hasSelf: boolean): HelperSlot | undefined {
  const node = given.kind === 'Boolean' && given.op === 'or' ? given.values[0] : given;
  if (node?.kind === 'Call' && node.func.kind === 'Name' && /^(?:list|tuple|dict)$/.test(node.func.id)) {
    const [only] = node.args;
    return only === undefined || node.args.length > 1 ? undefined : parameterOf(helper, only.value, hasSelf);
  }
  if (node?.kind !== 'Name') return undefined;
  const index = helper.params.findIndex(({ name }) => name.id === node.id);
  const parameter = helper.params[index];
  if (parameter === undefined || parameter.star === '**') return undefined;
  const position = index - (hasSelf ? 1 : 0);
  const isVariadic = parameter.star === '*';
  return { position, isVariadic, ...(isVariadic ? {} : { keyword: node.id }) };
}
