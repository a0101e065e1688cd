/** Strings, numbers, booleans and dates of TOML. What cannot be read is a sentence that says why. */
import type { TomlNode } from './ast';

type Scalar = Exclude<TomlNode, { kind: 'table' | 'array' }>;
type Unplaced<T> = T extends Scalar ? Omit<T, 'range'> : never;

export interface ReadScalar {
  readonly node: Unplaced<Scalar>;
  readonly end: number;
}

export interface ReadString extends ReadScalar {
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

/** A string that begins at `start`; keys cannot be multi-line. */
export function readString(text: string, start: number, canBeMultiLine: boolean): ReadString | string {
  const quote = text.charAt(start);
  const isMultiLine = canBeMultiLine && text.startsWith(quote.repeat(3), start);
  const delimiter = isMultiLine ? quote.repeat(3) : quote;
  let at = start + delimiter.length;
  if (isMultiLine) at += lineEndAt(text, at);
  let value = '';
  for (;;) {
    const char = text.charAt(at);
    if (char === '' || (!isMultiLine && /[\r\n]/.test(char))) return 'This string is not closed.';
    if (text.startsWith(delimiter, at)) break;
    if (char === '\\' && quote === '"') {
      const [piece, length] = escapeAt(text, at, isMultiLine);
      if (length === 0) return 'This string has an escape that TOML does not know.';
      value += piece;
      at += length;
    } else if (isControl(char)) return 'This string has a control character in it.';
    else {
      value += char;
      at++;
    }
  }
  at += delimiter.length;
  // Up to two quotes may stand before the closing ones.
  for (let extra = 0; isMultiLine && extra < 2 && text.charAt(at) === quote; extra++, at++) value += quote;
  return { node: { kind: 'string', value }, value, end: at };
}

/** What the escape stands for, and its length; 0 if it is none. */
function escapeAt(text: string, at: number, isMultiLine: boolean): readonly [string, number] {
  const next = text.charAt(at + 1);
  const simple = ESCAPES[next];
  if (simple !== undefined) return [simple, 2];
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits !== undefined) {
    const hex = text.slice(at + 2, at + 2 + digits);
    const code = /^[0-9a-f]+$/i.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1;
    const isScalar = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isScalar ? [String.fromCodePoint(code), 2 + digits] : ['', 0];
  }
  const folded = isMultiLine ? /^\\[ \t]*\r?\n[ \t\r\n]*/.exec(text.slice(at, at + MAX_FOLD)) : null;
  return folded === null ? ['', 0] : ['', folded[0].length];
}

/** Characters looked at for the blank lines behind a backslash. */
const MAX_FOLD = 4096;

function lineEndAt(text: string, at: number): number {
  if (text.charAt(at) === '\n') return 1;
  return text.startsWith('\r\n', at) ? 2 : 0;
}

function isControl(char: string): boolean {
  const code = char.charCodeAt(0);
  return (code < 32 && !/[\t\r\n]/.test(char)) || code === 127;
}

const DATE =
  /^(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/i;
const DECIMAL = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:e[+-]?\d(?:_?\d)*)?$/i;
const RADIX = /^0(?:x[\da-f](?:_?[\da-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/i;
const SPECIAL: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
  '+nan': Number.NaN,
  '-nan': Number.NaN,
};

/** A number, a boolean or a date that begins at `start`. */
export function readScalar(text: string, start: number): ReadScalar | string {
  const rest = text.slice(start, start + MAX_SCALAR);
  let word = /^[^\s,\]}#]*/.exec(rest)?.[0] ?? '';
  // A blank may stand between date and time.
  if (/^\d{4}-\d\d-\d\d$/.test(word)) word += /^ \d\d:[^\s,\]}#]*/.exec(rest.slice(word.length))?.[0] ?? '';
  const end = start + word.length;
  if (word === 'true' || word === 'false') return { node: { kind: 'boolean', value: word === 'true' }, end };
  if (DATE.test(word)) return { node: { kind: 'date', value: word }, end };
  const plain = word.replaceAll('_', '');
  if (DECIMAL.test(word) || RADIX.test(word)) return { node: { kind: 'number', value: Number(plain) }, end };
  const special = SPECIAL[word];
  if (special !== undefined) return { node: { kind: 'number', value: special }, end };
  if (word === '') return 'A value is missing here.';
  return /^[A-Za-z*./]/.test(word)
    ? `\`${shortened(word)}\` is no value: text needs quotes.`
    : `\`${shortened(word)}\` is no value.`;
}

/** Longer ones are none. */
const MAX_SCALAR = 1000;

function shortened(word: string): string {
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}
