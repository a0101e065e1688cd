import { afterEach, describe, expect, it } from 'vitest';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { PLAIN, PULL, ROOT, rangeOf, TestClient } from './testClient';

const APP = `${ROOT}/app.py`;
const COMMANDS = { commands: ['moat.explainRule'] };
const EXPLAIN = 'command:moat.explainRule?%5B%22fake-flow%22%5D';
const HERE = rangeOf(0, 2, 2);

let client: TestClient;
afterEach(() => client?.dispose());

async function opened(text: string, options: Parameters<typeof TestClient.start>[0] = {}): Promise<void> {
  client = await TestClient.start(options);
  await client.open(APP, text);
}

const titles = async (range = HERE, only?: string[]) =>
  (await client.codeActions(APP, range, only === undefined ? {} : { only })).map(({ title }) => title);

describe('quick fixes', () => {
  it('are offered without their edit, which comes on resolve, and mend the finding', async () => {
    await opened('FAULT');
    const [shown] = await client.pull(APP);
    const [action] = await client.codeActions(APP, HERE, { diagnostics: shown === undefined ? [] : [shown] });
    expect(action).toMatchObject({ title: 'Put FIXED in', kind: 'quickfix', isPreferred: true });
    expect(action?.diagnostics).toEqual([shown]);
    expect(action?.edit).toBeUndefined();
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    expect(edit).toEqual({
      documentChanges: [
        {
          textDocument: { uri: APP, version: 1 },
          edits: [{ range: rangeOf(0, 0, 5), newText: 'FIXED' }],
        },
      ],
    });
    if (edit !== undefined) await client.apply(edit);
    expect(client.text(APP)).toBe('FIXED');
    expect(await client.pull(APP)).toEqual([]);
  });

  it('are computed for the text at resolve time', async () => {
    await opened('FAULT');
    const [action] = await client.codeActions(APP, HERE);
    await client.edit(APP, 0, 0, '# a new line\n');
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    if (edit !== undefined) await client.apply(edit);
    expect(client.text(APP)).toBe('# a new line\nFIXED');
  });

  it('have no edit any more when the finding is gone, and the user hears why', async () => {
    await opened('FAULT');
    const [action] = await client.codeActions(APP, HERE);
    await client.edit(APP, 0, 5, 'fine');
    if (action === undefined) throw new Error('no action');
    expect((await client.resolve(action)).edit).toBeUndefined();
    expect(client.messages).toEqual(['Moat: the code has changed, and this fix no longer applies.']);
  });

  it('trust nothing that comes back from the client', async () => {
    await opened('FAULT');
    const forged = [
      undefined,
      'text',
      { uri: 5 },
      { uri: APP, ruleId: 'fake-fault', fingerprint: 'other', title: 'Put FIXED in' },
      {
        uri: 'file:///elsewhere/x.py',
        ruleId: 'fake-fault',
        fingerprint: 'fake-fault:0',
        title: 'Put FIXED in',
      },
    ];
    for (const data of forged) expect((await client.resolve({ title: 'x', data })).edit).toBeUndefined();
  });

  it('that are refused are offered as disabled, with the reason', async () => {
    await opened('REFUSED', { initializationOptions: COMMANDS });
    const reason = 'no fix is written, because the name of a table cannot be a parameter';
    const actions = await client.codeActions(APP, HERE);
    expect(actions).toMatchObject([
      { title: 'Fix `fake-refused`', disabled: { reason } },
      { title: `Explain \`fake-refused\` (${reason})` },
    ]);
  });

  it('of a poor client come with a plain edit at once', async () => {
    await opened('FAULT', { capabilities: PLAIN });
    expect(await client.codeActions(APP, HERE)).toMatchObject([
      { title: 'Put FIXED in', edit: { changes: { [APP]: [{ newText: 'FIXED' }] } } },
    ]);
  });

  it('are offered where the range touches the finding, and nowhere else', async () => {
    await opened('x FAULT y');
    expect(await titles(rangeOf(0, 7, 7))).toEqual(['Put FIXED in']);
    expect(await titles(rangeOf(0, 0, 0))).toEqual([]);
  });
});

describe('fixes over several files', () => {
  it('create a file that does not exist', async () => {
    await opened('SECRET');
    const [action] = await client.codeActions(APP, HERE);
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    expect(edit?.documentChanges).toMatchObject([
      { textDocument: { uri: APP, version: 1 } },
      { kind: 'create', uri: `${ROOT}/.env`, options: { ignoreIfExists: true } },
      { textDocument: { uri: `${ROOT}/.env`, version: null } },
    ]);
    if (edit !== undefined) await client.apply(edit);
    expect(await client.host.read(`${ROOT}/.env`)).toEqual({ kind: 'text', text: `KEY=${'f'.repeat(64)}\n` });
  });

  it('see a file that appeared on disk since, although nobody said so', async () => {
    await opened('SECRET');
    const [action] = await client.codeActions(APP, HERE);
    client.host.set(`${ROOT}/.env`, 'DEBUG=1\n');
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    expect(edit?.documentChanges).toHaveLength(2);
    if (edit !== undefined) await client.apply(edit);
    expect(await client.host.read(`${ROOT}/.env`)).toMatchObject({
      text: `DEBUG=1\nKEY=${'f'.repeat(64)}\n`,
    });
  });

  it('change an open document as it is on the screen, not on the disk', async () => {
    await opened('SECRET', { files: { [`${ROOT}/.env`]: 'OLD=1\n' } });
    await client.open(`${ROOT}/.env`, 'NEW=1\n', 'dotenv');
    const [action] = await client.codeActions(APP, HERE);
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    if (edit !== undefined) await client.apply(edit);
    expect(client.text(`${ROOT}/.env`)).toBe(`NEW=1\nKEY=${'f'.repeat(64)}\n`);
  });

  it('are refused when the other file cannot be read', async () => {
    await opened('SECRET');
    const [action] = await client.codeActions(APP, HERE);
    client.host.set(`${ROOT}/.env`, { kind: 'problem', problem: 'binary', message: 'is a binary file' });
    if (action === undefined) throw new Error('no action');
    expect(await client.resolve(action)).toMatchObject({ disabled: { reason: '`.env` cannot be read' } });
    expect(client.messages).toEqual(['Moat: this fix cannot be applied, because `.env` cannot be read.']);
  });

  it('are refused for a client that cannot create files', async () => {
    const workspace = { ...PULL.workspace, workspaceEdit: { documentChanges: true } };
    await opened('SECRET', { capabilities: { ...PULL, workspace } });
    expect(await client.codeActions(APP, HERE)).toMatchObject([
      { disabled: { reason: 'it creates `.env`, which this editor does not support' } },
    ]);
  });
});

describe('fixing all', () => {
  it('of one rule is offered from the second finding on', async () => {
    await opened('FAULT\nFAULT\nSECRET');
    expect(await titles()).toEqual(['Put FIXED in', 'Fix all `fake-fault` in this file']);
    const actions = await client.codeActions(APP, HERE);
    const all = actions.find(({ title }) => title.startsWith('Fix all'));
    if (all === undefined) throw new Error('no action');
    const { edit } = await client.resolve(all);
    if (edit !== undefined) await client.apply(edit);
    expect(client.text(APP)).toBe('FIXED\nFIXED\nSECRET');
  });

  it('on save is its own kind, and only given when asked for', async () => {
    await opened('x\nFAULT');
    for (const only of [['source'], ['source.fixAll'], ['source.fixAll.moat'], ['']])
      expect(await titles(rangeOf(0, 0, 0), only)).toEqual(['Fix all that Moat can fix safely']);
    for (const only of [['refactor'], ['source.fixAll.other'], ['quickfix']])
      expect(await titles(rangeOf(0, 0, 0), only)).toEqual([]);
    const [action] = await client.codeActions(APP, HERE, { only: ['source.fixAll'] });
    if (action === undefined) throw new Error('no action');
    expect((await client.resolve(action)).edit?.documentChanges).toHaveLength(1);
  });
});

describe('explaining', () => {
  it('is offered to clients that know the command', async () => {
    await opened('FAULT', { initializationOptions: COMMANDS });
    const actions = await client.codeActions(APP, HERE);
    expect(actions.at(-1)).toMatchObject({
      title: 'Explain `fake-fault`',
      command: { command: 'moat.explainRule', arguments: ['fake-fault'] },
    });
    client.dispose();
    await opened('FAULT');
    expect(await titles()).toEqual(['Put FIXED in']);
  });

  it('answers with the page of a rule, the list of rules, and null for an unknown id', async () => {
    client = await TestClient.start();
    expect(await client.request('moat/ruleDoc', { ruleId: 'fake-fault' })).toMatchObject({
      title: 'Title of fake-fault',
      markdown: expect.stringContaining('Something bad.'),
    });
    expect(await client.request('moat/ruleDoc', { ruleId: 'nothing' })).toBeNull();
    expect(await client.request('moat/ruleDoc', { ruleId: 7 })).toBeNull();
    expect(await client.request('moat/rules', {})).toHaveLength(4);
  });
});

describe('hover', () => {
  it('says what is wrong, the way the data takes, what can happen, and where to read on', async () => {
    client = await TestClient.start({
      files: { [`${ROOT}/other.py`]: 'a\nb = EVIL' },
      initializationOptions: COMMANDS,
    });
    await client.open(APP, 'USES other.py');
    expect(await client.hover(APP, 0, 3)).toEqual({
      contents: {
        kind: 'markdown',
        value: [
          `**Title of fake-flow** \`fake-flow\` · [Explain](${EXPLAIN})`,
          'This is a `USES`.',
          '**What can happen:** Something bad.',
          '**The way the data takes**',
          `1. Evil is read ([other.py:2](${ROOT}/other.py#L2))\n2. and used ([app.py:1](${APP}#L1))`,
        ].join('\n\n'),
      },
      range: rangeOf(0, 0, 13),
    });
  });

  it('is plain text where the client shows no Markdown, and nothing away from findings', async () => {
    await opened('x FAULT', { capabilities: PLAIN });
    expect(await client.hover(APP, 0, 4)).toMatchObject({
      contents: {
        kind: 'plaintext',
        value: 'Title of fake-fault (fake-fault)\n\nThis is a `FAULT`.\n\nWhat can happen: Something bad.',
      },
    });
    expect(await client.hover(APP, 0, 0)).toBeNull();
    expect(await client.hover('file:///app/none.py', 0, 0)).toBeNull();
  });
});

it('follows a created file with the watcher', async () => {
  await opened('SECRET');
  client.host.set(`${ROOT}/.env`, 'A=1\n');
  await client.watched(`${ROOT}/.env`, FileChangeType.Created);
  expect(client.analyzer.textOf('.env')).toBe('A=1\n');
});
