/** Cuts a file into units: top-level statements with the blank lines, comments and decorators before them.
 *  Works on logical lines (scanner.ts) and knows no grammar beyond "a line at the margin begins a statement".
 *  Never throws; every character belongs to exactly one unit. */
import { TRIPLE_QUOTES } from './looseStrings';
import { codeStart, type ScanOptions, scanLogicalLine } from './scanner';
import { indentAt, lineEnd } from './scanText';

export interface UnitSpan {
  readonly start: number;
  readonly end: number;
  /** How deep brackets nest. */
  readonly depth: number;
  /** True when brackets or strings are left open in it. */
  readonly isOpen: boolean;
}

export interface Split {
  readonly units: readonly UnitSpan[];
  /** False when the end of the text had to tell that something is open: then all later text matters. */
  readonly isClean: boolean;
}

/** Words that go on with the statement before them. */
const CONTINUES = /(?:elif|else|except|finally)(?!\w)/y;
/** How often the rest of the text is searched for an end before it is presumed to be missing. */
const MAX_SEARCHES = 6;

export function splitUnits(text: string): Split {
  const units: UnitSpan[] = [];
  const isClean = new Splitter(text, 0, false).run((unit) => {
    units.push(unit);
    return true;
  });
  if (isClean || !endsInTripleQuotes(text, units)) return { units, isClean };
  units.length = 0;
  new Splitter(text, 0, true).run((unit) => {
    units.push(unit);
    return true;
  });
  return { units, isClean: false };
}

/** Reads units from `start` (a unit's start) until `onUnit` says false. Returns whether nothing was left open. */
export function scanUnits(text: string, start: number, onUnit: (unit: UnitSpan) => boolean): boolean {
  return new Splitter(text, start, false).run(onUnit);
}

function endsInTripleQuotes(text: string, units: readonly UnitSpan[]): boolean {
  return units.some((unit) => unit.isOpen && TRIPLE_QUOTES.test(text.slice(unit.start, unit.end)));
}

class Splitter {
  readonly #text: string;
  readonly #options: ScanOptions;
  #unitStart: number;
  /** End of the last logical line with code. */
  #codeEnd: number;
  #hasCode = false;
  #isDecorated = false;
  #depth = 0;
  #isOpen = false;
  #isClean = true;
  #nSearches = 0;

  constructor(text: string, start: number, doubtStrings: boolean) {
    this.#text = text;
    this.#options = { doubtStrings };
    this.#unitStart = start;
    this.#codeEnd = start;
  }

  run(onUnit: (unit: UnitSpan) => boolean): boolean {
    const text = this.#text;
    let at = this.#unitStart;
    while (at < text.length) {
      const first = codeStart(text, at);
      if (first === undefined) {
        at = afterBreak(text, lineEnd(text, at));
        continue;
      }
      if (first === at || (at === 0 && first === 1) || indentAt(text, at) === 0) {
        if (this.#hasCode && !this.#isDecorated && !this.#continues(first) && !onUnit(this.#endUnit()))
          return this.#isClean;
        this.#isDecorated = text[first] === '@';
      }
      at = this.#readLine(first);
    }
    if (this.#hasCode && !onUnit(this.#endUnit())) return this.#isClean;
    if (this.#unitStart < text.length)
      onUnit({ start: this.#unitStart, end: text.length, depth: 0, isOpen: false });
    return this.#isClean;
  }

  #continues(offset: number): boolean {
    CONTINUES.lastIndex = offset;
    return CONTINUES.test(this.#text);
  }

  #readLine(start: number): number {
    const line = scanLogicalLine(this.#text, start, this.#options, this.#nSearches >= MAX_SEARCHES);
    if (line.reachedEnd) {
      this.#isClean = false;
      this.#nSearches++;
    }
    this.#hasCode = true;
    this.#depth = Math.max(this.#depth, line.depth);
    this.#isOpen ||= line.cuts.length > 0;
    this.#codeEnd = line.end;
    return line.end;
  }

  #endUnit(): UnitSpan {
    const unit = { start: this.#unitStart, end: this.#codeEnd, depth: this.#depth, isOpen: this.#isOpen };
    this.#unitStart = this.#codeEnd;
    this.#hasCode = false;
    this.#depth = 0;
    this.#isOpen = false;
    return unit;
  }
}

function afterBreak(text: string, offset: number): number {
  return text.charCodeAt(offset) === 13 && text.charCodeAt(offset + 1) === 10 ? offset + 2 : offset + 1;
}
