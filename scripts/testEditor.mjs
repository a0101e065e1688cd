/** Tests inside the real editor: `npm run test:editor`.
 *
 *    --only server|oldest-web|newest-web|electron|walks   one part; may be repeated
 *
 *  By default the suite runs in the Node extension host and in the web worker host of the oldest supported and the newest
 *  VS Code, then the packaged extension is used as a person would. The last line is `N passed, N failed`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSuites } from '../test/e2e/buildSuites.mjs';
import { HOSTS, runInHost } from '../test/e2e/extensionHost.mjs';
import { walkAll } from '../test/e2e/walks.mjs';
import { build } from './build.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';
import { packageExtension } from './package.mjs';

const PARTS = [...HOSTS, 'walks'];
const DEFAULT_PARTS = ['server', 'oldest-web', 'newest-web', 'walks'];

await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const parts = values.only ?? DEFAULT_PARTS;
  const unknown = parts.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0)
    throw new ScriptError(`--only takes ${PARTS.join(', ')}; not ${unknown.join(', ')}.`);

  const totals = { passed: 0, failed: 0 };
  const hosts = HOSTS.filter((host) => parts.includes(host));
  if (hosts.length > 0) {
    await withProgress('Building', () => build());
    await buildSuites();
  }
  for (const host of hosts) {
    console.log(`\n== suite in ${host}`);
    add(totals, await runInHost(host));
  }
  if (parts.includes('walks')) {
    const { file } = await withProgress('Packaging', packageExtension);
    console.log('\n== walks with the packaged extension');
    add(totals, await walkAll(file));
  }
  const summary = `${totals.passed} passed, ${totals.failed} failed`;
  writeFileSync(fromRoot('out/editor-totals.json'), JSON.stringify(totals));
  console.log(`\n${summary}`);
  return totals.failed > 0 ? 1 : 0;
});

/** @param {{ passed: number, failed: number }} sum
 *  @param {{ passed: number, failed: number }} more */
function add(sum, more) {
  sum.passed += more.passed;
  sum.failed += more.failed;
}
