/** Starts VS Code's server: a workbench in the browser whose extensions run in the Node extension host. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietSettings } from './quietSettings.mjs';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5000;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @typedef {object} ServerOptions
 *  @property {string} workspace folder that is copied; the copy is opened
 *  @property {string} [vsix] packaged extension that is installed first
 *  @property {boolean} [isTrusted] false opens the folder in Restricted Mode
 *  @property {Record<string, unknown>} [settings] user settings
 *  @property {NodeJS.ProcessEnv} [env] */

/** Everything that the server writes goes into one new temporary folder, which `close` removes.
 *  @param {import('./install.mjs').InstalledServer} installed
 *  @param {ServerOptions} options */
export async function startServer(installed, { workspace, vsix, isTrusted = true, settings = {}, env = {} }) {
  const root = mkdtempSync(join(tmpdir(), 'moat-e2e-'));
  const folder = join(root, 'workspace');
  const dataFolders = [
    '--server-data-dir',
    join(root, 'server'),
    '--extensions-dir',
    join(root, 'extensions'),
  ];
  const userFolder = join(root, 'server/data/User');
  mkdirSync(userFolder, { recursive: true });
  mkdirSync(join(root, 'extensions'));
  cpSync(workspace, folder, { recursive: true });
  writeFileSync(join(userFolder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const environment = serverEnvironment(env);
  if (vsix) installVsix(installed, vsix, dataFolders, environment);

  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--accept-server-license-terms',
  ];
  args.push('--telemetry-level', 'off', '--enable-remote-auto-shutdown');
  // Without it the page's address cannot name an extension under development or a suite.
  args.push('--enable-smoke-test-driver');
  if (isTrusted) args.push('--disable-workspace-trust');
  const child = spawn(installed.node, [installed.serverMain, ...args, ...dataFolders], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
    // A process group of its own, so that extension hosts and language servers end with it.
    detached: true,
  });
  const close = closer(child, root);
  const authority = `127.0.0.1:${await portOf(child)}`;
  return {
    folder,
    logFolder: join(root, 'server/data/logs'),
    /** @param {readonly (readonly [string, string])[]} [payload] development options, see extensionHost.mjs */
    url(payload) {
      const query = new URLSearchParams({ folder });
      if (payload) query.set('payload', JSON.stringify(payload));
      return `http://${authority}/?${query}`;
    },
    /** @param {string} path */
    remoteUri: (path) => `vscode-remote://${authority}${path}`,
    close,
  };
}

/** @param {NodeJS.ProcessEnv} extra */
function serverEnvironment(extra) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{}', ...extra };
  for (const key of Object.keys(environment)) {
    // Set in VS Code's own terminal; they would lead the server to that VS Code.
    if (/^(VSCODE_|ELECTRON_)/.test(key)) delete environment[key];
  }
  return environment;
}

/** @param {import('./install.mjs').InstalledServer} installed
 *  @param {string} vsix
 *  @param {readonly string[]} dataFolders
 *  @param {NodeJS.ProcessEnv} env */
function installVsix(installed, vsix, dataFolders, env) {
  const args = [installed.serverMain, '--install-extension', vsix, '--force', ...dataFolders];
  const result = spawnSync(installed.node, args, { encoding: 'utf8', env });
  if (result.status !== 0 || !/successfully installed/.test(result.stdout)) {
    throw new Error(`installing ${vsix}: exit ${result.status}\n${result.stdout}${result.stderr}`);
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 *  @returns {Promise<number>} */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (/** @type {string} */ why) => reject(new Error(`VS Code’s server: ${why}\n${log}`));
    const timer = setTimeout(() => fail(`not ready after ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    const read = (/** @type {Buffer} */ chunk) => {
      log += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (!port) return;
      clearTimeout(timer);
      log = '';
      resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

/** Ends the whole process group, also when this process is told to end or throws.
 *  @param {import('node:child_process').ChildProcess} child
 *  @param {string} root */
function closer(child, root) {
  const signalGroup = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), signal);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  };
  const onExit = () => {
    signalGroup('SIGKILL');
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  };
  const onSignal = () => process.exit(130); // runs onExit
  process.on('exit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      signalGroup('SIGTERM');
      const timer = setTimeout(() => signalGroup('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    }
    signalGroup('SIGKILL');
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
}
