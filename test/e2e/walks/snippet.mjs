/** Typing with the snippets, and a fault that comes and goes while it is typed. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';

const ADDED = ' + request.args["x"]';

/** @type {import('../walks.mjs').WalkPlan} */
export const snippetWalk = {
  title: 'typing',
  // Whether the editor still knows which brackets it closed itself depends on how fast the keys come.
  settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never' },
  steps(walk, { workbench, editor }) {
    walk
      .step('a snippet is suggested and inserted', async () => {
        await workbench.openFile('wsgi.py');
        await editor.focus();
        await workbench.page.keyboard.press('Control+End');
        await workbench.page.keyboard.press('Enter');
        const labels = await editor.suggestions('moat-');
        assert.ok(labels.length > 3, labels.join());
        await workbench.screenshot('typing-1-suggestions');
        const [label = ''] = labels;
        await editor.acceptSuggestion(label);
        await workbench.page.keyboard.press('Escape');
        await workbench.screenshot('typing-2-snippet');
      })
      .step('a fault that is typed is found, and goes when it is mended', async () => {
        await workbench.page.keyboard.press('Control+a');
        const lines = [
          'import sqlite3',
          'from flask import Flask, request',
          'app = Flask(__name__)',
          '@app.get("/x")',
        ];
        for (const line of lines) await workbench.page.keyboard.type(`${line}\n`);
        await workbench.page.keyboard.type(
          `def x(): return sqlite3.connect("db").execute("SELECT "${ADDED})`,
        );
        await editor.squiggles('error').first().waitFor();
        await workbench.screenshot('typing-3-fault');
        await workbench.page.keyboard.press('ArrowLeft');
        for (let nChars = 0; nChars < ADDED.length; nChars += 1) {
          await workbench.page.keyboard.press('Backspace');
        }
        await eventually(async () => assert.equal(await editor.squiggles('error').count(), 0));
      });
  },
};
