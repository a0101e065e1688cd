/** Values by name that are made from each other. Where that goes in a circle, the value that is being made counts as
 *  unknown, and what was made from it is not kept: only the outermost one of a circle is complete. */
import type { DependencyTracker } from '../model/dependencies';
import { TrackedCache } from '../model/trackedCache';

/** Values made inside each other: a chain of names that is longer says nothing certain. */
const MAX_DEPTH = 24;

export class CyclicCache<V> {
  readonly #tracker: DependencyTracker;
  readonly #groups = new Map<string, TrackedCache<string, { readonly value: V }>>();
  /** What is being made, with how much else was being made then. */
  readonly #active = new Map<string, number>();
  /** Least level that a circle led back to: everything above it is incomplete. */
  #cycleLevel = Number.POSITIVE_INFINITY;

  constructor(tracker: DependencyTracker) {
    this.#tracker = tracker;
  }

  get(group: string, name: string, whenCyclic: V, make: () => V): V {
    const cache = this.#cacheOf(group);
    const known = cache.get(name);
    if (known !== undefined) return known.value;
    const key = `${group}:${name}`;
    const level = this.#active.size;
    const running = this.#active.get(key);
    if (running !== undefined || level >= MAX_DEPTH) {
      this.#cycleLevel = Math.min(this.#cycleLevel, running ?? 0);
      return whenCyclic;
    }
    this.#active.set(key, level);
    try {
      const isComplete = () => this.#cycleLevel >= level;
      return cache.make(name, () => ({ value: make() }), isComplete).value;
    } finally {
      this.#active.delete(key);
      if (this.#cycleLevel >= level) this.#cycleLevel = Number.POSITIVE_INFINITY;
    }
  }

  #cacheOf(group: string): TrackedCache<string, { readonly value: V }> {
    let cache = this.#groups.get(group);
    if (cache === undefined) {
      cache = new TrackedCache(this.#tracker);
      this.#groups.set(group, cache);
    }
    return cache;
  }
}
