/** What the walks share about the demo app and the findings in it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../steps.mjs';

/** 1-based place of `text` in a file of the open folder, so that the walks follow the demo when it changes.
 *  @param {string} folder
 *  @param {string} file
 *  @param {string} text must occur */
export function placeOf(folder, file, text) {
  const source = readFileSync(join(folder, file), 'utf8');
  const offset = source.indexOf(text);
  assert.notEqual(offset, -1, `${file} has no ${text}`);
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: /** @type {string} */ (before.at(-1)).length + 1 };
}

/** Rows of the Problems view that name a rule, once there are as many as wanted.
 *  @param {import('../workbench.mjs').Workbench} workbench
 *  @param {RegExp} finding
 *  @param {number} nWanted */
export async function waitForProblems(workbench, finding, nWanted) {
  await eventually(async () => {
    const rows = (await workbench.problems()).filter((text) => finding.test(text));
    assert.equal(
      rows.length,
      nWanted,
      `${finding} in the Problems view:\n${(await workbench.problems()).join('\n')}`,
    );
  });
}

/** @param {string} folder
 *  @param {string} file */
export const readDemo = (folder, file) => readFileSync(join(folder, file), 'utf8');
