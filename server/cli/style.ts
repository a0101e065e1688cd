/** How text looks on a terminal: colors where they are wanted, columns, and nothing that could steer the terminal. */
import { styleText } from 'node:util';
import type { Severity } from '../core/index';
import type { Io, Output } from './io';

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  accent(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  severity(severity: Severity, text: string): string;
}

type Format = Parameters<typeof styleText>[0];

const SEVERITY_FORMATS = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  information: ['bold', 'blue'],
  hint: ['bold', 'gray'],
} as const satisfies Record<Severity, Format>;

/** @see https://no-color.org/ and https://force-color.org/ */
export function wantsColor(io: Io, output: Output): boolean {
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR !== undefined) return io.env.FORCE_COLOR !== '0' && io.env.FORCE_COLOR !== 'false';
  return output.isTty && io.env.TERM !== 'dumb';
}

export function createStyle(hasColor: boolean): Style {
  const paint =
    (format: Format) =>
    (text: string): string =>
      hasColor && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('gray'),
    accent: paint('cyan'),
    good: paint('green'),
    bad: paint('red'),
    severity: (severity, text) => paint(SEVERITY_FORMATS[severity])(text),
  };
}

/** No colors at all. */
export const PLAIN: Style = createStyle(false);

/** Text of unknown origin, safe to print: control characters (they could move the cursor or recolor the screen) and
 *  those that reorder the line become visible signs. Keeps the length in UTF-16 units. Line breaks go too. */
export function toPrintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (char) => {
    const code = char.charCodeAt(0);
    if (code === 0x09) return char;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

const TAB_CELLS = 4;

/** Text as it takes place on a terminal: tabs as spaces, so that columns below it can be told. */
export function expandTabs(text: string): string {
  return text.replaceAll('\t', ' '.repeat(TAB_CELLS));
}

/** Cells that the text takes: 2 for East Asian wide characters and emoji, 0 for what combines. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  const code = char.codePointAt(0) as number;
  if (code === 9) return TAB_CELLS;
  if (code < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(char)) return 0;
  return WIDE_RANGES.some(([first, last]) => first <= code && code <= last) ? 2 : 1;
}

/** The blocks that Unicode's EastAsianWidth.txt gives as W or F, joined where only unassigned ones lie between. */
const WIDE_RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
