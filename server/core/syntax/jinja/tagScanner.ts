/** Reads the tokens of one `{{ … }}` or `{% … %}` and finds its end, also where the end was not typed yet.
 *
 *  A closed tag is read as Jinja reads it. A tag is taken as unclosed when an opening delimiter, the wrong
 *  closing delimiter, the end of the file, or (on a later line) something that no expression holds comes
 *  first; it then ends within its first line, so that the outputs behind it keep their places.
 *  Linear: a tag reads past at most MAX_OPENERS_IN_STRINGS opening delimiters before it gives up. */
import { isSpace, readToken, type Token, token } from './tokens';
import { recoveredEnd } from './unclosedTag';

export interface ScannedTag {
  readonly tokens: readonly Token[];
  /** Offset after the closing delimiter, or where the unclosed tag was cut. */
  readonly end: number;
  /** Offset of the closing delimiter with its sign; equals `end` when there is none. */
  readonly contentEnd: number;
  readonly isClosed: boolean;
  /** True when a `-` before the closing delimiter strips the white space behind the tag. */
  readonly stripsAfter: boolean;
}

/** `{{ '{{' }}` is common, more than a few in one tag are not: the quote is likely unclosed. */
const MAX_OPENERS_IN_STRINGS = 8;

const LF = 10;
const DQ = 34;
const PERCENT = 37;
const SQ = 39;
const LT = 60;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

const PARTNERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** `start` is the offset of the opening delimiter, `contentStart` the one after it and its sign. */
export function scanTag(text: string, start: number, contentStart: number, closer: '}}' | '%}'): ScannedTag {
  return new TagScanner(text, start, contentStart, closer).scan();
}

class TagScanner {
  readonly #text: string;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #closer: '}}' | '%}';
  readonly #tokens: Token[] = [];
  readonly #brackets: string[] = [];
  #nOpeners = 0;
  #hasBadToken = false;
  #isOnLaterLine = false;

  constructor(text: string, start: number, contentStart: number, closer: '}}' | '%}') {
    this.#text = text;
    this.#start = start;
    this.#contentStart = contentStart;
    this.#closer = closer;
  }

  scan(): ScannedTag {
    const text = this.#text;
    let offset = this.#contentStart;
    while (offset < text.length) {
      const code = text.charCodeAt(offset);
      if (isSpace(code)) {
        if (code === LF) {
          if (this.#hasBadToken) break;
          this.#isOnLaterLine = true;
          if (startsMarkup(text, offset + 1)) break;
        }
        offset++;
        continue;
      }
      const closed = this.#closeAt(offset);
      if (closed !== undefined) return closed;
      if (this.#isStop(offset, code)) break;
      const next = code === DQ || code === SQ ? this.#string(offset, code) : this.#other(offset);
      if (next === undefined) break;
      offset = next;
    }
    return this.#recover();
  }

  #closeAt(offset: number): ScannedTag | undefined {
    const sign = this.#text.charAt(offset);
    const hasSign = sign === '-' || (sign === '+' && this.#closer === '%}');
    const at = hasSign ? offset + 1 : offset;
    if (!this.#text.startsWith(this.#closer, at)) return undefined;
    if (this.#closer === '}}' && this.#brackets.at(-1) === '{') return undefined;
    return {
      tokens: this.#tokens,
      end: at + 2,
      contentEnd: offset,
      isClosed: true,
      stripsAfter: sign === '-',
    };
  }

  /** Opening delimiters and the other kind's closing one cannot be part of an expression. */
  #isStop(offset: number, code: number): boolean {
    const next = this.#text.charCodeAt(offset + 1);
    if (code === OPEN_BRACE) return isOpenerTail(next);
    if (code === PERCENT) return next === CLOSE_BRACE;
    return code === CLOSE_BRACE && this.#brackets.at(-1) !== '{';
  }

  #other(offset: number): number | undefined {
    const read = readToken(this.#text, offset, this.#tokens.at(-1)?.value === '.');
    if (read.type === 'bad') {
      if (this.#isOnLaterLine) return undefined;
      this.#hasBadToken = true;
    } else if (read.type === 'operator') this.#bracket(read.value);
    this.#tokens.push(read);
    return read.end;
  }

  #bracket(value: string): void {
    if (value === '(' || value === '[' || value === '{') this.#brackets.push(value);
    const partner = PARTNERS[value];
    if (partner !== undefined && this.#brackets.at(-1) === partner) this.#brackets.pop();
  }

  /** Offset after the string, or undefined if it looks as if its closing quote were missing. */
  #string(start: number, quote: number): number | undefined {
    const text = this.#text;
    let hasNewline = false;
    let hasOpener = false;
    let hasCloser = false;
    for (let offset = start + 1; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === quote) {
        if (hasNewline) this.#isOnLaterLine = true;
        this.#tokens.push(token(text, 'string', start, offset + 1));
        return offset + 1;
      }
      if (code === BACKSLASH) offset++;
      else if (code === LF) {
        if (hasOpener) return undefined;
        hasNewline = true;
      } else if (code === OPEN_BRACE && isOpenerTail(text.charCodeAt(offset + 1))) {
        if (hasNewline || hasCloser || ++this.#nOpeners > MAX_OPENERS_IN_STRINGS) return undefined;
        hasOpener = true;
      } else if (
        code === CLOSE_BRACE &&
        text.startsWith(this.#closer, offset - (this.#closer === '%}' ? 1 : 0))
      )
        hasCloser = true;
    }
    return undefined;
  }

  #recover(): ScannedTag {
    const end = recoveredEnd(this.#text, this.#start, this.#contentStart, this.#closer);
    const tokens = this.#tokens.filter((each) => each.end <= end.contentEnd);
    const rest = tokens.at(-1)?.end ?? this.#contentStart;
    const left = this.#text.slice(rest, end.contentEnd);
    const blank = left.length - left.trimStart().length;
    if (blank < left.length) tokens.push(token(this.#text, 'bad', rest + blank, end.contentEnd));
    return { tokens, end: end.end, contentEnd: end.contentEnd, isClosed: false, stripsAfter: false };
  }
}

/** The second character of `{{`, `{%` or `{#`. */
function isOpenerTail(code: number): boolean {
  return code === OPEN_BRACE || code === PERCENT || code === 35;
}

/** True if the line that begins at `offset` starts with an HTML tag. */
function startsMarkup(text: string, offset: number): boolean {
  let at = offset;
  while (at < text.length && isSpace(text.charCodeAt(at)) && text.charCodeAt(at) !== LF) at++;
  return text.charCodeAt(at) === LT && /[A-Za-z/!]/.test(text.charAt(at + 1));
}
