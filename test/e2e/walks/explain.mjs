/** Looking things up: the page of a rule, the status, the log. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';

/** @type {import('../walks.mjs').WalkPlan} */
export const explainWalk = {
  title: 'looking things up',
  steps(walk, { workbench }) {
    walk
      .step('the status bar says how Moat is', async () => {
        await workbench.openFile('bookshelf/catalog.py');
        await eventually(async () => {
          const items = await workbench.statusItems();
          assert.ok(
            items.some((text) => /moat/i.test(text)),
            items.join(' | '),
          );
        });
      })
      .step('the page of a rule opens', async () => {
        await workbench.runCommandAndChoose('Moat: Explain Rule', 'sql-injection');
        await workbench.page.locator('.tab.active', { hasText: /sql.injection/i }).waitFor();
        await workbench.screenshot('explain-1-page');
      })
      .step('the output tells what was read, and no source text', async () => {
        const text = await workbench.showOutput('Moat', /\d+\sfiles\sread/);
        assert.doesNotMatch(text, /SELECT|def /);
        await workbench.screenshot('explain-2-output');
      });
  },
};
