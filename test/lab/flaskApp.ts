/** One app of the lab while it runs: started as its developer would, on a free port. */
import type { ChildProcess } from 'node:child_process';
import { freePort, mustRun, startServer, stopServer, untilReady } from './process';

export interface RunningApp {
  readonly folder: string;
  readonly origin: string;
  /** Everything that it printed so far. */
  readonly log: () => string;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly interpreter: string;
  readonly folder: string;
  readonly start: 'flask' | 'python';
  readonly app: string;
  /** Commands of `flask` that come first. */
  readonly prepare: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Throws, with what the app printed, if it does not come up. */
export async function startApp(options: StartOptions): Promise<RunningApp> {
  const { interpreter, folder, start } = options;
  const port = await freePort();
  const flask = ['-m', 'flask', '--app', options.app];
  const args = { flask: [...flask, 'run', '--port', `${port}`], python: ['app.py'] };
  const env = {
    PATH: process.env.PATH,
    // Nothing of the person who runs the lab: no .env above, no settings, no proxy.
    HOME: folder,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PORT: `${port}`,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    ...options.env,
  };
  for (const command of options.prepare)
    await mustRun(interpreter, [...flask, command], { cwd: folder, env });
  const app: ChildProcess = startServer(interpreter, args[start], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [app.stdout, app.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const isReady = await untilReady(app, () => /Running on http:\/\//.test(log));
  if (!isReady) {
    await stopServer(app, 'SIGKILL');
    throw new AppError(`The app does not start.\n${log.slice(-3000)}`);
  }
  return {
    folder,
    origin: `http://127.0.0.1:${port}`,
    log: () => log,
    // Development servers keep nothing that would have to be written.
    stop: () => stopServer(app, 'SIGKILL'),
  };
}

export class AppError extends Error {}
