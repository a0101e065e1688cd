/** When the language server ends by itself: it is started again, later each time, and left alone when that does not
 *  help. One that dies on a file would otherwise be started over and over. */
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** Before the first, second, … start, in ms. */
const PAUSES_MS = [0, 1000, 5000, 15_000] as const;
/** Ends that lie this far back no longer count, in ms. */
const MEMORY_MS = 5 * 60_000;
/** Broken messages in a row, before the connection is given up. */
const MAX_ERRORS = 3;

/** Counts the ends of the server. */
export class RestartPolicy {
  #endsMs: readonly number[] = [];

  /** How long to wait before the next start, in ms; undefined to leave it. */
  pauseAfterEnd(nowMs: number): number | undefined {
    this.#endsMs = [...this.#endsMs.filter((endMs) => nowMs - endMs < MEMORY_MS), nowMs];
    return PAUSES_MS[this.#endsMs.length - 1];
  }

  /** Somebody started it by hand. */
  reset(): void {
    this.#endsMs = [];
  }
}

export function createErrorHandler(policy: RestartPolicy): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: count !== undefined && count > MAX_ERRORS ? ErrorAction.Shutdown : ErrorAction.Continue,
      handled: true,
    }),
    closed: async () => {
      const pauseMs = policy.pauseAfterEnd(Date.now());
      if (pauseMs === undefined) {
        const message = vscode.l10n.t(
          'Moat: the language server ended again and again and is not started any more. The output channel says more; “Moat: Restart Language Server” starts it.',
        );
        return { action: CloseAction.DoNotRestart, message };
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const message = vscode.l10n.t('The language server ended unexpectedly; it was started again.');
      return { action: CloseAction.Restart, message, handled: true };
    },
  };
}
