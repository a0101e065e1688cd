/** Whole apps, as people write them: every finding of any severity is labeled on its line, and every other line is
 *  clean. An app whose name ends in `-insecure` is the twin of a well-made one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/core/generated/registry';
import { createEnvironment } from '../harness/environment';
import { loadApp } from '../harness/loadApp';
import { runCase } from '../harness/runFixture';

const apps = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const environment = createEnvironment(RULES.map(({ id }) => id));

describe.each(apps)('the app %s', (name) => {
  const app = loadApp(name, join(import.meta.dirname, name));

  it('has labels that can be read', () => {
    expect(app.problems).toEqual([]);
  });

  it('shows what its labels say', () => {
    const failures = runCase(app.fixtureCase, environment);
    if (failures.length === 0) return;
    const error = new Error(failures.join('\n\n'));
    error.stack = error.message;
    throw error;
  });
});
