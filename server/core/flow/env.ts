/** Variables at one point of a function. Keys are names and access paths such as `self.db` or `form['x']`. */
import { join, sameValue, type Value } from './values';

export class Env {
  readonly #values: Map<string, Value>;
  /** Variables of the functions around this one, as they were when it was defined. */
  readonly outer: Env | undefined;

  constructor(outer?: Env, values: Map<string, Value> = new Map()) {
    this.outer = outer;
    this.#values = values;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key) ?? this.outer?.get(key);
  }

  /** Binds a name; what was known of its parts is forgotten. */
  set(key: string, value: Value): void {
    for (const known of this.#values.keys())
      if (
        known.length > key.length &&
        known.startsWith(key) &&
        (known[key.length] === '.' || known[key.length] === '[')
      )
        this.#values.delete(known);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  copy(): Env {
    return new Env(this.outer, new Map(this.#values));
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  /** What holds on either of two ways; a name bound on one way only keeps that value. */
  static join(a: Env | undefined, b: Env | undefined): Env | undefined {
    if (a === undefined || a === b) return b;
    if (b === undefined) return a;
    const values = new Map(a.#values);
    for (const [key, value] of b.#values) {
      const known = values.get(key);
      if (known !== undefined) values.set(key, join(known, value));
      else if (isPath(key)) values.delete(key);
      else values.set(key, value);
    }
    for (const key of a.#values.keys()) if (isPath(key) && !b.#values.has(key)) values.delete(key);
    return new Env(a.outer, values);
  }

  static joinAll(envs: readonly (Env | undefined)[]): Env | undefined {
    return envs.reduce<Env | undefined>((joined, env) => Env.join(joined, env), undefined);
  }

  static same(a: Env, b: Env): boolean {
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
