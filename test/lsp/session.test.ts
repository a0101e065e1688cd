import { afterEach, describe, expect, it } from 'vitest';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { PLAIN, PULL, ROOT, rangeOf, TestClient } from './testClient';
import { idle } from './testClock';

const APP = `${ROOT}/app.py`;
const OTHER = `${ROOT}/other.py`;

let client: TestClient;
afterEach(() => client?.dispose());

const codes = async (uri = APP) => (await client.pull(uri)).map(({ code }) => code);

describe('clients that do not pull', () => {
  it('get diagnostics pushed, with the version they are for', async () => {
    client = await TestClient.start({ capabilities: PLAIN });
    await client.open(APP, 'FAULT');
    await client.clock.advance(500);
    expect(client.published.at(-1)).toMatchObject({
      uri: APP,
      version: 1,
      diagnostics: [{ code: 'fake-fault' }],
    });
    await client.edit(APP, 0, 5, 'fine');
    await client.clock.advance(500);
    expect(client.published.at(-1)).toEqual({ uri: APP, version: 2, diagnostics: [] });
  });

  it('never get results for a text that has changed since', async () => {
    client = await TestClient.start({ capabilities: PLAIN });
    await client.open(APP, 'FAULT');
    await client.clock.advance(500);
    const nBefore = client.published.length;
    client.clock.hold();
    for (const text of ['a', 'b', 'c']) {
      await client.edit(APP, 0, 0, text);
      await client.clock.advance(10);
    }
    await client.clock.advance(200);
    const versions = client.published.slice(nBefore).map(({ version }) => version);
    expect(versions).toEqual([4]);
  });

  it('get closed files of the workspace, and an empty list when a file goes', async () => {
    client = await TestClient.start({
      capabilities: PLAIN,
      files: { [APP]: 'FAULT', [OTHER]: 'USES app.py' },
    });
    await client.clock.advance(500);
    expect(client.pushed(APP)).toHaveLength(1);
    expect(client.pushed(OTHER)).toBeUndefined();
    client.host.set(APP, 'EVIL');
    await client.watched(APP, FileChangeType.Changed);
    await client.clock.advance(500);
    expect(client.pushed(APP)).toEqual([]);
    expect(client.pushed(OTHER)).toHaveLength(1);
    client.host.delete(OTHER);
    await client.watched(OTHER, FileChangeType.Deleted);
    await client.clock.advance(500);
    expect(client.pushed(OTHER)).toEqual([]);
  });

  it('get what is on disk again when a document closes', async () => {
    client = await TestClient.start({ capabilities: PLAIN, files: { [APP]: 'FAULT' } });
    await client.open(APP, 'fine');
    await client.clock.advance(500);
    expect(client.pushed(APP)).toEqual([]);
    await client.close(APP);
    await client.clock.advance(500);
    expect(client.pushed(APP)).toHaveLength(1);
  });
});

describe('several folders', () => {
  const A = 'file:///a';
  const B = 'file:///b';

  it('are checked apart from each other', async () => {
    const files = { [`${A}/other.py`]: 'EVIL', [`${B}/other.py`]: 'x' };
    client = await TestClient.start({ folders: [A, B], files });
    await client.open(`${A}/app.py`, 'USES other.py');
    await client.open(`${B}/app.py`, 'USES other.py');
    expect(await codes(`${A}/app.py`)).toEqual(['fake-flow']);
    expect(await codes(`${B}/app.py`)).toEqual([]);
  });

  it('have settings of their own', async () => {
    client = await TestClient.start({
      folders: [A, B],
      settingsOf: (scope) => (scope === A ? { rules: { 'fake-fault': 'hint' } } : {}),
    });
    await client.open(`${A}/app.py`, 'FAULT');
    await client.open(`${B}/app.py`, 'FAULT');
    expect((await client.pull(`${A}/app.py`))[0]?.severity).toBe(4);
    expect((await client.pull(`${B}/app.py`))[0]?.severity).toBe(1);
  });

  it('come and go; open documents follow', async () => {
    client = await TestClient.start({ folders: [A], files: { [`${B}/other.py`]: 'EVIL' } });
    const uri = `${B}/app.py`;
    await client.open(uri, 'USES other.py');
    expect(await codes(uri)).toEqual([]);
    const added = { event: { added: [{ uri: B, name: 'b' }], removed: [] } };
    await client.notify('workspace/didChangeWorkspaceFolders', added);
    await client.clock.advance(100);
    expect(await codes(uri)).toEqual(['fake-flow']);
    const removed = { event: { added: [], removed: [{ uri: B, name: 'b' }] } };
    await client.notify('workspace/didChangeWorkspaceFolders', removed);
    await client.clock.advance(100);
    expect(await codes(uri)).toEqual([]);
  });

  it('nested in each other share no file', async () => {
    const inner = `${A}/inner`;
    client = await TestClient.start({ folders: [A, inner], files: { [`${inner}/x.py`]: 'FAULT' } });
    const { items } = await client.pullWorkspace();
    expect(items).toHaveLength(1);
    expect(client.analyzers.map((analyzer) => analyzer.checkableFiles())).toEqual([[], ['x.py']]);
  });

  it('are not needed: a file alone is checked too, and its neighbors are not read', async () => {
    client = await TestClient.start({ folders: [], files: { 'file:///tmp/other.py': 'EVIL' } });
    await client.open('file:///tmp/app.py', 'FAULT USES other.py');
    expect(await codes('file:///tmp/app.py')).toEqual(['fake-fault']);
  });

  it('do not matter for documents without a file', async () => {
    client = await TestClient.start();
    await client.open('untitled:Untitled-1', 'FAULT');
    expect(await codes('untitled:Untitled-1')).toEqual(['fake-fault']);
    await client.open('git:/app/app.py?ref', 'FAULT');
    expect(await codes('git:/app/app.py?ref')).toEqual([]);
  });
});

describe('settings', () => {
  it('change what is shown at once', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT');
    expect(await codes()).toEqual(['fake-fault']);
    client.settings = { rules: { 'fake-fault': 'off' } };
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.clock.advance(100);
    expect(client.nRefreshes).toBe(1);
    expect(await codes()).toEqual([]);
  });

  it('report an unknown rule and a bad value once, and apply the rest', async () => {
    const rules = { 'fake-falt': 'off', 'fake-refused': 'loud', 'fake-fault': 'warning' };
    client = await TestClient.start({ settings: { rules, minSeverty: 'error' } });
    await client.open(APP, 'FAULT REFUSED');
    expect((await client.pull(APP)).map(({ severity }) => severity)).toEqual([2, 1]);
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.clock.advance(100);
    expect(client.messages).toEqual([
      'Moat settings: There is no rule `fake-falt`; it is ignored. Did you mean `fake-fault`?',
      expect.stringMatching(/^Moat settings: `rules\.fake-refused` must be one of .*; it is ignored\.$/),
      'Moat settings: There is no setting `minSeverty`; it is ignored. Did you mean `minSeverity`?',
    ]);
  });

  it('hide what is milder than asked for, and everything if Moat is off', async () => {
    client = await TestClient.start({
      settings: { minSeverity: 'error', rules: { 'fake-fault': 'warning' } },
    });
    await client.open(APP, 'FAULT REFUSED');
    expect(await codes()).toEqual(['fake-refused']);
    client.settings = { enable: false };
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.clock.advance(100);
    expect(await codes()).toEqual([]);
    expect(await client.codeActions(APP, rangeOf(0, 1, 1))).toEqual([]);
  });

  it('come with the notification from clients that cannot be asked', async () => {
    client = await TestClient.start({
      capabilities: PLAIN,
      initializationOptions: { settings: { enable: false } },
    });
    await client.open(APP, 'FAULT');
    await client.clock.advance(100);
    expect(client.pushed(APP)).toEqual([]);
    await client.notify('workspace/didChangeConfiguration', { settings: { moat: { enable: true } } });
    await client.clock.advance(100);
    expect(client.pushed(APP)).toHaveLength(1);
  });
});

describe('files', () => {
  it('of other people and of tools are not read', async () => {
    const files = {
      [`${ROOT}/node_modules/x.py`]: 'FAULT',
      [`${ROOT}/.venv/lib/x.py`]: 'FAULT',
      [`${ROOT}/src/x.py`]: 'FAULT',
      [`${ROOT}/photo.png`]: 'FAULT',
    };
    client = await TestClient.start({ files });
    expect((await client.pullWorkspace()).items.map(({ uri }) => uri)).toEqual([`${ROOT}/src/x.py`]);
    await client.watched(`${ROOT}/.venv/lib/y.py`, FileChangeType.Created);
    expect(client.analyzer.checkableFiles()).toEqual(['src/x.py']);
  });

  it('that cannot be read are told of, and the others are checked', async () => {
    client = await TestClient.start({
      files: { [APP]: 'FAULT' },
      initializationOptions: { wantsStatus: true },
    });
    client.host.set(OTHER, { kind: 'problem', problem: 'binary', message: 'is a binary file' });
    await client.watched(OTHER, FileChangeType.Created);
    expect(client.logs).toContain('Moat does not check other.py: it is a binary file');
    expect((await client.pullWorkspace()).items).toHaveLength(1);
    expect(client.statuses.at(-1)).toMatchObject({ state: 'ready' });
  });

  it('of many megabytes are left out with a visible message', async () => {
    client = await TestClient.start();
    await client.open(APP, `FAULT${' '.repeat(10 * 1024 * 1024)}`);
    expect(await client.pull(APP)).toMatchObject([
      { severity: 3, code: 'not-checked', message: 'This file has 10.0 MB; Moat checks files up to 2 MB.' },
    ]);
    expect(await client.codeActions(APP, rangeOf(0, 1, 1))).toEqual([]);
    expect(await client.hover(APP, 0, 1)).toBeNull();
    await client.edit(APP, 5, 10 * 1024 * 1024 + 5, '');
    expect(await codes()).toEqual(['fake-fault']);
  });

  it('of a deleted or renamed folder go, and come under the new name', async () => {
    const files = { [`${ROOT}/old/a.py`]: 'FAULT', [`${ROOT}/old/b.py`]: 'x' };
    client = await TestClient.start({ files });
    await client.clock.advance(100);
    for (const [uri, text] of Object.entries(files)) {
      client.host.delete(uri);
      client.host.set(uri.replace('/old/', '/new/'), text);
    }
    await client.watched(`${ROOT}/old`, FileChangeType.Deleted);
    expect(client.analyzer.checkableFiles()).toEqual([]);
    await client.watched(`${ROOT}/new`, FileChangeType.Created);
    await client.clock.advance(500);
    expect(client.analyzer.checkableFiles()).toEqual(['new/a.py', 'new/b.py']);
  });

  it('that are deleted while they are open show nothing until they are back, or somebody types', async () => {
    client = await TestClient.start({ files: { [APP]: 'x' } });
    await client.open(APP, 'FAULT');
    expect(await codes()).toEqual(['fake-fault']);
    const vanish = async () => {
      client.host.delete(APP);
      await client.watched(APP, FileChangeType.Deleted);
      await client.clock.advance(100);
      expect(await codes()).toEqual([]);
    };
    await vanish();
    expect(client.nRefreshes).toBe(1);
    client.host.set(APP, 'FAULT');
    await client.watched(APP, FileChangeType.Created);
    expect(await codes()).toEqual(['fake-fault']);
    await vanish();
    client.host.set(APP, 'FAULT');
    expect(await client.codeActions(APP, rangeOf(0, 1, 1)), 'before the watcher says so').toHaveLength(1);
    await vanish();
    await client.watched(APP, FileChangeType.Created);
    expect(await codes(), 'created and deleted since').toEqual([]);
    await client.edit(APP, 0, 0, ' ');
    expect(await codes()).toEqual(['fake-fault']);
    await client.close(APP);
    await client.clock.advance(100);
    expect(client.analyzer.hasFile('app.py')).toBe(false);
  });

  it('that are saved by deleting and writing anew do not flicker', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT' } });
    await client.open(APP, 'FAULT');
    await client.watched(APP, FileChangeType.Deleted);
    expect(await codes()).toEqual(['fake-fault']);
  });

  it('that are closed, deleted and back before the editor says so are not lost', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT', [OTHER]: 'FAULT' } });
    await client.clock.advance(100);
    client.host.set(OTHER, 'FAULT FAULT');
    await client.watched(OTHER, FileChangeType.Deleted);
    expect(client.analyzer.textOf('other.py')).toBe('FAULT FAULT');
    client.host.delete(OTHER);
    await client.watched(OTHER, FileChangeType.Deleted);
    expect(client.analyzer.hasFile('other.py')).toBe(false);
  });

  it('are the same file in every spelling of their URI', async () => {
    client = await TestClient.start({ folders: ['file:///c%3A/my%20app'] });
    await client.open('file:///C:/my%20app/app.py', 'FAULT');
    expect(client.analyzer.checkableFiles()).toEqual(['app.py']);
    expect(await codes('file:///c%3A/my%20app/app.py')).toEqual(['fake-fault']);
  });
});

describe('failures', () => {
  it('of one file are logged without its text, shown in the status, and leave the others alone', async () => {
    client = await TestClient.start({ initializationOptions: { wantsStatus: true } });
    await client.open(APP, 'BOOM');
    await client.open(OTHER, 'FAULT');
    expect(await codes()).toEqual([]);
    expect(await codes(OTHER)).toEqual(['fake-fault']);
    expect(client.logs.join('\n')).toContain('Checking app.py failed');
    expect(client.logs.join('\n')).not.toContain('BOOM');
    expect(client.statuses.at(-1)).toMatchObject({ state: 'error' });
    expect(await client.codeActions(APP, rangeOf(0, 1, 1))).toEqual([]);
    expect(await client.hover(APP, 0, 1)).toBeNull();
    await client.edit(APP, 0, 4, 'FAULT');
    expect(await codes()).toEqual(['fake-fault']);
    expect(client.statuses.at(-1)).toMatchObject({ state: 'ready' });
  });

  it('keep what was shown before', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT');
    await client.pull(APP);
    await client.edit(APP, 5, 5, ' BOOM');
    expect(await codes()).toEqual(['fake-fault']);
  });

  it('in an edit are mended by the next one', async () => {
    client = await TestClient.start();
    await client.open(APP, 'x');
    const { editFile } = client.analyzer;
    client.analyzer.editFile = () => {
      throw new Error('half-way');
    };
    await client.edit(APP, 1, 1, ' FAULT');
    client.analyzer.editFile = editFile;
    await client.edit(APP, 0, 1, 'y');
    expect(await codes()).toEqual(['fake-fault']);
  });

  it('of the file system end in a message, not in silence', async () => {
    client = await TestClient.start();
    client.host.list = () => Promise.reject(new Error('no'));
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///gone', name: 'gone' }], removed: [] },
    });
    await client.clock.advance(100);
    expect(client.logs.join('\n')).toContain('Reading the folder file:///gone failed');
    await client.open(APP, 'FAULT');
    expect(await codes()).toEqual(['fake-fault']);
  });

  it('of a client that never sends its settings do not hold the findings back for ever', async () => {
    client = await TestClient.start({ settingsOf: () => new Promise(() => {}) });
    await client.open(APP, 'FAULT');
    await client.clock.advance(2500);
    expect(await codes()).toEqual(['fake-fault']);
  });
});

it('registers what it needs and tells the status item how far it is', async () => {
  client = await TestClient.start({
    files: { [APP]: 'x', [OTHER]: 'y' },
    initializationOptions: { wantsStatus: true },
  });
  await client.clock.advance(500);
  expect(client.registered.sort()).toEqual([
    'workspace/didChangeConfiguration',
    'workspace/didChangeWatchedFiles',
  ]);
  expect(client.statuses[0]).toMatchObject({ state: 'analyzing' });
  expect(client.statuses.at(-1)).toEqual({ state: 'ready', nDone: 0, nTotal: 0, nSkipped: 0 });
});

it('ends quietly at shutdown', async () => {
  client = await TestClient.start({ capabilities: PULL });
  await client.open(APP, 'FAULT');
  await client.request('shutdown', undefined);
  await idle();
  expect(client.logs.filter((line) => line.includes('failed'))).toEqual([]);
});

it('shows progress to a client that has no status item', async () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${ROOT}/f${index}.py`, 'x']));
  client = await TestClient.start({
    files,
    capabilities: { ...PULL, window: { workDoneProgress: true } },
  });
  await client.clock.advance(500);
  expect(client.progress[0]).toMatchObject({ kind: 'begin', title: 'Moat reads the workspace' });
  expect(client.progress.at(-1)).toMatchObject({ kind: 'end' });
});
