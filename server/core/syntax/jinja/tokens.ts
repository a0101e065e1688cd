/** Tokens inside one Jinja tag, and how strings and numbers spell their values. */
import type { Range } from '../../base/range';

/** `bad` is a character (or an unclosed string) that no Jinja expression can hold. */
export type TokenType = 'name' | 'number' | 'string' | 'operator' | 'bad';

export interface Token extends Range {
  readonly type: TokenType;
  /** The token's text in the file; strings keep their quotes. */
  readonly value: string;
}

const NUMBER = /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;
const INTEGER = /\d[\d_]*/y;
const OPERATORS = new Set(['**', '//', '==', '!=', '<=', '>=', ...'+-*/%~<>=.:|,;()[]{}']);

export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x2028 ||
    code === 0x2029
  );
}

export function isNameStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code > 0x7f && !isSpace(code))
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Reads the name, number or operator at `offset`. A number behind a dot is an index: `row.0.1`. */
export function readToken(text: string, offset: number, isBehindDot: boolean): Token {
  const code = text.charCodeAt(offset);
  if (isNameStart(code)) return token(text, 'name', offset, nameEnd(text, offset));
  if (isDigit(code)) {
    const pattern = isBehindDot ? INTEGER : NUMBER;
    pattern.lastIndex = offset;
    const length = pattern.exec(text)?.[0].length ?? 1;
    return token(text, 'number', offset, offset + length);
  }
  if (OPERATORS.has(text.slice(offset, offset + 2))) return token(text, 'operator', offset, offset + 2);
  const type = OPERATORS.has(text.charAt(offset)) ? 'operator' : 'bad';
  return token(text, type, offset, offset + 1);
}

export function token(text: string, type: TokenType, start: number, end: number): Token {
  return { type, start, end, value: text.slice(start, end) };
}

/** The number a literal stands for. Integers beyond 2⁵³ lose their last digits. */
export function numberValue(source: string): number {
  return Number(source.replaceAll('_', ''));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;

/** The value of a string literal with its quotes; escapes are Python's. Unknown escapes stay as written. */
export function stringValue(source: string): string {
  const inner = source.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (whole, hex2, hex4, hex8, octal, other) => {
    const hex: string | undefined = hex2 ?? hex4 ?? hex8;
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (other === '\\' || other === "'" || other === '"') return other;
    return ESCAPES[other] ?? whole;
  });
}

function nameEnd(text: string, start: number): number {
  let offset = start + 1;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (!isNameStart(code) && !isDigit(code)) break;
    offset++;
  }
  return offset;
}
