/** Reads a Python regular expression into a tree of what costs time: characters, sequences, choices, repetitions.
 *  What a look-around or a back-reference asks for is left out, for neither adds a way to take the same text.
 *  @see https://docs.python.org/3/library/re.html#regular-expression-syntax */

/** Characters as bits: one for each of ASCII, and the last one for all others. */
export type CharMask = bigint;

export type RegexNode =
  | { readonly kind: 'char'; readonly mask: CharMask }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly RegexNode[] }
  /** `max` is undefined for a repetition without end. */
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max?: number };

const OTHERS = 128;
const ANY: CharMask = (1n << BigInt(OTHERS + 1)) - 1n;
const DIGITS = rangeMask(48, 57);
const WORD = DIGITS | rangeMask(65, 90) | rangeMask(97, 122) | bit(95) | bit(OTHERS);
const BLANKS = bit(32) | rangeMask(9, 13);
const CLASSES: Readonly<Record<string, CharMask>> = {
  d: DIGITS,
  D: ANY & ~DIGITS,
  w: WORD,
  W: ANY & ~(WORD ^ bit(OTHERS)),
  s: BLANKS,
  S: ANY & ~BLANKS,
};
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, '0': 0 };
const EMPTY: RegexNode = { kind: 'sequence', nodes: [] };

function bit(code: number): CharMask {
  return 1n << BigInt(Math.min(code, OTHERS));
}

function rangeMask(from: number, to: number): CharMask {
  let mask = 0n;
  for (let code = from; code <= Math.min(to, OTHERS); code++) mask |= bit(code);
  return mask;
}

/** The tree, or undefined for what is not understood. Total: never throws. */
export function parseRegex(text: string): RegexNode | undefined {
  const reader = new Reader(text);
  const node = reader.choice();
  return reader.isDone && reader.isUnderstood ? node : undefined;
}

/** Deeper groups are not read. */
const MAX_DEPTH = 50;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  isUnderstood = true;

  constructor(text: string) {
    this.#text = text;
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  choice(): RegexNode {
    const nodes = [this.#sequence()];
    while (this.#take(/\|/y)) nodes.push(this.#sequence());
    return nodes.length === 1 ? (nodes[0] as RegexNode) : { kind: 'choice', nodes };
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    while (!this.isDone && this.isUnderstood && !'|)'.includes(this.#text[this.#at] as string))
      nodes.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', nodes };
  }

  #repeated(node: RegexNode): RegexNode {
    const sign = this.#take(/[*+?]|\{(?:\d+,?\d*|,\d+)\}/y)?.[0];
    if (sign === undefined) return node;
    // A possessive repetition gives nothing back, so there is nothing to try again.
    if (this.#take(/\+/y)) return EMPTY;
    this.#take(/\?/y);
    if (sign === '*') return { kind: 'repeat', node, min: 0 };
    if (sign === '+') return { kind: 'repeat', node, min: 1 };
    if (sign === '?') return { kind: 'repeat', node, min: 0, max: 1 };
    const [from = '', to] = sign.slice(1, -1).split(',');
    const max = to === undefined ? Number(from) : to === '' ? undefined : Number(to);
    return { kind: 'repeat', node, min: Number(from), ...(max === undefined ? {} : { max }) };
  }

  #atom(): RegexNode {
    const sign = this.#text[this.#at++] as string;
    if (sign === '(') return this.#group();
    if (sign === '[') return this.#set();
    if (sign === '.') return { kind: 'char', mask: ANY & ~bit(10) };
    if (sign === '^') return EMPTY;
    if (sign === '$') return { kind: 'end' };
    if (sign === '\\') return this.#escape();
    return { kind: 'char', mask: bit(sign.charCodeAt(0)) };
  }

  #group(): RegexNode {
    if (++this.#depth > MAX_DEPTH) this.isUnderstood = false;
    const isAside = this.#take(/\?(?:<?[=!]|>)/y) !== undefined;
    if (this.#take(/\?#[^)]*(?=\))/y) === undefined && !isAside)
      this.#take(/\?(?:P?<\w+>|P=\w+|[aiLmsux]*(?:-[imsx]+)?:|[aiLmsux]+(?=\))|:)/y);
    const node = this.isUnderstood ? this.choice() : EMPTY;
    if (!this.#take(/\)/y)) this.isUnderstood = false;
    this.#depth--;
    return isAside ? EMPTY : node;
  }

  #escape(): RegexNode {
    const escaped = this.#take(/[\s\S]/y)?.[0];
    if (escaped === undefined) {
      this.isUnderstood = false;
      return EMPTY;
    }
    if (escaped === 'Z' || escaped === 'z') return { kind: 'end' };
    if (/[bBA1-9]/.test(escaped)) return EMPTY;
    return { kind: 'char', mask: CLASSES[escaped] ?? bit(this.#code(escaped)) };
  }

  /** The character that an escape stands for. */
  #code(escaped: string): number {
    const digits = { x: 2, u: 4, U: 8 }[escaped];
    if (digits === undefined) return ESCAPES[escaped] ?? escaped.codePointAt(0) ?? OTHERS;
    const code = Number.parseInt(this.#text.slice(this.#at, this.#at + digits), 16);
    this.#at += digits;
    return Number.isNaN(code) ? OTHERS : code;
  }

  #set(): RegexNode {
    const isNegated = this.#take(/\^/y) !== undefined;
    let mask = 0n;
    for (let isFirst = true; isFirst || this.#text[this.#at] !== ']'; isFirst = false) {
      if (this.isDone) {
        this.isUnderstood = false;
        return EMPTY;
      }
      mask |= this.#member();
    }
    this.#at++;
    return { kind: 'char', mask: isNegated ? ANY & ~(mask & ~bit(OTHERS)) : mask };
  }

  #member(): CharMask {
    const from = this.#one();
    if (typeof from === 'bigint') return from;
    if (!this.#take(/-(?!\])/y)) return bit(from);
    const to = this.#one();
    return typeof to === 'bigint' ? bit(from) | bit(45) | to : rangeMask(Math.min(from, OTHERS), to);
  }

  #one(): number | CharMask {
    const sign = this.#text[this.#at++] ?? '';
    if (sign !== '\\') return sign.codePointAt(0) ?? OTHERS;
    const escaped = this.#text[this.#at++] ?? '';
    return CLASSES[escaped] ?? (escaped === 'b' ? 8 : this.#code(escaped));
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }
}
