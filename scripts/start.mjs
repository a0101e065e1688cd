/** A first look: `npm start [-- FOLDER] [-- --no-editor]`.
 *
 *  Builds, prints the findings of FOLDER (the demo app by default) with the path that each took, and opens an editor on
 *  the folder with the extension loaded: desktop VS Code if `code` is on PATH, else VS Code for the web on localhost,
 *  where edits stay in the page. In CI, or without a terminal, the findings are all. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';
import { installWeb, OLDEST_WEB } from './vscode/install.mjs';
import { serveWeb } from './vscode/web.mjs';

const DEFAULT_PORT = 3000;

/** Exit codes of `moat check`: 0 clean, 1 findings; both are a success here. */
const FAILURE = 2;

/** @param {string} folder */
function printFindings(folder) {
  const command = [fromRoot('dist/moat.js'), 'check', folder, '--min-severity', 'hint'];
  const { status, error } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (error) throw error;
  if (status === null || status >= FAILURE) throw new ScriptError(`moat check ended with ${status}.`);
}

/** @returns {string | undefined} */
function findCode() {
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** @param {string} code
 *  @param {string} folder */
function openDesktop(code, folder) {
  console.log('\nOpening VS Code with Moat loaded from this checkout.');
  const args = [`--extensionDevelopmentPath=${ROOT}`, '--new-window', folder];
  // A .cmd file needs a shell, and a shell needs quotes round what may hold a space.
  const isWindows = process.platform === 'win32';
  const quote = (/** @type {string} */ text) => (isWindows ? `"${text}"` : text);
  const { status, error } = spawnSync(quote(code), args.map(quote), { stdio: 'inherit', shell: isWindows });
  if (error || status !== 0) throw new ScriptError(`${code} ended with ${error?.message ?? status}.`);
}

/** @param {string} folder
 *  @param {string | undefined} open
 *  @param {number} port */
async function openWeb(folder, open, port) {
  const options = { build: await installWeb(OLDEST_WEB), workspace: folder, open };
  const { url } = await serveWeb({ ...options, port }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return serveWeb(options);
  });
  console.log(`\nVS Code for the web with Moat: ${url}\nEdits stay in the page. Ctrl+C ends it.`);
  const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };
  const [command = '', ...args] = openers[/** @type {'darwin'} */ (process.platform)] ?? ['xdg-open'];
  // Without a desktop the address above is enough.
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'no-editor': { type: 'boolean', default: false },
      port: { type: 'string', default: String(DEFAULT_PORT) },
    },
  });
  const isDemo = positionals[0] === undefined;
  // npm runs scripts in the project's folder; a path on the command line means the folder npm was started in.
  const folder = isDemo
    ? fromRoot('demo')
    : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0] ?? '');
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ScriptError(`${folder} is not a folder.`);

  await withProgress('Building', () => build());
  printFindings(folder);
  const isAttended = process.stdin.isTTY && process.stdout.isTTY && !process.env.CI;
  if (values['no-editor'] || !isAttended) return;
  const code = findCode();
  if (code) openDesktop(code, folder);
  else await openWeb(folder, undefined, Number(values.port));
});
