/** Pages of docs/: set-ups that no test runs can at least be read and start what there is, and tests that are named exist. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { valueAt } from '../../server/core/syntax/toml/ast';
import { parseToml } from '../../server/core/syntax/toml/parse';

const PAGE = readFileSync(new URL('../../docs/editors.md', import.meta.url), 'utf8');
const STDIO = ['lsp', '--stdio'];

/** The code block that carries this name behind its language. */
function blockOf(name: string): string {
  const block = new RegExp(`^\`{3}\\w+ ${name}\\n([^]*?)^\`{3}$`, 'm').exec(PAGE)?.[1];
  if (block === undefined) throw new Error(`no block ${name}`);
  return block;
}

it.each([
  ['sublime', 'clients', 'moat'],
  ['kate', 'servers', 'python'],
])('%s', (name, group, server) => {
  const settings: Record<string, Record<string, { command: string[] }>> = JSON.parse(blockOf(name));
  expect(settings[group]?.[server]?.command).toEqual(['moat', ...STDIO]);
});

it('helix', () => {
  const { root, problems } = parseToml(blockOf('helix'));
  expect(problems).toEqual([]);
  expect(valueAt(root, ['language-server', 'moat', 'command'])).toMatchObject({ value: 'moat' });
});

it('names tests that exist', () => {
  const page = readFileSync(new URL('../../docs/what-people-asked-for.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/`(test\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
});
