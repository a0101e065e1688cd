/** However many machines share the work, the report is that of one: on whole apps, with the real rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { createFolder, runMoat } from '../cli/runMoat';
import { runShards, withoutTime } from '../cli/runShards';

const real = { rules: RULES, createAnalyzer };

describe('the merged report is that of one run, byte for byte', () => {
  const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const apps = readdirSync(root('test/apps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => root(`test/apps/${name}`));

  it.each([root('demo'), ...apps])(
    'of %s',
    (app) => {
      const cwd = createFolder();
      const options = { engine: real, cwd };
      const formats = ['json', 'sarif', 'github', 'gitlab', 'junit'];
      const outputs = [
        '--min-severity',
        'hint',
        ...formats.flatMap((format) => ['--output', `${format}=${format}.out`]),
      ];
      const all = (argv: string[]) => {
        const outcome = withoutTime(runMoat([...argv, ...outputs], options));
        return [
          outcome,
          ...formats.map((format) =>
            withoutTime({ stdout: readFileSync(join(cwd, `${format}.out`), 'utf8') }),
          ),
        ];
      };
      const expected = all(['check', app]);
      for (let n = 1; n <= 5; n++) {
        // In any order.
        const names = runShards(cwd, n, [app], options).reverse();
        expect(all(['merge', ...names])).toEqual(expected);
      }
    },
    120_000,
  );
});
