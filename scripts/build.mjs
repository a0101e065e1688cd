/** Bundles the product into dist/.
 *
 *    node scripts/build.mjs                development: readable, with source maps
 *    node scripts/build.mjs --production   minified, for the package
 *    node scripts/build.mjs --watch        rebuilds when a file changes
 *
 *  dist/core.js is the engine, once for all: the server and the command require it, the web worker imports it.
 *  dist/extension.js is the extension together with its language server, for Node and the browser: both need the same
 *  protocol libraries. dist/moat.js is the command and dist/server.js the language server for other editors; they are
 *  packaged for npm. dist/findings.zh-cn.json is what the engine says, in Chinese. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { generateSources } from './generate.mjs';
import { packedFindings } from './lib/findingTexts.mjs';
import { fromRoot, isMain, ROOT } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

/** Name of the global object in a web worker that holds the core. */
const CORE_GLOBAL = 'moatCore';

/** Leaves the core out of a bundle: whoever sees only `server/core/index` takes it from dist/core.js, which a worker has
 *  loaded before.
 *  @type {esbuild.Plugin} */
const SHARED_CORE = {
  name: 'shared-core',
  setup(plugin) {
    plugin.onResolve({ filter: /\/core\/index$/ }, ({ importer }) =>
      importer.startsWith(fromRoot('server/core')) ? undefined : { path: 'core', namespace: 'shared' },
    );
    plugin.onResolve({ filter: /^\.\/core\.js$/, namespace: 'shared' }, () => ({
      path: './core.js',
      external: true,
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
      contents: `module.exports = globalThis.${CORE_GLOBAL} ?? require('./core.js');`,
    }));
  },
};

/** The bundle for VS Code is loaded three times. By an extension host, which calls `activate`; as a process of its own
 *  and as a web worker, where it is the server. A worker waits for a first message that says where the core is, for a
 *  script cannot tell its own address when VS Code starts it; later messages wait in the worker's queue. */
const EXTENSION = {
  entry: `
    export const activate = async (context) => (await import('./client/main')).activate(context);
    export const deactivate = async () => (await import('./client/main')).deactivate();
    export const startServer = () => import('./server/lsp/main');
  `,
  footer: `if (typeof module === 'undefined') self.onmessage = ({ data }) => {
  self.onmessage = null;
  importScripts(data.coreUrl);
  moatExtension.startServer();
};
else if (require.main === module) moatExtension.startServer();
else module.exports = moatExtension;`,
};

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
  // For Node and the browser at once; what only one of them has is loaded when it is needed.
  /** @type {esbuild.BuildOptions} */
  const everywhere = {
    ...node,
    target: 'es2022',
    conditions: ['node', 'browser'],
    define: { global: 'globalThis' },
  };
  return {
    'dist/core.js': {
      ...base,
      platform: 'neutral',
      format: 'iife',
      globalName: CORE_GLOBAL,
      footer: { js: `if (typeof module === 'object') module.exports = ${CORE_GLOBAL};` },
      target: 'es2022',
      entryPoints: ['server/core/index.ts'],
    },
    'dist/extension.js': {
      ...everywhere,
      format: 'iife',
      globalName: 'moatExtension',
      stdin: { contents: EXTENSION.entry, resolveDir: ROOT, sourcefile: 'extension.mjs' },
      footer: { js: EXTENSION.footer },
      external: ['vscode'],
      plugins: [SHARED_CORE],
    },
    'dist/server.js': { ...everywhere, entryPoints: ['server/lsp/main.ts'], plugins: [SHARED_CORE] },
    'dist/moat.js': {
      ...node,
      entryPoints: ['server/cli/main.ts'],
      banner: { js: '#!/usr/bin/env node' },
      plugins: [SHARED_CORE],
    },
  };
}

/** @param {{ isProduction?: boolean, isWatch?: boolean }} [options] */
export async function build({ isProduction = false, isWatch = false } = {}) {
  await generateSources();
  // Else a source map of an earlier build would be packaged.
  rmSync(fromRoot('dist'), { recursive: true, force: true });
  mkdirSync(fromRoot('dist'));
  writeFileSync(fromRoot('dist/findings.zh-cn.json'), JSON.stringify(await packedFindings()));
  const all = Object.entries(bundles({ isProduction }));
  if (isWatch) {
    for (const [outfile, options] of all) {
      const context = await esbuild.context({ ...options, outfile, logLevel: 'info' });
      await context.watch();
    }
    return;
  }
  await Promise.all(all.map(([outfile, options]) => esbuild.build({ ...options, outfile })));
  if (isProduction) await Promise.all(SHIPPED.map(squeeze));
  chmodSync(fromRoot('dist/moat.js'), 0o755);
}

/** No function is moved into the one that calls it: it would be made anew at each call, which cost a check of 200,000 lines
 *  100 MB and 5 % of its time. */
const COMPRESS = { passes: 2, reduce_funcs: false, inline: 1 };

/** Takes another 3 % off a bundle in the package: esbuild folds less.
 *  @param {string} outfile */
async function squeeze(outfile) {
  const file = fromRoot(outfile);
  const { code } = await minify(readFileSync(file, 'utf8'), { ecma: 2020, compress: COMPRESS });
  writeFileSync(file, code ?? '');
}

/** Bundles in the extension's package; the others go to npm, where size matters less. */
const SHIPPED = ['dist/core.js', 'dist/extension.js'];

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
