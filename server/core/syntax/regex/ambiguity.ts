/** Tells whether a regular expression can take exponential time: some loop can take the same text in two ways, and what
 *  comes behind it can fail. The pattern is turned into positions (one for each character of it) and which can follow
 *  which; two ways are found by walking two copies of it at once.
 *  @see Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers", 2016: the
 *  condition EDA, decided on the square of the automaton. */
import { type CharMask, parseRegex, type RegexNode } from './parse';

/** Longer patterns are not looked at: the walk is over pairs of positions. */
const MAX_POSITIONS = 120;
/** `{n,m}` is written out up to here. */
const MAX_COPIES = 3;

/** True if a text exists for which trying takes exponential time. `isWhole`: the match must reach the text's end. */
export function isExponential(pattern: string, isWhole: boolean): boolean {
  // Most patterns have no loop inside of a loop, nor a choice in one.
  if (!/[)\]}*+][*+{]|\)/.test(pattern)) return false;
  const tree = parseRegex(pattern);
  if (tree === undefined) return false;
  const automaton = new Automaton();
  const whole = automaton.build(tree);
  if (automaton.masks.length > MAX_POSITIONS) return false;
  return automaton.isAmbiguousLoop(whole, isWhole);
}

/** A piece of the pattern: positions that it can begin and end with, and whether it can be empty. */
interface Piece {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isEmpty: boolean;
}

const NOTHING: Piece = { first: [], last: [], isEmpty: true };

class Automaton {
  /** What each position takes. A position for `$` takes nothing. */
  readonly masks: CharMask[] = [];
  /** Followers of each position; one that is there twice is reached in two ways. */
  readonly #follow: number[][] = [];

  build(node: RegexNode): Piece {
    switch (node.kind) {
      case 'char':
        return this.#position(node.mask);
      case 'end':
        return this.#position(0n);
      case 'sequence':
        return node.nodes.reduce<Piece>((before, next) => this.#then(before, this.build(next)), NOTHING);
      case 'choice':
        return either(node.nodes.map((each) => this.build(each)));
      case 'repeat':
        return this.#repeat(node);
    }
  }

  #position(mask: CharMask): Piece {
    this.masks.push(mask);
    this.#follow.push([]);
    const positions = [this.masks.length - 1];
    return { first: positions, last: positions, isEmpty: false };
  }

  #then(a: Piece, b: Piece): Piece {
    this.#link(a.last, b.first);
    return {
      first: a.isEmpty ? [...a.first, ...b.first] : a.first,
      last: b.isEmpty ? [...a.last, ...b.last] : b.last,
      isEmpty: a.isEmpty && b.isEmpty,
    };
  }

  #repeat({ node, min, max }: Extract<RegexNode, { kind: 'repeat' }>): Piece {
    if (this.masks.length > MAX_POSITIONS) return NOTHING;
    let piece = NOTHING;
    const nCopies = Math.min(max ?? min, MAX_COPIES);
    for (let copy = 0; copy < nCopies; copy++) {
      const next = this.build(node);
      piece = this.#then(piece, copy < min ? next : { ...next, isEmpty: true });
    }
    if (max !== undefined) return min === 0 ? { ...piece, isEmpty: true } : piece;
    const loop = this.build(node);
    this.#link(loop.last, loop.first);
    // With `+` the loop is the last copy that has to be there.
    return min > 0 && nCopies === 0 ? loop : this.#then(piece, { ...loop, isEmpty: true });
  }

  #link(from: readonly number[], to: readonly number[]): void {
    for (const position of from) this.#follow[position]?.push(...to);
  }

  isAmbiguousLoop(whole: Piece, isWhole: boolean): boolean {
    for (let start = 0; start < this.masks.length; start++)
      if (this.#canFailBehind(start, whole, isWhole) && this.#hasTwoWays(start)) return true;
    return false;
  }

  /** Where the pattern is done inside of the loop, a match is found at once and nothing is tried again. */
  #canFailBehind(position: number, whole: Piece, isWhole: boolean): boolean {
    return isWhole || !whole.last.includes(position) || this.masks[position] === 0n;
  }

  /** From a position back to it in two ways over the same text. */
  #hasTwoWays(start: number): boolean {
    const size = this.masks.length;
    const home = start * size + start;
    // Pairs with the mark whether the two copies have gone different ways by now.
    const seen = new Set<number>();
    const open: [number, boolean][] = [[home, false]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [pair, isApart] = next;
      const [left, right] = [Math.floor(pair / size), pair % size];
      const lefts = this.#follow[left] ?? [];
      const rights = this.#follow[right] ?? [];
      for (let i = 0; i < lefts.length; i++)
        for (let j = 0; j < rights.length; j++) {
          const [a, b] = [lefts[i] as number, rights[j] as number];
          if (((this.masks[a] ?? 0n) & (this.masks[b] ?? 0n)) === 0n) continue;
          // The same follower twice in the list: the same step in two ways.
          const apart = isApart || a !== b || (left === right && i !== j);
          const reached = a * size + b;
          if (reached === home && apart) return true;
          const key = reached * 2 + Number(apart);
          if (seen.has(key)) continue;
          seen.add(key);
          open.push([reached, apart]);
        }
    }
    return false;
  }
}

function either(pieces: readonly Piece[]): Piece {
  return {
    first: pieces.flatMap(({ first }) => first),
    last: pieces.flatMap(({ last }) => last),
    isEmpty: pieces.some(({ isEmpty }) => isEmpty),
  };
}
