/** A query built of request data: see it, understand it, mend it. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';
import { placeOf, readDemo, waitForProblems } from './demo.mjs';

const FILE = 'bookshelf/catalog.py';
const FAULT = `"SELECT id, title, author, published FROM book WHERE author = '" + author + "'"`;
const FIXED = 'WHERE author = ?", (author,))';
/** Of the findings in the Problems view only this one is about the parameter. */
const FILTER = 'depends on `author`';
/** The column is what a person puts the cursor on: somewhere in the underlined text. */
const INSIDE = 10;

/** @type {import('../walks.mjs').WalkPlan} */
export const pythonWalk = {
  title: 'a query in Python',
  steps(walk, { workbench, editor, folder }) {
    const place = placeOf(folder, FILE, FAULT);
    let nErrors = 0;
    walk
      .step('the file shows squiggles', async () => {
        await workbench.openFile(FILE);
        await editor.goTo(place.line, place.column + INSIDE);
        await editor.squiggles('error').first().waitFor();
        nErrors = await editor.squiggles('error').count();
        await workbench.screenshot('python-1-squiggles');
      })
      .step('the Problems view lists the finding with its path', async () => {
        await waitForProblems(workbench, FILTER, new RegExp(`sql-injection.*Ln ${place.line}\\b`), 1);
        await waitForProblems(workbench, FILTER, new RegExp(`Ln ${place.line}\\b.*SQL text`), 1);
        await workbench.screenshot('python-2-problems');
        await workbench.runCommand('View: Hide Panel');
      })
      .step('the hover explains it', async () => {
        await editor.goTo(place.line, place.column + INSIDE);
        const text = await editor.hoverText(/SQL injection/i);
        assert.match(text, /query depends on/);
        await workbench.screenshot('python-3-hover');
        await workbench.page.keyboard.press('Escape');
      })
      .step('the light bulb offers the fix', async () => {
        await editor.goTo(place.line, place.column + INSIDE);
        await editor.waitForLightBulb();
        const titles = await editor.fixTitles();
        assert.match(titles[0] ?? '', /param/i, titles.join(' | '));
        await workbench.screenshot('python-4-light-bulb');
      })
      .step('the fix gives the query parameters', async () => {
        await editor.takeFix(/param/i);
        await eventually(async () =>
          assert.ok((await editor.visibleText()).includes(FIXED), await editor.visibleText()),
        );
        await eventually(async () => assert.equal(await editor.squiggles('error').count(), nErrors - 1));
        await workbench.screenshot('python-5-fixed');
      })
      .step('the entry in the Problems view is gone, and the file is saved', async () => {
        await workbench.saveAll();
        assert.ok(readDemo(folder, FILE).includes(FIXED));
        await waitForProblems(workbench, FILTER, /sql-injection/, 0);
        await workbench.screenshot('python-6-problems');
      })
      .step('no message popped up', async () => {
        assert.deepEqual(await workbench.notifications(), []);
      });
  },
};
