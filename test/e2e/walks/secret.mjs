/** A secret key in the source moves to the environment: one fix over four files, three of them new. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../steps.mjs';
import { placeOf, readDemo } from './demo.mjs';

const FILE = 'bookshelf/__init__.py';

/** @type {import('../walks.mjs').WalkPlan} */
export const secretWalk = {
  title: 'a secret key in the source',
  steps(walk, { workbench, editor, folder }) {
    const place = placeOf(folder, FILE, '"bookshelf-secret"');
    walk
      .step('the literal is underlined', async () => {
        await workbench.openFile(FILE);
        await editor.goTo(place.line, place.column + 2);
        await editor.squiggles('error').or(editor.squiggles('warning')).first().waitFor();
        await workbench.screenshot('secret-1-squiggle');
      })
      .step('the fix moves it to the environment', async () => {
        await editor.waitForLightBulb();
        await editor.fixTitles();
        await workbench.screenshot('secret-2-light-bulb');
        await editor.takeFix(/environment/i);
        await eventually(async () =>
          assert.match(await editor.visibleText(), /SECRET_KEY=os\.environ\["SECRET_KEY"\]/),
        );
        await workbench.screenshot('secret-3-fixed');
      })
      .step('.env, .env.example and .gitignore are there', async () => {
        // Newer versions save by themselves what a fix changed in other files.
        await eventually(async () => {
          await workbench.saveAll();
          assert.ok(existsSync(join(folder, '.env')), 'no .env');
          assert.match(readDemo(folder, '.env'), /^SECRET_KEY=["']?[0-9a-f]{64}["']?\s*$/m);
          assert.match(readDemo(folder, '.gitignore'), /^\.env$/m);
        });
        assert.match(readDemo(folder, '.env.example'), /^SECRET_KEY=/m);
        assert.doesNotMatch(readDemo(folder, '.env.example'), /[0-9a-f]{64}/);
        assert.match(readDemo(folder, '.gitignore'), /^__pycache__\/$/m, 'what was there stays');
      })
      .step('nobody sees the old key any more', async () => {
        assert.doesNotMatch(readDemo(folder, FILE), /bookshelf-secret/);
        await workbench.openFile('.env');
        await workbench.screenshot('secret-4-env');
      });
  },
};
