/** What the extension offers is used by a suite inside the real editor, or by a walk through it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly { readonly id: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const { contributes }: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const SOURCES = [...sourcesIn('test/extension'), ...sourcesIn('test/e2e')].join('\n');

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

function isNamed(name: string): boolean {
  return new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?![\\w.])`).test(SOURCES);
}

const COMMANDS = contributes.commands.map(({ command }) => command);
const VIEWS = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));

it.each([...COMMANDS, ...VIEWS])('%s is used', (id) => {
  expect(isNamed(id)).toBe(true);
});

it.each(Object.keys(contributes.configuration.properties))('%s is set', (key) => {
  const name = key.replace(/^moat\./, '');
  const isSet = new RegExp(`['"\`{ (]${name.replaceAll('.', '\\.')}['"\`]?[:,]|set\\('${name}'`).test(
    SOURCES,
  );
  expect(isSet).toBe(true);
});

it.each(contributes.walkthroughs.map(({ id }) => id))('the walkthrough %s is opened', (id) => {
  expect(SOURCES).toContain(`#${id}\``);
});
