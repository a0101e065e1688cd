/** The server as any editor starts it: a process of its own, built as it ships, over standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

let folder = '';
let server = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moat-server-'));
  server = join(folder, 'server.js');
  await build({
    entryPoints: ['server/lsp/main.ts'],
    outfile: server,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['node', 'browser'],
    logLevel: 'silent',
  });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]): { readonly child: ChildProcess; readonly exitCode: Promise<number | null> } {
  const child = spawn(process.execPath, [server, ...args], { stdio: 'pipe' });
  return { child, exitCode: new Promise((resolve) => child.once('exit', resolve)) };
}

it('answers over --stdio, keeps standard output to the protocol, and ends when it is told to', async () => {
  const { child, exitCode } = run('--stdio');
  if (child.stdout === null || child.stdin === null) throw new Error('no streams');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
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
  const { child, exitCode } = run();
  let shown = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  expect(await exitCode).toBe(2);
  expect(shown).toContain('--stdio');
}, 30_000);
