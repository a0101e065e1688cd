/** The views: the checklist and its fixes, the attack surface and its filter, a flow step by step; in three themes. */
import assert from 'node:assert/strict';
import { eventually } from '../steps.mjs';
import { plainSpaces } from '../workbench.mjs';
import { placeOf } from './demo.mjs';

/** @typedef {import('../workbench.mjs').Workbench} Workbench */

/** Rows of a view as they are drawn, without those that are scrolled away.
 *  @param {Workbench} workbench
 *  @param {string} view part of its title */
function rowsOf(workbench, view) {
  return paneOf(workbench, view).locator('.monaco-list-row');
}

/** @param {Workbench} workbench
 *  @param {string} view */
function paneOf({ page }, view) {
  return page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${view}"]`) });
}

/** @param {Workbench} workbench
 *  @param {string} view
 *  @param {RegExp} text */
async function waitForRow(workbench, view, text) {
  return eventually(async () => {
    const texts = (await rowsOf(workbench, view).allTextContents()).map(plainSpaces);
    const index = texts.findIndex((row) => text.test(row));
    assert.notEqual(index, -1, `${text} in ${view}:\n${texts.join('\n')}`);
    return rowsOf(workbench, view).nth(index);
  });
}

/** @param {Workbench} workbench */
async function showViews(workbench) {
  await workbench.runCommand('View: Show Moat');
  await waitForRow(workbench, 'Security Checklist', /Queries are parametrized/);
}

/** @param {string} theme
 *  @returns {import('../walks.mjs').WalkPlan['steps']} */
const looksIn = (theme) => (walk, scene) => {
  const { workbench, editor, folder } = scene;
  walk
    .step('the views show the app', async () => {
      await workbench.openFile('bookshelf/catalog.py');
      await showViews(workbench);
      await waitForRow(workbench, 'Attack Surface', /\/books\/all/);
      await workbench.screenshot(`views-${theme}-1-all`);
    })
    .step('a broken row opens', async () => {
      const row = await waitForRow(workbench, 'Security Checklist', /Queries are parametrized/);
      await row.click();
      await waitForRow(workbench, 'Security Checklist', /auth\.py:/);
      await workbench.screenshot(`views-${theme}-2-row`);
    })
    .step('the flow of a finding is walked', async () => {
      const { line, column } = placeOf(folder, 'bookshelf/catalog.py', 'execute(query)');
      await workbench.openFile('bookshelf/catalog.py');
      await editor.goTo(line, column + 'execute('.length);
      await workbench.runCommand('Moat: Show the Flow of the Finding');
      await waitForRow(workbench, 'Flow', /^1\. /);
      await workbench.page.keyboard.press('Control+Alt+.');
      await workbench.screenshot(`views-${theme}-3-flow`);
    });
};

/** @type {readonly import('../walks.mjs').WalkPlan[]} */
export const viewsWalks = [
  {
    title: 'the views',
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    steps(walk, scene) {
      const { workbench } = scene;
      looksIn('dark')(walk, scene);
      walk
        .step('a fix beside a finding mends it, and the row counts one less', async () => {
          await workbench.runCommand('Moat: Clear the Flow');
          const finding = await waitForRow(workbench, 'Security Checklist', /SQL injection.*auth\.py:/);
          await finding.hover();
          await workbench.screenshot('views-dark-4-hover');
          await finding.locator('.action-label[aria-label^="Fix"]').click();
          await waitForRow(workbench, 'Security Checklist', /Queries are parametrized.*Places to mend: 6/);
          await workbench.screenshot('views-dark-5-fixed');
        })
        .step('the attack surface is filtered', async () => {
          await workbench.runCommand('Moat: Filter the Attack Surface');
          const { page } = workbench;
          for (const label of ['Open to everybody', 'With findings'])
            await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).click();
          await workbench.screenshot('views-dark-6-filter');
          await page.keyboard.press('Enter');
          await eventually(async () => {
            const text = plainSpaces(await paneOf(workbench, 'Attack Surface').textContent());
            assert.match(text, /Routes shown: \d+ of 22/);
            assert.doesNotMatch(text, /log-in/);
          });
          await workbench.screenshot('views-dark-7-filtered');
          await workbench.runCommand('Moat: Clear the Filter');
        })
        .step('a code lens leads to the route', async () => {
          await workbench.openFile('bookshelf/catalog.py');
          const lens = workbench.page.locator('.codelens-decoration a', { hasText: '/books/search' });
          await lens.click();
          await eventually(async () => {
            const selected = paneOf(workbench, 'Attack Surface').locator('.monaco-list-row.selected');
            assert.match(plainSpaces(await selected.textContent()), /\/books\/search/);
          });
          await workbench.screenshot('views-dark-8-lens');
        })
        .step('the checklist is exported', async () => {
          await workbench.runCommand('Moat: Export the Checklist as Markdown');
          await workbench.page.locator('.view-line', { hasText: '# Security checklist' }).first().waitFor();
          await workbench.screenshot('views-dark-9-export');
        });
    },
  },
  {
    title: 'the views in a light theme',
    settings: { 'workbench.colorTheme': 'Default Light Modern' },
    steps: looksIn('light'),
  },
  {
    title: 'the views in high contrast',
    settings: { 'workbench.colorTheme': 'Default High Contrast' },
    steps: looksIn('contrast'),
  },
];
