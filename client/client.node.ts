/** The language client on the desktop and on remote hosts: the server is a process of its own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { NODE_ARGUMENTS } from '../server/protocol/nodeArguments';
import type { CreateClient } from './extension';

export function clientFor(context: vscode.ExtensionContext): CreateClient {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'extension.js').fsPath;
  const run = { module, transport: TransportKind.ipc, options: { execArgv: [...NODE_ARGUMENTS] } };
  const debug = { ...run, options: { execArgv: [...NODE_ARGUMENTS, '--nolazy', '--inspect=6009'] } };
  return (options) => new LanguageClient('moat', 'Moat', { run, debug }, options);
}
