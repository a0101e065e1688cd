/** Where the core says what went wrong. Never source text: ids, paths and versions only. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

export const SILENT: Logger = { info: () => {}, warn: () => {}, error: () => {} };
