/** Bundles the product into dist/.
 *
 *    node scripts/build.mjs                development: readable, with source maps
 *    node scripts/build.mjs --production   minified, for the package
 *    node scripts/build.mjs --watch        rebuilds when a file changes
 *
 *  dist/client.js + dist/server.js run in desktop VS Code and on remote hosts, dist/web/* in the browser,
 *  dist/moat.js is the command. */
import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { generateSources } from './generate.mjs';
import { fromRoot, isMain, ROOT } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

/** @param {{ isProduction?: boolean }} options
 *  @returns {Record<string, esbuild.BuildOptions>} by bundle */
function bundles({ isProduction = false }) {
  /** @type {esbuild.BuildOptions} */
  const base = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: isProduction,
    sourcemap: isProduction ? false : 'linked',
    legalComments: 'eof',
    logLevel: 'warning',
    // Each library's modern build; their CommonJS ones cannot be cut to what is used.
    mainFields: ['module', 'main'],
  };
  /** @type {esbuild.BuildOptions} */
  const node = { ...base, platform: 'node', format: 'cjs', target: 'node20' };
  /** @type {esbuild.BuildOptions} */
  const web = {
    ...base,
    platform: 'browser',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    define: { global: 'globalThis' },
  };
  return {
    'dist/client.js': { ...node, entryPoints: ['client/main.node.ts'], external: ['vscode'] },
    'dist/server.js': { ...node, entryPoints: ['server/lsp/main.node.ts'] },
    'dist/moat.js': {
      ...node,
      entryPoints: ['server/cli/main.ts'],
      banner: { js: '#!/usr/bin/env node' },
    },
    'dist/web/client.js': {
      ...web,
      format: 'cjs',
      entryPoints: ['client/main.web.ts'],
      external: ['vscode'],
    },
    'dist/web/server.js': { ...web, format: 'iife', entryPoints: ['server/lsp/main.web.ts'] },
  };
}

/** @param {{ isProduction?: boolean, isWatch?: boolean }} [options] */
export async function build({ isProduction = false, isWatch = false } = {}) {
  await generateSources();
  // Else a source map of an earlier build would be packaged.
  rmSync(fromRoot('dist'), { recursive: true, force: true });
  const all = Object.entries(bundles({ isProduction }));
  if (isWatch) {
    for (const [outfile, options] of all) {
      const context = await esbuild.context({ ...options, outfile, logLevel: 'info' });
      await context.watch();
    }
    return;
  }
  await Promise.all(all.map(([outfile, options]) => esbuild.build({ ...options, outfile })));
  chmodSync(fromRoot('dist/moat.js'), 0o755);
}

/** Builds unless dist/ is there already; for scripts that only need some build. */
export async function ensureBuilt() {
  if (!existsSync(fromRoot('dist/moat.js'))) await build();
}

export function printSizes() {
  for (const outfile of Object.keys(bundles({}))) {
    const kilobytes = statSync(fromRoot(outfile)).size / 1024;
    console.log(`${outfile.padEnd(20)} ${kilobytes.toFixed(0).padStart(6)} KB`);
  }
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const { values } = parseArgs({
      options: {
        production: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
      },
    });
    if (values.production && values.watch)
      throw new ScriptError('--production and --watch do not go together.');
    const options = { isProduction: values.production, isWatch: values.watch };
    await withProgress('Building', () => build(options));
    if (values.watch) console.error('Watching. Ctrl+C ends it.');
    else printSizes();
  });
}
