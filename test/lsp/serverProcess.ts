/** The server as any editor starts it: built as it ships, a process of its own, over standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface BuiltServer {
  readonly file: string;
  remove(): Promise<void>;
}

export async function buildServer(): Promise<BuiltServer> {
  const folder = await mkdtemp(join(tmpdir(), 'moat-server-'));
  const file = join(folder, 'server.js');
  await build({
    entryPoints: ['server/lsp/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['node', 'browser'],
    logLevel: 'silent',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface RunningServer {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
}

export function runServer({ file }: BuiltServer, ...args: string[]): RunningServer {
  const child = spawn(process.execPath, [file, ...args], { stdio: 'pipe' });
  return { child, exitCode: new Promise((resolve) => child.once('exit', resolve)) };
}

export function connectTo({ child }: RunningServer): ProtocolConnection {
  if (child.stdout === null || child.stdin === null) throw new Error('no streams');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  return connection;
}
