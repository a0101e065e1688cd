/** Entry point of the extension, on the desktop, on remote hosts and in the browser. One bundle serves all of them,
 *  because nearly all of the language client is the same; what is not is loaded for the host at hand. */
import type * as vscode from 'vscode';
import { activateExtension } from './extension';

let client: { stop(): Promise<void> } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const isInBrowser = 'WorkerGlobalScope' in globalThis;
  const { clientFor } = isInBrowser ? await import('./client.web') : await import('./client.node');
  client = await activateExtension(context, clientFor(context));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
