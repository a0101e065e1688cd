/** Reads one logical line: up to the line break outside of brackets and strings. It looks at characters only and
 *  agrees with the parser's tokenizer on strings (format strings with nested quotes included) and brackets.
 *
 *  Half-typed code leaves brackets and strings open. A line inside open brackets that begins with a word no
 *  expression can begin with (`def`, `return`, `import` …) begins a new statement for certain; where one shows up,
 *  or the text ends, the line is read again and cut at the first line that is not indented deeper than the
 *  statement and begins with a word. What was left open is told, so that it can be closed (see repair.ts). */
import { isDoubtful, swallowedCode } from './looseStrings';
import {
  indentAt,
  isEscaped,
  isFirstInLine,
  isFormatPrefix,
  lineEnd,
  lineStartOf,
  matches,
  namedEscapeEnd,
  singleEnd,
  trimmedEnd,
} from './scanText';
import { isBlank, isLineBreak } from './source';

export interface Opening {
  /** Offset of the bracket or of the string's quote. */
  readonly offset: number;
  /** What closes it: `)`, `]`, `}`, or the quote. */
  readonly closer: string;
}

/** Something left open, to be closed at `offset`, innermost first. */
export interface Cut {
  readonly offset: number;
  readonly open: readonly Opening[];
}

export interface LogicalLine {
  readonly start: number;
  /** Offset behind the line break, or where the next statement begins. */
  readonly end: number;
  /** Deepest nesting of brackets. */
  readonly depth: number;
  readonly cuts: readonly Cut[];
  /** True when only the end of the text told that something is open. */
  readonly reachedEnd: boolean;
}

export interface ScanOptions {
  /** Also doubt triple-quoted strings that do end: one before them may be the culprit. */
  readonly doubtStrings: boolean;
}

const BYTE_ORDER_MARK = 0xfeff;
const HASH = 35;
/** No expression has these words at the start of a line. */
const STATEMENT =
  /(?:(?:def|class|import|return|raise|assert|del|while|with|try|pass|break|continue|global|nonlocal|except|finally|elif)(?![\w])|from\s+[.\w]+\s+import(?!\w)|async\s+(?:def|with)(?!\w)|@[A-Za-z_][^\n\r]*[\n\r]\s*(?:(?:@|#)[^\n\r]*[\n\r]\s*){0,20}(?:async\s|def\s|class\s))/y;
/** A word that may begin a statement, and not one that only goes on with an expression. */
const WORD = /(?!(?:and|or|in|is|not|else|for|if|await|lambda|None|True|False)(?![\w]))[\p{ID_Start}_@]/uy;

/** Statements with a body. */
const HEADER = /(?:async\s+)?(?:def|class|if|elif|while|for|with|except|match|case)(?!\w)/y;
const DOCSTRING = /[rR]?(?:"""|''')/y;
/** The end of a line that needs more after it. */
const GOES_ON =
  /(?:[-,([{=+*/%&|^<>~:.@\\]|\b(?:and|or|not|in|is|if|else|lambda|for|await|yield|from|as)|^)$/;

/** A frame is an open bracket, an open format string, or an open hole of one. */
interface Frame {
  readonly offset: number;
  readonly closer: string;
  readonly kind: 'bracket' | 'string' | 'hole';
  /** Of a hole: its format specification is being read. */
  inSpec: boolean;
}

/** `presumeOpen` saves the search for an end: lines are cut at the first chance. */
export function scanLogicalLine(
  text: string,
  start: number,
  options: ScanOptions,
  presumeOpen = false,
): LogicalLine {
  if (presumeOpen) return new LineScanner(text, start, options, true).run();
  const first = new LineScanner(text, start, options, false).run();
  if (first.stopped === 'break') return first;
  const again = new LineScanner(text, start, options, true).run();
  return { ...again, reachedEnd: first.stopped === 'end' };
}

/** All logical lines of a text, without blank lines and lines of comments only. */
export function readLogicalLines(text: string, doubtStrings: boolean): LogicalLine[] {
  const lines: LogicalLine[] = [];
  for (let at = 0; at < text.length; ) {
    const start = codeStart(text, at);
    if (start === undefined) at = lineEnd(text, at) + 1;
    else {
      const line = scanLogicalLine(text, start, { doubtStrings });
      lines.push(line);
      at = line.end;
    }
  }
  return lines;
}

/** Where the code of the line that begins at `lineStart` starts; undefined when it has none. */
export function codeStart(text: string, lineStart: number): number | undefined {
  let at = lineStart;
  if (at === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK) at++;
  while (isBlank(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  return at >= text.length || code === HASH || isLineBreak(code) ? undefined : at;
}

class LineScanner {
  readonly #text: string;
  readonly #start: number;
  readonly #indent: number;
  readonly #options: ScanOptions;
  readonly #isSoft: boolean;
  readonly #frames: Frame[] = [];
  readonly #cuts: Cut[] = [];
  #at: number;
  #depth = 0;
  /** Start of the last comment; closers must stand before it. */
  #commentStart = -1;
  #stopped: 'break' | 'statement' | 'end' | undefined;

  constructor(text: string, start: number, options: ScanOptions, isSoft: boolean) {
    this.#text = text;
    this.#at = start;
    this.#start = start;
    this.#indent = indentAt(text, lineStartOf(text, start));
    this.#options = options;
    this.#isSoft = isSoft;
  }

  run(): LogicalLine & { readonly stopped: 'break' | 'statement' | 'end' } {
    while (this.#stopped === undefined) {
      const top = this.#frames.at(-1);
      if (this.#at >= this.#text.length) this.#stop('end');
      else if (top && (top.kind === 'string' || top.inSpec)) this.#inFormatString(top);
      else this.#inCode();
    }
    return {
      start: this.#start,
      end: this.#at,
      depth: this.#depth,
      cuts: this.#cuts,
      reachedEnd: this.#stopped === 'end',
      stopped: this.#stopped,
    };
  }

  /** Ends the line; what is open is cut behind the last text. The end of the text is fine when nothing is open. */
  #stop(why: 'statement' | 'end'): void {
    if (this.#frames.length === 0) {
      this.#stopped = 'break';
      return;
    }
    let offset = trimmedEnd(this.#text, this.#start, this.#at);
    const isInComment =
      this.#frames.at(-1)?.kind !== 'string' && lineStartOf(this.#text, offset) <= this.#commentStart;
    if (isInComment) offset = trimmedEnd(this.#text, this.#start, this.#commentStart);
    this.#cutAt(offset, this.#frames);
    this.#stopped = why;
  }

  #cutAt(offset: number, frames: readonly Opening[]): void {
    this.#cuts.push({ offset, open: frames.map(({ offset, closer }) => ({ offset, closer })).reverse() });
  }

  #inCode(): void {
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      switch (code) {
        case 10:
        case 13:
          this.#lineBreak(code);
          if (this.#stopped !== undefined) return;
          break;
        case 35:
          this.#commentStart = this.#at;
          while (this.#at + 1 < text.length && !isLineBreak(text.charCodeAt(this.#at + 1))) this.#at++;
          break;
        case 92:
          this.#at += text.charCodeAt(this.#at + 1) === 13 && text.charCodeAt(this.#at + 2) === 10 ? 2 : 1;
          break;
        case 34:
        case 39:
          this.#quote(code);
          return;
        case 40:
          this.#push('bracket', ')');
          break;
        case 91:
          this.#push('bracket', ']');
          break;
        case 123:
          this.#push('bracket', '}');
          break;
        case 41:
        case 93:
        case 125:
          if (this.#close(text[this.#at] as string)) {
            this.#at++;
            return;
          }
          break;
        case 58:
          if (this.#frames.at(-1)?.kind === 'hole') {
            (this.#frames.at(-1) as Frame).inSpec = true;
            this.#at++;
            return;
          }
      }
    }
  }

  /** Closes the innermost frame that `closer` fits, and tells those inside it as open; a stray closer fits none.
   *  True when that ended a hole. */
  #close(closer: string): boolean {
    const frames = this.#frames;
    let index = frames.length - 1;
    while (index >= 0 && frames[index]?.closer !== closer && frames[index]?.kind === 'bracket') index--;
    const frame = frames[index];
    if (frame?.closer !== closer) return false;
    const inside = frames.splice(index).slice(1);
    if (inside.length > 0) this.#cutAt(this.#at, inside);
    return frame.kind === 'hole';
  }

  #push(kind: Frame['kind'], closer: string): void {
    this.#frames.push({ offset: this.#at, closer, kind, inSpec: false });
    if (kind !== 'string') this.#depth = Math.max(this.#depth, this.#frames.length);
  }

  /** At a line break: ends the line, or looks whether the next one begins a statement. Stays on its last character. */
  #lineBreak(code: number): void {
    if (code === 13 && this.#text.charCodeAt(this.#at + 1) === 10) this.#at++;
    if (this.#frames.length === 0) {
      this.#at++;
      this.#stopped = 'break';
      return;
    }
    const lineStart = this.#at + 1;
    let next = lineStart;
    while (isBlank(this.#text.charCodeAt(next))) next++;
    const isNew = matches(STATEMENT, this.#text, next) || (this.#isSoft && this.#mayBegin(lineStart, next));
    if (!isNew) return;
    this.#at = lineStart;
    this.#stop('statement');
  }

  /** Whether the line whose code starts at `next` begins a statement, if it must be somewhere. */
  #mayBegin(lineStart: number, next: number): boolean {
    const text = this.#text;
    const isWord = matches(WORD, text, next);
    if (indentAt(text, lineStart) <= this.#indent) return isWord;
    // The body of a header is indented deeper: it begins where two expressions would stand side by side.
    if (!matches(HEADER, text, this.#start) || !(isWord || matches(DOCSTRING, text, next))) return false;
    const previousStart = Math.max(this.#start, lineStartOf(text, trimmedEnd(text, this.#start, lineStart)));
    const codeEnd = this.#commentStart > previousStart ? this.#commentStart : lineStart;
    return !GOES_ON.test(text.slice(previousStart, codeEnd).trimEnd());
  }

  #quote(code: number): void {
    const text = this.#text;
    const quoteAt = this.#at;
    const char = text[quoteAt] as string;
    const isTriple = text.charCodeAt(quoteAt + 1) === code && text.charCodeAt(quoteAt + 2) === code;
    const quote = isTriple ? char + char + char : char;
    if (isFormatPrefix(text, quoteAt, this.#start)) {
      this.#push('string', quote);
      this.#at += quote.length;
      return;
    }
    const end = isTriple ? this.#tripleEnd(quoteAt, quote) : singleEnd(text, quoteAt + 1, code);
    if (end !== undefined) {
      this.#at = end;
      return;
    }
    if (isTriple) return;
    // Not closed on its line. In a hole it may be the quote that ends the format string around it.
    const around = this.#frames.findLast((frame) => frame.kind === 'string');
    if (around?.closer === quote && this.#frames.at(-1) !== around) {
      this.#endFormatString(quoteAt, around);
      return;
    }
    this.#at = lineEnd(text, quoteAt);
    this.#cutAt(this.#at, [{ offset: quoteAt, closer: quote }]);
  }

  /** Offset behind a triple-quoted string; undefined when it was cut and the line ends there. */
  #tripleEnd(quoteAt: number, quote: string): number | undefined {
    const text = this.#text;
    const from = quoteAt + 3;
    let end = text.indexOf(quote, from);
    while (end > 0 && isEscaped(text, end, from)) end = text.indexOf(quote, end + 1);
    if (end >= 0 && !(this.#options.doubtStrings && isDoubtful(text, end))) return end + 3;
    const isDocstring = isFirstInLine(text, quoteAt);
    const to = end < 0 ? text.length : end;
    const cutAt = swallowedCode(text, { from, to, indent: this.#indent, isDocstring });
    if (cutAt === undefined && end >= 0) return end + 3;
    this.#push('string', quote);
    (this.#frames as { offset: number }[]).at(-1)!.offset = quoteAt;
    this.#at = cutAt ?? text.length;
    this.#stop(cutAt === undefined ? 'end' : 'statement');
    // Only a text without a closing quote makes the rest of the file matter.
    if (end < 0) this.#stopped = 'end';
    return undefined;
  }

  /** In the literal part of a format string, or in the specification of a hole. */
  #inFormatString(top: Frame): void {
    const text = this.#text;
    const string =
      top.kind === 'string' ? top : (this.#frames.findLast((frame) => frame.kind === 'string') as Frame);
    const isTriple = string.closer.length === 3;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === 92) {
        const next = text.charCodeAt(this.#at + 1);
        if (next === 78 && text.charCodeAt(this.#at + 2) === 123)
          this.#at = namedEscapeEnd(text, this.#at + 3);
        else if (next === 13 && text.charCodeAt(this.#at + 2) === 10) this.#at += 2;
        else if (next !== 123 && next !== 125) this.#at++;
      } else if (code === 123) {
        if (!top.inSpec && text.charCodeAt(this.#at + 1) === 123) this.#at++;
        else {
          this.#push('hole', '}');
          this.#at++;
          return;
        }
      } else if (code === 125 && top.inSpec) {
        this.#frames.pop();
        this.#at++;
        return;
      } else if (isLineBreak(code) && !isTriple) {
        this.#cutAt(this.#at, this.#frames.splice(this.#frames.lastIndexOf(string)));
        return;
      } else if (text.startsWith(string.closer, this.#at)) {
        this.#endFormatString(this.#at, string);
        return;
      }
    }
  }

  /** Ends `string` with the quote at `quoteAt`; holes still open in it are told. */
  #endFormatString(quoteAt: number, string: Frame): void {
    const index = this.#frames.lastIndexOf(string);
    const inside = this.#frames.splice(index).slice(1);
    if (inside.length > 0) this.#cutAt(quoteAt, inside);
    this.#at = quoteAt + string.closer.length;
  }
}
