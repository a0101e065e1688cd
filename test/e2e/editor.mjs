/** A page object for the active text editor: text, cursor, squiggles, hover and fixes. */
import { plainSpaces } from './workbench.mjs';

export class Editor {
  #workbench;

  /** @param {import('./workbench.mjs').Workbench} workbench */
  constructor(workbench) {
    this.#workbench = workbench;
  }

  get #page() {
    return this.#workbench.page;
  }

  get #root() {
    return this.#page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** The lines that are drawn, from top to bottom; the DOM keeps them in any order. */
  async visibleLines() {
    const lines = await this.#root.locator('.view-lines > .view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({ top: Number.parseFloat(element.style.top), text: element.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map((line) => line.text),
    );
    return lines.map(plainSpaces);
  }

  async visibleText() {
    return (await this.visibleLines()).join('\n');
  }

  /** Moves the cursor.
   *  @param {number} line 1-based
   *  @param {number} [column] 1-based */
  async goTo(line, column = 1) {
    await this.#workbench.quickPick('Control+g', `:${line}:${column}`);
    await this.#page.keyboard.press('Enter');
    const position = new RegExp(`Ln ${line}, Col ${column}\\b`);
    await this.#page.locator('.statusbar-item', { hasText: position }).waitFor();
    await this.focus();
  }

  async focus() {
    await this.#root.locator('.native-edit-context, textarea.inputarea').first().focus();
  }

  /** @param {'error' | 'warning' | 'info' | 'hint'} severity */
  squiggles(severity) {
    return this.#root.locator(`.view-overlays .squiggly-${severity}`);
  }

  /** The hover at the cursor once it says `wanted`: a finding's message shows first, the server's part comes later.
   *  @param {RegExp} wanted */
  async hoverText(wanted) {
    await this.#workbench.runCommand('Show or Focus Hover');
    const hover = this.#page
      .locator('.monaco-hover:visible')
      .filter({ has: this.#page.locator('.hover-contents') })
      .filter({ hasText: wanted })
      .first();
    await hover.waitFor();
    return plainSpaces(await hover.textContent());
  }

  /** Waits for the light bulb. It comes a moment after the cursor moves, so the cursor is nudged. */
  async waitForLightBulb() {
    await this.#page.keyboard.press('ArrowRight');
    await this.#page.keyboard.press('ArrowLeft');
    const bulb = this.#page.locator('.lightBulbWidget:visible, [class*=codicon-gutter-lightbulb]');
    await bulb.first().waitFor();
  }

  get #actionRows() {
    return this.#page.locator('.action-widget .monaco-list-row.action');
  }

  /** Opens the menu of fixes at the cursor (Ctrl+.).
   *  @returns {Promise<string[]>} their titles */
  async fixTitles() {
    // The menu says that there is nothing while the server has not answered yet.
    await this.#workbench.pressUntilVisible('Control+.', this.#actionRows, { between: 'Escape' });
    return (await this.#actionRows.allTextContents()).map((text) => plainSpaces(text).trim());
  }

  /** Takes a fix of the open menu by keyboard: a click would wait for ever for what lies over the menu.
   *  @param {RegExp} title */
  async takeFix(title) {
    const focused = this.#page.locator('.action-widget .monaco-list-row.action.focused');
    const nRows = await this.#actionRows.count();
    for (let nMoves = 0; !title.test(plainSpaces(await focused.textContent())); nMoves += 1) {
      if (nMoves > nRows) throw new Error(`no fix ${title}`);
      await this.#page.keyboard.press('ArrowDown');
    }
    await this.#page.keyboard.press('Enter');
    // Not `.action-widget`: newer versions keep an empty one.
    await this.#actionRows.first().waitFor({ state: 'hidden' });
  }

  /** Types at the cursor and asks for suggestions.
   *  @param {string} text
   *  @returns {Promise<string[]>} labels */
  async suggestions(text) {
    await this.#page.keyboard.type(text, { delay: 20 });
    await this.#page.keyboard.press('Control+Space');
    const labels = this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await labels.first().waitFor();
    return labels.allTextContents();
  }

  /** @param {string} label */
  async acceptSuggestion(label) {
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    await rows
      .filter({ has: this.#page.locator('.label-name', { hasText: label }) })
      .first()
      .click();
    await this.#page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  }
}
