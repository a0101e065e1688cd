/** Finds what has to leave the text of a query: bare holes, and SQL strings with holes in them. */
import type { Conditional, Expression } from '../syntax/python/ast';
import { buildsText, type Hole, type Operand } from './formatted';
import { type ListScope, type ListValue, listIn } from './listValues';
import { refuse } from './outcome';
import { bareValue, nameFor, quotedValue, type TemplatePart } from './parameterValue';
import type { ParamStyle } from './parametrizeQuery';
import type { Quote } from './pythonText';
import { joinPieces, readSql, type SqlHole, type SqlPlaceholder, type SqlPosition } from './sqlContext';
import type { SqlDialect } from './sqlWords';
import type { Atom } from './stringAtoms';

/** The query as SQL sees it. */
export interface QueryText {
  readonly atoms: readonly Atom[];
  /** Text with one character per hole. */
  readonly flat: string;
  /** Offset of each atom in `flat`. */
  readonly offsets: readonly number[];
  readonly holes: readonly SqlHole[];
  readonly placeholders: readonly SqlPlaceholder[];
}

/** A piece of the query that becomes one parameter. */
export interface Target {
  /** Atoms from the first to the last one, quotes included. */
  readonly atoms: readonly Atom[];
  /** Offset of the first atom in the flat text. */
  readonly offset: number;
  readonly source: string;
  readonly name: string;
  /** Equal for values that may share one named parameter. */
  readonly isShareable: boolean;
  readonly isInexact: boolean;
  /** As many values as the code says: the hole stays, and holds the placeholders. */
  readonly list?: { readonly value: ListValue; readonly hole: Hole };
}

export interface TargetOptions {
  readonly isConstant: (expression: Expression) => boolean;
  readonly dialect: SqlDialect;
  readonly style: ParamStyle;
  readonly quote: Quote;
  /** True if the call passes parameters already: then `%%` in the text stands for `%`. */
  readonly hasParameters: boolean;
  readonly isSqlalchemyText?: boolean;
  /** Where lists of values can be taken apart. */
  readonly lists?: ListScope;
}

export function readQuery(operands: readonly Operand[], dialect: SqlDialect): QueryText {
  const atoms = operands.flatMap((operand) => operand.atoms);
  const pieces = atoms.map((atom) => (atom.kind === 'char' ? { text: atom.value } : { hole: atom }));
  const offsets: number[] = [];
  let offset = 0;
  for (const atom of atoms) {
    offsets.push(offset);
    offset += atom.kind === 'char' ? atom.value.length : 1;
  }
  const flat = joinPieces(pieces);
  return { atoms, flat, offsets, ...readSql(flat, dialect) };
}

export function findTargets(text: string, read: QueryText, options: TargetOptions): Target[] {
  const targets: Target[] = [];
  let holeIndex = -1;
  let coveredTo = -1;
  read.atoms.forEach((atom, index) => {
    if (atom.kind !== 'hole') return;
    const sql = read.holes[++holeIndex];
    const offset = read.offsets[index] as number;
    if (sql === undefined) refuse('the query could not be read');
    if (offset < coveredTo || isConstant(atom, options)) return;
    const list = listTarget(text, read, atom, offset, sql, options);
    if (list === undefined) rejectPosition(sql, atom);
    if (list !== undefined) {
      targets.push(list);
      coveredTo = sql.literal?.end ?? offset;
    } else if (sql.literal === undefined) {
      targets.push(bareTarget(text, atom, offset, sql, options));
    } else {
      coveredTo = sql.literal.end;
      targets.push(quotedTarget(text, read, sql, options));
    }
  });
  return targets;
}

function isConstant(hole: Hole, options: TargetOptions): boolean {
  return hole.expression !== undefined && options.isConstant(hole.expression);
}

function bareTarget(text: string, hole: Hole, offset: number, sql: SqlHole, options: TargetOptions): Target {
  const isCount =
    sql.position === 'limit' && options.dialect !== 'sqlite' && options.dialect !== 'postgresql';
  const { source, isInexact } = bareValue(text, hole, isCount);
  const comparesTypes = options.dialect === 'sqlite' || options.dialect === 'unknown';
  return {
    atoms: [hole],
    offset,
    source,
    name: nameFor(hole.expression, hole.source),
    isShareable: isPlainValue(hole),
    isInexact: isInexact || (sql.isComparedWithExpression && comparesTypes) || options.style === 'dollar',
  };
}

/** The whole of `IN (…)`. */
function listTarget(
  text: string,
  { flat, atoms, offsets }: QueryText,
  hole: Hole,
  offset: number,
  { literal }: SqlHole,
  { lists, style, isSqlalchemyText }: TargetOptions,
): Target | undefined {
  if (lists === undefined) return undefined;
  const { start, end } = literal ?? { start: offset, end: offset + 1 };
  const isAlone = literal === undefined || end - start === 3;
  const open = /\bin\s*(\(?)\s*$/i.exec(flat.slice(0, start));
  const hasBrackets = open?.[1] === '(' && /^\s*\)/.test(flat.slice(end));
  if (!isAlone || open === null || (open[1] === '(' && !hasBrackets)) return undefined;
  const value = listIn(text, hole, lists);
  const separator = literal === undefined ? /^\s*,\s*$/ : /^(['"])\s*,\s*\1$/;
  if (value === undefined || value.hasBrackets === hasBrackets || !separator.test(value.separator))
    return undefined;
  if (style === 'numeric' || style === 'dollar') refuse('the placeholders of this driver are numbered');
  const isUnnamed = style === 'qmark' || style === 'format';
  if (!isUnnamed && isSqlalchemyText !== true) return undefined;
  if (isUnnamed && !fitsInto(hole, value)) return undefined;
  const atomAt = (at: number) => atoms[offsets.indexOf(at)] as Atom;
  const range = hasBrackets ? [flat.lastIndexOf('(', start), flat.indexOf(')', end)] : [start, end - 1];
  const [from, to] = range.map((at) => offsets.indexOf(at));
  const quotes = literal === undefined ? [] : [atomAt(start), atomAt(end - 1)];
  return {
    atoms: isUnnamed ? quotes : atoms.slice(from, (to ?? 0) + 1),
    offset: isUnnamed ? start : (range[0] ?? start),
    source: isUnnamed
      ? `*${value.values}`
      : value.values.startsWith('[')
        ? value.values
        : `list(${value.values})`,
    name: value.name,
    isShareable: false,
    isInexact: false,
    list: { value, hole },
  };
}

/** The new expression must be readable where the old one was. */
function fitsInto({ origin, literal, group }: Hole, { counted, hasBrackets, isInline }: ListValue): boolean {
  if (origin === 'percent' && hasBrackets && group.args.length === 0) return false;
  return origin !== 'fstring' || !isInline || !counted.includes(literal?.quote[0] ?? '"');
}

function quotedTarget(text: string, read: QueryText, sql: SqlHole, options: TargetOptions): Target {
  const { start, end } = sql.literal as { readonly start: number; readonly end: number };
  const first = read.offsets.indexOf(start);
  const last = read.offsets.indexOf(end - 1);
  if (first < 0 || last < 0) refuse('the quotes of a SQL string could not be found');
  const atoms = read.atoms.slice(first, last + 1);
  const parts = templateParts(atoms.slice(1, -1), sql.quote, options);
  const holes = parts.filter((part) => typeof part !== 'string');
  const hole = holes[0] as Hole;
  const { source, isInexact } = quotedValue(text, parts, options.quote);
  const name = nameFor(hole.expression, hole.source);
  const isTemplate = parts.length > 1;
  return {
    atoms,
    offset: start,
    source,
    name: isTemplate && sql.isPattern ? `${name}_pattern` : name,
    isShareable: holes.every(isPlainValue),
    isInexact,
  };
}

/** Text inside the quotes as the database would read it, and the holes. */
function templateParts(atoms: readonly Atom[], quote: string, options: TargetOptions): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let run = '';
  const flush = () => {
    if (run !== '') parts.push(sqlValue(run, quote, options));
    run = '';
  };
  for (const atom of atoms) {
    if (atom.kind === 'char') {
      if (!atom.isKnown) refuse('the quoted text has a \\N{…} escape');
      run += atom.value;
      continue;
    }
    flush();
    if (atom.conversion === 'r' || atom.conversion === 'a')
      refuse('the value is put in quotes twice, by !r and by SQL');
    if (isListSource(atom)) refuse('the value is a list of values');
    parts.push(atom);
  }
  flush();
  return parts;
}

function sqlValue(run: string, quote: string, options: TargetOptions): string {
  if (options.dialect === 'mysql' && run.includes('\\'))
    refuse('the quoted text has backslash escapes of SQL');
  if (run.replaceAll(quote + quote, '').includes(quote)) refuse('a quote stands next to the value');
  let value = run.replaceAll(quote + quote, quote);
  if (options.isSqlalchemyText === true) {
    if (/(?<![:\w\\]):\w+(?![:\w])/.test(value)) refuse('the quoted text has a named parameter');
    value = value.replace(/\\(:\w*)(?![:\w])/g, '$1');
  }
  if (options.hasParameters && (options.style === 'format' || options.style === 'pyformat')) {
    if (/%(?:s|\()/.test(value.replaceAll('%%', ''))) refuse('the quoted text has a placeholder in it');
    value = value.replaceAll('%%', '%');
  }
  return value;
}

/** A name, attribute or constant item: evaluating it once or twice is the same. */
function isPlainValue(hole: Hole): boolean {
  return /^[\w.]+(?:\[(?:"[^"\\]*"|'[^'\\]*'|\d+)\])?$/.test(hole.source);
}

/** `", ".join(…)`: many values in one hole. */
function isListSource(hole: Hole): boolean {
  const call = hole.expression?.kind === 'Call' ? hole.expression : undefined;
  return call?.func.kind === 'Attribute' && call.func.attr.id === 'join';
}

function rejectPosition(sql: SqlHole, hole: Hole): void {
  if (isListSource(hole)) refuse('the value is a list of values; a placeholder stands for one value only');
  const { expression } = hole;
  if (sql.literal === undefined && expression?.kind === 'Conditional' && hasText(expression))
    refuse('a piece of the query depends on a condition');
  const reason = REASONS[sql.position];
  if (reason !== undefined) refuse(reason);
}

function hasText({ body, orelse }: Conditional): boolean {
  return buildsText(body) || buildsText(orelse);
}

const REASONS: Readonly<Record<SqlPosition, string | undefined>> = {
  value: undefined,
  'quoted-value': undefined,
  limit: undefined,
  identifier:
    'the name of a table or column cannot be a parameter; compare it with a fixed set of names instead',
  'quoted-identifier':
    'the name of a table or column cannot be a parameter; compare it with a fixed set of names instead',
  list: 'a placeholder stands for one value, and here stands a list',
  clause:
    'the value stands where a keyword, an operator or a whole condition belongs, which cannot be a parameter',
  expression: 'the value may be the name of a column, which cannot be a parameter',
  'typed-literal': 'a placeholder cannot stand inside this kind of SQL literal',
  statement: 'this kind of statement takes no parameters',
  comment: 'the value stands in a SQL comment',
};
