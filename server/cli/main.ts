/** Entry point of the bin `moat`: joins the command to this process. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { createAnalyzer, RULES } from '../core/index';
import { runCli } from './cli';
import { EXIT_FAILURE, type Output } from './io';

/** Where there is no terminal, lines may be long but not endless. */
const DEFAULT_COLUMNS = 160;

function toOutput(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTty: stream.isTTY === true,
    columns: stream.columns ?? DEFAULT_COLUMNS,
  };
}

/** Work that a function does before it is compiled with all optimizations, six times V8's own: a process that ends
 *  after seconds spends a quarter of its time on compiling, most of it for nothing. Measured by `npm run bench`. */
const INTERRUPT_BUDGET = 400_000; // bytes of bytecode

function main(): void {
  // The language server lives long enough for V8's own measure.
  if (process.argv[2] !== 'lsp') setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  // A reader that has seen enough (`moat check | head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? process.exitCode : EXIT_FAILURE);
  });
  process.exitCode = runCli(
    process.argv.slice(2),
    {
      cwd: process.cwd(),
      env: process.env,
      stdout: toOutput(process.stdout),
      stderr: toOutput(process.stderr),
      now: () => performance.now(),
      readStdin: () => readFileSync(0),
      createSecret: () => randomBytes(32).toString('hex'),
      // Beside this file, and loaded only when it is asked for: the other commands start without it.
      startServer: () => void createRequire(__filename)('./server.js'),
    },
    { rules: RULES, createAnalyzer },
  );
}

main();
