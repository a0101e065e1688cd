/** The language client in the browser: the server is a web worker. */
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { CreateClient } from './extension';

export function clientFor(context: vscode.ExtensionContext): CreateClient {
  const urlOf = (file: string) => vscode.Uri.joinPath(context.extensionUri, 'dist', file).toString(true);
  // A function, so that a restart gets a worker of its own. Transports and not the worker itself: VS Code's `Worker`
  // makes objects that are no instances of it, and the client asks just that.
  const start = async (): Promise<MessageTransports> => {
    const worker = new Worker(urlOf('extension.js'));
    // The worker starts with the engine that it shares with the other hosts; see scripts/build.mjs.
    worker.postMessage({ coreUrl: urlOf('core.js') });
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return (options) => new LanguageClient('moat', 'Moat', start, options);
}
