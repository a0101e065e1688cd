/** Text → tree of TOML 1.0, with the place of everything. Total: a line that is wrong becomes a problem and is left
 *  out, the others count. Linear in the text. @see https://toml.io/en/v1.0.0 */
import type { Range } from '../../base/range';
import type { TomlDocument, TomlEntry, TomlHeader, TomlNode, TomlProblem, TomlTable } from './ast';
import { readScalar, readString } from './scalars';

export function parseToml(text: string): TomlDocument {
  return new Parser(text).parse();
}

/** Arrays and inline tables may lie in each other this deep. */
const MAX_DEPTH = 100;

interface OpenTable extends TomlTable {
  readonly entries: OpenEntry[];
  /** What may still be done to it: headers open only what no key has written, and each table once. */
  origin: 'root' | 'implicit' | 'header' | 'dotted' | 'inline' | 'element';
}

interface OpenEntry extends TomlEntry {
  readonly value: OpenNode;
}

type OpenNode = OpenTable | Exclude<TomlNode, TomlTable>;

interface Key {
  readonly key: string;
  readonly range: Range;
}

class Parser {
  readonly #text: string;
  #at = 0;
  readonly #problems: TomlProblem[] = [];
  readonly #headers: TomlHeader[] = [];
  readonly #root: OpenTable = newTable({ start: 0, end: 0 }, 'root');
  /** Entries by key, so that long tables stay linear. */
  readonly #indexes = new Map<OpenTable, Map<string, OpenEntry>>();
  /** Lists that `[[headers]]` made. */
  readonly #lists = new Set<OpenNode>();
  #current: OpenTable = this.#root;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): TomlDocument {
    while (this.#at < this.#text.length) {
      this.#skipBlanks();
      const isRead = this.#peek() === '[' ? this.#header() : this.#isLineEnd() || this.#pair(this.#current);
      if (isRead) {
        this.#skipSpaces();
        if (!this.#isLineEnd())
          this.#report({ start: this.#at, end: this.#lineEnd() }, 'Nothing may follow on this line.');
      }
      this.#at = this.#lineEnd() + 1;
    }
    return { root: this.#root, headers: this.#headers, problems: this.#problems };
  }

  #header(): boolean {
    const start = this.#at;
    const isArray = this.#text.startsWith('[[', start);
    this.#at += isArray ? 2 : 1;
    const keys = this.#keys();
    const close = isArray ? ']]' : ']';
    this.#skipSpaces();
    if (keys === undefined || !this.#text.startsWith(close, this.#at)) {
      this.#report({ start, end: this.#lineEnd() }, `This header is not closed by \`${close}\`.`);
      // What follows belongs to a table that is not known.
      this.#current = newTable({ start, end: start }, 'header');
      return false;
    }
    this.#at += close.length;
    const range = { start, end: this.#at };
    this.#headers.push({ path: keys.map(({ key }) => key), range, isArray });
    this.#current = this.#open(keys, range, isArray) ?? newTable(range, 'header');
    return true;
  }

  #open(keys: readonly Key[], range: Range, isArray: boolean): OpenTable | undefined {
    let table = this.#root;
    for (const key of keys.slice(0, -1)) {
      const next = this.#step(table, key, 'implicit');
      if (next === undefined) return undefined;
      table = next;
    }
    const last = keys.at(-1) as Key;
    const known = this.#entry(table, last.key)?.value;
    if (isArray) {
      const element = newTable(range, 'element');
      if (known === undefined) {
        const list: OpenNode = { kind: 'array', range, items: [element] };
        this.#lists.add(list);
        this.#add(table, last, list);
      } else if (known.kind === 'array' && this.#lists.has(known)) (known.items as OpenNode[]).push(element);
      else return this.#duplicate(last);
      return element;
    }
    if (known === undefined) {
      const opened = newTable(range, 'header');
      this.#add(table, last, opened);
      return opened;
    }
    if (known.kind !== 'table' || known.origin !== 'implicit') return this.#duplicate(last);
    known.origin = 'header';
    return known;
  }

  /** The table under a key, made if it is not there. */
  #step(table: OpenTable, key: Key, origin: 'implicit' | 'dotted'): OpenTable | undefined {
    const known = this.#entry(table, key.key)?.value;
    if (known === undefined) {
      const made = newTable(key.range, origin);
      this.#add(table, key, made);
      return made;
    }
    if (known.kind === 'array' && origin === 'implicit' && this.#lists.has(known))
      return known.items.at(-1) as OpenTable;
    const isOpen =
      known.kind === 'table' && (origin === 'dotted' ? known.origin === 'dotted' : known.origin !== 'inline');
    if (isOpen) return known;
    return this.#duplicate(key);
  }

  #duplicate({ key, range }: Key): undefined {
    this.#report(range, `\`${key}\` is set already.`);
  }

  #pair(table: OpenTable, depth = 0): boolean {
    const start = this.#at;
    const keys = this.#keys();
    this.#skipSpaces();
    if (keys === undefined || this.#peek() !== '=') {
      const end = Math.max(this.#at, start + 1);
      this.#report({ start, end }, 'A line must be `key = value`, a `[table]` or a comment.');
      return false;
    }
    this.#at++;
    this.#skipSpaces();
    const value = this.#value(depth);
    if (value === undefined) return false;
    let owner: OpenTable | undefined = table;
    for (const key of keys.slice(0, -1)) owner = owner && this.#step(owner, key, 'dotted');
    const last = keys.at(-1) as Key;
    if (owner === undefined) return true;
    if (this.#entry(owner, last.key) === undefined) this.#add(owner, last, value);
    else this.#duplicate(last);
    return true;
  }

  #keys(): readonly Key[] | undefined {
    const keys: Key[] = [];
    for (;;) {
      this.#skipSpaces();
      const start = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") {
        const read = readString(this.#text, start, false);
        if (typeof read === 'string') return undefined;
        this.#at = read.end;
        keys.push({ key: read.value, range: { start, end: this.#at } });
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#at++;
        if (this.#at === start) return undefined;
        keys.push({ key: this.#text.slice(start, this.#at), range: { start, end: this.#at } });
      }
      this.#skipSpaces();
      if (this.#peek() !== '.') return keys;
      this.#at++;
    }
  }

  #value(depth: number): OpenNode | undefined {
    const start = this.#at;
    const char = this.#peek();
    if (depth > MAX_DEPTH) return this.#fail(start, 'This is nested too deeply.');
    if (char === '[') return this.#array(depth);
    if (char === '{') return this.#inlineTable(depth);
    const read =
      char === '"' || char === "'" ? readString(this.#text, start, true) : readScalar(this.#text, start);
    if (typeof read === 'string') return this.#fail(start, read);
    this.#at = read.end;
    return { ...read.node, range: { start, end: read.end } } as OpenNode;
  }

  #array(depth: number): OpenNode | undefined {
    const start = this.#at++;
    const items: OpenNode[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#peek() === ']') break;
      const value = this.#at < this.#text.length ? this.#value(depth + 1) : this.#unclosed(start, ']');
      if (value === undefined) return undefined;
      items.push(value);
      this.#skipBlanks();
      if (this.#peek() === ',') this.#at++;
      else if (this.#peek() !== ']') return this.#unclosed(start, ']');
    }
    this.#at++;
    return { kind: 'array', range: { start, end: this.#at }, items };
  }

  #inlineTable(depth: number): OpenNode | undefined {
    const start = this.#at++;
    const table = newTable({ start, end: start }, 'inline');
    this.#skipSpaces();
    if (this.#peek() !== '}')
      for (;;) {
        this.#skipSpaces();
        if (!this.#pair(table, depth + 1)) return undefined;
        this.#skipSpaces();
        if (this.#peek() === '}') break;
        if (this.#peek() !== ',') return this.#unclosed(start, '}');
        this.#at++;
      }
    this.#at++;
    return { ...table, range: { start, end: this.#at } };
  }

  #unclosed(start: number, close: string): undefined {
    this.#report({ start, end: start + 1 }, `This is not closed by \`${close}\`, or a comma is missing.`);
    this.#at = start;
  }

  #fail(start: number, message: string): undefined {
    this.#report({ start, end: Math.max(start, this.#lineEnd()) }, message);
  }

  #add(table: OpenTable, { key, range }: Key, value: OpenNode): void {
    const entry = { key, keyRange: range, value };
    table.entries.push(entry);
    this.#indexOf(table).set(key, entry);
  }

  #entry(table: OpenTable, key: string): OpenEntry | undefined {
    return this.#indexOf(table).get(key);
  }

  #indexOf(table: OpenTable): Map<string, OpenEntry> {
    let index = this.#indexes.get(table);
    if (index === undefined) {
      index = new Map();
      this.#indexes.set(table, index);
    }
    return index;
  }

  #report(range: Range, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ range, message });
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #skipSpaces(): void {
    while (this.#peek() === ' ' || this.#peek() === '\t') this.#at++;
  }

  /** White space, line ends and comments. */
  #skipBlanks(): void {
    for (;;) {
      while (/[ \t\r\n\uFEFF]/.test(this.#peek())) this.#at++;
      if (this.#peek() !== '#') return;
      this.#at = this.#lineEnd();
    }
  }

  #isLineEnd(): boolean {
    return this.#at >= this.#text.length || /[\r\n#]/.test(this.#peek());
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    const stop = end < 0 ? this.#text.length : end;
    return this.#text.charAt(stop - 1) === '\r' && stop > this.#at ? stop - 1 : stop;
  }
}

/** More than this is no list to be worked off. */
const MAX_PROBLEMS = 100;

function newTable(range: Range, origin: OpenTable['origin']): OpenTable {
  return { kind: 'table', range, entries: [], isInline: origin === 'inline', origin };
}
