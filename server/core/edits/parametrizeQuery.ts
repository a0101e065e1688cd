/** Moves the values of a SQL query out of its text and into the parameters of the `execute` call.
 *  Takes the expression(s) that build the text and the call; gives text edits, or the reason why there are none.
 *  The SQL means the same for honest values; a value can no longer change the query. */

import type { TextEdit } from '../base/textEdit';
import type { Argument, Call, Expression } from '../syntax/python/ast';
import { EditList } from './editList';
import { type FormatArgument, type Hole, readFormatted, type TextPart } from './formatted';
import { type ListScope, type ListValue, marksFor, refuseList } from './listValues';
import { answer, type Located, type Refusal, refuse } from './outcome';
import {
  addArgument,
  type Existing,
  existingParameters,
  mergeParameters,
  type ParameterSlot,
} from './parameterArgument';
import { preferredQuote, type Quote } from './pythonText';
import { bindTargets } from './queryBinding';
import { findTargets, type QueryText, readQuery } from './queryTargets';
import type { SqlDialect } from './sqlWords';
import { rewriteText } from './textRewrite';

/** How a driver writes placeholders: `?`, `%s`, `%(name)s` or `%s`, `:name`, `:1`, `$1`. */
export type ParamStyle = 'qmark' | 'format' | 'pyformat' | 'named' | 'numeric' | 'dollar';

export interface ParametrizeRequest {
  readonly text: string;
  /** The expressions whose texts make up the query, in order: one, or an assignment's value and those of the `+=`
   *  after it (see `collectQueryParts`). */
  readonly parts: readonly TextPart[];
  readonly call: Located<Call>;
  /** The argument of `call` that is the query, or carries it: `text(f"…")`, a variable. */
  readonly query: Argument;
  readonly style: ParamStyle;
  /** The driver takes a mapping and no list. */
  readonly hasNamesOnly?: boolean;
  readonly dialect: SqlDialect;
  /** True for values that no user can influence, such as table names from constants: they stay in the text. */
  readonly isConstant: (expression: Expression) => boolean;
  /** The argument with the parameters, where the caller knows it. Found by `slot` otherwise. */
  readonly parameters?: Argument;
  /** Default: right behind the query, no keyword. */
  readonly slot?: ParameterSlot;
  /** True where the values are arguments of their own: `conn.fetch(query, a, b)`. */
  readonly isVariadic?: boolean;
  /** True where the values are bound by a method of the call's result: `text(…).bindparams(name=name)`. */
  readonly hasBindMethod?: boolean;
  /** True for SQLAlchemy's `text()`: binds are found inside of SQL strings too, and `\:` is an escaped colon. */
  readonly isSqlalchemyText?: boolean;
  /** Where lists of values can be taken apart. */
  readonly lists?: ListScope;
  /** Absolute end of the `text(…)` that holds the query, where there is one. */
  readonly textEnd?: number;
  /** How the file names SQLAlchemy's `bindparam`. */
  readonly bindparam?: string;
  /** What is to stand round the query, such as `text`: then its placeholders count. */
  readonly wrapper?: string;
  /** False for drivers that do not turn `%%` into `%` (mysql.connector). Default true. */
  readonly hasPercentEscape?: boolean;
}

export interface ParametrizedQuery {
  readonly kind: 'edits';
  readonly edits: readonly TextEdit[];
  /** `review` where a value may reach the database as another type than before. */
  readonly safety: 'safe' | 'review';
  /** Number of values that became parameters. */
  readonly nParameters: number;
  /** `bindparam` is used: it has to be imported. */
  readonly usesBindparam?: boolean;
}

export function parametrizeQuery(request: ParametrizeRequest): ParametrizedQuery | Refusal {
  return answer(() => build(request));
}

function build(request: ParametrizeRequest): ParametrizedQuery {
  const { text, call, query } = request;
  rejectMethod(call.node);
  const slot = request.slot ?? { position: call.node.args.indexOf(query) + 1 };
  const existing = existingFor(request, slot);
  const hasParameters = existing.kind === 'sequence' || existing.kind === 'mapping';
  const operands = readFormatted(text, request.parts);
  const read = readQuery(operands, request.dialect);
  const isNamed = request.hasNamesOnly === true && existing.kind !== 'sequence';
  const style = isNamed ? request.style : styleFor(request.style, existing);
  const quote = literalQuote(read, text);
  const targets = findTargets(text, read, {
    ...request,
    style,
    quote,
    hasParameters,
  });
  if (
    existing.kind === 'sequence' &&
    existing.elements.length === 0 &&
    isPercentStyle(style) &&
    read.flat.includes('%')
  )
    refuse('the call passes an empty list of parameters');
  if (targets.length === 0) refuse('no value of the query can be changed by a user');
  const nExisting = request.isVariadic
    ? call.node.args.filter((one) => one.name === undefined).length - 1
    : undefined;
  const bound = bindTargets(read, targets, {
    style,
    existing,
    nVariadic: nExisting,
    isSqlalchemyText: request.isSqlalchemyText === true,
  });
  const edits = new EditList();
  if (request.wrapper !== undefined) {
    if (!hasParameters && /(?<![:\w\\]):\w/.test(read.flat.replace(/::/g, '')))
      refuse('the query has a colon that would become a parameter');
    edits.insert(call.base + query.value.start, `${request.wrapper}(`);
  }
  const doubles = isPercentStyle(style) && !hasParameters && request.hasPercentEscape !== false;
  if (request.hasPercentEscape === false && isPercentStyle(style)) rejectFields(read);
  const lists = targets.flatMap(({ list }) => (list === undefined ? [] : [list]));
  const isExpanding = style === 'named' && lists.length > 0;
  const replaced = isExpanding ? undefined : writeMarks(text, lists, style, quote, edits);
  rewriteText(
    text,
    operands,
    {
      emitted: bound.emitted,
      dropped: bound.dropped,
      mapCharacter: (value) => (doubles ? value.replaceAll('%', '%%') : value),
      keepsArguments: false,
      ...(replaced === undefined ? {} : { replaced }),
    },
    edits,
  );
  if (request.wrapper !== undefined) edits.insert(call.base + query.value.end, ')');
  if (isExpanding) {
    const end = request.wrapper === undefined ? request.textEnd : call.base + query.value.end;
    if (end === undefined || request.bindparam === undefined) refuseList();
    const names = bound.parameters.filter(({ source }) =>
      targets.some((target) => target.list !== undefined && target.source === source),
    );
    const binds = names.map(({ name }) => `${request.bindparam}(${quote}${name}${quote}, expanding=True)`);
    edits.insert(end, `.bindparams(${binds.join(', ')})`);
  }
  const form = request.isVariadic ? 'variadic' : bound.form;
  if (request.hasBindMethod)
    edits.insert(
      call.base + call.node.end,
      `.bindparams(${bound.parameters.map(({ name, source }) => `${name}=${source}`).join(', ')})`,
    );
  else if (existing.kind === 'none')
    addArgument({ text, call, query, slot, quote }, form, bound.parameters, edits);
  else mergeParameters(text, call.base, existing, bound.parameters, bound.form, quote, edits);
  return {
    kind: 'edits',
    edits: edits.finish(text),
    safety: targets.some((target) => target.isInexact) ? 'review' : 'safe',
    nParameters: bound.parameters.length,
    usesBindparam: isExpanding,
  };
}

/** Writes `", ".join("?" * len(ids))` where the text of the values was; gives what stands among other arguments. */
function writeMarks(
  text: string,
  lists: readonly { readonly value: ListValue; readonly hole: Hole }[],
  style: ParamStyle,
  quote: Quote,
  edits: EditList,
): ReadonlyMap<FormatArgument, string> {
  const replaced = new Map<FormatArgument, string>();
  for (const { value, hole } of lists) {
    const { argument, literal, origin } = hole;
    const { at, hasBrackets, isInline } = value;
    const isInText = isInline && origin === 'fstring';
    const marks = marksFor(
      value,
      style === 'qmark' ? '?' : '%s',
      isInText ? (literal?.quote[0] === '"' ? "'" : '"') : quote,
    );
    const inBrackets =
      hasBrackets && literal === undefined ? `${quote}(${quote} + ${marks} + ${quote})${quote}` : marks;
    if (isInline && argument !== undefined)
      replaced.set(argument, text.slice(argument.start, at.start) + marks + text.slice(at.end, argument.end));
    else edits.replace(at.start, at.end, inBrackets);
    if (!hasBrackets || literal === undefined) continue;
    edits.insert(hole.start, '(');
    edits.insert(hole.end, ')');
  }
  return replaced;
}

export function existingFor(request: ParametrizeRequest, slot: ParameterSlot): Existing {
  const { call, query } = request;
  if (request.hasBindMethod) return { kind: 'mapping', value: call.node, keys: [] };
  if (request.isVariadic) return { kind: 'none' };
  return existingParameters(call, query, slot, request.parameters);
}

export function rejectMethod(call: Call): void {
  const name = call.func.kind === 'Attribute' ? call.func.attr.id : '';
  if (name === 'executescript') refuse('executescript takes no parameters');
  if (name === 'executemany') refuse('executemany runs the query once per row');
}

export function isPercentStyle(style: ParamStyle): boolean {
  return style === 'format' || style === 'pyformat';
}

/** The parameters that are there decide between the two forms of a driver that has both. */
function styleFor(style: ParamStyle, existing: Existing): ParamStyle {
  if (existing.kind === 'mapping') {
    if (style === 'qmark') return 'named';
    if (style === 'format') return 'pyformat';
  }
  if (existing.kind === 'sequence') {
    if (style === 'named') refuse('the parameters are a list although the query has names');
    if (style === 'pyformat') return 'format';
  }
  return style === 'pyformat' && existing.kind !== 'mapping' ? 'format' : style;
}

function rejectFields(read: QueryText): void {
  if (/%(?:s|\()/.test(read.flat))
    refuse('the query has a literal % that the driver would take for a placeholder');
}

export function literalQuote(read: QueryText, text: string): Quote {
  const literal = read.atoms.find((atom) => atom.literal !== undefined)?.literal;
  if (literal?.quote === '"' || literal?.quote === "'") return literal.quote;
  return preferredQuote(text);
}
