/** Splits Python string literals into atoms: single characters of the value and holes, each with the source range
 *  it was written in. A builder decides per atom what becomes of it; quotes, prefixes and layout stay as they are. */
import type { HolePiece, StringExpression, StringPiece, StringToken } from '../syntax/python/ast';
import type { FormatGroup, Hole } from './formatted';
import { refuse } from './outcome';

/** One literal as written. Offsets are absolute. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly prefix: string;
  readonly quote: string;
  readonly isRaw: boolean;
  readonly isFormat: boolean;
}

/** One character of the value (two UTF-16 units for an astral one). */
export interface CharAtom {
  readonly kind: 'char';
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly literal: Literal;
  /** False for `\N{NAME}`: its value is not worked out here. */
  readonly isKnown: boolean;
}

export type Atom = CharAtom | Hole;

/** Atoms of every literal of a string expression, in order. */
export function readString(
  text: string,
  node: StringExpression,
  base: number,
  group: FormatGroup,
): { atoms: Atom[]; literals: Literal[] } {
  if (node.isBytes) refuse('the text is made of bytes');
  if (node.isTemplate) refuse('the text is a template string');
  const atoms: Atom[] = [];
  const literals: Literal[] = [];
  for (const token of node.tokens) {
    if (token.isUnterminated) refuse('a string is not closed');
    const literal = toLiteral(token, base);
    literals.push(literal);
    for (const piece of token.pieces) {
      if (piece.kind === 'Hole') atoms.push(toHole(text, piece, base, literal, group));
      else decode(text, base + piece.start, base + piece.end, literal, atoms);
    }
  }
  return { atoms, literals };
}

function toLiteral(token: StringToken, base: number): Literal {
  const start = base + token.start;
  const end = base + token.end;
  return {
    start,
    end,
    contentStart: start + token.prefix.length + token.quote.length,
    contentEnd: end - token.quote.length,
    prefix: token.prefix,
    quote: token.quote,
    isRaw: token.isRaw,
    isFormat: token.isFormat,
  };
}

function toHole(text: string, piece: HolePiece, base: number, literal: Literal, group: FormatGroup): Hole {
  if (piece.isDebug) refuse('an f-string prints the name of an expression with =');
  return {
    kind: 'hole',
    start: base + piece.start,
    end: base + piece.end,
    expression: piece.expression,
    base,
    source: text.slice(base + piece.expression.start, base + piece.expression.end),
    conversion: piece.conversion ?? '',
    spec: specText(piece.spec),
    literal,
    group,
    origin: 'fstring',
  };
}

function specText(spec: readonly StringPiece[] | undefined): string {
  if (spec === undefined) return '';
  return spec
    .map((piece) => (piece.kind === 'Text' ? piece.value : refuse('a format is itself computed')))
    .join('');
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Decodes the source between two offsets; `{{` and `}}` count as one character in f-strings. */
function decode(text: string, from: number, to: number, literal: Literal, atoms: Atom[]): void {
  let position = from;
  while (position < to) {
    const { value, length, isKnown } = literal.isRaw
      ? plain(text, position)
      : (decodeEscape(text, position, to) ?? plain(text, position));
    const next = text[position + length];
    const isBrace = literal.isFormat && length === 1 && (value === '{' || value === '}') && next === value;
    const end = position + length + (isBrace ? 1 : 0);
    if (value !== '')
      atoms.push({ kind: 'char', value, start: position, end, literal, isKnown: isKnown ?? true });
    position = end;
  }
}

interface Decoded {
  readonly value: string;
  readonly length: number;
  readonly isKnown?: boolean;
}

function plain(text: string, position: number): Decoded {
  if (text[position] === '\r') return { value: '\n', length: text[position + 1] === '\n' ? 2 : 1 };
  const value = String.fromCodePoint(text.codePointAt(position) as number);
  return { value, length: value.length };
}

function decodeEscape(text: string, position: number, to: number): Decoded | undefined {
  if (text[position] !== '\\' || position + 1 >= to) return undefined;
  const rest = text.slice(position, Math.min(to, position + 90));
  const isLineEnd = /^\\(\r\n|\n|\r)/.exec(rest);
  if (isLineEnd) return { value: '', length: isLineEnd[0].length };
  const coded = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(rest);
  if (coded) return codePoint(Number.parseInt(coded[1] ?? coded[2] ?? coded[3] ?? '', 16), coded[0].length);
  const octal = /^\\([0-7]{1,3})/.exec(rest);
  if (octal) return codePoint(Number.parseInt(octal[1] as string, 8), octal[0].length);
  const named = /^\\N\{[^}]*\}/.exec(rest);
  if (named) return { value: '\uFFFD', length: named[0].length, isKnown: false };
  const simple = SIMPLE[rest[1] as string];
  return simple === undefined ? undefined : { value: simple, length: 2 };
}

function codePoint(code: number, length: number): Decoded {
  if (code > 0x10ffff) refuse('a string has an unknown escape');
  return { value: String.fromCodePoint(code), length };
}
