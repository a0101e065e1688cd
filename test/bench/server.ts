/** Starts the built language server, as the extension does, on a folder and opens a file in it, as an editor does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NODE_ARGUMENTS } from '../../server/protocol/nodeArguments';
import { RpcClient } from './rpc';

export interface OpenedServer {
  readonly client: RpcClient;
  /** From the start of the process to the answer with the first findings. */
  readonly firstFindingsMs: number;
  /** From the server's answer to `initialize` to there. */
  readonly readyToFindingsMs: number;
  readonly nFindings: number;
}

export async function openServer(root: string, folder: string, file: string): Promise<OpenedServer> {
  const text = readFileSync(join(folder, file), 'utf8');
  const uri = pathToFileURL(join(folder, file)).href;
  const startMs = performance.now();
  const client = new RpcClient(process.execPath, [
    ...NODE_ARGUMENTS,
    join(root, 'dist', 'server.js'),
    '--stdio',
  ]);
  const folderUri = pathToFileURL(folder).href;
  await client.request('initialize', {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: [{ uri: folderUri, name: 'bench' }],
    capabilities: {
      textDocument: {
        diagnostic: { dynamicRegistration: false },
        publishDiagnostics: { relatedInformation: true },
      },
      workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
    },
  });
  const readyMs = performance.now();
  client.notify('initialized', {});
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
  const report = await client.request('textDocument/diagnostic', { textDocument: { uri } });
  const doneMs = performance.now();
  const { items = [] } = (report ?? {}) as { items?: readonly unknown[] };
  return {
    client,
    firstFindingsMs: doneMs - startMs,
    readyToFindingsMs: doneMs - readyMs,
    nFindings: items.length,
  };
}
