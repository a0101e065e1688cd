/** The command as an npm package, and as a hook and an action that are fetched from the repository. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { check } from '../../server/cli/commands/check';
import { createFolder } from './runMoat';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

it('the npm package holds what the command needs, and nothing else', () => {
  const cwd = createFolder({
    'package.json': JSON.stringify({
      name: 'x',
      version: '1.0.0',
      bin: JSON.parse(read('package.json')).bin,
    }),
    '.npmignore': read('.npmignore'),
    ...Object.fromEntries(
      [
        'dist/core.js',
        'dist/moat.js',
        'dist/server.js',
        'dist/extension.js',
        'dist/core.js.map',
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'server/a.ts',
        'test/a.ts',
        'demo/app.py',
        'images/a.png',
        'snippets/a.code-snippets',
        '.github/a.yml',
      ].map((path) => [path, 'x']),
    ),
  });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const packed = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [, list = ''] = /"files":\s*(\[[\s\S]*?\])/.exec(packed) ?? [];
  const files = JSON.parse(list).map(({ path }: { path: string }) => path);
  expect(files.sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/core.js',
    'dist/moat.js',
    'dist/server.js',
    'package.json',
  ]);
});

it('the hooks and the action call the command with options that it has', () => {
  const calls = [
    ...read('.pre-commit-hooks.yaml').matchAll(/entry: (moat check .*)/g),
    ...read('action.yml').matchAll(/args\+?=\((.*)\)/g),
    ...read('docs/ci.md').matchAll(/moat check (.*)/g),
  ].map((match) => match[1] ?? '');
  expect(calls.length).toBeGreaterThan(10);
  const named = calls.flatMap((call) =>
    [...call.matchAll(/--([a-z][a-z-]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(named).toContain('changed-since');
  expect(named.filter((name) => !(name in check.options))).toEqual([]);
});
