/** Runs the command in this process on a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../server/cli/cli';
import type { Engine, Io } from '../../server/cli/io';
import { createFakeAnalyzer, FAKE_RULES } from './fakeEngine';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Io['env'];
  readonly isTty?: boolean;
  readonly columns?: number;
  readonly engine?: Partial<Engine>;
  readonly stdin?: string | Uint8Array;
  /** Milliseconds that pass between two looks at the clock. */
  readonly tickMs?: number;
}

export const SECRET = 'ab'.repeat(32);

/** A folder that is gone after the test. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'moat test '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function runMoat(argv: readonly string[], options: RunOptions = {}): Outcome {
  const {
    cwd = tmpdir(),
    env = {},
    isTty = false,
    columns = 100,
    engine = {},
    tickMs = 7,
    stdin = '',
  } = options;
  const stdout: string[] = [];
  const stderr: string[] = [];
  let nowMs = 0;
  const io: Io = {
    cwd,
    env,
    stdout: { write: (text) => void stdout.push(text), isTty, columns },
    stderr: { write: (text) => void stderr.push(text), isTty, columns },
    now: () => {
      nowMs += tickMs;
      return nowMs;
    },
    readStdin: () => Buffer.from(stdin),
    createSecret: () => SECRET,
    startServer: () => void stdout.push('the server\n'),
  };
  const exitCode = runCli(argv, io, { rules: FAKE_RULES, createAnalyzer: createFakeAnalyzer, ...engine });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}
