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

/** Waits until the Problems view lists a rule's findings in a file as often as wanted.
 *  @param {import('../workbench.mjs').Workbench} workbench
 *  @param {string} filter
 *  @param {RegExp} row
 *  @param {number} nWanted */
export async function waitForProblems(workbench, filter, row, nWanted) {
  await eventually(async () => {
    const rows = await workbench.problems(filter);
    const nRows = rows.filter((text) => row.test(text)).length;
    assert.equal(nRows, nWanted, `${row} in the Problems view:\n${rows.join('\n')}`);
  });
}

/** @param {string} folder
 *  @param {string} file */
export const readDemo = (folder, file) => readFileSync(join(folder, file), 'utf8');
