/** Bundles test/extension for both extension hosts into out/extension. */
import { rmSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';

export async function buildSuites() {
  rmSync(fromRoot('out/extension'), { recursive: true, force: true });
  /** @type {esbuild.BuildOptions} */
  const base = {
    absWorkingDir: ROOT,
    bundle: true,
    sourcemap: 'inline',
    logLevel: 'warning',
    external: ['vscode', 'mocha'],
  };
  await Promise.all([
    esbuild.build({
      ...base,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      entryPoints: { index: 'test/extension/index.node.ts', suite: 'test/extension/suite.node.ts' },
      outdir: 'out/extension/node',
    }),
    esbuild.build({
      ...base,
      external: ['vscode'],
      platform: 'browser',
      target: 'es2022',
      define: { global: 'globalThis' },
      // A function around the bundle: in a CommonJS one mocha's UMD header would take over `module.exports`.
      format: 'iife',
      globalName: 'moatSuite',
      footer: { js: 'module.exports = moatSuite;' },
      entryPoints: ['test/extension/index.web.ts'],
      outfile: 'out/extension/web/index.js',
    }),
  ]);
}
