/** Plays the machines of a CI matrix, one after the other. */
import { type RunOptions, runMoat } from './runMoat';

/** Runs all shards, and answers the names of their reports. */
export function runShards(
  cwd: string,
  n: number,
  args: readonly string[] = [],
  options: RunOptions = {},
): string[] {
  return Array.from({ length: n }, (_, index) => {
    const name = `shard ${index + 1}.json`;
    runMoat(['check', ...args, '--shard', `${index + 1}/${n}`, '--output', name], { cwd, ...options });
    return name;
  });
}

/** The text report tells how long it took. */
export function withoutTime<T extends { readonly stdout: string }>(outcome: T): T {
  return { ...outcome, stdout: outcome.stdout.replace(/\((?:\d+ ms|[\d.]+ s)\)/g, '(time)') };
}
