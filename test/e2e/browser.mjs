/** Debian's Chromium, driven by Playwright. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { ScriptError, withProgress } from '../../scripts/lib/progress.mjs';
import { run } from '../../scripts/lib/run.mjs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The sandbox cannot be had as root; the others keep Chromium from calling out. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Installs Chromium where that is possible without asking: as root on Debian and its like.
 *  @returns {Promise<string>} its path */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const hasApt = spawnSync('apt-get', ['--version']).status === 0;
  if (!hasApt || process.getuid?.() !== 0) {
    throw new ScriptError(
      'The editor tests need Chromium: install it (Debian: apt-get install chromium fonts-dejavu-core), or name it in CHROMIUM.',
    );
  }
  await withProgress('Installing Chromium with apt-get', () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-q'], { env });
    const packages = ['chromium', 'fonts-dejavu-core'];
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  });
  const installed = findChromium();
  if (!installed) throw new ScriptError('apt-get installed Chromium, but it is not in /usr/bin.');
  return installed;
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return CANDIDATES.find((path) => existsSync(path));
}

/** A browser with one page of a fixed size, so that screenshots can be compared by eye.
 *  @param {{ width?: number, height?: number }} [size] in CSS pixels */
export async function launchBrowser({ width = 1280, height = 800 } = {}) {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ARGS });
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: [],
    colorScheme: 'light',
    locale: 'en-US',
  });
  return { browser, page: await context.newPage() };
}
