/** Values that are made again when what they were made from has changed. */
import type { DependencyTracker, Tracked } from './dependencies';

interface Entries<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
  delete(key: K): unknown;
}

/** A value by key that is made again when what it depends on has changed. */
export class TrackedCache<K, V> {
  readonly #tracker: DependencyTracker;
  readonly #entries: Entries<K, Tracked<V>>;

  /** With a `WeakMap`, values go when their keys go. */
  constructor(tracker: DependencyTracker, entries: Entries<K, Tracked<V>> = new Map()) {
    this.#tracker = tracker;
    this.#entries = entries;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (!this.#tracker.isValid(entry.dependencies)) {
      this.#entries.delete(key);
      return undefined;
    }
    this.#tracker.use(entry.dependencies);
    return entry.value;
  }

  /** The value, if it is still true, for whoever depends on it in another way. */
  peek(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && this.#tracker.isValid(entry.dependencies) ? entry.value : undefined;
  }

  /** Makes a value; keeps it unless `isKept` says that it is not complete. */
  make(key: K, compute: () => V, isKept: () => boolean = () => true): V {
    const tracked = this.#tracker.track(compute);
    if (isKept() && !this.#tracker.isPaused) this.#entries.set(key, tracked);
    return tracked.value;
  }
}
