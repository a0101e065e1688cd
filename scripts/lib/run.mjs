/** Starts other programs. Output is kept and shown only when something fails. */
import { spawnSync } from 'node:child_process';
import { ROOT } from './paths.mjs';
import { ScriptError } from './progress.mjs';

/** @param {string} command
 *  @param {readonly string[]} args
 *  @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 *  @returns {string} what it wrote to stdout */
export function run(command, args, { cwd = ROOT, env } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    // Without standard input nothing can stop to ask a question.
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a .cmd file on Windows; the arguments given here hold no special characters.
    shell: process.platform === 'win32' && command === 'npm',
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) {
    const reason = result.error?.message ?? `exit ${result.status ?? result.signal}`;
    throw new ScriptError(`${command} ${args.join(' ')}: ${reason}\n${result.stdout}\n${result.stderr}`);
  }
  return result.stdout;
}

/** Runs npm quietly and without touching a lock file.
 *  @param {readonly string[]} args
 *  @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] */
export function npm(args, options) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--fetch-retries=5'];
  return run('npm', [...args, ...quiet], options);
}
