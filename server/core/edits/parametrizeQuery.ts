/** Moves the values of a SQL query out of its text and into the parameters of the `execute` call.
 *  Takes the expression(s) that build the text and the call; gives text edits, or the reason why there are none.
 *  The SQL means the same for honest values; a value can no longer change the query. */

import type { TextEdit } from '../base/textEdit';
import type { Argument, Call, Expression } from '../syntax/python/ast';
import { EditList } from './editList';
import { readFormatted, type TextPart } from './formatted';
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
  const doubles = isPercentStyle(style) && !hasParameters && request.hasPercentEscape !== false;
  if (request.hasPercentEscape === false && isPercentStyle(style)) rejectFields(read);
  rewriteText(
    text,
    operands,
    {
      emitted: bound.emitted,
      dropped: bound.dropped,
      mapCharacter: (value) => (doubles ? value.replaceAll('%', '%%') : value),
      keepsArguments: false,
    },
    edits,
  );
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
  };
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
