/** When to work: how long to wait while somebody types, and when to let other messages through. */
import type { Clock } from './environment';
import type { OpenDocument } from './workspace';

/** Bounds of the wait after a key press, in ms: below, nobody sees a difference; above, it feels slow. */
const MIN_DELAY_MS = 20;
const MAX_DELAY_MS = 300;
/** Somebody who types without a pause still gets an answer after this long, in ms. */
const MAX_WAIT_MS = 1000;
/** A check should take at most this share of the time. */
const DELAY_PER_COST = 4;
const N_COSTS = 9;
/** Work goes on without a pause for this long, in ms. */
const SLICE_MS = 8;

export interface Cancellable {
  readonly isCancellationRequested: boolean;
}

export class Scheduler {
  readonly #clock: Clock;
  #sliceStart: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sliceStart = clock.now();
  }

  /** Waits until the document has rested for as long as its checks are worth. */
  async settle(document: OpenDocument, token?: Cancellable): Promise<void> {
    const start = this.#clock.now();
    while (token?.isCancellationRequested !== true) {
      const now = this.#clock.now();
      const rest = Math.min(document.changedAt + delayMs(document.costsMs), start + MAX_WAIT_MS) - now;
      if (rest <= 0) return;
      await this.#clock.sleep(rest);
    }
  }

  /** Between two files of a long run. */
  async pause(): Promise<void> {
    if (this.#clock.now() - this.#sliceStart < SLICE_MS) return;
    await this.#clock.yieldNow();
    this.#sliceStart = this.#clock.now();
  }

  noteCost(document: OpenDocument, costMs: number): void {
    document.costsMs.push(costMs);
    if (document.costsMs.length > N_COSTS) document.costsMs.shift();
  }
}

export function delayMs(costsMs: readonly number[]): number {
  const sorted = [...costsMs].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  return Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, DELAY_PER_COST * median));
}
