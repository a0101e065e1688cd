/** Sinks inside helpers. A function that sends a text as it was given is no place to mend: the finding stands where its
 *  caller puts the text together. */
import type { SinkKind } from '../knowledge/kinds';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import type { Frame, SinkHit } from './machine';
import { activeTaints, BUILT_STEP, isTainted, kindSet, type Taint, textParts, type Value } from './values';

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

/** The parameter that an argument is, as it was given, or that it begins with, as in `sql + " LIMIT 10"`; undefined
 *  where something else is untrusted. */
export function givenName(
  argument: Expression,
  value: Value,
  kind: SinkKind,
  frame: Frame,
): string | undefined {
  if (frame.given === undefined || value.taints.length === 0) return undefined;
  if (argument.kind === 'Name') return frame.given.get(argument.id) === value ? argument.id : undefined;
  const first = firstOperand(argument);
  const given = first === undefined ? undefined : frame.given.get(first);
  if (given === undefined) return undefined;
  const holes = textParts(given).flatMap((part) => ('hole' in part ? part.hole.taints : []));
  // What was checked since is not as it was given.
  const keyOf = ({ sourceKey, cleared }: Taint) => `${sourceKey}:${cleared & kindSet([kind])}`;
  const keys = new Set([...given.taints, ...holes].map(keyOf));
  return value.taints.every((taint) => keys.has(keyOf(taint))) ? first : undefined;
}

/** The name in front of text that is added to it. */
function firstOperand(node: Expression): string | undefined {
  if (node.kind === 'Binary' && node.op === '+') return firstOperand(node.left);
  const [piece] = node.kind === 'String' ? (node.tokens[0]?.pieces ?? []) : [];
  if (piece?.kind === 'Hole' && piece.expression.kind === 'Name') return piece.expression.id;
  return node.kind === 'Name' ? node.id : undefined;
}

/** The hit as the caller of the helper sees it. `value` is what reaches the sink inside. */
export function seenByCaller(hit: SinkHit, value: Value, handing: Handing, frame: Frame): SinkHit {
  const { argument, actual, entered, call, helper, hasSelf } = handing;
  if (argument !== undefined && actual !== undefined && entered !== undefined) {
    const given = givenName(argument, actual, hit.row.kind, frame);
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
  if (given === undefined || row.rule !== undefined) return false;
  // What is merely marked as HTML is mended where it is marked.
  return COMPOSED.has(row.kind) || (row.kind === 'html' && row.effect !== undefined);
}

/** Text of the code with something untrusted in it. */
function isPutTogether(value: Value, kind: SinkKind): boolean {
  const parts = textParts(value);
  const isBuilt = parts.some((part) => 'text' in part);
  if (isBuilt) return parts.some((part) => 'hole' in part && isTainted(part.hole, kind));
  // A text that is built on branches is not known piece by piece.
  return activeTaints(value, kind).some(({ last }) => {
    for (let step = last; step !== undefined; step = step.previous)
      if (step.message === BUILT_STEP) return true;
    return false;
  });
}
