/** Decides where a Jinja tag ends whose closing delimiter is missing.
 *  Looks at the first line of the tag only, so that what follows on later lines is read as usual. */
import { isSpace } from './tokens';

export interface RecoveredEnd {
  readonly end: number;
  readonly contentEnd: number;
}

/** Characters of the line before the tag that are looked at; bounds the work for very long lines. */
const LOOK_BEHIND = 400;

const STOP = /\r?\n|\{[{%#]/g;

export function recoveredEnd(
  text: string,
  start: number,
  contentStart: number,
  closer: '}}' | '%}',
): RecoveredEnd {
  STOP.lastIndex = contentStart;
  const limit = STOP.exec(text)?.index ?? text.length;
  const line = text.slice(contentStart, limit);
  const proper = line.search(closer === '}}' ? /-?\}\}/ : /[-+]?%\}/);
  if (proper >= 0) return delimiterEnd(line, contentStart, proper, closer);
  const boundary = htmlBoundary(line, surroundingQuote(text, start), isInOpenTag(text, start));
  const wrong = line.slice(0, boundary).search(/[%#]\}|\}\}?/);
  if (wrong >= 0) {
    const isDouble = /^[%#}]\}/.test(line.slice(wrong));
    return { end: contentStart + wrong + (isDouble ? 2 : 1), contentEnd: contentStart + wrong };
  }
  let end = contentStart + boundary;
  while (end > contentStart && isSpace(text.charCodeAt(end - 1))) end--;
  return { end, contentEnd: end };
}

/** End of an unclosed comment: its line, the next opening delimiter, or the quote of the value it stands in. */
export function recoveredCommentEnd(text: string, start: number): number {
  STOP.lastIndex = start + 2;
  const limit = STOP.exec(text)?.index ?? text.length;
  const quote = surroundingQuote(text, start);
  const closing = quote === '' ? -1 : text.slice(start + 2, limit).indexOf(quote);
  return closing < 0 ? limit : start + 2 + closing;
}

function delimiterEnd(line: string, base: number, at: number, closer: string): RecoveredEnd {
  return { end: base + line.indexOf(closer, at) + 2, contentEnd: base + at };
}

/** Index in `line` of the HTML that goes on behind the half-typed expression, or the line's length. */
function htmlBoundary(line: string, quote: string, isInTag: boolean): number {
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index);
    if (quote !== '' && char === quote) return index;
    if (char === '<' && /[A-Za-z/!]/.test(line.charAt(index + 1))) return index;
    if (isInTag && quote === '' && (char === '>' || line.startsWith('/>', index))) return index;
  }
  return line.length;
}

/** The quote that is open on this line in front of the tag, as in `<a href="{{`. */
function surroundingQuote(text: string, start: number): string {
  let quote = '';
  let before = '';
  for (const char of lineBefore(text, start)) {
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && '=(,:+['.includes(before)) quote = char;
    if (char !== ' ') before = char;
  }
  return quote;
}

function isInOpenTag(text: string, start: number): boolean {
  const before = lineBefore(text, start);
  const open = before.lastIndexOf('<');
  return open > before.lastIndexOf('>') && /[A-Za-z]/.test(before.charAt(open + 1));
}

function lineBefore(text: string, start: number): string {
  const window = text.slice(Math.max(0, start - LOOK_BEHIND), start);
  return window.slice(window.lastIndexOf('\n') + 1);
}
