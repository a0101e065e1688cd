/** Questions that lead to each other. Where that goes in a circle, or on and on, there is no answer, and what was answered
 *  with the help of that is not kept: only the outermost question of a circle has a complete answer. */
import type { TrackedCache } from './trackedCache';

/** Chains longer than this are not worth following. */
const MAX_DEPTH = 24;
/** Steps taken for one question: code that is tangled beyond this says nothing certain. */
const MAX_STEPS = 2_000;

export class Recursion {
  #depth = 0;
  #nSteps = 0;
  /** What is being computed, with its level. */
  readonly #active = new Map<unknown, number>();
  /** Least level that a circle led back to: everything deeper is incomplete. */
  #cycleLevel = Number.POSITIVE_INFINITY;

  /** True if no question is open. */
  get isIdle(): boolean {
    return this.#depth === 0 && this.#active.size === 0;
  }

  /** One step towards an answer; `otherwise` when there were too many. */
  step<V>(compute: () => V, otherwise: V): V {
    if (this.#depth === 0) this.#nSteps = 0;
    if (this.#depth > MAX_DEPTH || ++this.#nSteps > MAX_STEPS) {
      this.#cycleLevel = 0;
      return otherwise;
    }
    this.#depth++;
    try {
      return compute();
    } finally {
      this.#depth--;
    }
  }

  /** Answers once. `activeOf` gives what must not be asked for again while the answer is made. */
  answered<K, V>(
    answers: TrackedCache<K, V>,
    key: K,
    activeOf: () => unknown,
    otherwise: V,
    compute: () => V,
  ): V {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const level = this.#active.size;
    let isComplete = false;
    return answers.make(
      key,
      () =>
        this.guarded(activeOf(), otherwise, () => {
          const answer = compute();
          isComplete = this.#cycleLevel >= level;
          return answer;
        }),
      () => isComplete,
    );
  }

  /** Runs `compute`; gives `otherwise` if `key` is being computed already (a circle) or the chain is too long. */
  guarded<V>(key: unknown, otherwise: V, compute: () => V): V {
    const running = this.#active.get(key);
    if (running !== undefined || this.#depth > MAX_DEPTH) {
      this.#cycleLevel = Math.min(this.#cycleLevel, running ?? 0);
      return otherwise;
    }
    const level = this.#active.size;
    this.#active.set(key, level);
    this.#depth++;
    try {
      return compute();
    } finally {
      this.#depth--;
      this.#active.delete(key);
      if (this.#cycleLevel >= level) this.#cycleLevel = Number.POSITIVE_INFINITY;
    }
  }
}
