/** The walls of the layout, as import lines show them, and the house rules that a reader of the source can check. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What each layer of the core may import besides itself. `core` is what lies in the core's own folder. */
const CORE_LAYERS: Record<string, readonly string[]> = {
  base: [],
  generated: ['rules', 'syntax'],
  syntax: ['base', 'generated'],
  knowledge: ['base'],
  model: ['base', 'syntax', 'knowledge'],
  flow: ['base', 'syntax', 'knowledge', 'model'],
  edits: ['base', 'syntax'],
  rules: ['base', 'syntax', 'knowledge', 'model', 'flow', 'edits'],
  config: ['base', 'syntax', 'knowledge', 'rules'],
  service: ['base', 'syntax', 'knowledge', 'model', 'flow', 'edits', 'rules', 'config', 'generated', 'core'],
  core: ['base', 'syntax', 'knowledge', 'model', 'flow', 'edits', 'rules', 'config', 'generated', 'service'],
};

/** What each part may import of the project. A path ending in `/` is a folder. */
const PARTS: Record<string, readonly string[]> = {
  'server/core/': ['server/core/'],
  'server/protocol/': ['server/protocol/', 'server/core/index'],
  'server/host/': ['server/host/', 'server/core/index', 'server/protocol/'],
  'server/lsp/': ['server/lsp/', 'server/core/index', 'server/protocol/', 'server/host/', 'package.json'],
  'server/cli/': ['server/cli/', 'server/core/index', 'server/protocol/', 'server/host/', 'package.json'],
  'client/': ['client/', 'server/protocol/'],
};

const MAX_LINES = 500;
/** From here on a file is named, though nothing fails. */
const LONG_LINES = 300;
/** Long for a reason: declarations of one tree, which are read together. */
const LONG_ON_PURPOSE = ['server/core/syntax/python/ast.ts'];
const BUILTINS = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** Path in the project without extension, for relative imports. */
  readonly target?: string;
}

/** Written by people: neither installed, built nor generated. */
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'out', 'generated', '.git', '.vscode-test', 'demo']);

function filesOf(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesOf(path);
    return /\.(ts|mts|mjs|js)$/.test(path) ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }] : [];
  });
}

const FILES = filesOf('');
const SOURCES = FILES.filter(({ path }) => /^(server|client)\//.test(path));

function importsOf({ path, text }: SourceFile): Import[] {
  const lines = text.matchAll(
    /^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...lines].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const isRelative = specifier.startsWith('.');
    const target = isRelative ? join(dirname(path), specifier).replaceAll('\\', '/') : undefined;
    return { from: path, specifier, target };
  });
}

const IMPORTS = SOURCES.flatMap(importsOf);

function layerOf(path: string): string {
  const rest = path.slice('server/core/'.length);
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : 'core';
}

const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

describe('walls', () => {
  it('are checked on real imports', () => {
    expect(IMPORTS.length).toBeGreaterThan(50);
  });

  it.each(Object.entries(PARTS))('%s imports only what it may', (part, allowed) => {
    const crossing = IMPORTS.filter(
      ({ from, target }) => from.startsWith(part) && target !== undefined,
    ).filter(
      ({ target = '' }) =>
        !allowed.some((path) => (path.endsWith('/') ? target.startsWith(path) : target === path)),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it.each(Object.entries(CORE_LAYERS))('core layer %s sees only what is below it', (layer, allowed) => {
    const crossing = IMPORTS.filter(
      ({ from, target }) =>
        from.startsWith('server/core/') && layerOf(from) === layer && target?.startsWith('server/core/'),
    ).filter(({ target = '' }) => layerOf(target) !== layer && !allowed.includes(layerOf(target)));
    expect(crossing.map(show)).toEqual([]);
  });

  it('names every layer of the core', () => {
    const layers = new Set(
      SOURCES.filter(({ path }) => path.startsWith('server/core/')).map(({ path }) => layerOf(path)),
    );
    expect([...layers].filter((layer) => !(layer in CORE_LAYERS))).toEqual([]);
  });

  it('lets no rule import another', () => {
    const rules = new Set(
      SOURCES.filter(
        ({ path, text }) => path.startsWith('server/core/rules/') && /^export const rule\b/m.test(text),
      ).map(({ path }) => path.replace(/\.ts$/, '')),
    );
    const crossing = IMPORTS.filter(
      ({ from, target = '' }) => from.startsWith('server/core/rules/') && rules.has(target),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it('keeps vscode inside the client', () => {
    const crossing = IMPORTS.filter(
      ({ from, specifier }) => specifier === 'vscode' && !from.startsWith('client/'),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it('keeps pyright behind the parser', () => {
    const crossing = IMPORTS.filter(
      ({ from, specifier }) => /pyright/i.test(specifier) && !from.startsWith('server/core/syntax/python/'),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it('gives the core no package, Node or LSP of its own but the ones listed', () => {
    const packages = IMPORTS.filter(
      ({ from, target }) => from.startsWith('server/core/') && target === undefined,
    );
    expect(
      [...new Set(packages.map(({ specifier }) => specifier))].filter((name) => name !== 'smol-toml'),
    ).toEqual([]);
  });

  it('leaves the bundled core without Node built-ins and globals of a host', async () => {
    const result = await build({
      absWorkingDir: ROOT,
      entryPoints: ['server/core/index.ts'],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      outfile: 'core.js',
      logLevel: 'silent',
      plugins: [],
      external: [...BUILTINS],
    });
    const externals = Object.values(result.metafile.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    );
    expect(externals).toEqual([]);
    const text = result.outputFiles[0]?.text ?? '';
    const hostCalls =
      /\b(?:process\.(?:env|cwd|argv)|setTimeout\(|setInterval\(|fetch\(|XMLHttpRequest|new WebSocket|document\.querySelector|\beval\(|new Function\()/g;
    expect(withoutExamples(text).match(hostCalls) ?? []).toEqual([]);
  });

  it('lets nothing spawn, evaluate or use the network in what is shipped', () => {
    const forbidden = /\b(?:child_process|node:net|node:http|node:https|node:dgram|node:vm|worker_threads)\b/;
    const crossing = IMPORTS.filter(({ specifier }) => forbidden.test(specifier));
    // One exception: the command asks git, when somebody says `--changed-since`.
    expect(crossing.map(show)).toEqual(['server/cli/git.ts imports node:child_process']);
    const users = IMPORTS.filter(({ target }) => target === 'server/cli/git').map(({ from }) => from);
    expect(users.sort()).toEqual(['server/cli/analysis.ts', 'server/cli/changes.ts']);
    const calls = SOURCES.filter(({ text }) =>
      /\b(?:eval\(|new Function\(|fetch\()/.test(withoutComments(withoutExamples(text))),
    );
    expect(calls.map(({ path }) => path)).toEqual([]);
  });
});

describe('house rules', () => {
  it('keep files short', () => {
    const sizes = FILES.filter(({ path }) => !LONG_ON_PURPOSE.includes(path)).map(({ path, text }) => ({
      path,
      nLines: text.split('\n').length - 1,
    }));
    const show = ({ path, nLines }: { path: string; nLines: number }) => `${path}: ${nLines} lines`;
    const long = sizes.filter(({ nLines }) => nLines >= LONG_LINES).map(show);
    if (long.length > 0) console.info(`Getting long:\n  ${long.join('\n  ')}`);
    expect(sizes.filter(({ nLines }) => nLines > MAX_LINES).map(show)).toEqual([]);
  });

  it('have no way round the types', () => {
    const found = findLines(/@ts-(?:ignore|nocheck|expect-error)|:\s*any\b|\bas any\b|<any>/);
    expect(found).toEqual([]);
  });

  it('skip and single out no test', () => {
    expect(findLines(/\b(?:it|describe|test|suite)\.(?:skip|only|todo)\b|\bx(?:it|describe)\(/)).toEqual([]);
  });

  it('export by name', () => {
    const found = findLines(/^export default\b/).filter((place) => !place.startsWith('vitest.config.mts'));
    expect(found).toEqual([]);
  });

  it('leave no empty catch', () => {
    expect(findLines(/catch\s*(?:\([^)]*\))?\s*\{\s*\}/)).toEqual([]);
  });
});

/** `path:line` of every match outside comments and this file. */
function findLines(pattern: RegExp): string[] {
  return FILES.filter(({ path }) => !path.endsWith('walls.test.ts')).flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(withoutComments(line)) ? [`${path}:${index + 1}`] : [])),
  );
}

/** Takes the Python of the rules' documents out: texts of several lines, without anything that is computed. */
function withoutExamples(text: string): string {
  return text.replace(/`\n(?:(?!\$\{)[^`])*\n`/g, '``');
}

/** Rough, and enough here: comments to the end of the line, block comments and the lines within them. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/(?! @ts-).*$/gm, '$1')
    .replace(/^\s*\*.*$/gm, '');
}
