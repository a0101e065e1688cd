/** Rows of one sort from all libraries, by dotted name. */

/** Answers kept for names of the project, which are without end while somebody types. */
export const MAX_REMEMBERED = 20_000;

/** Rows by dotted name; a member is also looked for on the class's bases. */
export class Table<T> {
  readonly #rows = new Map<string, T>();
  readonly #bases: ReadonlyMap<string, string>;
  readonly #found = new Map<string, T | undefined>();

  constructor(bases: ReadonlyMap<string, string>) {
    this.#bases = bases;
  }

  add(rows: Readonly<Record<string, T>> | undefined): void {
    for (const [name, row] of Object.entries(rows ?? {})) this.#rows.set(name, row);
    this.#found.clear();
  }

  get(path: string): T | undefined {
    const known = this.#found.get(path);
    if (known !== undefined || this.#found.has(path)) return known;
    const row = this.#find(path);
    if (this.#found.size > MAX_REMEMBERED) this.#found.clear();
    this.#found.set(path, row);
    return row;
  }

  #find(path: string): T | undefined {
    const found = this.#rows.get(path);
    if (found !== undefined) return found;
    const dot = path.lastIndexOf('.');
    const base = dot < 0 ? undefined : this.#bases.get(path.slice(0, dot));
    return base === undefined ? undefined : this.#find(base + path.slice(dot));
  }
}
