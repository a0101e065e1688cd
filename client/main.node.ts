/** Entry point on the desktop and on remote hosts: the server is a process of its own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateExtension } from './extension';

let client: { stop(): Promise<void> } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  client = await activateExtension(
    context,
    (options) => new LanguageClient('moat', 'Moat', { run, debug }, options),
  );
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
