/** Entry point in the browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateExtension } from './extension';

let client: { stop(): Promise<void> } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web', 'server.js').toString(true);
  // A function, so that a restart gets a worker of its own.
  const start = async () => new Worker(script);
  client = await activateExtension(context, (options) => new LanguageClient('moat', 'Moat', start, options));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
