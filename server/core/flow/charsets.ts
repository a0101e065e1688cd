/** Which characters a text can be made of, read off regular expressions and collections, and what that proves. */
import { ALL_KINDS, type KindSet, kindSet } from './kindSets';

/** Characters by code, ASCII only: what lies beyond means nothing to the languages that sinks speak. */
export type Charset = ReadonlySet<number>;

const MAX_CODE = 126;
const DIGITS = range('0', '9');
const LETTERS = union(range('A', 'Z'), range('a', 'z'));
const WORD = union(union(DIGITS, LETTERS), charsOf('_'));
const BLANKS = charsOf(' \t\n\r\f\v');
const ALL: Charset = new Set(Array.from({ length: MAX_CODE + 1 }, (_, code) => code));

/** Characters that no quoted or bare word of SQL, HTML, a shell and the like ends at. */
const HARMLESS = union(union(WORD, charsOf('-.@:+~ /')), union(range('\0', '\b'), range('\x0e', '\x1f')));
/** Not even with these alone: names reach attributes and templates, addresses other hosts, paths other folders. */
const WITH_SLASH = kindSet(['path', 'templateName', 'redirect', 'ssrf', 'reflection', 'deserialization']);
const WITH_DOT = kindSet(['ssrf', 'reflection', 'deserialization']);
const WITH_COLON = kindSet(['redirect', 'link']);
const WITH_BLANK = kindSet(['attribute']);
const WITH_LETTERS = kindSet(['reflection', 'deserialization']);

function range(from: string, to: string): Charset {
  const codes = new Set<number>();
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) codes.add(code);
  return codes;
}

export function charsOf(text: string): Charset {
  return new Set([...text].map((char) => char.charCodeAt(0)).filter((code) => code <= MAX_CODE));
}

export function union(a: Charset, b: Charset): Charset {
  return new Set([...a, ...b]);
}

export function complement(set: Charset): Charset {
  return new Set([...ALL].filter((code) => !set.has(code)));
}

/** What it proves that a text holds no other characters. */
export function kindsOfCharset(set: Charset): KindSet {
  let kinds = 0;
  if (!set.has(39)) kinds |= kindSet(['noQuote']);
  if (!set.has(34)) kinds |= kindSet(['noDouble']);
  if (!set.has(60)) kinds |= kindSet(['noTag']);
  if (!set.has(46)) kinds |= kindSet(['noParent']);
  if (!set.has(47)) kinds |= kindSet(['path', 'relative']);
  if (!set.has(10) && !set.has(13)) kinds |= kindSet(['header', 'log']);
  const isHarmless = [...set].every((code) => HARMLESS.has(code));
  if (!isHarmless) return kinds;
  const has = (text: string) => [...charsOf(text)].some((code) => set.has(code));
  const hasLetters = [...LETTERS].some((code) => set.has(code));
  const unsafe = has('/') ? WITH_SLASH : has('.:@') ? WITH_DOT : hasLetters ? WITH_LETTERS : 0;
  const spoilt = (has(':') ? WITH_COLON : 0) | (has(' /') ? WITH_BLANK : 0);
  return kinds | (ALL_KINDS & ~unsafe & ~spoilt);
}

export const WORD_KINDS = kindsOfCharset(WORD);
export const DIGIT_KINDS = kindsOfCharset(DIGITS);

/** What a regular expression says of the text it matches. */
export interface PatternFacts {
  /** Every character that a match can hold. */
  readonly charset: Charset;
  /** Whether a match starts where the text does, and ends where it ends. */
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  /** By number, the whole match first. */
  readonly groups: readonly Charset[];
  readonly names: ReadonlyMap<string, number>;
  /** The characters, if the pattern is one class and nothing else: `[^a-z]`, `\W+`. */
  readonly only: Charset | undefined;
}

const cache = new Map<string, PatternFacts | undefined>();

/** Reads a pattern; undefined for what it does not understand. */
export function patternFacts(pattern: string): PatternFacts | undefined {
  if (!cache.has(pattern)) cache.set(pattern, new PatternReader(pattern).read());
  return cache.get(pattern);
}

const CLASSES: Readonly<Record<string, Charset>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: BLANKS,
  S: complement(BLANKS),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

class PatternReader {
  readonly #text: string;
  #at = 0;
  readonly #groups: Set<number>[] = [new Set()];
  readonly #names = new Map<string, number>();
  /** Groups that are open. */
  readonly #open: (number | undefined)[] = [0];
  #nAtoms = 0;
  #hasStart = false;
  #hasEnd = false;
  #isSplit = false;
  #only: Charset | undefined;

  constructor(pattern: string) {
    this.#text = pattern;
  }

  read(): PatternFacts | undefined {
    if (this.#take(/^\(\?[aiLmsux]+\)/) !== undefined && /m/.test(this.#text.slice(0, this.#at)))
      return undefined;
    this.#hasStart = this.#take(/^(?:\^|\\A)/) !== undefined;
    while (this.#at < this.#text.length) if (!this.#readNext()) return undefined;
    if (this.#open.length !== 1) return undefined;
    return {
      charset: this.#groups[0] as Charset,
      // `^a|b$`: each way is open at one end.
      isAtStart: this.#hasStart && !this.#isSplit,
      isAtEnd: this.#hasEnd && !this.#isSplit,
      groups: this.#groups,
      names: this.#names,
      only: this.#nAtoms === 1 && !this.#hasStart && !this.#hasEnd ? this.#only : undefined,
    };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#text.slice(this.#at)) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }

  /** Reads one atom or sign; false when it is not understood. */
  #readNext(): boolean {
    if (this.#take(/^(?:\$|\\Z|\\z)$/)) {
      this.#hasEnd = true;
      return true;
    }
    const group = this.#take(/^\((?:\?:|\?P<(\w+)>)?(?!\?)/);
    if (group !== undefined) {
      this.#openGroup(group);
      return true;
    }
    if (this.#take(/^\)/)) return this.#open.length > 1 && (this.#open.pop() ?? true) !== undefined;
    if (this.#take(/^\|/)) {
      if (this.#open.length === 1) this.#isSplit = true;
      this.#nAtoms = 2;
      return true;
    }
    const atom = this.#readAtom();
    if (atom === undefined) return false;
    this.#nAtoms++;
    this.#only = atom;
    for (const index of this.#open)
      if (index !== undefined) for (const code of atom) this.#groups[index]?.add(code);
    this.#take(/^(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?/);
    return true;
  }

  #openGroup(found: RegExpExecArray): void {
    if (found[0] === '(?:') {
      this.#open.push(undefined);
      return;
    }
    if (found[1] !== undefined) this.#names.set(found[1], this.#groups.length);
    this.#open.push(this.#groups.length);
    this.#groups.push(new Set());
  }

  #readAtom(): Charset | undefined {
    if (this.#take(/^\./)) return ALL;
    const escape = this.#take(/^\\([^\n])/)?.[1];
    if (escape !== undefined) return this.#escaped(escape);
    if (this.#take(/^\[/)) return this.#readClass();
    const literal = this.#take(/^[^\\()[\]{}*+?|^$.]/);
    if (literal !== undefined) return charsOf(literal[0]);
    // A sign that stands after a quantified group: `(…)+`.
    return this.#take(/^(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?/) ? new Set() : undefined;
  }

  #escaped(char: string): Charset | undefined {
    const known = CLASSES[char];
    if (known !== undefined) return known;
    if (/[bB]/.test(char)) return new Set();
    return /[A-Za-z0-9]/.test(char) && ESCAPES[char] === undefined
      ? undefined
      : charsOf(ESCAPES[char] ?? char);
  }

  #readClass(): Charset | undefined {
    const isNegated = this.#take(/^\^/) !== undefined;
    let set: Charset = new Set();
    for (let isFirst = true; isFirst || !this.#take(/^\]/); isFirst = false) {
      const span = this.#take(/^(\\[^A-Za-z0-9]|[^\\\]])-(\\[^A-Za-z0-9]|[^\\\]])/);
      if (span !== undefined) {
        set = union(set, range((span[1] as string).slice(-1), (span[2] as string).slice(-1)));
        continue;
      }
      const escape = this.#take(/^\\([^\n])/)?.[1];
      const part = escape === undefined ? this.#take(/^[^\\]/)?.[0] : undefined;
      const chars =
        escape === undefined ? (part === undefined ? undefined : charsOf(part)) : this.#escaped(escape);
      if (chars === undefined) return undefined;
      set = union(set, chars);
    }
    return isNegated ? complement(set) : set;
  }
}

/** What it proves that a search for the pattern finds nothing: no character of its class is there. */
export function provenByNoMatch(pattern: string): KindSet {
  const only = patternFacts(pattern)?.only;
  return only === undefined ? 0 : kindsOfCharset(complement(only));
}

/** What is left when every match is replaced by `replacement`, a text. */
export function provenByReplacing(pattern: string, replacement: string): KindSet {
  const only = patternFacts(pattern)?.only;
  if (only === undefined || replacement.includes('\\')) return 0;
  return kindsOfCharset(union(complement(only), charsOf(replacement)));
}

/** What a match proves of the whole text. `re.fullmatch` needs no anchors, `re.match` none at the start. */
export function provenByMatch(pattern: string, method: string): KindSet {
  const facts = patternFacts(pattern);
  if (facts === undefined) return 0;
  const isWhole = method === 'fullmatch' || (facts.isAtEnd && (facts.isAtStart || method === 'match'));
  return isWhole ? kindsOfCharset(facts.charset) : 0;
}
