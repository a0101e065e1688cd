/** Programs that the lab starts, and their end. */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** The surroundings lack something, or a program that the lab needs does not run. The message says what to do. */
export class LabError extends Error {}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end without blocking the other modules. */
export function runProgram(
  command: string,
  args: readonly string[],
  { input, ...options }: SpawnOptions & { readonly input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', (error) => resolve({ status: null, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    // A program that ends before it has read everything says so by its status.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

export async function mustRun(...call: Parameters<typeof runProgram>): Promise<string> {
  const { status, stdout, stderr } = await runProgram(...call);
  if (status !== 0) throw new LabError(`${call[0]} ${call[1].join(' ')}: exit ${status}\n${stdout}${stderr}`);
  return stdout;
}

export const isRoot = process.getuid?.() === 0;

/** Server programs refuse to run as root; Debian's packages bring a user for each. */
export function asUser(user: string, command: string, args: readonly string[]): [string, readonly string[]] {
  return isRoot ? ['runuser', ['-u', user, '--', command, ...args]] : [command, args];
}

/** Servers that still run; they end with the lab, however it ends. */
const running = new Set<ChildProcess>();

/** Starts a server in a process group of its own, so that what it starts can be ended with it. */
export function startServer(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  if (running.size === 0) process.on('exit', killAll);
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  // Not found, or not allowed: the process has no exit code then, and whoever waits for it asks for its id.
  child.on('error', () => running.delete(child));
  child.on('exit', () => running.delete(child));
  return child;
}

export async function stopServer(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (!isRunning(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  killGroup(child, signal);
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 5000); // ms; only a hanging server needs it
  await ended;
  clearTimeout(timer);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function killAll(): void {
  for (const child of running) killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // It ended by itself a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function hasProgram(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Free at this moment; whoever starts a server on it does so at once. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Answers true as soon as `isReady` does, false when the server has ended or the time is up. */
export async function untilReady(
  child: ChildProcess,
  isReady: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<boolean> {
  const endMs = performance.now() + timeoutMs;
  while (performance.now() < endMs && isRunning(child)) {
    if (await isReady()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20)); // ms; short beside what starting takes
  }
  return false;
}
