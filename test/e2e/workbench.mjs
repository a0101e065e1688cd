/** A page object for the VS Code workbench, for versions 1.91 to 1.139: what a person does with keyboard and mouse, in
 *  words. Parts of their own: editor.mjs (text, squiggles, hover, fixes), panels.mjs (Problems, output). */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const DEFAULT_TIMEOUT_MS = 30_000;
/** How long one key press is given before it is pressed again: keybindings are not ready at once. */
const RETRY_MS = 3000;
const MAX_TRIES = 5;
/** The Problems view waits a moment before it filters. */
const FILTER_DELAY_MS = 400;

/** VS Code draws spaces as no-break spaces.
 *  @param {string | null} text */
export const plainSpaces = (text) => (text ?? '').replaceAll('\u00a0', ' ');

export class Workbench {
  #screenshotFolder;

  /** @param {import('playwright-core').Page} page
   *  @param {string} screenshotFolder */
  constructor(page, screenshotFolder) {
    this.page = page;
    this.#screenshotFolder = screenshotFolder;
    page.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
    mkdirSync(screenshotFolder, { recursive: true });
  }

  /** Opens the page and waits until the folder has been read.
   *  @param {string} url */
  async open(url) {
    await this.page.goto(url, { waitUntil: 'domcontentloaded' });
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** @param {string} name */
  async screenshot(name) {
    const path = join(this.#screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled', caret: 'initial' });
  }

  get quickInput() {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Opens a quick input with a key and fills it.
   *  @param {string} key
   *  @param {string} text
   *  @returns {Promise<import('playwright-core').Locator>} the rows */
  async quickPick(key, text) {
    const input = this.quickInput.locator('.quick-input-box input');
    await this.pressUntilVisible(key, input);
    await input.fill(text);
    return this.quickInput.locator('.quick-input-list .monaco-list-row');
  }

  /** @param {string} key
   *  @param {import('playwright-core').Locator} locator
   *  @param {{ between?: string }} [options] a key that closes what came instead */
  async pressUntilVisible(key, locator, { between } = {}) {
    await this.#retry(async () => {
      await this.page.keyboard.press(key);
      await locator.first().waitFor({ timeout: RETRY_MS });
    }, between);
  }

  /** @param {() => Promise<void>} attempt
   *  @param {string} [between] key that is pressed after a failed one */
  async #retry(attempt, between) {
    for (let nTries = 1; ; nTries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (nTries === MAX_TRIES) throw error;
        if (between) await this.page.keyboard.press(between);
      }
    }
  }

  /** Runs a command by its title as the palette shows it, such as `View: Hide Panel`.
   *  F1 and not Ctrl+Shift+P: no browser takes it.
   *  @param {string} title */
  async runCommand(title) {
    const rows = await this.quickPick('F1', `>${title}`);
    const label = this.page.locator('.label-name', { hasText: title });
    await rows.filter({ has: label }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Runs a command that asks for a choice, and takes one.
   *  @param {string} title
   *  @param {string} choice */
  async runCommandAndChoose(title, choice) {
    const rows = await this.quickPick('F1', `>${title}`);
    const label = this.page.locator('.label-name', { hasText: title });
    await rows.filter({ has: label }).first().waitFor();
    await this.page.keyboard.press('Enter');
    // The list is drawn as far as it is visible: the choice is there for sure once it is asked for by name.
    const input = this.quickInput.locator('.quick-input-box input');
    await this.page.waitForFunction(
      () => document.querySelector('.quick-input-widget .quick-input-box input')?.value === '',
    );
    await input.fill(choice);
    const chosen = this.quickInput.locator('.quick-input-list .monaco-list-row', { hasText: choice });
    await chosen.first().click();
  }

  /** @param {string} path relative to the folder; its end is enough where it is unique */
  async openFile(path) {
    const name = /** @type {string} */ (path.split('/').at(-1));
    // A file that is new may be missing from the first answer.
    await this.#retry(async () => {
      const rows = await this.quickPick('Control+p', path);
      // Enter would take the first row, which may still be that of the list before it was filtered.
      await rows.filter({ hasText: name }).first().click({ timeout: RETRY_MS });
    }, 'Escape');
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
  }

  /** Saves every open file and waits until no tab is marked as changed. */
  async saveAll() {
    await this.runCommand('File: Save All Files');
    await this.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  }

  /** Texts of the messages in the lower right corner. */
  async notifications() {
    const messages = this.page.locator('.notifications-toasts .notification-list-item-message');
    return (await messages.allTextContents()).map(plainSpaces);
  }

  /** Tooltip-like texts of the items in the status bar. */
  async statusItems() {
    const items = this.page.locator('.part.statusbar .statusbar-item');
    return items.evaluateAll((elements) =>
      elements.map((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''),
    );
  }

  // --- the Problems view and the output

  /** Opens the Problems view and filters it, for only the first rows are drawn.
   *  @param {string} filter what a message, rule or file name holds
   *  @returns {Promise<string[]>} one text per row: a file's name, or a finding's message, rule and place, such as
   *    `This SQL query … moat(sql-injection)[Ln 3, Col 5]` */
  async problems(filter) {
    await this.runCommand('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
    const input = this.page.locator('.part.panel .viewpane-filter input');
    // Emptied first: a text that came before the view listened would not count as a change.
    await input.fill('');
    await input.fill(filter);
    await this.page.waitForTimeout(FILTER_DELAY_MS);
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    const texts = await rows.evaluateAll((elements) => elements.map((element) => element.textContent ?? ''));
    return texts.map(plainSpaces);
  }

  /** Text of an output channel as far as it is drawn, once it says `wanted`.
   *  @param {string} channel
   *  @param {RegExp} wanted */
  async showOutput(channel, wanted) {
    await this.runCommandAndChoose('Output: Show Output Channels...', channel);
    const lines = this.page.locator('.part.panel .monaco-editor .view-lines');
    await lines.filter({ hasText: wanted }).first().waitFor();
    return plainSpaces(await lines.first().textContent());
  }
}
