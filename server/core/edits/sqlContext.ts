/** Tells for every hole of a SQL text what stands there: a value, a name, a list, a whole clause, …
 *  Shared by the fix for SQL injection and by the data-flow engine. Reads text only; never throws.
 *  In doubt a hole is not a value: a placeholder in the wrong place breaks the query. */
import { HOLE, lexSql, type SqlToken } from './sqlLexer';
import { quotedPosition, unquotedPosition } from './sqlPosition';
import type { SqlDialect } from './sqlWords';

export type SqlPiece = { readonly text: string } | { readonly hole: unknown };

export type SqlPosition =
  /** A bare value: `id = {x}`. */
  | 'value'
  /** Inside a string literal that is a value: `name = '{x}'`. */
  | 'quoted-value'
  /** The number after LIMIT or OFFSET. */
  | 'limit'
  /** Name of a table, column, schema, function, alias. */
  | 'identifier'
  /** Inside a quoted name: backticks, brackets, double quotes. */
  | 'quoted-identifier'
  /** Several values in one hole: `IN ({x})`. */
  | 'list'
  /** A keyword, an operator, a direction, a condition, a part of a statement. */
  | 'clause'
  /** An argument of a function that may as well be a column. */
  | 'expression'
  /** Inside a literal that a placeholder cannot stand for: `INTERVAL '{x}'`, `E'{x}'`, `$$…$$`. */
  | 'typed-literal'
  /** A statement that takes no parameters: CREATE, PRAGMA, SET, … */
  | 'statement'
  | 'comment';

export interface SqlHole {
  readonly position: SqlPosition;
  /** Opening quote around the hole, `''` for none. */
  readonly quote: string;
  /** Text between the opening quote (or the hole before) and this hole; `''` outside of quotes. */
  readonly prefixText: string;
  /** Text between this hole and the closing quote (or the next hole). */
  readonly suffixText: string;
  /** The string literal around the hole with its quotes: offsets into the joined text where every hole counts
   *  as one character. */
  readonly literal: { readonly start: number; readonly end: number } | undefined;
  /** True if the value is a pattern: it stands after LIKE, ILIKE or GLOB. */
  readonly isPattern: boolean;
  /** True if the other side of the comparison is an expression, which in SQLite compares text and number as
   *  unequal instead of converting. */
  readonly isComparedWithExpression: boolean;
}

export interface SqlPlaceholder {
  readonly text: string;
  readonly start: number;
}

export interface SqlReading {
  /** One per hole, in order. */
  readonly holes: readonly SqlHole[];
  /** `?`, `%s`, `:name`, `$1` … that the text already has outside of strings, in order. */
  readonly placeholders: readonly SqlPlaceholder[];
}

/** Position of every hole. Pieces are the final text: Python's own escapes and `{{`, `%%` are undone before. */
export function classifyHoles(pieces: readonly SqlPiece[], dialect: SqlDialect): readonly SqlHole[] {
  return readSql(joinPieces(pieces), dialect).holes;
}

/** The text with every hole as one character. */
export function joinPieces(pieces: readonly SqlPiece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text.replaceAll(HOLE, '_') : HOLE)).join('');
}

export function readSql(text: string, dialect: SqlDialect): SqlReading {
  const tokens = lexSql(text, dialect);
  const holes: SqlHole[] = [];
  const placeholders: SqlPlaceholder[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'placeholder') placeholders.push({ text: token.text, start: token.start });
    if (token.kind === 'hole') holes.push(bareHole(tokens, index, dialect));
    else if (token.text.includes(HOLE)) holes.push(...enclosedHoles(text, tokens, index, dialect));
  });
  return { holes, placeholders };
}

function bareHole(tokens: readonly SqlToken[], index: number, dialect: SqlDialect): SqlHole {
  return {
    position: unquotedPosition(tokens, index, dialect),
    quote: '',
    prefixText: '',
    suffixText: '',
    literal: undefined,
    ...surroundings(tokens, index),
  };
}

/** A doubtful backslash or a missing end makes the extent of a string uncertain. */
function enclosedHoles(
  text: string,
  tokens: readonly SqlToken[],
  index: number,
  dialect: SqlDialect,
): SqlHole[] {
  const token = tokens[index] as SqlToken;
  const isComment = token.kind === 'comment';
  const inside = isComment
    ? token.text
    : text.slice(token.start + 1, token.isOpen ? token.end : token.end - 1);
  const isDoubtful = token.isOpen || (dialect === 'unknown' && /\\(?:''|\\?'|$)/.test(inside));
  const position = isDoubtful && token.kind === 'string' ? 'clause' : quotedPosition(tokens, index, dialect);
  const parts = inside.split(HOLE);
  return parts.slice(1).map((suffixText, i) => ({
    position,
    quote: token.quote,
    prefixText: parts[i] as string,
    suffixText,
    literal: isComment ? undefined : { start: token.start, end: token.end },
    ...surroundings(tokens, index),
  }));
}

function surroundings(
  tokens: readonly SqlToken[],
  index: number,
): Pick<SqlHole, 'isPattern' | 'isComparedWithExpression'> {
  const before = tokens[index - 1];
  const operand = tokens[index - 2];
  const isPattern = before?.kind === 'word' && /^(?:like|ilike|glob)$/.test(before.text);
  const isComparison = before?.kind === 'operator' && /^(?:=|==|<|>|<=|>=|<>|!=)$/.test(before.text);
  return {
    isPattern,
    isComparedWithExpression: isComparison && (operand?.text === ')' || operand?.kind === 'number'),
  };
}
