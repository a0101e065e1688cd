/** Builds and runs the benchmarks: `npm run bench`.
 *
 *    node test/bench/run.mjs [--json] [--full] [--only NAMES] [--no-build] [--python PATH]
 *
 *  --full      more runs of what takes long: the rows about 200,000 lines
 *  --only      some rows: edit, dependants, start, cold, rules, memory, package (comma-separated)
 *  --no-build  measure what is in dist/ and out/ as it is
 *  --python    an interpreter that has Bandit installed (default: python3) */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { generateSources } from '../../scripts/generate.mjs';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { runScript, withProgress } from '../../scripts/lib/progress.mjs';
import { packageExtension } from '../../scripts/package.mjs';

const OUTFILE = fromRoot('out', 'bench', 'bench.mjs');

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      python: { type: 'string', default: process.env.MOAT_BENCH_PYTHON ?? 'python3' },
    },
  });
  let packagePath = fromRoot('out', 'moat-flask.vsix');
  if (values['no-build']) await generateSources();
  else packagePath = (await withProgress('Packaging', packageExtension)).file;
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ['test/bench/bench.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    target: 'node20',
    outfile: OUTFILE,
    logLevel: 'warning',
  });
  const { runBench } = await import(pathToFileURL(OUTFILE).href);
  return runBench({
    root: ROOT,
    packagePath,
    isJson: values.json,
    isFull: values.full,
    only: values.only?.split(','),
    python: values.python,
  });
});
