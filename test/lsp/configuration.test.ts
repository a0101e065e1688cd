/** Configuration files and suppressions in the editor, with the real engine. */
import { afterEach, describe, expect, it } from 'vitest';
import { type CodeAction, DiagnosticTag, FileChangeType } from 'vscode-languageserver-protocol/node';
import { createAnalyzer, RULES } from '../../server/core/index';
import { PLAIN, PULL, ROOT, rangeOf, TestClient } from './testClient';

const APP = `${ROOT}/app.py`;
const TOML = `${ROOT}/moat.toml`;
const ENGINE = {
  rules: RULES,
  createAnalyzer: (host: Parameters<typeof createAnalyzer>[0]) => createAnalyzer(host),
};
const TEXT = `from flask import Flask, request
from markupsafe import Markup
from shop import clean_html

app = Flask(__name__)


@app.get("/")
def show():
    return Markup(clean_html(request.args["a"]))
`;
const SHOP = 'def clean_html(text):\n    return text.strip()\n';
const LINE = rangeOf(9, 30, 30);

let client: TestClient;
afterEach(() => client?.dispose());

async function start(
  files: Record<string, string> = {},
  options: Parameters<typeof TestClient.start>[0] = {},
) {
  const inRoot = Object.entries({ 'app.py': TEXT, 'shop.py': SHOP, ...files });
  client = await TestClient.start({
    engine: ENGINE,
    files: Object.fromEntries(inRoot.map(([file, text]) => [`${ROOT}/${file}`, text])),
    ...options,
  });
  await client.clock.advance(500);
  await client.open(APP, files['app.py'] ?? TEXT);
}

async function codes(uri = APP): Promise<unknown[]> {
  const items = await client.pull(uri);
  return items.filter(({ severity }) => (severity ?? 1) < 3).map(({ code }) => code);
}

async function take(title: string): Promise<CodeAction> {
  const actions = await client.codeActions(APP, LINE);
  const action = actions.find((one) => one.title.startsWith(title));
  if (action === undefined)
    throw new Error(`${title} is not among ${actions.map((one) => one.title).join(', ')}`);
  const resolved = action.edit === undefined ? await client.resolve(action) : action;
  if (resolved.edit === undefined) throw new Error('no edit');
  await client.apply(resolved.edit);
  await client.clock.advance(500);
  return resolved;
}

describe('a configuration file', () => {
  it('counts as it is on disk, and when it changes there', async () => {
    await start({ 'moat.toml': '[rules]\nunsafe-markup = "off"\n' });
    expect(await codes()).toEqual([]);
    client.host.set(TOML, '[rules]\nunsafe-markup = "warning"\n');
    await client.watched(TOML, FileChangeType.Changed);
    await client.clock.advance(500);
    expect(client.nRefreshes).toBeGreaterThan(0);
    expect(await codes()).toEqual(['unsafe-markup']);
    client.host.delete(TOML);
    await client.watched(TOML, FileChangeType.Deleted);
    await client.clock.advance(500);
    expect(await codes()).toEqual(['unsafe-markup']);
  });

  it('counts as it is typed, with what is wrong at its place and mended by a key', async () => {
    await start({ 'moat.toml': '' });
    await client.open(TOML, '[rules]\nunsafe-markp = "off"\n', 'toml');
    expect(await codes()).toEqual(['unsafe-markup']);
    const [problem] = await client.pull(TOML);
    expect(problem).toMatchObject({ code: 'invalid-configuration', severity: 2, range: rangeOf(1, 0, 12) });
    const [fix] = await client.codeActions(TOML, rangeOf(1, 3, 3));
    expect(fix?.title).toBe('Write `unsafe-markup`');
    if (fix === undefined) throw new Error('no fix');
    const { edit } = await client.resolve(fix);
    if (edit !== undefined) await client.apply(edit);
    await client.clock.advance(500);
    expect(await client.pull(TOML)).toEqual([]);
    expect(await codes()).toEqual([]);
  });

  it('is the base, and the settings of the editor lie on top', async () => {
    const settings = { rules: { 'unsafe-markup': 'warning' } };
    await start({ 'moat.toml': '[rules]\nunsafe-markup = "off"\n' }, { settings });
    expect(await codes()).toEqual(['unsafe-markup']);
    client.settings = {};
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.clock.advance(500);
    expect(await codes()).toEqual([]);
  });

  it('that cannot be read leaves everything as it is', async () => {
    await start({ 'moat.toml': '= = =\n[', 'pyproject.toml': '[tool.moat]\nenable = false\n' });
    expect(await codes()).toEqual(['unsafe-markup']);
  });
});

describe('writing a configuration file', () => {
  it('is helped with keys, rules and what they mean', async () => {
    await start({ 'moat.toml': '' });
    await client.open(TOML, '[rules]\nunsafe-mark', 'toml');
    const at = { textDocument: { uri: TOML }, position: { line: 1, character: 11 } };
    const items = await client.request<{ label: string; textEdit: unknown }[]>('textDocument/completion', at);
    expect(items.find(({ label }) => label === 'unsafe-markup')?.textEdit).toEqual({
      range: rangeOf(1, 0, 11),
      newText: 'unsafe-markup',
    });
    expect(JSON.stringify(await client.hover(TOML, 0, 2))).not.toContain('undefined');
    await client.edit(TOML, 0, 19, 'exclude = []');
    expect(JSON.stringify(await client.hover(TOML, 0, 3))).toContain('Glob patterns');
    const elsewhere = { textDocument: { uri: APP }, position: { line: 1, character: 1 } };
    expect(await client.request('textDocument/completion', elsewhere)).toBeNull();
  });
});

describe('actions on a finding', () => {
  const COMMANDS = { initializationOptions: { commands: ['moat.typeReason'] } };

  it('ignore it, with the cursor where the reason goes', async () => {
    await start({}, COMMANDS);
    const { command } = await take('Ignore `unsafe-markup` here');
    const line = '    return Markup(clean_html(request.args["a"]))  # moat: ignore[unsafe-markup] ';
    expect(client.text(APP).split('\n')[9]).toBe(line);
    expect(command).toMatchObject({ command: 'moat.typeReason', arguments: [APP, 9, line.length] });
    expect(await codes()).toEqual([]);
  });

  it('leave no blank behind for a client that cannot put the cursor there', async () => {
    await start({}, { capabilities: PLAIN });
    const actions = await client.codeActions(APP, LINE);
    const action = actions.find(({ title }) => title.startsWith('Ignore `unsafe-markup` here'));
    expect(JSON.stringify(action?.edit)).toContain('  # moat: ignore[unsafe-markup]"');
    expect(action?.command).toBeUndefined();
  });

  it('write a row or a setting into a file that is there or new, and it counts at once', async () => {
    await start();
    await take('Treat `clean_html()` as a sanitizer');
    const written = await client.host.read(TOML);
    expect(written).toMatchObject({ text: '[sanitizers]\n"shop.clean_html" = { clears = ["html"] }\n' });
    await client.watched(TOML, FileChangeType.Created);
    await client.clock.advance(500);
    expect(await codes()).toEqual([]);
  });

  it('are made for the text of the moment', async () => {
    await start({ 'pyproject.toml': '[project]\nname = "x"\n' });
    const actions = await client.codeActions(APP, LINE);
    const action = actions.find(({ title }) => title === 'Switch `unsafe-markup` off in pyproject.toml');
    if (action === undefined) throw new Error('no action');
    client.host.set(`${ROOT}/pyproject.toml`, '[tool.moat.rules]\nweak-hash = "off"\n');
    const { edit } = await client.resolve(action);
    if (edit !== undefined) await client.apply(edit);
    expect(await client.host.read(`${ROOT}/pyproject.toml`)).toMatchObject({
      text: '[tool.moat.rules]\nweak-hash = "off"\nunsafe-markup = "off"\n',
    });
  });

  it('that were made up by the client do nothing', async () => {
    await start();
    const data = { uri: APP, ruleId: 'unsafe-markup', fingerprint: 'x', action: '../../etc' };
    expect((await client.resolve({ title: 'x', kind: 'quickfix', data })).edit).toBeUndefined();
  });
});

describe('suppressions', () => {
  it('that are idle are faded where the client can, and go by a key', async () => {
    const tagged = {
      ...PULL.textDocument?.diagnostic,
      tagSupport: { valueSet: [DiagnosticTag.Unnecessary] },
    };
    const capabilities = { ...PULL, textDocument: { ...PULL.textDocument, diagnostic: tagged } };
    const text = 'A = 1  # moat: ignore[sql-injection] no more\n';
    await start({ 'app.py': text }, { capabilities });
    await client.clock.advance(500);
    const [idle] = await client.pull(APP);
    expect(idle).toMatchObject({
      code: 'unused-suppression',
      severity: 4,
      tags: [DiagnosticTag.Unnecessary],
    });
    const [fix] = await client.codeActions(APP, rangeOf(0, 10, 10));
    if (fix === undefined) throw new Error('no fix');
    const { edit } = await client.resolve(fix);
    if (edit !== undefined) await client.apply(edit);
    expect(client.text(APP)).toBe('A = 1\n');
    expect(await client.pull(APP)).toEqual([]);
  });
});

describe('a baseline', () => {
  const NAMED = { 'moat.toml': 'baseline = "moat-baseline.json"\n' };
  const BASELINE = `${ROOT}/moat-baseline.json`;

  async function create() {
    return client.request<{ nFindings: number; files: { uri: string; text: string }[] }>(
      'moat/createBaseline',
      {
        folderUri: ROOT,
      },
    );
  }

  it('is made of what is found, with the configuration that names it', async () => {
    await start();
    const { nFindings, files } = await create();
    expect(nFindings).toBeGreaterThan(0);
    expect(files.map(({ uri }) => uri)).toEqual([BASELINE, TOML]);
    expect(files[1]?.text).toBe('baseline = "moat-baseline.json"\n');
    for (const { uri, text } of files) {
      client.host.set(uri, text);
      await client.watched(uri, FileChangeType.Created);
    }
    await client.clock.advance(500);
    expect(await codes()).toEqual([]);
    expect(client.statuses.at(-1)?.nKnown ?? nFindings).toBe(nFindings);
  });

  it('hides what it knows and shows what is new, also after it was changed', async () => {
    await start();
    const [baseline] = (await create()).files;
    client.dispose();
    await start({ ...NAMED, 'moat-baseline.json': baseline?.text ?? '' });
    await client.clock.advance(500);
    expect(await codes()).toEqual([]);
    await client.edit(
      APP,
      TEXT.length,
      TEXT.length,
      '\n\n@app.get("/b")\ndef b():\n    return Markup(request.args["b"])\n',
    );
    await client.clock.advance(500);
    expect(await codes()).toEqual(['unsafe-markup']);
    client.host.set(BASELINE, '{"version": 1, "findings": []}');
    await client.watched(BASELINE, FileChangeType.Changed);
    await client.clock.advance(500);
    expect(await codes()).toEqual(['unsafe-markup', 'unsafe-markup']);
  });

  it.each([
    ['{', 'It is no JSON'],
    [undefined, 'It does not exist.'],
  ])('that cannot be used is told once, and everything is shown: %j', async (text, message) => {
    await start(text === undefined ? NAMED : { ...NAMED, 'moat-baseline.json': text });
    await client.clock.advance(500);
    expect(await codes()).toEqual(['unsafe-markup']);
    expect(client.messages).toHaveLength(1);
    expect(client.messages[0]).toContain(message);
  });

  it('outside of the folder is not read', async () => {
    await start({ 'moat.toml': 'baseline = "../other/moat-baseline.json"\n' });
    await client.clock.advance(500);
    expect(await codes()).toEqual(['unsafe-markup']);
    expect(client.messages[0]).toContain('lies outside');
  });
});
