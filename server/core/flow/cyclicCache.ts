/** Values by name that are made from each other. Where that goes in a circle, the value that is being made counts as
 *  unknown, and what was made from it is not kept; see `Recursion`. */
import type { DependencyTracker } from '../model/dependencies';
import { Recursion } from '../model/recursion';
import { TrackedCache } from '../model/trackedCache';

type Entries<V> = TrackedCache<string, { readonly value: V }>;

export class CyclicCache<V> {
  readonly #tracker: DependencyTracker;
  readonly #groups = new Map<string, Entries<V>>();
  readonly #recursion = new Recursion();

  constructor(tracker: DependencyTracker) {
    this.#tracker = tracker;
  }

  get(group: string, name: string, whenCyclic: V, make: () => V): V {
    return this.#recursion.answered(
      this.#cacheOf(group),
      name,
      () => `${group}:${name}`,
      { value: whenCyclic },
      () => ({ value: make() }),
    ).value;
  }

  #cacheOf(group: string): Entries<V> {
    let cache = this.#groups.get(group);
    if (cache === undefined) {
      cache = new TrackedCache(this.#tracker);
      this.#groups.set(group, cache);
    }
    return cache;
  }
}
