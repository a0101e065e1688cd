/** The language server as a Node process: over Node's IPC in VS Code, over `--stdio` for any other editor. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { version } from '../../package.json';
import { createAnalyzer, RULES } from '../core/index';
import { type FileHost, type ListResult, MAX_LISTED_FILES, type ReadResult } from '../host/host';
import { readText, walkFolders } from '../host/node';
import { type ClientFiles, createWebHost } from '../host/web';
import type { Environment } from './environment';
import { createSession } from './server';

const USAGE = `Moat's language server. An editor starts it with one of:
  --stdio          messages over standard input and output
  --node-ipc       messages over Node's IPC channel
  --socket=PORT    connects to a port of this machine
  --pipe=NAME      connects to a named pipe
`;

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];

export function start(): void {
  const isStartedByEditor = process.argv.some((argument) =>
    TRANSPORTS.some((transport) => argument === transport || argument.startsWith(`${transport}=`)),
  );
  if (!isStartedByEditor) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const connection = createConnection(ProposedFeatures.all);
  // A bug in one background task must not take the findings of every other file away.
  process.on('uncaughtException', (error) => connection.console.error(`Internal error: ${stackOf(error)}`));
  process.on('unhandledRejection', (reason) =>
    connection.console.error(`Internal error: ${stackOf(reason)}`),
  );
  // An editor that died takes its server along, also where it could not say so.
  process.once('disconnect', () => process.exit(1));
  createSession(connection, createEnvironment());
  connection.listen();
}

function createEnvironment(): Environment {
  return {
    version,
    rules: RULES,
    clock: {
      now: () => performance.now(),
      sleep: (ms) => setTimeout(ms),
      yieldNow: () => setImmediate(),
    },
    createAnalyzer,
    createSecret: () => randomBytes(32).toString('hex'),
    createFileHost: (clientFiles) => createHost(clientFiles),
    readTexts,
  };
}

/** Shipped beside this bundle and its folder. */
function readTexts(language: string): unknown {
  const files = [
    `../l10n/bundle.l10n.${language}.json`,
    `../package.nls.${language}.json`,
    `findings.${language}.json`,
  ];
  return Object.assign({}, ...files.map((file) => readJson(join(__dirname, file))));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The command may have been installed without it: English is understood as well.
    return undefined;
  }
}

/** Files of this machine from its disk, those of other schemes through the client. */
function createHost(clientFiles: ClientFiles | undefined): FileHost {
  const remote = clientFiles === undefined ? undefined : createWebHost(clientFiles);
  return {
    list: async (rootUri) => {
      const uri = URI.parse(rootUri);
      if (uri.scheme === 'file') return listInSlices(uri.fsPath);
      return remote?.list(rootUri) ?? { files: [], problems: [], isTruncated: false };
    },
    read: async (fileUri) => {
      const uri = URI.parse(fileUri);
      if (uri.scheme === 'file') return readText(uri.fsPath);
      return remote?.read(fileUri) ?? unreachable(uri.scheme);
    },
  };
}

async function listInSlices(root: string): Promise<ListResult> {
  const files: string[] = [];
  const problems: ListResult['problems'][number][] = [];
  for (const part of walkFolders(root)) {
    files.push(...part.files);
    problems.push(...part.problems);
    if (files.length > MAX_LISTED_FILES)
      return { files: files.slice(0, MAX_LISTED_FILES).sort(), problems, isTruncated: true };
    await setImmediate();
  }
  return { files: files.sort(), problems, isTruncated: false };
}

function unreachable(scheme: string): ReadResult {
  return {
    kind: 'problem',
    problem: 'unreadable',
    message: `cannot be read: this editor does not serve ${scheme}:`,
  };
}

/** Frames only: a message could quote source text. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n');
}
