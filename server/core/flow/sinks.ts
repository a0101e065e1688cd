/** Notes the sinks that a call or a write reaches, with what reaches them. */
import { KNOWLEDGE } from '../knowledge/index';
import type { SinkRow } from '../knowledge/library';
import type { Call, Expression, Subscript } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { argumentIndex, holds } from './conditions';
import { listElements } from './containers';
import { holdsException } from './exceptions';
import { givenName } from './handedOver';
import { rowKey } from './hits';
import { locationOf } from './locations';
import type { Frame } from './machine';
import { listedAsText } from './special';
import { beginning, CLEAN, isTainted, joinAll, textParts, type Value } from './values';

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
  let isSink = false;
  for (const name of [...call.names, ...constructed(call, frame)])
    for (const row of KNOWLEDGE.sinks(name)) {
      if (noted.has(rowKey(row)) || !applies(row, node, call.args)) continue;
      isSink = true;
      if (noteSink(node, row, name, call, true, frame)) noted.add(rowKey(row));
    }
  if (!isSink) noteGuessedQuery(node, call, frame);
}

/** `globals()[name]`: a sink that is read. */
export function noteItemSink(node: Subscript, owner: Value, index: Value, frame: Frame): void {
  if (frame.isSilent || index.taints.length === 0) return;
  for (const ref of owner.refs) {
    const [row] = ref.kind === 'external' ? KNOWLEDGE.sinks(`${ref.name}[]`) : [];
    if (ref.kind !== 'external' || row === undefined) continue;
    const { start, end } = node;
    const call: Call = { kind: 'Call', func: node.value, args: [], argsRange: node.index, start, end };
    const hit = { row, callee: ref.name, site: frame.site, call, argument: node.index, value: index };
    frame.machine.draft.hits.push({ ...hit, isTyped: true });
    return;
  }
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

const FORMAT: SinkRow = { kind: 'trust', argument: 'receiver', effect: 'is read as a format' };

/** `text.format(…)` with fields that a visitor writes, and something for them to look into. */
export function noteFormat(node: Call, receiver: Value, args: Arguments, frame: Frame): void {
  if (frame.isSilent || node.func.kind !== 'Attribute' || args.all.length === 0) return;
  if (receiver.taints.length === 0) return;
  const hit = { row: FORMAT, callee: 'str.format', site: frame.site, call: node, argument: node.func.value };
  frame.machine.draft.hits.push({ ...hit, value: receiver, isTyped: true });
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
): boolean {
  const given = givenValue(node, row, receiver, args);
  if (given === undefined || given.value.taints.length === 0) return false;
  // Nearly every view sends something: what is of unknown origin there says nothing.
  if (row.kind === 'exposure' && !holdsException(given.value)) return false;
  const hit = { row, callee, site: frame.site, call: node, isTyped, ...given };
  const name = givenName(given.argument, given.value, row.kind, frame);
  frame.machine.draft.hits.push(name === undefined ? hit : { ...hit, given: name });
  return true;
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
    const values = row.kind === 'log' ? args.all.map(listedAsText) : args.all;
    return argument === undefined ? undefined : { argument: argument.value, value: joinAll(values) };
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
  if (row.element === 'location') return locationOf(argument.value, value);
  if (row.element === 'option') return optionOf(argument.value, value);
  if (row.element === 'script') return scriptOf(node.args.slice(index), args.inOrder.slice(index));
  if (row.element !== 'first') return { argument: argument.value, value };
  const first = value.contents?.entries.get('i:0');
  if (argument.value.kind !== 'List' && argument.value.kind !== 'Tuple')
    return { argument: argument.value, value: first ?? value };
  const [element] = argument.value.elements;
  return element === undefined || first === undefined ? undefined : { argument: element, value: first };
}

/** The first element behind the program that may begin with `-`, unless `--` has ended the options before it. */
function optionOf(node: Expression, { contents }: Value): Given | undefined {
  const elements = listElements(contents) ?? [];
  const end = elements.findIndex(({ constants }) => constants?.includes('--') === true);
  const index = elements
    .slice(0, end < 0 ? undefined : end)
    .findIndex((element, at) => at > 0 && isTainted(beginning(element) ?? CLEAN, 'trust'));
  const value = elements[index];
  if (value === undefined) return undefined;
  const written = node.kind === 'List' || node.kind === 'Tuple' ? node.elements : [];
  return { argument: written.length === elements.length ? (written[index] ?? node) : node, value };
}

/** Programs that run a text they are given, with what stands in front of that text. */
const INTERPRETERS: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|[\\/])(?:ba|z|k|da|a|c|tc|fi)?sh$/, /^-[a-z]*c$/],
  [/(?:^|[\\/])cmd(?:\.exe)?$/i, /^\/[ck]$/i],
  [/(?:^|[\\/])(?:powershell|pwsh)(?:\.exe)?$/i, /^-c(?:ommand)?$/i],
  [/(?:^|[\\/])python[\d.]*$/, /^-c$/],
  [/(?:^|[\\/])(?:perl|ruby|node|php)$/, /^-[er]$/],
];

/** The script in `["sh", "-c", script]`, or in the same as separate arguments. */
function scriptOf(nodes: Call['args'], values: readonly Value[]): Given | undefined {
  const [list] = values;
  const [node] = nodes;
  const elements = list?.contents === undefined ? values : (listElements(list.contents) ?? []);
  const texts = elements.map(({ constants }) => (constants?.length === 1 ? String(constants[0]) : ''));
  const start = texts.findIndex((text) => INTERPRETERS.some(([program]) => program.test(text)));
  const flag = INTERPRETERS.find(([program]) => program.test(texts[start] ?? ''))?.[1];
  const at = flag === undefined ? -1 : texts.findIndex((text, index) => index > start && flag.test(text));
  const value = at < 0 ? undefined : elements[at + 1];
  if (value === undefined || node === undefined) return undefined;
  if (list?.contents === undefined) return { argument: nodes[at + 1]?.value ?? node.value, value };
  const written = node.value.kind === 'List' || node.value.kind === 'Tuple' ? node.value.elements : [];
  return {
    argument: written.length === elements.length ? (written[at + 1] ?? node.value) : node.value,
    value,
  };
}

export function applies(row: Pick<SinkRow, 'when' | 'unless'>, node: Call, args: Arguments): boolean {
  if (row.when?.some((condition) => !holds(condition, node, args))) return false;
  return !row.unless?.some((condition) => holds(condition, node, args));
}
