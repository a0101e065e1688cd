/** Splits SQL with holes into tokens: enough to know strings, comments, names, words and brackets apart.
 *  A hole is the character U+FFFC in the text; its meaning depends on the token it lies in. Never throws. */
import type { SqlDialect } from './sqlWords';

export const HOLE = '\uFFFC';

export type SqlTokenKind =
  | 'word'
  | 'number'
  | 'string'
  | 'quoted-name'
  | 'comment'
  | 'operator'
  | 'punctuation'
  | 'placeholder'
  | 'hole';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  /** As written; words in lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Opening quote of strings and quoted names; `$` for dollar quotes. */
  readonly quote: string;
  /** True if a string, name or block comment never ends. */
  readonly isOpen: boolean;
  /** True if white space or a comment stands before it. */
  readonly hasSpaceBefore: boolean;
  /** First word of the statement that the token stands in; `''` up to and including that word. */
  readonly statement: string;
}

/** Tokens without comments that hold no hole. */
export function lexSql(text: string, dialect: SqlDialect): SqlToken[] {
  const tokens: SqlToken[] = [];
  let position = 0;
  let hasSpaceBefore = true;
  let statement: string | undefined;
  while (position < text.length) {
    const space = /^\s+/.exec(text.slice(position, position + 200));
    if (space) {
      position += space[0].length;
      hasSpaceBefore = true;
      continue;
    }
    const token = tokenAt(text, position, dialect);
    const full: SqlToken = {
      quote: '',
      isOpen: false,
      ...token,
      start: position,
      hasSpaceBefore,
      statement: statement ?? '',
    };
    if (token.text === ';') statement = undefined;
    else if (token.kind !== 'comment') statement ??= token.kind === 'word' ? token.text : '(';
    position = token.end;
    hasSpaceBefore = token.kind === 'comment';
    if (token.kind !== 'comment' || token.text.includes(HOLE)) tokens.push(full);
  }
  return tokens;
}

type Token = Pick<SqlToken, 'kind' | 'text' | 'end'> & Partial<SqlToken>;

function tokenAt(text: string, start: number, dialect: SqlDialect): Token {
  const first = text[start] as string;
  const two = text.slice(start, start + 2);
  if (first === HOLE) return { kind: 'hole', text: first, end: start + 1 };
  if (two === '--' || (first === '#' && dialect === 'mysql')) return lineComment(text, start);
  if (two === '/*') return enclosed(text, start, 2, '*/', 'comment', '');
  if (first === "'") return quoted(text, start, 'string', dialect);
  if (first === '"') return quoted(text, start, dialect === 'postgresql' ? 'quoted-name' : 'string', dialect);
  if (first === '`') return quoted(text, start, 'quoted-name', dialect);
  if (
    first === '[' &&
    dialect !== 'postgresql' &&
    /^\[[^\]]*[A-Za-z_\uFFFC]/.test(text.slice(start, start + 80))
  )
    return enclosed(text, start, 1, ']', 'quoted-name', '[');
  return dollarQuoted(text, start, dialect) ?? plainToken(text, start);
}

const OPERATOR =
  /^(?:<=>|->>|->|#>>|#>|@>|<@|!~~\*?|~~\*?|!~\*?|~\*|\|\||<<|>>|<>|!=|<=|>=|==|:=|::|&&|[-+*/<>=!|&^%~@#?])/;

function plainToken(text: string, start: number): Token {
  const rest = text.slice(start, start + 400);
  const placeholder = /^(?:\?\d*|%s|%\(\w+\)s|\$\d+|:\w+)/.exec(rest)?.[0];
  const isCast = rest.startsWith('::');
  if (placeholder !== undefined && !isCast && !/[\w:]/.test(text[start - 1] ?? ''))
    return { kind: 'placeholder', text: placeholder, end: start + placeholder.length };
  const word = /^[A-Za-z_\u0080-\uFFFB][\w$\u0080-\uFFFB]*/.exec(rest)?.[0];
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase(), end: start + word.length };
  const number = /^\d[\w.]*/.exec(rest)?.[0];
  if (number !== undefined) return { kind: 'number', text: number, end: start + number.length };
  const operator = OPERATOR.exec(rest)?.[0];
  if (operator !== undefined) return { kind: 'operator', text: operator, end: start + operator.length };
  return { kind: 'punctuation', text: text[start] as string, end: start + 1 };
}

function lineComment(text: string, start: number): Token {
  const rest = text.slice(start);
  const length = /[\r\n]/.exec(rest)?.index ?? rest.length;
  return { kind: 'comment', text: rest.slice(0, length), end: start + length };
}

function enclosed(
  text: string,
  start: number,
  nOpen: number,
  close: string,
  kind: SqlTokenKind,
  quote: string,
): Token {
  const found = text.indexOf(close, start + nOpen);
  const end = found < 0 ? text.length : found + close.length;
  return { kind, text: text.slice(start, end), end, quote, isOpen: found < 0 };
}

/** A doubled quote is one quote. A backslash escapes only in MySQL. */
function quoted(text: string, start: number, kind: SqlTokenKind, dialect: SqlDialect): Token {
  const quote = text[start] as string;
  let position = start + 1;
  while (position < text.length) {
    if (text[position] === '\\' && dialect === 'mysql' && kind === 'string') position += 2;
    else if (text[position] !== quote) position++;
    else if (text[position + 1] === quote) position += 2;
    else return { kind, text: text.slice(start, position + 1), end: position + 1, quote };
  }
  return { kind, text: text.slice(start), end: text.length, quote, isOpen: true };
}

function dollarQuoted(text: string, start: number, dialect: SqlDialect): Token | undefined {
  if (text[start] !== '$' || dialect === 'mysql' || dialect === 'sqlite') return undefined;
  const mark = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(start, start + 70))?.[0];
  if (mark === undefined) return undefined;
  return enclosed(text, start, mark.length, mark, 'string', '$');
}
