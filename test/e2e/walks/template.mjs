/** Request data that a template prints without escaping. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';
import { placeOf, readDemo, waitForProblems } from './demo.mjs';

const FILE = 'bookshelf/templates/catalog/search.html';

/** @type {import('../walks.mjs').WalkPlan} */
export const templateWalk = {
  title: 'a filter in a template',
  steps(walk, { workbench, editor, folder }) {
    const place = placeOf(folder, FILE, 'q|safe');
    walk
      .step('the template shows a squiggle', async () => {
        await workbench.openFile(FILE);
        await editor.squiggles('error').first().waitFor();
        assert.equal(await editor.squiggles('error').count(), 1);
        await waitForProblems(workbench, 'search.html', /jinja-safe-filter.*Ln/, 1);
        await workbench.screenshot('template-1-squiggle');
      })
      .step('the hover names where the data comes from', async () => {
        await editor.goTo(place.line, place.column + 3);
        const text = await editor.hoverText(/request/);
        assert.match(text, /safe/);
        await workbench.screenshot('template-2-hover');
        await workbench.page.keyboard.press('Escape');
      })
      .step('the fix removes the filter', async () => {
        await editor.goTo(place.line, place.column + 3);
        await editor.waitForLightBulb();
        await editor.fixTitles();
        await workbench.screenshot('template-3-light-bulb');
        await editor.takeFix(/safe/);
        await eventually(async () => assert.match(await editor.visibleText(), /<q>\{\{ q \}\}<\/q>/));
        await eventually(async () => assert.equal(await editor.squiggles('error').count(), 0));
        await workbench.saveAll();
        assert.ok(readDemo(folder, FILE).includes('<q>{{ q }}</q>'));
        await waitForProblems(workbench, 'search.html', /jinja-safe-filter/, 0);
        await workbench.screenshot('template-4-fixed');
      });
  },
};
