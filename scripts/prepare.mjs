/** Builds the command for whoever installs the package from a checkout (`npm install git+https://…`, pre-commit); npm runs
 *  it as `prepare`. Does nothing where there is a build. Standard output stays empty: programs read names from it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

await runScript(async () => {
  if (existsSync(fromRoot('dist/moat.js'))) return;
  // A global install (`npm install -g git+…`) prepares the package without what it is built with.
  if (!existsSync(fromRoot('node_modules/esbuild'))) await withProgress('Installing', install);
  const { build } = await import('./build.mjs');
  await build({ isProduction: true });
});

function install() {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-global', '--include=dev'];
  const { status, error } = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    // npm is a script of the shell on Windows.
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_global: 'false', npm_config_prefix: '' },
  });
  if (status !== 0)
    throw new ScriptError(`npm ci failed${error === undefined ? '.' : `: ${error.message}.`}`);
}
