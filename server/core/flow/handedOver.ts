/** Sinks inside helpers. A function that sends a text as it was given is no place to mend: the finding stands where its
 *  caller puts the text together. */
import type { SinkKind } from '../knowledge/kinds';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import type { Frame, SinkHit } from './machine';
import { isTainted, textParts, type Value } from './values';

/** Texts that are made for their sink. For others, such as lines of a log, the helper is the one place to mend. */
const COMPOSED: ReadonlySet<SinkKind> = new Set<SinkKind>([
  'sql',
  'command',
  'code',
  'template',
  'ldap',
  'xpath',
  'path',
  'ssrf',
]);

/** One call of a helper, with what it gives for the parameter that reaches the sink. */
export interface Handing {
  readonly helper: FunctionDef;
  readonly hasSelf: boolean;
  readonly call: Call;
  /** Undefined when the call unpacks it. */
  readonly argument: Expression | undefined;
  /** The argument as the caller knows it, and as the helper is told. */
  readonly actual: Value | undefined;
  readonly entered: Value | undefined;
}

/** The parameter that an argument is, as it was given; undefined for all others. */
export function givenName(argument: Expression, value: Value, frame: Frame): string | undefined {
  return argument.kind === 'Name' && frame.given?.get(argument.id) === value ? argument.id : undefined;
}

/** The hit as the caller of the helper sees it. `value` is what reaches the sink inside. */
export function seenByCaller(hit: SinkHit, value: Value, handing: Handing, frame: Frame): SinkHit {
  const { argument, actual, entered, call, helper, hasSelf } = handing;
  if (argument !== undefined && actual !== undefined && entered !== undefined) {
    const given = givenName(argument, actual, frame);
    const { site } = frame;
    const moved = { ...hit, site, call, argument, value: entered, handed: { hit, helper, hasSelf }, given };
    if (given !== undefined || isPutTogether(actual, hit.row.kind)) return moved;
  }
  return { ...innermost(hit), value, given: undefined };
}

/** Where the value is sent, however many helpers it went through. */
export function innermost(hit: SinkHit): SinkHit {
  let inner = hit;
  while (inner.handed !== undefined) inner = inner.handed.hit;
  return inner;
}

export function canMove({ row, given }: SinkHit): boolean {
  return given !== undefined && row.rule === undefined && COMPOSED.has(row.kind);
}

/** Text of the code with something untrusted in it. */
function isPutTogether(value: Value, kind: SinkKind): boolean {
  const parts = textParts(value);
  return (
    parts.some((part) => 'text' in part) && parts.some((part) => 'hole' in part && isTainted(part.hole, kind))
  );
}
