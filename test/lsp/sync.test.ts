import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { ROOT, TestClient } from './testClient';
import { idle } from './testClock';

const APP = `${ROOT}/app.py`;

let client: TestClient;
afterEach(() => client?.dispose());

it('keeps the analyzer at the text of the client, whatever is typed where', async () => {
  const piece = fc.constantFrom('a', '\n', '\r\n', '\r', '😀', 'é', '"', '(', '', 'FAULT ', '\t');
  const edit = fc.tuple(fc.nat(60), fc.nat(8), fc.array(piece, { maxLength: 3 }));
  const text = fc.array(piece, { maxLength: 30 });
  client = await TestClient.start();
  let nFiles = 0;
  await fc.assert(
    fc.asyncProperty(text, fc.array(edit, { maxLength: 12 }), async (initial, edits) => {
      const path = `f${nFiles++}.py`;
      const uri = `${ROOT}/${path}`;
      await client.open(uri, initial.join(''));
      for (const [start, length, added] of edits) {
        const end = client.text(uri).length;
        const from = Math.min(start, end);
        await client.edit(uri, from, Math.min(from + length, end), added.join(''));
      }
      expect(client.analyzer.textOf(path)).toBe(client.text(uri));
    }),
    { numRuns: 40 },
  );
});

it('takes a whole text, several changes in one notification, and no change at all', async () => {
  client = await TestClient.start();
  await client.open(APP, 'one\ntwo');
  const change = (version: number, contentChanges: unknown[]) =>
    client.notify('textDocument/didChange', { textDocument: { uri: APP, version }, contentChanges });
  const at = (line: number, character: number) => ({ line, character });
  await change(2, [
    { range: { start: at(0, 0), end: at(0, 3) }, text: '1\n1' },
    { range: { start: at(2, 3), end: at(2, 3) }, text: '!' },
    { range: { start: at(0, 1), end: at(1, 0) }, text: '' },
  ]);
  expect(client.analyzer.textOf('app.py')).toBe('11\ntwo!');
  await change(3, [{ text: 'whole' }, { range: { start: at(0, 5), end: at(9, 9) }, text: '.' }]);
  expect(client.analyzer.textOf('app.py')).toBe('whole.');
  await change(4, []);
  expect(client.analyzer.textOf('app.py')).toBe('whole.');
});

it('passes over changes to a document that is not open', async () => {
  client = await TestClient.start();
  await client.notify('textDocument/didChange', {
    textDocument: { uri: APP, version: 2 },
    contentChanges: [{ text: 'x' }],
  });
  await client.notify('textDocument/didClose', { textDocument: { uri: APP } });
  expect(client.logs.filter((line) => line.includes('failed'))).toEqual([]);
});

it('stops between two files when a request for the workspace is cancelled', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`${ROOT}/f${String(index).padStart(2, '0')}.py`, 'FAULT']),
  );
  client = await TestClient.start({ files });
  await client.clock.advance(100);
  const source = new CancellationTokenSource();
  client.analyzer.onCheck = (file) => {
    client.clock.spend(20);
    if (file === 'f05.py') source.cancel();
  };
  const answer = expect(client.pullWorkspace({}, source.token)).rejects.toMatchObject({ code: -32800 });
  await idle();
  await client.clock.advance(5000);
  await answer;
  expect(client.analyzer.checked.length).toBeLessThan(20);
  expect((await client.pullWorkspace()).items).toHaveLength(50);
});
