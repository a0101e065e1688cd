/** Serves VS Code for the web on localhost, with the extension loaded from this checkout and a folder's files in memory:
 *  edits stay in the page, the folder on disk is never written. */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { fromRoot, ROOT } from '../lib/paths.mjs';
import { quietSettings } from './quietSettings.mjs';
import { workbenchPage } from './webPage.mjs';

const CONTENT_TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.ico': 'image/x-icon',
});

/** Folders and sizes that would only make the page slow. */
const SKIPPED_FOLDERS = new Set([
  '.git',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
]);
const MAX_FILE_BYTES = 2_000_000;

/** @typedef {object} WebOptions
 *  @property {string} build folder that `installWeb` gave
 *  @property {string} workspace
 *  @property {string} [suite] file with the suite that runs in the extension host, inside this checkout
 *  @property {string} [open] file to open first, relative to the workspace
 *  @property {Record<string, unknown>} [settings]
 *  @property {number} [port] 0 takes a free one */

/** @param {WebOptions} options */
export async function serveWeb({ build, workspace, suite, open, settings = {}, port = 0 }) {
  const isAmd = existsSync(join(build, 'dist/out/vs/loader.js'));
  const folderName = basename(resolve(workspace));
  const mounts = {
    '/vscode/': isAmd ? join(build, 'dist') : build,
    '/extension/memory-fs/': fromRoot('scripts/vscode/memoryFs'),
    '/extension/moat/': ROOT,
  };
  const page = (/** @type {string} */ authority) =>
    workbenchPage({
      authority,
      isAmd,
      folderName,
      open,
      suite: suite && relative(ROOT, suite).replaceAll(sep, '/').replace(/\.js$/, ''),
      settings: { ...quietSettings, ...settings },
    });
  const server = createServer((request, response) => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' };
    const send = (/** @type {string} */ type, /** @type {string} */ text) =>
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(text);
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/') return send('text/html', page(request.headers.host ?? ''));
    if (path === '/workspace.json') {
      return send('application/json', JSON.stringify(readFolder(workspace, folderName)));
    }
    const file = fileOf(mounts, path);
    // Always asked for; a missing one is logged as an error.
    if (!file && path.endsWith('/package.nls.json')) return send('application/json', '{}');
    if (!file) return response.writeHead(404, headers).end();
    const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type });
    return createReadStream(file).pipe(response);
  });
  const listeningPort = await listen(server, port);
  return {
    url: `http://localhost:${listeningPort}/`,
    /** For an incognito page: there the service workers of web views, which live on subdomains, only work when page and
     *  web view are under one `.localhost` host. Not every browser resolves it. */
    incognitoUrl: `http://vscode.localhost:${listeningPort}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param {import('node:http').Server} server
 *  @param {number} port
 *  @returns {Promise<number>} */
function listen(server, port) {
  return new Promise((resolvePort, reject) => {
    server.once('error', reject).listen(port, 'localhost', () => {
      resolvePort(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    });
  });
}

/** @param {Record<string, string>} mounts
 *  @param {string} path of the request */
function fileOf(mounts, path) {
  for (const [prefix, folder] of Object.entries(mounts)) {
    if (!path.startsWith(prefix)) continue;
    const file = resolve(folder, path.slice(prefix.length));
    const isInside = file.startsWith(resolve(folder) + sep);
    return isInside && existsSync(file) && statSync(file).isFile() ? file : undefined;
  }
  return undefined;
}

/** @param {string} folder
 *  @param {string} prefix
 *  @returns {Record<string, string>} base64 by path */
function readFolder(folder, prefix) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
      Object.assign(files, readFolder(path, `${prefix}/${entry.name}`));
    } else if (entry.isFile() && statSync(path).size <= MAX_FILE_BYTES) {
      files[`${prefix}/${entry.name}`] = readFileSync(path, 'base64');
    }
  }
  return files;
}
