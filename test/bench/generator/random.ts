/** Random choices that are the same on every run. */

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** `n` different items, in the order of the list. */
  some<T>(items: readonly T[], n: number): T[] {
    const indexes = new Set<number>();
    while (indexes.size < Math.min(n, items.length)) indexes.add(this.below(items.length));
    return [...indexes].sort((a, b) => a - b).map((index) => items[index] as T);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}
