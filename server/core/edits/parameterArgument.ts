/** The argument of `execute` that carries the parameters: reads the one that is there, merges new values into it at
 *  the right places, or adds one after the query. */
import type { Range } from '../base/range';
import type { Argument, Call, Expression } from '../syntax/python/ast';
import { addArgumentBehind } from './callArguments';
import type { EditList } from './editList';
import { constantText } from './formatted';
import { type Located, refuse } from './outcome';
import { pythonString, type Quote, withParentheses } from './pythonText';

/** Where a driver's `execute` takes its parameters. */
export interface ParameterSlot {
  /** Position among the call's positional arguments. */
  readonly position: number;
  /** Name to use when the position cannot be reached, such as `params`. */
  readonly keyword?: string;
}

export interface NewParameter {
  /** Index among the existing elements that it goes before; their number for the end. */
  readonly before: number;
  /** Key in a mapping. */
  readonly name: string;
  readonly source: string;
}

/** What the call passes already. */
export type Existing =
  | { readonly kind: 'none' }
  /** `None`, which gives way to the new argument. */
  | { readonly kind: 'empty'; readonly value: Expression }
  | { readonly kind: 'sequence'; readonly value: Expression; readonly elements: readonly Expression[] }
  | { readonly kind: 'mapping'; readonly value: Expression; readonly keys: readonly string[] };

/** Reads the parameters the call passes. `given` names the argument where the caller knows it. */
export function existingParameters(
  { node: call }: Located<Call>,
  query: Argument,
  slot: ParameterSlot,
  given: Argument | undefined,
): Existing {
  if (call.args.some((argument) => argument.star !== '')) refuse('the call unpacks its arguments');
  const argument = given ?? findArgument(call, query, slot);
  if (argument === undefined) return { kind: 'none' };
  const { value } = argument;
  if (value.kind === 'Constant' && value.value === 'None') return { kind: 'empty', value };
  if (value.kind === 'Tuple' || value.kind === 'List') {
    if (value.elements.some((element) => element.kind === 'Starred')) refuse('the parameters are unpacked');
    return { kind: 'sequence', value, elements: value.elements };
  }
  if (value.kind === 'Dict')
    return { kind: 'mapping', value, keys: value.entries.map((one) => keyOf(one.key)) };
  if (value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'dict') {
    return {
      kind: 'mapping',
      value,
      keys: value.args.map((one) => one.name?.id ?? refuse('the parameters are copied by dict()')),
    };
  }
  return refuse('the call passes its parameters in a variable');
}

function keyOf(key: Expression | undefined): string {
  if (key === undefined) refuse('the parameters are unpacked');
  return constantText(key) ?? refuse('the keys of the parameters are not plain strings');
}

function findArgument(call: Call, query: Argument, slot: ParameterSlot): Argument | undefined {
  const positional = call.args.filter((argument) => argument.name === undefined);
  const byKeyword = call.args.find(
    (argument) => argument !== query && argument.name !== undefined && argument.name.id === slot.keyword,
  );
  const known = /^(?:params|parameters|args|vars|values)$/;
  const guessed = call.args.find((argument) => argument.name !== undefined && known.test(argument.name.id));
  return byKeyword ?? positional[slot.position] ?? guessed;
}

export interface NewArgument {
  readonly text: string;
  readonly call: Located<Call>;
  readonly query: Argument;
  readonly slot: ParameterSlot;
  readonly quote: Quote;
}

/** Adds the parameters as a tuple, a dict or (for `variadic`) as arguments of their own. */
export function addArgument(
  context: NewArgument,
  form: 'sequence' | 'mapping' | 'variadic',
  parameters: readonly NewParameter[],
  edits: EditList,
): void {
  const { text, call, query, quote } = context;
  const value = literalOf(form, parameters, quote);
  if (form === 'variadic') {
    const positional = call.node.args.filter((argument) => argument.name === undefined);
    addArgumentBehind(text, call, positional.at(-1) ?? query, value, edits);
  } else addArgumentSource(context, value, edits);
}

/** Adds the parameters as they are written in `value`, where the driver takes them. */
export function addArgumentSource(context: NewArgument, value: string, edits: EditList): void {
  const { text, call, query, slot } = context;
  const positional = call.node.args.filter((argument) => argument.name === undefined);
  if (query.name === undefined && positional.length === slot.position) {
    addArgumentBehind(text, call, positional.at(-1) ?? query, value, edits);
  } else if (slot.keyword !== undefined) {
    addArgumentBehind(text, call, call.node.args.at(-1) ?? query, `${slot.keyword}=${value}`, edits);
  } else refuse('the call passes other arguments where the parameters belong');
}

function literalOf(form: string, parameters: readonly NewParameter[], quote: Quote): string {
  const sources = parameters.map((one) => one.source);
  if (form === 'variadic') return sources.join(', ');
  if (form === 'mapping') return `{${parameters.map((one) => entryOf(one, quote)).join(', ')}}`;
  return sources.length === 1 ? `(${sources[0]},)` : `(${sources.join(', ')})`;
}

function entryOf(parameter: NewParameter, quote: Quote): string {
  return `${pythonString(parameter.name, quote)}: ${parameter.source}`;
}

/** Puts the new values among those of an existing literal. */
export function mergeParameters(
  text: string,
  base: number,
  existing: Exclude<Existing, { kind: 'none' }>,
  parameters: readonly NewParameter[],
  form: 'sequence' | 'mapping',
  quote: Quote,
  edits: EditList,
): void {
  const range = { start: base + existing.value.start, end: base + existing.value.end };
  switch (existing.kind) {
    case 'empty':
      edits.replace(range.start, range.end, literalOf(form, parameters, quote));
      return;
    case 'sequence':
      mergeSequence(text, base, existing.value, existing.elements, parameters, edits);
      return;
    case 'mapping':
      mergeMapping(text, range, existing.value, parameters, quote, edits);
  }
}

function mergeSequence(
  text: string,
  base: number,
  value: Expression,
  elements: readonly Expression[],
  parameters: readonly NewParameter[],
  edits: EditList,
): void {
  const atEnd = parameters.filter((one) => one.before >= elements.length).map((one) => one.source);
  elements.forEach((element, index) => {
    const sources = parameters.filter((one) => one.before === index).map((one) => `${one.source}, `);
    if (sources.length > 0) edits.insert(elementRange(text, base, element).start, sources.join(''));
  });
  const last = elements.at(-1);
  if (last !== undefined) {
    const end = elementRange(text, base, last).end;
    const rest = { start: end, end: base + value.end - 1 };
    const added = atEnd.map((source) => `, ${source}`).join('');
    // The comma that made a tuple of the only element has no task beside a second one.
    const isSingle = value.kind === 'Tuple' && elements.length === 1;
    if (isSingle && /^[^\S\r\n]*,[^\S\r\n]*$/.test(text.slice(rest.start, rest.end)))
      edits.replace(rest.start, rest.end, added);
    else if (added !== '') edits.insert(end, added);
    return;
  }
  const list = atEnd.join(', ') + (value.kind === 'Tuple' && atEnd.length === 1 ? ',' : '');
  edits.replace(base + value.start + 1, base + value.end - 1, list);
}

function elementRange(text: string, base: number, element: Expression): Range {
  const range = { start: base + element.start, end: base + element.end };
  return element.kind === 'Tuple' ? range : withParentheses(text, range);
}

function mergeMapping(
  text: string,
  range: Range,
  value: Expression,
  parameters: readonly NewParameter[],
  quote: Quote,
  edits: EditList,
): void {
  const isCall = value.kind === 'Call';
  const sources = parameters.map((one) => (isCall ? `${one.name}=${one.source}` : entryOf(one, quote)));
  const inside = text.slice(range.start + 1, range.end - 1);
  if (inside.includes('#')) refuse('comments stand among the parameters');
  const end = range.end - 1 - (inside.length - inside.trimEnd().length);
  const hasEntries =
    value.kind === 'Dict' ? value.entries.length > 0 : value.kind === 'Call' && value.args.length > 0;
  const hasComma = inside.trimEnd().endsWith(',');
  edits.insert(end, (hasEntries ? (hasComma ? ' ' : ', ') : '') + sources.join(', ') + (hasComma ? ',' : ''));
}
