/** The language server as a web worker. It has no disk: every file comes from the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { version } from '../../package.json';
import { createAnalyzer, RULES } from '../core/index';
import { problem } from '../host/host';
import { createWebHost } from '../host/web';
import type { Clock, Environment } from './environment';
import { createSession } from './server';

declare const self: DedicatedWorkerGlobalScope;

export function start(): void {
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  createSession(connection, createEnvironment());
  connection.listen();
}

function createEnvironment(): Environment {
  return {
    version,
    rules: RULES,
    clock: createClock(),
    createAnalyzer,
    createSecret: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join(''),
    // The client sends them.
    readTexts: () => undefined,
    createFileHost: (clientFiles) =>
      clientFiles === undefined
        ? {
            list: async () => ({ files: [], problems: [], isTruncated: false }),
            read: async () => problem('unreadable', 'cannot be read: this editor serves no files'),
          }
        : createWebHost(clientFiles),
  };
}

/** A message to oneself comes after those that wait already; a timer would be slowed down by the browser. */
function createClock(): Clock {
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void)[] = [];
  port1.onmessage = () => {
    const waiting = resume;
    resume = [];
    for (const go of waiting) go();
  };
  return {
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    yieldNow: () =>
      new Promise((resolve) => {
        resume.push(resolve);
        port2.postMessage(undefined);
      }),
  };
}
