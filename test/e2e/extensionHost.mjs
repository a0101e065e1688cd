/** Runs the mocha suite of test/extension inside VS Code's extension host and gives back what it counted.
 *
 *  - `server`: the Node host, in VS Code's server; `oldest-web`, `newest-web`: the web worker host
 *  - `electron`: the Node host of desktop VS Code, through @vscode/test-electron, where a download is possible */
import { format } from 'node:util';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { installServer, installWeb, NEWEST_WEB, OLDEST_WEB } from '../../scripts/vscode/install.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { serveWeb } from '../../scripts/vscode/web.mjs';
import { launchBrowser } from './browser.mjs';

export const HOSTS = /** @type {const} */ (['server', 'oldest-web', 'newest-web', 'electron']);
/** @typedef {(typeof HOSTS)[number]} Host
 *  @typedef {{ passed: number, failed: number }} Totals */

/** Said by test/extension/reporting.ts around the suite's own output. */
const STARTS = '[suite starts]';
const ENDS = /^\[suite ends\] (\d+) passed, (\d+) failed$/;

/** The workbench's own talk, which comes in the middle of a suite. */
const NOISE =
  /^(Ignoring fetching additional builtin|\[AgentHost:|\[AccountPolicyGate\]|Creating a socket|\[reconnection-grace-time\]|getaddrinfo )/;

const TIMEOUT_MS = 300_000;
const WORKSPACE = fromRoot('test/extension/workspace');
const NODE_SUITE = fromRoot('out/extension/node/index');
const WEB_SUITE = fromRoot('out/extension/web/index');

/** @param {Host} host
 *  @returns {Promise<Totals>} */
export async function runInHost(host) {
  if (host === 'electron') return runInDesktop();
  const page =
    host === 'server' ? await serverPage() : await webPage(host === 'oldest-web' ? OLDEST_WEB : NEWEST_WEB);
  try {
    return await readSuite(page.url);
  } finally {
    await page.close();
  }
}

async function serverPage() {
  const server = await startServer(await installServer(), { workspace: WORKSPACE });
  const url = server.url([
    ['extensionDevelopmentPath', server.remoteUri(ROOT)],
    ['extensionTestsPath', server.remoteUri(NODE_SUITE)],
    ['skipWelcome', 'true'],
  ]);
  return { url, close: server.close };
}

/** @param {string} spec */
async function webPage(spec) {
  const build = await installWeb(spec);
  const { incognitoUrl, close } = await serveWeb({ build, workspace: WORKSPACE, suite: `${WEB_SUITE}.js` });
  return { url: incognitoUrl, close };
}

/** Opens the workbench, prints what the suite says and waits for its end.
 *  @param {string} url
 *  @returns {Promise<Totals>} */
async function readSuite(url) {
  const { browser, page } = await launchBrowser();
  /** @type {string[]} */
  const lines = [];
  /** @type {Totals | undefined} */
  let totals;
  let isSpeaking = false;
  // The workbench calls these two globals where they exist: each line of the log, and the end of the suite.
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      lines.push(line);
      const end = ENDS.exec(line);
      if (end) totals = { passed: Number(end[1]), failed: Number(end[2]) };
      if (line === STARTS) isSpeaking = true;
      else if (end) isSpeaking = false;
      else if (isSpeaking && !NOISE.test(line)) console.log(line);
    },
  );
  page.on('pageerror', (error) => lines.push(`page error: ${error.stack}`));
  const problem = await suiteEnd(page, url);
  await browser.close();
  if (totals) return totals;
  console.error(
    `The suite did not end (${problem ?? 'no result'}). The workbench said:\n${lines.join('\n')}`,
  );
  return { passed: 0, failed: 1 };
}

/** @param {import('playwright-core').Page} page
 *  @param {string} url
 *  @returns {Promise<string | undefined>} what went wrong */
async function suiteEnd(page, url) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`nothing after ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS);
    const end = (/** @type {string} */ problem) => {
      clearTimeout(timer);
      resolve(problem);
    };
    page.once('crash', () => end('the page crashed'));
    page
      .exposeFunction('codeAutomationExit', (/** @type {number} */ code) => end(`exit ${code}`))
      .then(() => page.goto(url))
      .catch((error) => end(error.message));
  });
}

/** VSCODE_PATH names an installed VS Code, VSCODE_VERSION a version to download.
 *  @returns {Promise<Totals>} */
async function runInDesktop() {
  const { runTests } = await import('@vscode/test-electron');
  const code = await runTests({
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: NODE_SUITE,
    vscodeExecutablePath: process.env.VSCODE_PATH,
    version: process.env.VSCODE_VERSION,
    launchArgs: [
      WORKSPACE,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
    ],
  }).catch((error) => {
    console.error(String(error));
    return 1;
  });
  // The desktop's output goes straight to the terminal; only the result comes back.
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
