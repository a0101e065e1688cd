/** Tests in editors other than VS Code: `npm run test:other-editors`. Their set-ups are the code blocks of
 *  docs/editors.md, with the built command on the PATH. The last line is `N passed, N failed`.
 *
 *    --only neovim|emacs   one editor
 *
 *  An editor that is not installed is a failure: nothing is skipped. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

const TIMEOUT_MS = 90_000;

/** @typedef {object} EditorTest
 *  @property {string} extension of the set-up's file
 *  @property {(setUp: string) => string[]} command */

/** By the name that its block carries in docs/editors.md.
 *  @type {Record<string, EditorTest>} */
const EDITORS = {
  neovim: {
    extension: 'lua',
    command: (setUp) => ['nvim', '--headless', '-u', setUp, '-S', fromRoot('test/editors/neovim.lua')],
  },
  emacs: {
    extension: 'el',
    command: (setUp) => ['emacs', '--batch', '--load', setUp, '--load', fromRoot('test/editors/emacs.el')],
  },
};

/** What is done in each editor, in a copy of the demo app. */
const WALKS = [
  {
    name: 'a filter in a template',
    file: 'bookshelf/templates/catalog/search.html',
    rule: 'jinja-safe-filter',
    message: 'switches escaping off',
    title: 'Remove `|safe`',
    before: '<q>{{ q|safe }}</q>',
    after: '<q>{{ q }}</q>',
  },
  {
    name: 'a query in Python',
    file: 'bookshelf/catalog.py',
    rule: 'sql-injection',
    message: 'depends on `author`',
    title: 'query parameter',
    before: `"SELECT id, title, author, published FROM book WHERE author = '" + author + "'"`,
    after: 'WHERE author = ?", (author,))',
  },
];

await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const names = values.only ?? Object.keys(EDITORS);
  const unknown = names.filter((name) => EDITORS[name] === undefined);
  if (unknown.length > 0) throw new ScriptError(`--only takes ${Object.keys(EDITORS).join(', ')}.`);
  await withProgress('Building', () => build());

  const totals = { passed: 0, failed: 0 };
  for (const name of names) {
    console.log(`\n  ${name}`);
    for (const walk of WALKS) {
      const problem = run(name, /** @type {EditorTest} */ (EDITORS[name]), walk);
      console.log(problem === undefined ? `    ✔ ${walk.name}` : `    ✘ ${walk.name}\n${problem}`);
      totals[problem === undefined ? 'passed' : 'failed'] += 1;
    }
  }
  mkdirSync(fromRoot('out'), { recursive: true });
  writeFileSync(fromRoot('out/other-editors-totals.json'), JSON.stringify(totals));
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed > 0 ? 1 : 0;
});

/** @param {string} name
 *  @param {EditorTest} editor
 *  @param {(typeof WALKS)[number]} walk
 *  @returns {string | undefined} what went wrong */
function run(name, editor, walk) {
  const root = mkdtempSync(join(tmpdir(), 'moat-editors-'));
  try {
    const folder = join(root, 'app');
    cpSync(fromRoot('demo'), folder, { recursive: true });
    const file = join(folder, walk.file);
    const original = readFileSync(file, 'utf8');
    if (!original.includes(walk.before)) return `${walk.file} holds no ${walk.before}`;
    const setUp = join(root, `setUp.${editor.extension}`);
    writeFileSync(setUp, blockOf(name));
    const [command = '', ...args] = editor.command(setUp);
    const result = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      env: {
        ...process.env,
        ...ownFolders(root),
        PATH: `${binFolder(root)}${delimiter}${process.env.PATH}`,
        MOAT_FILE: file,
        MOAT_RULE: walk.rule,
        MOAT_MESSAGE: walk.message,
        MOAT_TITLE: walk.title,
      },
    });
    if (result.error) return `${command} did not run: ${result.error.message}`;
    if (result.status !== 0)
      return `${command} ended with ${result.status}\n${result.stdout}${result.stderr}`;
    const fixed = readFileSync(file, 'utf8');
    return fixed.includes(walk.after)
      ? undefined
      : `${walk.file} holds no ${walk.after} after the fix:\n${fixed}`;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The person's own settings of the editors stay out of it.
 *  @param {string} root */
function ownFolders(root) {
  return { HOME: root, XDG_CONFIG_HOME: join(root, 'config'), XDG_DATA_HOME: join(root, 'data') };
}

/** A folder with `moat` as an installation would put it onto the PATH.
 *  @param {string} root */
function binFolder(root) {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'moat'),
    `#!/bin/sh\nexec '${process.execPath}' '${fromRoot('dist/moat.js')}' "$@"\n`,
  );
  chmodSync(join(bin, 'moat'), 0o755);
  return bin;
}

/** @param {string} name behind the language of a code block in docs/editors.md */
function blockOf(name) {
  const text = readFileSync(fromRoot('docs/editors.md'), 'utf8');
  const block = new RegExp(`^\`\`\`\\w+ ${name}\\n([^]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  if (block === undefined) throw new ScriptError(`docs/editors.md has no set-up for ${name}.`);
  return block;
}
