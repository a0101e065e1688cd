/** A folder that the user does not trust: everything works, since nothing of it is ever run. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';
import { placeOf, waitForProblems } from './demo.mjs';

const FILE = 'bookshelf/templates/catalog/search.html';

/** @type {import('../walks.mjs').WalkPlan} */
export const restrictedWalk = {
  title: 'Restricted Mode',
  isTrusted: false,
  settings: {
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'always',
  },
  steps(walk, { workbench, editor, folder }) {
    const place = placeOf(folder, FILE, 'q|safe');
    walk
      .step('the folder is not trusted', async () => {
        await workbench.page
          .getByText(/Restricted Mode/)
          .first()
          .waitFor();
      })
      .step('findings are shown', async () => {
        await workbench.openFile(FILE);
        await editor.squiggles('error').first().waitFor();
        await waitForProblems(workbench, 'search.html', /jinja-safe-filter.*Ln/, 1);
        await workbench.screenshot('restricted-1-findings');
      })
      .step('fixes work', async () => {
        await editor.goTo(place.line, place.column + 3);
        await editor.fixTitles();
        await editor.takeFix(/safe/);
        await eventually(async () => assert.match(await editor.visibleText(), /<q>\{\{ q \}\}<\/q>/));
        await workbench.screenshot('restricted-2-fixed');
      })
      .step('the sample of the walkthrough opens, and its fix works', async () => {
        await workbench.runCommand('Moat: Open an Insecure Sample App');
        await waitForProblems(workbench, 'guestbook.py', /sql-injection.*Ln/, 1);
        await workbench.runCommand('View: Focus Active Editor Group');
        await editor.fixTitles();
        await editor.takeFix(/query parameter/);
        await eventually(async () => assert.match(await editor.visibleText(), /WHERE name = \?/));
        await workbench.screenshot('restricted-3-sample');
      });
  },
};
