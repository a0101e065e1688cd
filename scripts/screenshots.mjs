/** The pictures of README and docs, taken from the packaged extension in a real editor: `npm run screenshots`.
 *
 *  Every scene is taken in a light, a dark and a high-contrast theme into out/pictures, for a person to look at; those
 *  that pages show go to docs/images, which stays below 500 KB. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../test/e2e/browser.mjs';
import { Editor } from '../test/e2e/editor.mjs';
import { placeOf } from '../test/e2e/walks/demo.mjs';
import { Workbench } from '../test/e2e/workbench.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';
import { packageExtension } from './package.mjs';
import { installServer } from './vscode/install.mjs';
import { startServer } from './vscode/server.mjs';

const LIMIT_BYTES = 500 * 1024;
const SIZE = { width: 1100, height: 620 };
/** The last animation and the last diagnostics. */
const SETTLE_MS = 1000;
const TAKEN = fromRoot('out/pictures');
const SHOWN = fromRoot('docs/images');

const THEMES = /** @type {Record<string, string>} */ ({
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
});

/** What pages show. */
const PICTURES = ['finding-dark', 'checklist-light', 'surface-dark'];

const FILE = 'bookshelf/catalog.py';
const FAULT = `"SELECT id, title, author, published FROM book WHERE author = '" + author + "'"`;

/** @typedef {{ workbench: Workbench, editor: Editor, folder: string }} Scene
 *  @type {Record<string, (scene: Scene) => Promise<void>>} */
const SCENES = {
  async finding({ workbench, editor, folder }) {
    await workbench.openFile(FILE);
    const place = placeOf(folder, FILE, FAULT);
    await editor.goTo(place.line, place.column + 10);
    await editor.squiggles('error').first().waitFor();
    await workbench.page.waitForTimeout(SETTLE_MS);
    // It goes when something else happens, so it comes last.
    await editor.hoverText(/SQL injection/i);
  },
  async checklist({ workbench }) {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Show Moat');
    await workbench.page.locator('.pane-header', { hasText: /Security Checklist/i }).waitFor();
    await workbench.page.locator('.pane-body .monaco-list-row', { hasText: /Quer/i }).first().waitFor();
  },
  async surface({ workbench }) {
    for (const name of [/Security Checklist/i, /^Flow/i]) {
      const header = workbench.page.locator('.pane-header.expanded', { hasText: name });
      if (await header.count()) await header.first().click();
    }
    await workbench.page
      .locator('.pane-body .monaco-list-row', { hasText: /GET|POST/ })
      .first()
      .waitFor();
    // Away from where it would show a tooltip.
    await workbench.page.mouse.move(900, 265);
  },
  async walkthrough({ workbench }) {
    await workbench.runCommandAndChoose('Welcome: Open Walkthrough...', 'Get Started with Moat');
    await workbench.page
      .locator('.gettingStartedContainer .step-title', { hasText: /insecure app/ })
      .first()
      .waitFor();
  },
};

/** @param {string} vsix
 *  @param {string} theme */
async function takeAll(vsix, theme) {
  const settings = {
    'workbench.colorTheme': THEMES[theme],
    'workbench.sideBar.location': 'left',
    'editor.fontSize': 14,
    'breadcrumbs.enabled': false,
  };
  const server = await startServer(await installServer(), { workspace: fromRoot('demo'), vsix, settings });
  const { browser, page } = await launchBrowser(SIZE);
  try {
    const workbench = new Workbench(page, TAKEN);
    await workbench.open(server.url());
    const scene = { workbench, editor: new Editor(workbench), folder: server.folder };
    for (const [name, show] of Object.entries(SCENES)) {
      await show(scene);
      if (name !== 'finding') await page.waitForTimeout(SETTLE_MS);
      await workbench.screenshot(`${name}-${theme}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await runScript(async () => {
  const { file } = await withProgress('Packaging', packageExtension);
  rmSync(TAKEN, { recursive: true, force: true });
  mkdirSync(SHOWN, { recursive: true });
  for (const theme of Object.keys(THEMES))
    await withProgress(`Pictures, ${theme}`, () => takeAll(file, theme));
  for (const name of PICTURES) copyFileSync(join(TAKEN, `${name}.png`), join(SHOWN, `${name}.png`));
  const sizes = readdirSync(SHOWN).map((name) => statSync(join(SHOWN, name)).size);
  const sumBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  console.log(`docs/images: ${Math.ceil(sumBytes / 1024)} KB`);
  if (sumBytes > LIMIT_BYTES) throw new ScriptError('The pictures are larger than 500 KB together.');
});
