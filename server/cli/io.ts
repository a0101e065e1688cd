/** What the command needs from the world around it, so that tests run it in their own process. */
import type { Dirent } from 'node:fs';
import type { Analyzer, AnalyzerHost, Rule } from '../core/index';

export interface Output {
  write(text: string): void;
  readonly isTty: boolean;
  /** Width of the terminal in cells; a large number where there is none. */
  readonly columns: number;
}

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds from any fixed point, for durations. */
  now(): number;
  /** All of standard input. */
  readStdin(): Uint8Array;
  /** 32 random bytes in hex. */
  createSecret(): string;
  /** Loads the language server, which takes over this process and its streams. */
  startServer(): void;
}

/** The engine behind the command; tests put a small one here. */
export interface Engine {
  readonly rules: readonly Rule[];
  createAnalyzer(host: AnalyzerHost): Analyzer;
  /** Replaces the reading of folders on disk. */
  readonly readFolder?: (path: string) => readonly Dirent[];
}

export const EXIT_CLEAN = 0;
export const EXIT_FINDINGS = 1;
/** Wrong usage, or something could not be done. */
export const EXIT_FAILURE = 2;
