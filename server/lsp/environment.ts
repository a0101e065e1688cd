/** What the language server needs of the place it runs in. Entry points fill it; tests give their own. */
import type { Analyzer, AnalyzerHost, Rule } from '../core/index';
import type { FileHost } from '../host/host';
import type { ClientFiles } from '../host/web';

export interface Clock {
  /** Milliseconds, from any start; never goes back. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets waiting messages through, such as a cancellation. */
  yieldNow(): Promise<void>;
}

export interface Environment {
  readonly clock: Clock;
  readonly version: string;
  readonly rules: readonly Rule[];
  createAnalyzer(host: AnalyzerHost): Analyzer;
  /** A fresh random key of 32 bytes in hex. */
  createSecret(): string;
  /** `clientFiles` is undefined if the client does not serve files. */
  /** The texts that are shipped for a language; undefined where they cannot be read. */
  readTexts(language: string): unknown;
  createFileHost(clientFiles: ClientFiles | undefined): FileHost;
}
