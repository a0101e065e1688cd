/** Cuts a template into regions: literal text, outputs, statements, comments and raw blocks.
 *  The regions cover the whole text without gaps, in order. Never throws; linear. */
import { scanTag } from './tagScanner';
import type { Token } from './tokens';
import { recoveredCommentEnd } from './unclosedTag';

interface Base {
  readonly start: number;
  readonly end: number;
  /** True when the tag's first or last delimiter carries a `-`, which strips the text beside it. */
  readonly stripsBefore: boolean;
  readonly stripsAfter: boolean;
}

export type Region =
  | (Base & { readonly kind: 'text' })
  | (Base & {
      readonly kind: 'output' | 'statement';
      readonly tokens: readonly Token[];
      readonly contentStart: number;
      readonly contentEnd: number;
      readonly isClosed: boolean;
    })
  | (Base & {
      readonly kind: 'comment' | 'raw';
      readonly contentStart: number;
      readonly contentEnd: number;
      readonly isClosed: boolean;
    });

const OPENER = /\{[{%#]/g;
const RAW_BEGIN = /\{%[-+]?\s*raw\s*(-?)%\}/y;
const RAW_END = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;

export function lexTemplate(text: string): readonly Region[] {
  return new Lexer(text).lex();
}

class Lexer {
  readonly #text: string;
  readonly #regions: Region[] = [];
  readonly #commentEnds: Finder;
  readonly #commentStarts: Finder;
  #rawEndsFrom = 0;

  constructor(text: string) {
    this.#text = text;
    this.#commentEnds = new Finder(text, '#}');
    this.#commentStarts = new Finder(text, '{#');
  }

  lex(): readonly Region[] {
    const text = this.#text;
    let offset = 0;
    while (offset < text.length) {
      OPENER.lastIndex = offset;
      const at = OPENER.exec(text)?.index ?? text.length;
      if (at > offset)
        this.#regions.push({ kind: 'text', start: offset, end: at, stripsBefore: false, stripsAfter: false });
      if (at === text.length) break;
      const region = this.#regionAt(at);
      this.#regions.push(region);
      offset = region.end;
    }
    return this.#regions;
  }

  #regionAt(start: number): Region {
    const mark = this.#text.charAt(start + 1);
    if (mark === '#') return this.#comment(start);
    if (mark === '%') return this.#raw(start) ?? this.#tag(start, 'statement');
    return this.#tag(start, 'output');
  }

  #tag(start: number, kind: 'output' | 'statement'): Region {
    const sign = this.#text.charAt(start + 2);
    const contentStart = sign === '-' || sign === '+' ? start + 3 : start + 2;
    const scanned = scanTag(this.#text, start, contentStart, kind === 'output' ? '}}' : '%}');
    return { kind, start, contentStart, stripsBefore: sign === '-', ...scanned };
  }

  #comment(start: number): Region {
    const text = this.#text;
    const stripsBefore = text.charAt(start + 2) === '-';
    const contentStart = start + 2;
    const close = this.#commentEnds.next(contentStart);
    if (close < 0 || this.#isCommentUnclosed(contentStart, close)) {
      const end = recoveredCommentEnd(text, start);
      const base = { start, end, stripsBefore, stripsAfter: false };
      return { kind: 'comment', ...base, contentStart, contentEnd: end, isClosed: false };
    }
    const stripsAfter = text.charAt(close - 1) === '-';
    const base = { start, end: close + 2, stripsBefore, stripsAfter };
    return { kind: 'comment', ...base, contentStart, contentEnd: close, isClosed: true };
  }

  /** Jinja's comments do not nest, so the first `#}` ends one. When another comment opens on a later line
   *  before that, the `#}` is likely that comment's own, unless the marks balance as if they nested. */
  #isCommentUnclosed(contentStart: number, close: number): boolean {
    const inner = this.#commentStarts.next(contentStart);
    if (inner < 0 || inner >= close || !this.#text.slice(contentStart, inner).includes('\n')) return false;
    const nextStart = this.#text.indexOf('{#', close + 2);
    const nextEnd = this.#text.indexOf('#}', close + 2);
    return nextEnd < 0 || (nextStart >= 0 && nextStart < nextEnd);
  }

  #raw(start: number): Region | undefined {
    RAW_BEGIN.lastIndex = start;
    const begin = RAW_BEGIN.exec(this.#text);
    if (begin === null) return undefined;
    const contentStart = start + begin[0].length;
    const stripsBefore = this.#text.charAt(start + 2) === '-';
    const end = this.#rawEnd(contentStart);
    if (end === null) {
      const base = { start, end: contentStart, stripsBefore, stripsAfter: begin[1] === '-' };
      return { kind: 'raw', ...base, contentStart, contentEnd: contentStart, isClosed: false };
    }
    const base = { start, end: end.index + end[0].length, stripsBefore, stripsAfter: end[2] === '-' };
    return { kind: 'raw', ...base, contentStart, contentEnd: end.index, isClosed: true };
  }

  #rawEnd(offset: number): RegExpExecArray | null {
    if (this.#rawEndsFrom < 0) return null;
    RAW_END.lastIndex = offset;
    const found = RAW_END.exec(this.#text);
    if (found === null) this.#rawEndsFrom = -1;
    return found;
  }
}

/** `indexOf` for growing offsets that never reads the same text twice. */
class Finder {
  readonly #text: string;
  readonly #needle: string;
  #found = -2;

  constructor(text: string, needle: string) {
    this.#text = text;
    this.#needle = needle;
  }

  next(offset: number): number {
    if (this.#found === -1 || this.#found >= offset) return this.#found;
    this.#found = this.#text.indexOf(this.#needle, offset);
    return this.#found;
  }
}
