/** The packaged extension in a real VS Code, used with keyboard and mouse on the demo app. Each walk starts with a copy
 *  of the demo of its own. Screenshots of every station land in out/screenshots. */
import { rmSync } from 'node:fs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { installServer } from '../../scripts/vscode/install.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { launchBrowser } from './browser.mjs';
import { Editor } from './editor.mjs';
import { Walk } from './steps.mjs';
import { explainWalk } from './walks/explain.mjs';
import { pythonWalk } from './walks/python.mjs';
import { restrictedWalk } from './walks/restricted.mjs';
import { secretWalk } from './walks/secret.mjs';
import { snippetWalk } from './walks/snippet.mjs';
import { templateWalk } from './walks/template.mjs';
import { viewsWalks } from './walks/views.mjs';
import { Workbench } from './workbench.mjs';

const SCREENSHOTS = fromRoot('out/screenshots');

/** What a walk works with.
 *  @typedef {object} Scene
 *  @property {Workbench} workbench
 *  @property {Editor} editor
 *  @property {string} folder the open folder on disk
 *
 *  @typedef {object} WalkPlan
 *  @property {string} title
 *  @property {boolean} [isTrusted]
 *  @property {Record<string, unknown>} [settings]
 *  @property {(walk: Walk, scene: Scene) => void} steps */

/** @type {readonly WalkPlan[]} */
const PLANS = [pythonWalk, templateWalk, secretWalk, explainWalk, snippetWalk, restrictedWalk, ...viewsWalks];

/** @param {string} vsix
 *  @returns {Promise<{ passed: number, failed: number }>} */
export async function walkAll(vsix) {
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  const totals = { passed: 0, failed: 0 };
  // MOCHA_GREP='the views' npm run test:editor -- --only walks
  const { MOCHA_GREP = '' } = process.env;
  for (const plan of PLANS.filter(({ title }) => title.includes(MOCHA_GREP))) {
    const { passed, failed } = await walkOne(plan, vsix);
    totals.passed += passed;
    totals.failed += failed;
  }
  return totals;
}

/** @param {WalkPlan} plan
 *  @param {string} vsix */
async function walkOne({ title, isTrusted, settings, steps }, vsix) {
  const workspace = fromRoot('demo');
  const server = await startServer(await installServer(), { workspace, vsix, isTrusted, settings });
  const { browser, page } = await launchBrowser();
  try {
    const workbench = new Workbench(page, SCREENSHOTS);
    const walk = new Walk(title);
    walk.step('the workbench opens', () => workbench.open(server.url()));
    steps(walk, { workbench, editor: new Editor(workbench), folder: server.folder });
    return await walk.go((name) => workbench.screenshot(name));
  } finally {
    await browser.close();
    await server.close();
  }
}
