/** Real Flask apps, exploited, mended by Moat and exploited no longer: `npm run test:lab`.
 *
 *    --only NAMES   some modules of test/lab/apps (comma-separated)
 *    --keep         leave the apps, vulnerable and mended, in out/lab/apps
 *    --no-build     use dist/ as it is
 *
 *  Needs Python 3 with venv, and the servers of PostgreSQL and MariaDB (Debian: python3-venv postgresql mariadb-server).
 *  The last line is `N passed, N failed`. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { build } from './build.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

const BUNDLES = fromRoot('out', 'lab', 'bundles');

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
    },
  });
  if (process.platform === 'win32') throw new ScriptError('The lab starts servers as Debian ships them.');
  if (!values['no-build']) await withProgress('Building', () => build());
  rmSync(BUNDLES, { recursive: true, force: true });
  mkdirSync(BUNDLES, { recursive: true });
  const modules = readdirSync(fromRoot('test/lab/apps')).map((name) => `test/lab/apps/${name}/lab.ts`);
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ['test/lab/lab.ts', ...modules],
    outbase: fromRoot('test', 'lab'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    target: 'node20',
    outdir: BUNDLES,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  // Where Debian keeps servers, and not everybody looks.
  process.env.PATH += ':/usr/sbin';
  // A signal would leave servers behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const { runLab, LabSetupError } = await import(pathToFileURL(`${BUNDLES}/lab.mjs`).href);
  try {
    return await runLab({
      root: ROOT,
      bundles: `${BUNDLES}/apps`,
      only: values.only?.split(','),
      keepIn: values.keep ? fromRoot('out', 'lab') : undefined,
      nParallel: Math.min(4, availableParallelism()),
      totalsFile: fromRoot('out', 'lab-totals.json'),
    });
  } catch (error) {
    throw error instanceof LabSetupError ? new ScriptError(error.message) : error;
  }
});
