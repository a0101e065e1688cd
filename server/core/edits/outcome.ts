/** What every fix builder answers: edits that are right, or the reason why there are none. Builders never guess. */
import type { TextEdit } from '../base/textEdit';

export interface Refusal {
  readonly kind: 'refused';
  /** Plain words, without a capital at the start and without a period: "the table's name cannot be …". */
  readonly reason: string;
}

export interface Edits {
  readonly kind: 'edits';
  readonly edits: readonly TextEdit[];
}

/** A node of the Python tree with the absolute offset of the unit it lives in. */
export interface Located<T> {
  readonly node: T;
  readonly base: number;
}

/** Carries a refusal out of nested helpers; caught by `answer` and nowhere else. */
export class RefusedError extends Error {}

export function refuse(reason: string): never {
  throw new RefusedError(reason);
}

/** Runs a builder and turns `refuse(…)` into an answer. Other errors are bugs and pass through. */
export function answer<T>(build: () => T): T | Refusal {
  try {
    return build();
  } catch (error) {
    if (error instanceof RefusedError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}
