/** Small readings of Python source text that every fix needs: line ends, indentation, quotes, literals, parentheses.
 *  Works on text and nodes only; offsets are absolute unless a base is passed. */
import { assertNever } from '../base/assertNever';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import type { Argument, Call, Expression } from '../syntax/python/ast';

export type LineEnd = '\n' | '\r\n' | '\r';
export type Quote = '"' | "'";

/** Line end of the file: the first one found, `\n` in a file of one line. */
export function lineEndOf(text: string): LineEnd {
  const found = /\r\n|\n|\r/.exec(text);
  return (found?.[0] as LineEnd | undefined) ?? '\n';
}

export function lineStartAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Offset of the first character of the next line, or the text's length. */
export function nextLineAt(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2;
  return Math.min(end + 1, text.length);
}

/** White space before the first word of the line that holds `offset`, as written (tabs stay tabs). */
export function indentationAt(text: string, offset: number): string {
  const start = lineStartAt(text, offset);
  return /^[ \t\f]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

const BLOCK =
  /^([ \t]*)(?:@|async |def |class |if |for |while |with |try|else|elif |except|finally|match |case )[^\r\n]*:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*([ \t]+)\S/gm;

/** One level of indentation, as the file has it: that of its first block; four spaces in a file without one. */
export function indentUnitOf(text: string): string {
  for (const [, outer = '', inner = ''] of text.matchAll(BLOCK))
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  return '    ';
}

/** Lines that are written here, with four spaces a level and double quotes, in the style of the file. */
export function inStyleOf(text: string, lines: readonly string[]): string[] {
  const unit = indentUnitOf(text);
  return lines.map((line) =>
    inQuotesOf(text, line).replace(/^(?: {4})+/, (spaces) => unit.repeat(spaces.length / 4)),
  );
}

/** Code that is written here, with double quotes, in the quotes of the file. */
export function inQuotesOf(text: string, source: string): string {
  if (!source.includes('"') || /['\\]/.test(source) || preferredQuote(text) === '"') return source;
  return source.replace(/"""|"/g, (found) => (found === '"' ? "'" : found));
}

/** Lines in front of the statement that begins at `offset`, indented as it is. */
export function insertLine(text: string, offset: number, lines: readonly string[]): TextEdit {
  const indentation = indentationAt(text, offset);
  const end = lineEndOf(text);
  const newText = inStyleOf(text, lines)
    .map((line, index) => (index === 0 || line === '' ? '' : indentation) + line + end)
    .join('');
  return { range: { start: offset, end: offset }, newText: newText + indentation };
}

/** True if only white space stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStartAt(text, offset), offset).trim() === '';
}

const TOKENS =
  /#[^\r\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\r\n]|\\[\s\S])*"|'(?:[^'\\\r\n]|\\[\s\S])*'/g;

/** The quote most one-line strings of the file use; those that hold the other one say nothing. */
export function preferredQuote(text: string): Quote {
  let nSingleAhead = 0;
  for (const [found] of text.matchAll(TOKENS)) {
    if (found.startsWith('#') || /^(?:"""|''')/.test(found)) continue;
    if (found.startsWith("'") && !found.includes('"')) nSingleAhead++;
    if (found.startsWith('"') && !found.includes("'")) nSingleAhead--;
  }
  return nSingleAhead > 0 ? "'" : '"';
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The inside of a Python string literal whose value is `value`. */
export function escapePython(value: string, quote: Quote): string {
  let result = '';
  for (const character of value) {
    const code = character.codePointAt(0) as number;
    if (character === quote) result += `\\${quote}`;
    else if (ESCAPES[character] !== undefined) result += ESCAPES[character];
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) result += `\\x${hex(code, 2)}`;
    else if ((code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029)
      result += `\\u${hex(code, 4)}`;
    else result += character;
  }
  return result;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

export function pythonString(value: string, quote: Quote): string {
  return quote + escapePython(value, quote) + quote;
}

/** Where the expression is to stand. */
export type Place =
  /** Before `.name`, `[…]` or `(…)`. */
  | 'primary'
  /** An element of a call, tuple, list or dict. */
  | 'element'
  /** An operand of `+`. */
  | 'operand'
  /** Inside the braces of an f-string. */
  | 'hole';

/** True if the expression must be put in parentheses to stand there with the same meaning. */
export function needsParentheses(expression: Expression, place: Place): boolean {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
    case 'Attribute':
    case 'Subscript':
    case 'Call':
    case 'List':
    case 'ErrorExpression':
      return false;
    case 'Number':
      return place === 'primary';
    case 'String':
      return place === 'primary' && expression.tokens.length > 1;
    case 'Set':
    case 'Dict':
      return false;
    case 'Tuple':
      return !expression.isParenthesized;
    case 'Comprehension':
      return expression.form === 'generator';
    case 'Binary':
      return place === 'primary' || (place === 'operand' && !isTightOperator(expression.op));
    case 'Unary':
      return place === 'primary' || (place === 'operand' && expression.op === 'not');
    case 'Await':
      return place === 'primary';
    case 'Boolean':
    case 'Comparison':
    case 'Conditional':
      return place === 'primary' || place === 'operand';
    case 'Lambda':
    case 'Named':
    case 'Yield':
      return place !== 'element' || expression.kind !== 'Lambda';
    case 'Slice':
    case 'Starred':
      return false;
    default:
      return assertNever(expression);
  }
}

function isTightOperator(op: string): boolean {
  return op === '+' || op === '*' || op === '/' || op === '//' || op === '%' || op === '**' || op === '@';
}

/** Source of an expression as written, in parentheses where the new place asks for them.
 *  Elements stand inside brackets, so a source of several lines needs nothing more there. */
export function sourceFor(text: string, expression: Expression, base: number, place: Place): string {
  const source = text.slice(base + expression.start, base + expression.end);
  return needsParentheses(expression, place) ? `(${source})` : source;
}

/** Widens a range over the parentheses that stand directly around it, with white space between.
 *  Must not be used on the only argument of a call. */
export function withParentheses(text: string, inner: Range): Range {
  let { start, end } = inner;
  for (;;) {
    let before = start - 1;
    while (before >= 0 && /[\s\\]/.test(text[before] as string)) before--;
    let after = end;
    while (after < text.length && /[\s\\]/.test(text[after] as string)) after++;
    if (text[before] !== '(' || text[after] !== ')') return { start, end };
    start = before;
    end = after + 1;
  }
}

/** Skips white space, line continuations and comments. */
export function skipTrivia(text: string, offset: number): number {
  let position = offset;
  for (;;) {
    while (position < text.length && /[\s\\]/.test(text[position] as string)) position++;
    if (text[position] !== '#') return position;
    position = nextLineAt(text, position);
  }
}

/** Offset behind an argument, its own closing parentheses included. Absolute. */
export function argumentEnd(text: string, call: Call, base: number, argument: Argument): number {
  const close = base + call.argsRange.end - 1;
  let end = base + Math.max(argument.end, argument.value.end);
  for (;;) {
    const next = skipTrivia(text, end);
    if (next >= close || text[next] !== ')') return end;
    end = next + 1;
  }
}
