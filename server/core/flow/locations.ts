/** Redirects that are made by hand: the Location header of a response.
 *  @see https://www.rfc-editor.org/rfc/rfc9110#name-location */
import type { SinkRow } from '../knowledge/library';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Env } from './env';
import { evaluate } from './evaluate';
import type { Frame } from './machine';
import { ownerNames } from './sources';
import type { Value } from './values';

const SENT_TO: SinkRow = {
  kind: 'redirect',
  argument: { position: 0 },
  effect: 'is where the browser is sent',
};

const NAME = /^location$/i;

/** `response.headers["Location"] = address`, `response.location = address` */
export function noteLocationWrite(
  target: Expression,
  node: Expression,
  value: Value,
  env: Env,
  frame: Frame,
): void {
  if (frame.isSilent || value.taints.length === 0) return;
  const isHeader = target.kind === 'Subscript' && NAME.test(literalText(target.index) ?? '');
  const isAttribute = target.kind === 'Attribute' && target.attr.id === 'location';
  if (!isHeader && !isAttribute) return;
  const owner = evaluate(target.value, env, { ...frame, isSilent: true });
  const type = isHeader ? /^werkzeug\.datastructures\.Headers$/ : /^flask\.(?:Data)?Response$/;
  if (ownerNames(owner, frame).some((name) => type.test(name))) noteLocation(node, value, frame);
}

/** The second and third part of what a view returns: `"", 302, {"Location": address}`. */
export function noteLocationReturned(
  parts: readonly Expression[],
  values: readonly (Value | undefined)[],
  frame: Frame,
): void {
  if (frame.isSilent || values.some((value) => isOk(value))) return;
  for (const [index, node] of parts.entries()) {
    const given = locationOf(node, values[index]);
    if (given !== undefined && given.value.taints.length > 0)
      noteLocation(given.argument, given.value, frame);
  }
}

/** A status that makes a browser stay where it is, such as 201 with the address of what was made. */
function isOk(status: Value | undefined): boolean {
  return status?.constants?.every((code) => typeof code === 'number' && (code < 300 || code > 399)) === true;
}

/** The address among headers that are given as a dict. */
export function locationOf(
  node: Expression,
  value: Value | undefined,
): { readonly argument: Expression; readonly value: Value } | undefined {
  const found = [...(value?.contents?.entries ?? [])].find(([key]) => NAME.test(key.slice(2)));
  if (found === undefined) return undefined;
  const written =
    node.kind === 'Dict'
      ? node.entries.find(({ key }) => key !== undefined && NAME.test(literalText(key) ?? ''))?.value
      : undefined;
  return { argument: written ?? node, value: found[1] };
}

function noteLocation(argument: Expression, value: Value, { machine, site }: Frame): void {
  const { start, end } = argument;
  const call: Call = { kind: 'Call', start, end, func: argument, args: [], argsRange: { start, end } };
  machine.draft.hits.push({ row: SENT_TO, callee: 'Location', site, call, argument, value, isTyped: true });
}
