/** Remembers what a result was made from, so that it is made again only when one of those things has changed.
 *
 *  A dependency is a key with the fingerprint that it had when it was read. Sets are linked, not merged: a result
 *  that used another cached result depends on that one's set. Between two changes (an epoch) a set is checked once.
 *
 *  For a project that is read once and not edited, keeping such sets costs more than it saves: a coarse tracker
 *  keeps none, and takes everything for changed after any change. */

/** What one result depends on. */
export interface Dependencies {
  readonly own: Map<string, string>;
  readonly used: Set<Dependencies>;
  /** Epoch in which the set was found valid last. */
  validAt: number;
}

function noDependencies(epoch: number): Dependencies {
  return { own: new Map(), used: new Set(), validAt: epoch };
}

export interface Tracked<T> {
  readonly value: T;
  readonly dependencies: Dependencies;
}

export class DependencyTracker {
  readonly #fingerprint: (key: string) => string;
  readonly #stack: Dependencies[] = [];
  readonly #noted = new Set<string>();
  #known = new Map<string, string>();
  #epoch = 0;
  #nPauses = 0;
  /** True when any change makes every result old. */
  readonly isCoarse: boolean;
  /** What all results of this epoch share if the tracker is coarse. */
  #ofEpoch = noDependencies(0);

  constructor(fingerprint: (key: string) => string, isCoarse = false) {
    this.#fingerprint = fingerprint;
    this.isCoarse = isCoarse;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Something that can be depended on has changed. */
  advance(): void {
    this.#epoch++;
    this.#ofEpoch = noDependencies(this.#epoch);
    this.#known = new Map();
  }

  /** The result being made depends on `key`. */
  note(key: string): void {
    if (this.isCoarse) return;
    const top = this.#nPauses > 0 ? undefined : this.#stack.at(-1);
    if (top === undefined || top.own.has(key)) return;
    this.#noted.add(key);
    top.own.set(key, this.#current(key));
  }

  /** True if something was ever made from `key`. */
  isNoted(key: string): boolean {
    return this.#noted.has(key);
  }

  /** The result being made depends on all that another one does. */
  use(dependencies: Dependencies): void {
    if (this.#nPauses === 0 && !this.isCoarse) this.#stack.at(-1)?.used.add(dependencies);
  }

  get isPaused(): boolean {
    return this.#nPauses > 0;
  }

  /** Computes without a record. Fingerprints are made like this: they are what records are made of. */
  untracked<T>(compute: () => T): T {
    this.#nPauses++;
    try {
      return compute();
    } finally {
      this.#nPauses--;
    }
  }

  track<T>(compute: () => T): Tracked<T> {
    if (this.isCoarse) return { dependencies: this.#ofEpoch, value: compute() };
    const dependencies = noDependencies(this.#epoch);
    this.#stack.push(dependencies);
    try {
      return { value: compute(), dependencies };
    } finally {
      this.#stack.pop();
      this.use(dependencies);
    }
  }

  isValid(dependencies: Dependencies): boolean {
    if (dependencies.validAt === this.#epoch) return true;
    if (dependencies.validAt < 0 || this.isCoarse) return false;
    // Marked first: sets can use each other.
    const before = dependencies.validAt;
    dependencies.validAt = this.#epoch;
    for (const [key, fingerprint] of dependencies.own)
      if (this.#current(key) !== fingerprint) return this.#invalidate(dependencies);
    for (const used of dependencies.used) if (!this.isValid(used)) return this.#invalidate(dependencies);
    return before <= this.#epoch;
  }

  #invalidate(dependencies: Dependencies): false {
    dependencies.validAt = -1;
    return false;
  }

  #current(key: string): string {
    let fingerprint = this.#known.get(key);
    if (fingerprint === undefined) {
      fingerprint = this.#fingerprint(key);
      this.#known.set(key, fingerprint);
    }
    return fingerprint;
  }
}

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

  /** Makes a value; keeps it unless `isKept` says that it is not complete. */
  make(key: K, compute: () => V, isKept: () => boolean = () => true): V {
    const tracked = this.#tracker.track(compute);
    if (isKept() && !this.#tracker.isPaused) this.#entries.set(key, tracked);
    return tracked.value;
  }
}
