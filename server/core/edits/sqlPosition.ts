/** Decides from the tokens around a hole what the hole stands for. The heart of `sqlContext.ts`. */
import type { SqlPosition } from './sqlContext';
import type { SqlToken } from './sqlLexer';
import {
  AFTER_VALUE,
  CLAUSE_WORDS,
  CONDITION_BEFORE,
  COUNT_BEFORE,
  DEFAULTING_FUNCTIONS,
  FIXED_STATEMENTS,
  KEYWORDS,
  NAME_BEFORE,
  NAMES_BEFORE,
  NUMBER_FUNCTIONS,
  type SqlDialect,
  TYPED_LITERALS,
  VALUE_BEFORE,
} from './sqlWords';

type Tokens = readonly SqlToken[];

const COMPARISON = /^(?:=|==|<|>|<=|>=|<>|!=|<=>|~|~\*|!~|!~\*|@>|<@|->|->>)$/;

/** Position of a hole outside of quotes. */
export function unquotedPosition(tokens: Tokens, index: number, dialect: SqlDialect): SqlPosition {
  const token = tokens[index] as SqlToken;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (before === undefined) return 'clause';
  if (FIXED_STATEMENTS.has(token.statement)) return 'statement';
  if (isGlued(token, before) || (after !== undefined && isGlued(after, token))) return 'identifier';
  if (after?.text === '.' || after?.text === '(' || before.text === '.') return 'identifier';
  const position = byTokenBefore(tokens, index, dialect);
  if (position !== 'value' && position !== 'limit') return position;
  return endsValue(after) || isInterval(tokens, index, dialect) ? position : 'clause';
}

/** Position of the holes inside a quoted token. */
export function quotedPosition(tokens: Tokens, index: number, dialect: SqlDialect): SqlPosition {
  const token = tokens[index] as SqlToken;
  if (token.kind === 'comment') return 'comment';
  if (token.kind === 'quoted-name') return 'quoted-identifier';
  if (FIXED_STATEMENTS.has(token.statement)) return 'statement';
  const before = tokens[index - 1];
  if (token.quote === '$') return 'typed-literal';
  if (before === undefined) return 'clause';
  if (before.kind === 'word' && (!token.hasSpaceBefore || TYPED_LITERALS.has(before.text)))
    return 'typed-literal';
  if (tokens[index + 1]?.text === '.') return 'quoted-identifier';
  const position = quotedByTokenBefore(tokens, index, dialect);
  if (position === 'quoted-value' && !endsValue(tokens[index + 1])) return 'clause';
  return position;
}

function quotedByTokenBefore(tokens: Tokens, index: number, dialect: SqlDialect): SqlPosition {
  const before = tokens[index - 1] as SqlToken;
  const isName = (tokens[index] as SqlToken).quote === '"' && dialect !== 'mysql';
  const position = byTokenBefore(tokens, index, dialect);
  switch (position) {
    case 'value':
    case 'expression':
      return 'quoted-value';
    case 'list':
      return before.text === '(' ? 'quoted-value' : 'list';
    case 'identifier':
    case 'clause': {
      if (isName) return 'quoted-identifier';
      const isCondition = before.kind === 'word' && CONDITION_BEFORE.has(before.text);
      const isColumn = before.kind === 'word' && (before.text === 'select' || before.text === 'distinct');
      const isSelectList = before.text === ',' && clauseOf(tokens, index)?.text === 'select';
      const isFirst = before.text === '(' && !isNameList(tokens, index - 1);
      return isCondition || isColumn || isSelectList || isFirst ? 'quoted-value' : position;
    }
    default:
      return position;
  }
}

/** What the token before says, before the token after is asked. */
function byTokenBefore(tokens: Tokens, index: number, dialect: SqlDialect): SqlPosition {
  const before = tokens[index - 1] as SqlToken;
  switch (before.kind) {
    case 'word':
      return afterWord(tokens, index, before.text, dialect);
    case 'operator':
      return afterOperator(tokens, index);
    case 'punctuation':
      if (before.text === '(') return afterBracket(tokens, index);
      if (before.text === ',') return afterComma(tokens, index);
      return 'clause';
    default:
      return 'clause';
  }
}

function afterWord(tokens: Tokens, index: number, word: string, dialect: SqlDialect): SqlPosition {
  if (VALUE_BEFORE.has(word)) return 'value';
  if (COUNT_BEFORE.has(word)) return 'limit';
  if (word === 'in' || word === 'values' || word === 'any' || word === 'all') return 'list';
  if (word === 'interval') return dialect === 'mysql' ? 'value' : 'typed-literal';
  if (word === 'and' && isBetween(tokens, index - 1)) return 'value';
  if (word === 'to' && tokens[index - 2]?.text === 'similar') return 'value';
  if (CONDITION_BEFORE.has(word)) return isComparedWith(tokens[index + 1]) ? 'identifier' : 'clause';
  if (NAME_BEFORE.has(word) || NAMES_BEFORE.has(word)) return 'identifier';
  return 'clause';
}

/** `SELECT * {x}` and `COUNT(*) {x}`: the star is no operator there. */
function afterOperator(tokens: Tokens, index: number): SqlPosition {
  const operator = tokens[index - 1] as SqlToken;
  const left = tokens[index - 2];
  if (operator.text === '::') return 'identifier';
  if (operator.text === '*') {
    const isStar = left === undefined || /^(?:select|distinct|\(|,|\.)$/.test(left.text);
    if (isStar) return 'clause';
  }
  if (left?.kind === 'word' && KEYWORDS.has(left.text)) return operator.text === '-' ? 'value' : 'clause';
  return left === undefined ? 'clause' : 'value';
}

function afterBracket(tokens: Tokens, index: number): SqlPosition {
  const bracket = index - 1;
  const owner = tokens[bracket - 1];
  const isAlone = tokens[index + 1]?.text === ')';
  if (isNameList(tokens, bracket)) return 'identifier';
  if (owner === undefined) return 'clause';
  if (isValues(tokens, bracket)) return isAlone && !insertsOneColumn(tokens, bracket) ? 'list' : 'value';
  if (owner.text === 'in' || owner.text === 'any' || owner.text === 'all') return isAlone ? 'list' : 'value';
  if (owner.kind === 'operator') return COMPARISON.test(owner.text) && isAlone ? 'value' : 'expression';
  if (owner.kind === 'word' && !KEYWORDS.has(owner.text)) {
    if (isCall(tokens, bracket)) return isAlone ? 'list' : 'value';
    return NUMBER_FUNCTIONS.has(owner.text) ? 'value' : 'expression';
  }
  return isComparedWith(tokens[index + 1]) ? 'identifier' : 'clause';
}

function afterComma(tokens: Tokens, index: number): SqlPosition {
  const bracket = openBracket(tokens, index);
  if (bracket === undefined) {
    const clause = clauseOf(tokens, index)?.text;
    if (clause === 'limit') return 'limit';
    return clause === 'call' || clause === 'exec' ? 'value' : 'identifier';
  }
  const owner = tokens[bracket - 1];
  if (isNameList(tokens, bracket)) return 'identifier';
  if (isValues(tokens, bracket) || owner?.text === 'in') return 'value';
  if (owner?.kind !== 'word') return 'expression';
  if (isCall(tokens, bracket)) return 'value';
  const isNumber = NUMBER_FUNCTIONS.has(owner.text) || DEFAULTING_FUNCTIONS.has(owner.text);
  return isNumber ? 'value' : 'expression';
}

/** Index of the bracket that is open at `index`. */
function openBracket(tokens: Tokens, index: number): number | undefined {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const text = tokens[i]?.text;
    if (text === ')') depth++;
    else if (text === '(' && depth-- === 0) return i;
  }
  return undefined;
}

/** The last word at the same depth that starts a clause. */
function clauseOf(tokens: Tokens, index: number): SqlToken | undefined {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i] as SqlToken;
    if (token.text === ')') depth++;
    else if (token.text === '(' && depth-- === 0) return undefined;
    const isClause =
      token.kind === 'word' && (CLAUSE_WORDS.has(token.text) || /^(?:call|exec)$/.test(token.text));
    if (depth === 0 && isClause) return token;
  }
  return undefined;
}

/** `INTO table (` or `USING (`: names inside. */
function isNameList(tokens: Tokens, bracket: number): boolean {
  let i = bracket - 1;
  if (tokens[i]?.text === 'using') return true;
  while (i > 0 && (tokens[i - 1]?.text === '.' || tokens[i]?.text === '.')) i--;
  return /^(?:into|table|references|conflict)$/.test(tokens[i - 1]?.text ?? tokens[i]?.text ?? '');
}

/** `VALUES (…)` and the further rows of it. */
function isValues(tokens: Tokens, bracket: number): boolean {
  let i = bracket - 1;
  while (tokens[i]?.text === ',' && tokens[i - 1]?.text === ')') {
    const open = openBracket(tokens, i - 1);
    if (open === undefined) return false;
    i = open - 1;
  }
  return tokens[i]?.text === 'values' || tokens[i]?.text === 'value';
}

/** `INSERT INTO t (a) VALUES ({x})`: one column, so one value. */
function insertsOneColumn(tokens: Tokens, bracket: number): boolean {
  const close = bracket - 2;
  if (tokens[close]?.text !== ')') return false;
  const open = openBracket(tokens, close);
  return open !== undefined && close - open === 2 && isNameList(tokens, open);
}

function isCall(tokens: Tokens, bracket: number): boolean {
  return /^(?:call|exec|execute)$/.test(tokens[bracket - 2]?.text ?? '');
}

/** Is the AND at `index` the one of a BETWEEN? */
function isBetween(tokens: Tokens, index: number): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i] as SqlToken;
    if (token.text === ')') depth++;
    else if (token.text === '(' && depth-- === 0) return false;
    if (depth > 0 || token.kind !== 'word') continue;
    if (token.text === 'between') return true;
    if (token.text === 'and' || token.text === 'or' || CLAUSE_WORDS.has(token.text)) return false;
  }
  return false;
}

function isComparedWith(after: SqlToken | undefined): boolean {
  if (after === undefined) return false;
  if (after.kind === 'operator') return COMPARISON.test(after.text);
  return after.kind === 'word' && /^(?:like|ilike|in|is|between|not|glob|regexp)$/.test(after.text);
}

function endsValue(after: SqlToken | undefined): boolean {
  if (after === undefined || after.kind === 'operator' || after.kind === 'comment') return true;
  if (after.kind === 'word') return AFTER_VALUE.has(after.text);
  return after.kind === 'punctuation' && /^[),;\]]$/.test(after.text);
}

/** MySQL's `INTERVAL {x} DAY`. */
function isInterval(tokens: Tokens, index: number, dialect: SqlDialect): boolean {
  return dialect === 'mysql' && tokens[index - 1]?.text === 'interval' && tokens[index + 1]?.kind === 'word';
}

/** `user_{x}`, `{x}_log`, `{x}{y}`: parts of one name. */
function isGlued(token: SqlToken, before: SqlToken): boolean {
  const isPart = (one: SqlToken) =>
    one.kind !== 'operator' && one.kind !== 'punctuation' && one.kind !== 'comment';
  return !token.hasSpaceBefore && isPart(token) && isPart(before);
}
