/** Variables at one point of a function. Keys are names and access paths such as `self.db` or `form['x']`. */
import { join, sameValue, type Value } from './values';

const NOTHING: Map<string, Value> = new Map();
let nVersions = 0;
const NO_LINKS: readonly (readonly [string, string])[] = [];

export class Env {
  /** Shared with copies until one of them changes. */
  #values: Map<string, Value>;
  #isShared: boolean;
  /** Whether some key may be a path: most environments hold plain names only. */
  #hasPaths = false;
  /** Another one after every change; copies have that of their original. */
  #version = 0;
  /** Pairs of names that were bound to one container. */
  #links: readonly (readonly [string, string])[] = NO_LINKS;
  /** Variables of the functions around this one, as they were when it was defined. */
  readonly outer: Env | undefined;

  constructor(outer?: Env, values?: Map<string, Value>) {
    this.outer = outer;
    this.#values = values ?? NOTHING;
    this.#isShared = values === undefined;
    if (values === undefined) return;
    this.#hasPaths = [...values.keys()].some(isPath);
    this.#version = ++nVersions;
  }

  /** Equal in environments with the same variables around them: they hold the same values. */
  get version(): number {
    return this.#version;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key) ?? this.outer?.get(key);
  }

  /** Binds a name; what was known of its parts is forgotten. An attribute of an object of the project's is kept in
   *  the object, so that it goes where the object goes. */
  set(key: string, value: Value): void {
    this.#forgetParts(key);
    this.#put(key, value);
  }

  /** `name = other`: both stand for one container, until either is bound anew. */
  link(name: string, other: string): void {
    this.#links = [...this.#links, [name, other]];
  }

  /** Writes a container that has changed: other names of the same one see it, too. */
  change(key: string, before: Value, value: Value): void {
    this.set(key, value);
    for (const pair of this.#links) {
      const other = pair[0] === key ? pair[1] : pair[1] === key ? pair[0] : undefined;
      const known = other === undefined ? undefined : this.#values.get(other);
      if (other === undefined || known === undefined || known.contents !== before.contents) continue;
      this.set(other, { ...known, constants: undefined, contents: value.contents, taints: value.taints });
    }
  }

  /** Keeps what is known of an expression that is no variable, until its parts change. */
  note(key: string, value: Value): void {
    this.#own().set(key, value);
    this.#hasPaths ||= isPath(key);
  }

  /** Puts a value where it is kept: objects change with their attributes. */
  #put(key: string, value: Value): void {
    const dot = key.lastIndexOf('.');
    const owner = dot < 0 || key.endsWith(']') ? undefined : this.#object(key.slice(0, dot));
    if (owner === undefined) {
      this.#own().set(key, value);
      this.#hasPaths ||= isPath(key);
      return;
    }
    const entries = new Map(owner.contents?.entries).set(`a:${key.slice(dot + 1)}`, value);
    this.#put(key.slice(0, dot), { ...owner, contents: { ...owner.contents, entries } });
  }

  /** The object of a class of the project that a path leads to. */
  #object(key: string): Value | undefined {
    const dot = key.lastIndexOf('.');
    const known =
      this.get(key) ??
      (dot < 0
        ? undefined
        : this.#object(key.slice(0, dot))?.contents?.entries.get(`a:${key.slice(dot + 1)}`));
    return known?.refs.some(({ kind }) => kind === 'object') ? known : undefined;
  }

  #forgetParts(key: string): void {
    if (!this.#hasPaths) return;
    for (const known of this.#values.keys())
      if (
        known.length > key.length &&
        known.startsWith(key) &&
        (known[key.length] === '.' || known[key.length] === '[')
      )
        this.#own().delete(known);
  }

  delete(key: string): void {
    this.#own().delete(key);
  }

  copy(): Env {
    this.#isShared = true;
    const copy = new Env(this.outer);
    copy.#values = this.#values;
    copy.#hasPaths = this.#hasPaths;
    copy.#version = this.#version;
    copy.#links = this.#links;
    return copy;
  }

  /** The variables, for a change that nobody else sees. */
  #own(): Map<string, Value> {
    this.#version = ++nVersions;
    if (this.#isShared) {
      this.#values = new Map(this.#values);
      this.#isShared = false;
    }
    return this.#values;
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  /** What holds on either of two ways; a name bound on one way only keeps that value. */
  static join(a: Env | undefined, b: Env | undefined): Env | undefined {
    if (a === undefined || a === b) return b;
    if (b === undefined) return a;
    const joined = a.copy();
    if (a.#links.length === 0) joined.#links = b.#links;
    if (a.#values === b.#values) return joined;
    for (const [key, value] of b.#values) {
      const known = a.#values.get(key);
      const both = known === undefined ? value : join(known, value);
      if (both !== known && (known !== undefined || !isPath(key))) joined.#own().set(key, both);
    }
    if (a.#hasPaths)
      for (const key of a.#values.keys()) if (isPath(key) && !b.#values.has(key)) joined.#own().delete(key);
    return joined;
  }

  static joinAll(envs: readonly (Env | undefined)[]): Env | undefined {
    return envs.reduce<Env | undefined>((joined, env) => Env.join(joined, env), undefined);
  }

  /** The same variables, object by object: whatever starts from one goes as from the other. */
  static areOne(a: Env, b: Env): boolean {
    return a.#values === b.#values;
  }

  static same(a: Env, b: Env): boolean {
    if (a.#values === b.#values) return true;
    if (a.#values.size !== b.#values.size) return false;
    for (const [key, value] of a.#values) {
      const other = b.#values.get(key);
      if (other === undefined || !sameValue(value, other)) return false;
    }
    return true;
  }
}

/** Paths hold what is known beyond the plain reading of their parts, so they fall away where ways meet. */
function isPath(key: string): boolean {
  return key.includes('.') || key.includes('[');
}
