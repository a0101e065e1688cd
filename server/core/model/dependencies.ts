/** Remembers what a result was made from, so that it is made again only when one of those things has changed.
 *
 *  A dependency is a key with the fingerprint that it had when it was read. Sets are linked, not merged: a result
 *  that used another cached result depends on that one's set. Links go both ways: whoever changes something names
 *  the keys that can have changed, and what was made from those that have is marked at once. An edit costs what it
 *  makes old, not what there is.
 *
 *  The links back would keep sets of results alive that are long gone. They are dropped now and then, all together;
 *  sets that are still asked for are linked again then (a new generation).
 *
 *  A key may stand for something that is itself made from others: what an app has, of all its files. It is looked at
 *  again only when what it was made from has changed, and while it reads the same, so does everything made from it.
 *
 *  For a project that is read once and not edited, keeping such sets costs more than it saves: a coarse tracker
 *  keeps none, and takes everything for changed after any change. */

/** A key as it was read: one record for as long as the fingerprint stays the same. */
interface Reading {
  readonly key: string;
  readonly fingerprint: string;
  /** What the fingerprint was made from, of a key that is made from others. */
  basis: Dependencies | undefined;
  isCurrent: boolean;
  /** Sets that were linked in that generation. */
  readers: Link | undefined;
  generation: number;
}

/** What one result depends on. Most results depend on few things: what is empty is left out. */
export interface Dependencies {
  own: readonly Reading[] | undefined;
  used: readonly Dependencies[] | undefined;
  /** Sets that use this one, of those that were linked in this generation. */
  users: Link | undefined;
  /** Generation in which the set was found valid and linked. */
  generation: number;
  /** The key that was made from this set. */
  reading: Reading | undefined;
}

/** A chain: most have one or two, and a list that grows keeps room for sixteen more. */
interface Link {
  readonly set: Dependencies;
  readonly next: Link | undefined;
}

/** What a result that is being made has read by now. */
interface Draft {
  own: Set<Reading> | undefined;
  used: Set<Dependencies> | undefined;
}

const NEW = 0;
const INVALID = -1;

function noDependencies(generation: number): Dependencies {
  return { own: undefined, used: undefined, users: undefined, generation, reading: undefined };
}

export interface Tracked<T> {
  readonly value: T;
  readonly dependencies: Dependencies;
}

export class DependencyTracker {
  readonly #fingerprint: (key: string) => string;
  readonly #stack: Draft[] = [];
  readonly #readings = new Map<string, Reading>();
  readonly #isMade: (key: string) => boolean;
  readonly #isInner: (key: string) => boolean;
  /** Keys that are made from others, and those of them that may read differently now. */
  readonly #made = new Set<Reading>();
  #doubtful = new Set<Reading>();
  #isSettling = false;
  #epoch = 0;
  #generation = NEW + 1;
  #nLinked = 0;
  #maxLinked: number | undefined;
  #nPauses = 0;
  /** True when any change makes every result old. */
  readonly isCoarse: boolean;
  /** What all results of this epoch share if the tracker is coarse. */
  #ofEpoch = noDependencies(NEW + 1);

  /** `isMade` tells the keys that are made from others, `isInner` those that are read for such keys only: they make
   *  something else old by way of these, or not at all. */
  constructor(
    fingerprint: (key: string) => string,
    {
      isCoarse = false,
      isMade = () => false,
      isInner = () => false,
    }: {
      isCoarse?: boolean;
      isMade?: (key: string) => boolean;
      isInner?: (key: string) => boolean;
    } = {},
  ) {
    this.#fingerprint = fingerprint;
    this.isCoarse = isCoarse;
    this.#isMade = isMade;
    this.#isInner = isInner;
  }

  /** Counts changes that made something old. */
  get epoch(): number {
    this.#settle();
    return this.#epoch;
  }

  /** Some of these keys may have changed: what was made from them is old then. */
  advance(keys: Iterable<string>): void {
    if (this.isCoarse) {
      this.#epoch++;
      this.#ofEpoch = noDependencies(++this.#generation);
      return;
    }
    this.#limitLinks();
    let hasChanged = false;
    for (const key of keys) if (this.#compare(key) && !this.#isInner(key)) hasChanged = true;
    if (hasChanged) this.#epoch++;
  }

  /** The result being made depends on `key`. */
  note(key: string): void {
    const top = this.#nPauses > 0 ? undefined : this.#stack.at(-1);
    if (top === undefined) return;
    top.own ??= new Set();
    top.own.add(this.#reading(key));
  }

  /** The result being made depends on all that another one does. */
  use(dependencies: Dependencies): void {
    const top = this.#nPauses > 0 ? undefined : this.#stack.at(-1);
    if (top === undefined) return;
    top.used ??= new Set();
    top.used.add(dependencies);
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

  /** Computes with a record of its own, which the result being made does not take over. */
  apart<T>(compute: () => T): Tracked<T> {
    if (this.isCoarse) return { dependencies: this.#ofEpoch, value: compute() };
    const nPauses = this.#nPauses;
    this.#nPauses = 0;
    try {
      const dependencies = noDependencies(NEW);
      return { value: this.#record(compute, dependencies), dependencies };
    } finally {
      this.#nPauses = nPauses;
    }
  }

  track<T>(compute: () => T): Tracked<T> {
    if (this.isCoarse) return { dependencies: this.#ofEpoch, value: compute() };
    const dependencies = noDependencies(NEW);
    try {
      return { value: this.#record(compute, dependencies), dependencies };
    } finally {
      this.use(dependencies);
    }
  }

  #record<T>(compute: () => T, dependencies: Dependencies): T {
    const draft: Draft = { own: undefined, used: undefined };
    this.#stack.push(draft);
    try {
      return compute();
    } finally {
      this.#stack.pop();
      // There are many of these, and lists of a few are much smaller than sets.
      if (draft.own !== undefined) dependencies.own = [...draft.own];
      if (draft.used !== undefined) dependencies.used = [...draft.used];
      this.isValid(dependencies);
    }
  }

  isValid(dependencies: Dependencies): boolean {
    this.#settle();
    if (dependencies.generation === this.#generation) return true;
    if (dependencies.generation === INVALID || this.isCoarse) return false;
    for (const reading of dependencies.own ?? [])
      if (!reading.isCurrent) return this.#invalidate(dependencies);
    for (const used of dependencies.used ?? [])
      if (!this.isValid(used)) return this.#invalidate(dependencies);
    this.#link(dependencies);
    return true;
  }

  #link(dependencies: Dependencies): void {
    dependencies.generation = this.#generation;
    dependencies.users = undefined;
    this.#nLinked++;
    for (const reading of dependencies.own ?? []) {
      if (reading.generation !== this.#generation) {
        reading.readers = undefined;
        reading.generation = this.#generation;
      }
      reading.readers = { set: dependencies, next: reading.readers };
    }
    // What it uses was found valid before it, and is linked.
    for (const used of dependencies.used ?? []) {
      used.users = { set: dependencies, next: used.users };
    }
  }

  #limitLinks(): void {
    this.#maxLinked ??= Math.max(MIN_LINKED, this.#nLinked * 2);
    if (this.#nLinked <= this.#maxLinked) return;
    this.#generation++;
    this.#nLinked = 0;
    this.#maxLinked = undefined;
    // What they were made from is no longer linked to them.
    for (const reading of this.#made) this.#doubtful.add(reading);
  }

  /** Looks again at keys that are made from others. One may lead to the next. */
  #settle(): void {
    if (this.#doubtful.size === 0 || this.#isSettling) return;
    this.#isSettling = true;
    try {
      while (this.#doubtful.size > 0) {
        const doubtful = this.#doubtful;
        this.#doubtful = new Set();
        for (const reading of doubtful) this.#reread(reading);
      }
    } finally {
      this.#isSettling = false;
    }
  }

  #reread(reading: Reading): void {
    if (!reading.isCurrent || (reading.basis !== undefined && this.isValid(reading.basis))) return;
    const { value, dependencies } = this.apart(() => this.#fingerprint(reading.key));
    if (value === reading.fingerprint) return this.#found(reading, dependencies);
    this.#forget(reading);
    this.#epoch++;
  }

  #found(reading: Reading, basis: Dependencies): void {
    reading.basis = basis;
    basis.reading = reading;
    this.#made.add(reading);
  }

  /** True if a key has changed since it was read. */
  #compare(key: string): boolean {
    const reading = this.#readings.get(key);
    if (reading === undefined || reading.fingerprint === this.#current(key)) return false;
    this.#forget(reading);
    return true;
  }

  #forget(reading: Reading): void {
    this.#readings.delete(reading.key);
    this.#made.delete(reading);
    reading.isCurrent = false;
    if (reading.generation === this.#generation)
      for (let reader = reading.readers; reader !== undefined; reader = reader.next)
        this.#invalidateAll(reader.set);
    reading.readers = undefined;
  }

  #invalidateAll(first: Dependencies): void {
    const left = [first];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      // A set of an older generation finds out when it is asked for.
      if (next.generation !== this.#generation) continue;
      for (let user = next.users; user !== undefined; user = user.next) left.push(user.set);
      this.#invalidate(next);
    }
  }

  #invalidate(dependencies: Dependencies): false {
    dependencies.generation = INVALID;
    if (dependencies.reading?.basis === dependencies) this.#doubtful.add(dependencies.reading);
    dependencies.reading = undefined;
    dependencies.own = undefined;
    dependencies.used = undefined;
    dependencies.users = undefined;
    return false;
  }

  #reading(key: string): Reading {
    let reading = this.#readings.get(key);
    if (reading === undefined) {
      reading = this.#isMade(key) ? this.#make(key) : this.#newReading(key, this.#current(key));
      this.#readings.set(key, reading);
    }
    return reading;
  }

  #make(key: string): Reading {
    const { value, dependencies } = this.apart(() => this.#fingerprint(key));
    const reading = this.#newReading(key, value);
    this.#found(reading, dependencies);
    return reading;
  }

  #newReading(key: string, fingerprint: string): Reading {
    return {
      key,
      fingerprint,
      basis: undefined,
      isCurrent: true,
      readers: undefined,
      generation: this.#generation,
    };
  }

  #current(key: string): string {
    return this.untracked(() => this.#fingerprint(key));
  }
}

/** Links below which it is not worth while to drop any. */
const MIN_LINKED = 50_000;
