/** One app of the lab while it runs: started as its developer would, on a free port. */
import type { ChildProcess } from 'node:child_process';
import { freePort, startServer, stopServer, untilReady } from './process';

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
  readonly env: Readonly<Record<string, string>>;
}

/** Throws, with what the app printed, if it does not come up. */
export async function startApp({ interpreter, folder, start, env }: StartOptions): Promise<RunningApp> {
  const port = await freePort();
  const args = { flask: ['-m', 'flask', '--app', 'app', 'run', '--port', `${port}`], python: ['app.py'] };
  const app: ChildProcess = startServer(interpreter, args[start], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      // Nothing of the person who runs the lab: no .env above, no settings, no proxy.
      HOME: folder,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      PORT: `${port}`,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      ...env,
    },
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
