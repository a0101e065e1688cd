import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, FileChangeType } from 'vscode-languageserver-protocol/node';
import { PULL, ROOT, TestClient } from './testClient';
import { idle } from './testClock';

const APP = `${ROOT}/app.py`;

let client: TestClient;
afterEach(() => client?.dispose());

const messages = async (uri = APP) => (await client.pull(uri)).map(({ message }) => message);

describe('pulled diagnostics', () => {
  it('give range, severity, code, source and message', async () => {
    client = await TestClient.start();
    await client.open(APP, 'x = 1\nFAULT\n');
    expect(await client.pull(APP)).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } },
        severity: 1,
        code: 'fake-fault',
        source: 'moat',
        message: 'This is a `FAULT`.',
        data: { fingerprint: 'fake-fault:0' },
      },
    ]);
  });

  it('come and go while somebody types, and nothing else flickers', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT\n\n');
    const typed = 'y = FAULT  # more';
    for (let i = 0; i < typed.length; i++) {
      await client.edit(APP, 6 + i, 6 + i, typed.charAt(i));
      const shown = await client.pull(APP);
      const isComplete = /\bFAULT\b/.test(client.text(APP).split('\n')[1] ?? '');
      expect(shown.map(({ range }) => range.start.line)).toEqual(isComplete ? [0, 1] : [0]);
    }
    for (let end = 6 + typed.length; end > 6; end--) {
      await client.edit(APP, end - 1, end, '');
      const shown = await client.pull(APP);
      expect(shown[0]?.range.start.line).toBe(0);
    }
    expect(await messages()).toHaveLength(1);
    expect(client.nRefreshes).toBe(0);
  });

  it('stay where they were while the file does not parse', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT\n');
    expect(await messages()).toHaveLength(1);
    await client.edit(APP, 6, 6, '(((');
    expect(await messages()).toHaveLength(1);
  });

  it('are answered with "unchanged" when nothing changed', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT\n');
    const first = await client.report(APP);
    expect(first.kind).toBe('full');
    await client.pull(APP);
    await client.edit(APP, 6, 6, '# a comment');
    expect(await client.report(APP)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  });

  it('carry the path as related information, also into closed files', async () => {
    client = await TestClient.start({ files: { [`${ROOT}/other.py`]: 'a\nb = EVIL' } });
    await client.open(APP, 'USES other.py');
    const [diagnostic] = await client.pull(APP);
    expect(diagnostic?.relatedInformation).toEqual([
      {
        location: {
          uri: `${ROOT}/other.py`,
          range: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } },
        },
        message: 'Evil is read',
      },
      {
        location: {
          uri: APP,
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 13 } },
        },
        message: 'and used',
      },
    ]);
  });

  it('link the code to the rule page where the client knows the command', async () => {
    client = await TestClient.start({ initializationOptions: { commands: ['moat.explainRule'] } });
    await client.open(APP, 'FAULT');
    const [diagnostic] = await client.pull(APP);
    expect(diagnostic?.codeDescription?.href).toBe('command:moat.explainRule?%5B%22fake-fault%22%5D');
  });

  it('count UTF-16 units and every kind of line end', async () => {
    client = await TestClient.start();
    await client.open(APP, '"😀" FAULT\r\nx\rFAULT');
    const starts = (await client.pull(APP)).map(({ range }) => range.start);
    expect(starts).toEqual([
      { line: 0, character: 5 },
      { line: 2, character: 0 },
    ]);
  });

  it('say so when a file was checked in part', async () => {
    client = await TestClient.start();
    await client.open(APP, 'CUT');
    expect(await messages()).toEqual(['Moat checked this file in part: a long function']);
  });
});

describe('the wait while somebody types', () => {
  it('holds the answer back, and then gives the newest text', async () => {
    client = await TestClient.start();
    await client.open(APP, 'x');
    await client.pull(APP);
    client.clock.hold();
    await client.edit(APP, 0, 1, 'FAUL');
    let isAnswered = false;
    const answer = client.report(APP).then((report) => {
      isAnswered = true;
      return report;
    });
    await client.clock.advance(15);
    await client.edit(APP, 4, 4, 'T');
    await client.clock.advance(15);
    expect(isAnswered).toBe(false);
    await client.clock.advance(10);
    expect(await answer).toMatchObject({ kind: 'full', items: [{ code: 'fake-fault' }] });
  });

  it('grows with what a check costs', async () => {
    client = await TestClient.start();
    client.analyzer.onCheck = () => client.clock.spend(50);
    await client.open(APP, 'FAULT');
    await client.pull(APP);
    await idle();
    client.clock.hold();
    await client.edit(APP, 0, 0, ' ');
    let isAnswered = false;
    void client.report(APP).then(() => {
      isAnswered = true;
    });
    await client.clock.advance(100);
    expect(isAnswered).toBe(false);
    await client.clock.advance(150);
    expect(isAnswered).toBe(true);
  });

  it('ends when the client cancels', async () => {
    client = await TestClient.start();
    await client.open(APP, 'FAULT');
    client.clock.hold();
    await client.edit(APP, 0, 0, ' ');
    const nChecked = client.analyzer.checked.length;
    const source = new CancellationTokenSource();
    const answer = client.report(APP, source.token);
    const outcome = expect(answer).rejects.toMatchObject({ code: -32800 });
    await idle();
    source.cancel();
    await client.clock.advance(100);
    await outcome;
    expect(client.analyzer.checked.length).toBe(nChecked);
  });
});

describe('results of other files', () => {
  it('ask for a refresh when an edit elsewhere changed what an open document shows', async () => {
    client = await TestClient.start();
    await client.open(APP, 'USES other.py');
    await client.open(`${ROOT}/other.py`, 'EVI');
    expect(await messages()).toEqual([]);
    await client.pull(`${ROOT}/other.py`);
    await client.edit(`${ROOT}/other.py`, 3, 3, 'L');
    await client.clock.advance(500);
    expect(client.nRefreshes).toBe(1);
    expect(await messages()).toEqual(['This is a `USES`.']);
    await client.clock.advance(500);
    expect(client.nRefreshes).toBe(1);
  });

  it('follow files that change on disk', async () => {
    client = await TestClient.start({ files: { [`${ROOT}/other.py`]: 'x' } });
    await client.open(APP, 'USES other.py');
    expect(await messages()).toEqual([]);
    client.host.set(`${ROOT}/other.py`, 'EVIL');
    await client.watched(`${ROOT}/other.py`, FileChangeType.Changed);
    await client.clock.advance(500);
    expect(client.nRefreshes).toBe(1);
    expect(await messages()).toHaveLength(1);
    client.host.delete(`${ROOT}/other.py`);
    await client.watched(`${ROOT}/other.py`, FileChangeType.Deleted);
    await client.clock.advance(500);
    expect(await messages()).toEqual([]);
  });

  it('come for the whole workspace, and only what is new', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT', [`${ROOT}/ok.py`]: 'fine' } });
    const { items } = await client.pullWorkspace();
    expect(items.map(({ uri }) => uri)).toEqual([APP]);
    const previous = { [APP]: items[0]?.resultId ?? '' };
    expect((await client.pullWorkspace(previous)).items).toEqual([]);
    client.host.delete(APP);
    await client.watched(APP, FileChangeType.Deleted);
    expect((await client.pullWorkspace(previous)).items).toMatchObject([{ uri: APP, items: [] }]);
  });

  it('are taken back for a file that was closed and deleted, though the client forgot its result', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT' } });
    await client.open(APP, 'FAULT\n');
    await client.close(APP);
    // The last pull of a client that leaves the file to the workspace reports from here on.
    expect(await client.pull(APP)).toHaveLength(1);
    client.host.delete(APP);
    await client.watched(APP, FileChangeType.Deleted);
    const { items } = await client.pullWorkspace();
    expect(items).toMatchObject([{ uri: APP, items: [] }]);
    const previous = { [APP]: items[0]?.resultId ?? '' };
    expect((await client.pullWorkspace(previous)).items).toEqual([]);
  });

  it('answer a held workspace request as soon as there is news', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT' } });
    const { items } = await client.pullWorkspace();
    client.clock.hold();
    const answer = client.pullWorkspace({ [APP]: items[0]?.resultId ?? '' });
    await idle();
    client.host.set(APP, 'FAULT FAULT');
    await client.watched(APP, FileChangeType.Changed);
    await client.clock.advance(50);
    expect((await answer).items).toMatchObject([{ uri: APP, items: [{}, {}] }]);
  });

  it('clear what a forgetful client still shows: a result that it has, but sends no id for', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT', [`${ROOT}/b.py`]: 'FAULT' } });
    await client.open(APP, 'FAULT');
    await client.pull(APP);
    await client.close(APP);
    const { items } = await client.pullWorkspace();
    expect(items).toHaveLength(2);
    for (const uri of [APP, `${ROOT}/b.py`]) {
      client.host.delete(uri);
      await client.watched(uri, FileChangeType.Deleted);
    }
    const cleared = (await client.pullWorkspace()).items;
    expect(cleared).toMatchObject([
      { uri: APP, items: [] },
      { uri: `${ROOT}/b.py`, items: [] },
    ]);
    expect((await client.pullWorkspace()).items).toEqual([]);
  });

  it('show closed files only if the scope is the workspace', async () => {
    client = await TestClient.start({ files: { [APP]: 'FAULT' }, settings: { scope: 'openFiles' } });
    expect((await client.pullWorkspace()).items).toEqual([]);
  });

  it('are never asked for again and again on account of a document that nobody pulls', async () => {
    client = await TestClient.start({ capabilities: PULL });
    await client.open(APP, 'USES other.py');
    await client.open(`${ROOT}/other.py`, 'x');
    await client.pull(`${ROOT}/other.py`);
    for (let i = 0; i < 5; i++) {
      await client.edit(`${ROOT}/other.py`, 0, 0, 'EVIL ');
      await client.pull(`${ROOT}/other.py`);
      await client.clock.advance(100);
    }
    expect(client.nRefreshes).toBe(0);
  });
});
