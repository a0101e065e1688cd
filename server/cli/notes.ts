/** What went wrong on the way and is no finding: files that could not be read, work that was cut short. */
import type { Logger } from '../core/index';

export interface Note {
  /** Path as the user would write it; undefined where no file is meant. */
  readonly path: string | undefined;
  readonly message: string;
  /** True when the result cannot be trusted to be complete: the command then exits with 2. */
  readonly isFailure: boolean;
}

export class Notes {
  readonly #notes: Note[] = [];

  get all(): readonly Note[] {
    return this.#notes;
  }

  get hasFailure(): boolean {
    return this.#notes.some((note) => note.isFailure);
  }

  add(path: string | undefined, message: string): void {
    this.#notes.push({ path, message, isFailure: false });
  }

  fail(path: string | undefined, message: string): void {
    this.#notes.push({ path, message, isFailure: true });
  }

  /** Errors of the engine (a rule that threw) make the run a failure; the rest is of no interest here. */
  toLogger(): Logger {
    return {
      info: () => {},
      warn: () => {},
      error: (message, cause) =>
        this.fail(undefined, cause === undefined ? message : `${message}: ${reasonOf(cause)}`),
    };
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
