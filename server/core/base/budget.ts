/** Bounds on one request: how much work it may do, and whether anybody still wants it.
 *  The core has no timers: callers count steps and pass a token that they flip. */

export interface CancellationToken {
  readonly isCancelled: boolean;
}

export const NEVER_CANCELLED: CancellationToken = { isCancelled: false };

/** Expressions and calls inside each other that are followed; each takes several frames of the stack. */
const MAX_NESTING = 400;

/** Counts abstract steps (one per AST node interpreted). When it is spent, work stops early and says so. */
export class Budget {
  #left: number;
  #nesting = 0;
  #isShort = false;
  readonly #token: CancellationToken;
  readonly #cuts: Set<string>;

  constructor(steps: number, token: CancellationToken = NEVER_CANCELLED, cuts = new Set<string>()) {
    this.#left = steps;
    this.#token = token;
    this.#cuts = cuts;
  }

  /** A budget for a part of the work: its own steps, the same token, cuts reported together. */
  part(steps: number): Budget {
    return new Budget(steps, this.#token, this.#cuts);
  }

  static unlimited(): Budget {
    return new Budget(Number.POSITIVE_INFINITY);
  }

  /** Takes steps; false when the budget is spent or the request was cancelled. */
  spend(steps = 1): boolean {
    this.#left -= steps;
    if (this.#left < 0) this.#isShort = true;
    return this.#left >= 0 && !this.#token.isCancelled;
  }

  /** Takes a step, and goes one expression deeper until `leave`. */
  enter(): boolean {
    if (!this.spend()) return false;
    if (this.#nesting >= MAX_NESTING) {
      this.#isShort = true;
      return false;
    }
    this.#nesting++;
    return true;
  }

  leave(): void {
    this.#nesting--;
  }

  /** Runs `work` with no more than so many of the steps that are left. */
  limited<T>(steps: number, work: () => T): { readonly value: T; readonly isShort: boolean } {
    const before = this.#left;
    const wasShort = this.#isShort;
    this.#left = Math.min(before, steps);
    this.#isShort = false;
    const given = this.#left;
    try {
      const value = work();
      return { value, isShort: this.#isShort };
    } finally {
      this.#left = before - (given - this.#left);
      this.#isShort ||= wasShort;
    }
  }

  /** That something used was worked out in part only. */
  shorten(): void {
    this.#isShort = true;
  }

  /** Whether something was left out, for want of steps or because it nests too deeply. */
  get isShort(): boolean {
    return this.#isShort;
  }

  get isCancelled(): boolean {
    return this.#token.isCancelled;
  }

  get left(): number {
    return this.#left;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Notes what was left out, in words for a person. */
  cut(what: string): void {
    this.#cuts.add(what);
  }

  get cuts(): readonly string[] {
    return [...this.#cuts];
  }
}
