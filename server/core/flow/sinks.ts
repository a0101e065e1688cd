/** Notes the sinks that a call or a write reaches, with what reaches them. */
import { KNOWLEDGE } from '../knowledge/index';
import type { SinkRow } from '../knowledge/library';
import type { Call, Expression } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { argumentIndex, holds } from './conditions';
import { holdsException } from './exceptions';
import type { Frame } from './machine';
import { CLEAN, isTainted, joinAll, textParts, type Value } from './values';

/** A call with everything it was evaluated to. */
export interface EvaluatedCall {
  /** Canonical names that the callee can have in a library. */
  readonly names: readonly string[];
  readonly callee: Value;
  readonly receiver: Value | undefined;
  readonly args: Arguments;
}

export function noteSinks(node: Call, call: EvaluatedCall, frame: Frame): void {
  if (frame.isSilent) return;
  const noted = new Set<string>();
  for (const name of [...call.names, ...constructed(call, frame)])
    for (const row of KNOWLEDGE.sinks(name)) {
      if (noted.has(row.kind) || !applies(row, node, call.args)) continue;
      noted.add(row.kind);
      noteSink(node, row, name, call, true, frame);
    }
  if (noted.size === 0) noteGuessedQuery(node, call, frame);
}

/** A class of the project is made as its library's base makes it, unless it says how itself. Asked only for calls
 *  that unpack a dict: nothing else makes a difference there. */
function constructed({ callee, args }: EvaluatedCall, frame: Frame): readonly string[] {
  if (args.spread === undefined) return [];
  const { resolver } = frame.machine.project;
  return callee.refs.flatMap((ref) =>
    ref.kind === 'class' && resolver.declared(ref, '__init__').length === 0
      ? resolver.bases(ref).library
      : [],
  );
}

const EXECUTE_METHODS = new Set(['execute', 'executemany', 'executescript', 'exec_driver_sql']);
const SQL_START =
  /^[\s(]*(?:--[^\n]*\n\s*)?(select|insert|update|delete|replace|create|drop|alter|with|call|merge|truncate|pragma)\s/i;
const GUESSED_QUERY: SinkRow = { kind: 'sql', argument: { position: 0 }, parameters: { position: 1 } };

/** `execute` of something unknown, with text that begins like a query. */
function noteGuessedQuery(node: Call, call: EvaluatedCall, frame: Frame): void {
  if (node.func.kind !== 'Attribute' || !EXECUTE_METHODS.has(node.func.attr.id)) return;
  const isKnown =
    call.callee.refs.some((ref) => ref.kind === 'function') ||
    call.names.some((name) => KNOWLEDGE.knows(name));
  const [query] = call.args.positional;
  if (isKnown || call.receiver === undefined || query === undefined) return;
  const [first] = textParts(query);
  if (first !== undefined && 'text' in first && SQL_START.test(first.text))
    noteSink(node, GUESSED_QUERY, node.func.attr.id, call, false, frame);
}

function noteSink(
  node: Call,
  row: SinkRow,
  callee: string,
  { receiver, args }: EvaluatedCall,
  isTyped: boolean,
  frame: Frame,
): void {
  const given = givenValue(node, row, receiver, args);
  if (given === undefined || given.value.taints.length === 0) return;
  // Nearly every view sends something: what is of unknown origin there says nothing.
  if (row.kind === 'exposure' && !holdsException(given.value)) return;
  frame.machine.draft.hits.push({ row, callee, site: frame.site, call: node, isTyped, ...given });
}

interface Given {
  readonly argument: Expression;
  readonly value: Value;
}

function givenValue(
  node: Call,
  row: SinkRow,
  receiver: Value | undefined,
  args: Arguments,
): Given | undefined {
  if (row.argument === 'receiver')
    return receiver === undefined || node.func.kind !== 'Attribute'
      ? undefined
      : { argument: node.func.value, value: receiver };
  if (row.argument === 'all') {
    const tainted = node.args.findIndex((_, index) => isTainted(args.inOrder[index] ?? CLEAN, row.kind));
    const argument = node.args[Math.max(0, tainted)];
    return argument === undefined ? undefined : { argument: argument.value, value: joinAll(args.all) };
  }
  const index =
    row.argument === 'spread'
      ? node.args.findIndex(({ star }) => star === '**')
      : argumentIndex(node, row.argument);
  const argument = node.args[index];
  const value = args.inOrder[index];
  if (argument === undefined || value === undefined) return undefined;
  if (row.element === 'keys' && value.contents !== undefined) {
    const keys = value.contents.keys ?? value.contents.rest;
    return keys && { argument: argument.value, value: keys };
  }
  if (row.element !== 'first') return { argument: argument.value, value };
  const first = value.contents?.entries.get('i:0');
  if (argument.value.kind !== 'List' && argument.value.kind !== 'Tuple')
    return { argument: argument.value, value: first ?? value };
  const [element] = argument.value.elements;
  return element === undefined || first === undefined ? undefined : { argument: element, value: first };
}

export function applies(row: Pick<SinkRow, 'when' | 'unless'>, node: Call, args: Arguments): boolean {
  if (row.when?.some((condition) => !holds(condition, node, args))) return false;
  return !row.unless?.some((condition) => holds(condition, node, args));
}
