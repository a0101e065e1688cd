/** Bounds on one request: how much work it may do, and whether anybody still wants it.
 *  The core has no timers: callers count steps and pass a token that they flip. */

export interface CancellationToken {
  readonly isCancelled: boolean;
}

export const NEVER_CANCELLED: CancellationToken = { isCancelled: false };

/** Counts abstract steps (one per AST node interpreted). When it is spent, work stops early and says so. */
export class Budget {
  #left: number;
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
    return this.#left >= 0 && !this.#token.isCancelled;
  }

  get isCancelled(): boolean {
    return this.#token.isCancelled;
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
