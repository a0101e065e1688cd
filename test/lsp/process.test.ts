/** The server as any editor starts it: a process of its own, built as it ships, over standard input and output. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol/node';
import { type BuiltServer, buildServer, connectTo, runServer } from './serverProcess';

let server: BuiltServer;

beforeAll(async () => {
  server = await buildServer();
}, 60_000);

afterAll(() => server.remove());

it('answers over --stdio, keeps standard output to the protocol, and ends when it is told to', async () => {
  const running = runServer(server, '--stdio');
  const { exitCode } = running;
  const connection = connectTo(running);
  const initialized = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  expect(initialized).toMatchObject({
    serverInfo: { name: 'Moat' },
    capabilities: { diagnosticProvider: { interFileDependencies: true } },
  });
  await connection.sendNotification('initialized', {});
  const uri = 'file:///app/app.py';
  const text =
    'import os\nfrom flask import Flask\n\napp = Flask(__name__)\napp.secret_key = "k3y-from-the-code"\n';
  const textDocument = { uri, languageId: 'python', version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  expect(report).toMatchObject({
    kind: 'full',
    items: [{ code: 'hardcoded-secret-key', range: { start: { line: 4 } } }],
  });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await exitCode).toBe(0);
}, 30_000);

it('says how it is started when it is started by hand', async () => {
  const { child, exitCode } = runServer(server);
  let shown = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  expect(await exitCode).toBe(2);
  expect(shown).toContain('--stdio');
}, 30_000);
