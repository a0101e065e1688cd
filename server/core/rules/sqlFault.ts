/** What untrusted data is in a query: a value, a name, or a piece of a clause that SQLAlchemy builds. Each has a rule of
 *  its own, because each is mended in another way. */
import { classifyHoles, type SqlHole } from '../edits/sqlContext';
import { innermost } from '../flow/handedOver';
import type { SinkHit } from '../flow/machine';
import { isTainted, isUnknownFor, type TextPart, textParts, type Value } from '../flow/values';
import { enclosingFunction } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Argument, Call, Expression, Statement } from '../syntax/python/ast';

export type SqlFault = 'value' | 'name' | 'clause';

export function sqlFaultOf(hit: SinkHit): SqlFault {
  const holes = holesOf(hit, (value) => isTainted(value, 'sql'));
  if (holes.length > 0 && holes.every(isName)) return 'name';
  return hit.row.isClause || (hit.row.isTextWrapper && isClause(innermost(hit))) ? 'clause' : 'value';
}

/** Where values of unknown origin stand in the text of a query that nothing untrusted is known to reach. */
export function unknownHoles(hit: SinkHit): readonly SqlHole[] {
  return holesOf(hit, (value) => isUnknownFor(value, 'sql'));
}

interface QueryHole extends SqlHole {
  readonly before: string;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

function holesOf(hit: SinkHit, counts: (value: Value) => boolean): readonly QueryHole[] {
  const parts = textParts(hit.value);
  if (!parts.some((part) => 'text' in part)) return [];
  const holes = parts.flatMap((part) => ('hole' in part ? [part.hole] : []));
  const read = classifyHoles(parts, hit.row.dialect ?? 'unknown').map((hole, index) => ({
    ...hole,
    before: textBefore(parts, index),
    isLast: index === holes.length - 1 && 'hole' in (parts.at(-1) as TextPart),
  }));
  return read.filter((_, index) => counts(holes[index] as Value));
}

/** The text in front of a hole, with other holes as `x`. */
function textBefore(parts: readonly TextPart[], index: number): string {
  let nHoles = 0;
  let text = '';
  for (const part of parts) {
    if ('text' in part) text += part.text;
    else if (nHoles++ === index) break;
    else text += 'x';
  }
  return text;
}

/** A table, a column, or a direction of sorting. What the whole rest of the query is made of is more than a name. */
function isName({ position, before, isLast }: QueryHole): boolean {
  if (isLast && /\bselect\s+$/i.test(before)) return false;
  if (position === 'identifier' || position === 'quoted-identifier') return true;
  return position === 'clause' && /\border\s+by\s+[\w.,\s"`]+$/i.test(before);
}

/** True when a `text(…)` goes into a clause, such as `filter(text(…))`, and not into `execute`. */
function isClause(hit: SinkHit): boolean {
  if (sendingCall(hit) !== undefined) return false;
  const { calls } = unitFacts(hit.site.tree);
  const isTaken = (call: Call, value: Expression) => call.args.some((argument) => argument.value === value);
  const taker = calls.find(({ node }) => isTaken(node, hit.call))?.node;
  if (taker !== undefined) return !isExecuting(taker);
  const name = variableHolding(hit);
  const takers = calls.filter(
    ({ node, owners }) =>
      name !== undefined &&
      owners.at(-1) === hit.site.owners.at(-1) &&
      argumentNamed(node, name) !== undefined,
  );
  return takers.length > 0 && takers.every(({ node }) => !isExecuting(node));
}

export interface Sent {
  readonly call: Call;
  readonly argument: Argument;
}

export function argumentOf(call: Call, value: Expression): Sent | undefined {
  const argument = call.args.find((candidate) => candidate.value === value);
  return argument === undefined ? undefined : { call, argument };
}

/** The one call that a `text(…)` goes into, directly or through a variable of the same function. */
export function sendingCall(hit: SinkHit): Sent | undefined {
  const { calls } = unitFacts(hit.site.tree);
  for (const { node } of calls) {
    const sent = argumentOf(node, hit.call);
    if (sent !== undefined) return isExecuting(node) ? sent : undefined;
  }
  const name = variableHolding(hit);
  if (name === undefined) return undefined;
  const owner = hit.site.owners.at(-1);
  const users = calls
    .filter(({ node, owners }) => owners.at(-1) === owner && isExecuting(node))
    .flatMap(({ node }) => {
      const argument = argumentNamed(node, name);
      return argument === undefined ? [] : [{ call: node, argument }];
    });
  return users.length === 1 ? users[0] : undefined;
}

function argumentNamed(call: Call, name: string): Argument | undefined {
  return call.args.find(({ value }) => value.kind === 'Name' && value.id === name);
}

/** The variable that a call's result is kept in, by a statement of the function around it. */
function variableHolding(hit: SinkHit): string | undefined {
  const statements: readonly Statement[] = enclosingFunction(hit.site)?.body ?? hit.site.tree.body;
  for (const statement of statements) {
    const [target] = statement.kind === 'Assign' && statement.value === hit.call ? statement.targets : [];
    if (target?.kind === 'Name') return target.id;
  }
  return undefined;
}

function isExecuting(call: Call): boolean {
  return call.func.kind === 'Attribute' && /^(execute|scalars?)$/.test(call.func.attr.id);
}
