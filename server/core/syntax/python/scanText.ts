/** Small looks at characters for the scanner: lines, indentation, ends of strings. */
import { isBlank, isLineBreak } from './source';

export function matches(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

/** Width of the indentation of the line that begins at `lineStart`; a tab goes to the next multiple of 8. */
export function indentAt(text: string, lineStart: number): number {
  let width = 0;
  for (let i = lineStart; ; i++) {
    const code = text.charCodeAt(i);
    if (code === 32) width++;
    else if (code === 9) width += 8 - (width % 8);
    else if (code === 12) width = 0;
    else return width;
  }
}

export function lineStartOf(text: string, offset: number): number {
  let i = offset;
  while (i > 0 && !isLineBreak(text.charCodeAt(i - 1))) i--;
  return i;
}

export function lineEnd(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && !isLineBreak(text.charCodeAt(i))) i++;
  return i;
}

/** `end` without the blanks and line breaks before it. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && (isBlank(text.charCodeAt(i - 1)) || isLineBreak(text.charCodeAt(i - 1)))) i--;
  return i;
}

export function singleEnd(text: string, from: number, quote: number): number | undefined {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === 92) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
    else if (isLineBreak(code)) return undefined;
  }
  return undefined;
}

export function isEscaped(text: string, offset: number, from: number): boolean {
  let i = offset;
  while (i > from && text.charCodeAt(i - 1) === 92) i--;
  return (offset - i) % 2 === 1;
}

export function namedEscapeEnd(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && text.charCodeAt(i) !== 125 && !isLineBreak(text.charCodeAt(i))) i++;
  return text.charCodeAt(i) === 125 ? i : offset - 1;
}

export function isFormatPrefix(text: string, quoteAt: number, limit: number): boolean {
  let i = quoteAt;
  let isFormat = false;
  for (; i > limit; i--) {
    const code = text.charCodeAt(i - 1) | 32;
    if (code === 102 || code === 116) isFormat = true;
    else if (code !== 114) break;
  }
  const length = quoteAt - i;
  return isFormat && length <= 2 && !/[\w\u0080-\uffff]/.test(i > 0 ? (text[i - 1] as string) : '');
}

export function isFirstInLine(text: string, offset: number): boolean {
  let i = offset;
  while (i > 0 && isBlank(text.charCodeAt(i - 1))) i--;
  return i === 0 || isLineBreak(text.charCodeAt(i - 1));
}
