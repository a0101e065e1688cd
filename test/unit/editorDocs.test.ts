/** The set-ups in docs/editors.md that no test runs: at least they can be read, and start what there is. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

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
