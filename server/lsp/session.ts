/** One connected client: its folders and documents, and the few parts that work on them.
 *  Handlers of the protocol's methods live in `handlers/`, one file each. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { FilePath, Logger, Rule } from '../core/index';
import type { FileHost } from '../host/host';
import { Announcer } from './announcer';
import { Baselines } from './baselines';
import { Checker, type CheckResult } from './checker';
import type { ClientFeatures } from './clientFeatures';
import type { Environment } from './environment';
import type { Folder } from './folder';
import { type Texts, type Translator, translatorFor } from './l10n';
import { Loader } from './loader';
import { ReportedFiles } from './reportedFiles';
import { Scheduler } from './scheduler';
import { Status } from './status';
import { ViewNews } from './views';
import { type Say, titleIn, wordingIn } from './wording';
import { Workspace } from './workspace';

export class Session {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly client: ClientFeatures;
  readonly files: FileHost;
  readonly log: Logger;
  readonly t: Translator;
  /** What the engine says, in the editor's language. */
  readonly say: Say;
  readonly titleOf: (rule: Rule) => string;
  readonly workspace: Workspace;
  readonly scheduler: Scheduler;
  readonly checker: Checker;
  readonly baselines: Baselines;
  readonly announcer: Announcer;
  readonly loader: Loader;
  readonly status: Status;
  readonly viewNews: ViewNews;
  readonly reported = new ReportedFiles();
  /** Settles when the settings are known; nothing is shown before. */
  settingsRead: Promise<void>;
  settingsAreKnown: () => void = () => {};
  /** Of clients that send settings instead of being asked. */
  pushedSettings: unknown;
  readonly #told = new Set<string>();

  constructor(
    connection: Connection,
    environment: Environment,
    client: ClientFeatures,
    { files, texts }: { readonly files: FileHost; readonly texts: Texts },
  ) {
    this.settingsRead = new Promise((resolve) => {
      this.settingsAreKnown = resolve;
    });
    this.connection = connection;
    this.environment = environment;
    this.client = client;
    this.files = files;
    this.log = createLogger(connection);
    this.t = translatorFor(texts);
    this.say = wordingIn(texts);
    this.titleOf = (rule) => titleIn(texts, rule);
    const analyzerHost = { logger: this.log, createSecret: () => environment.createSecret() };
    this.workspace = new Workspace(() => environment.createAnalyzer(analyzerHost), this.t);
    this.scheduler = new Scheduler(environment.clock);
    this.checker = new Checker(this);
    this.baselines = new Baselines(this);
    this.announcer = new Announcer(this);
    this.loader = new Loader(this);
    this.status = new Status(this);
    this.viewNews = new ViewNews(this);
  }

  /** A check that does not throw: a failure is logged, shown in the status, and gives undefined. */
  tryCheck(folder: Folder, path: FilePath, token?: CancellationToken): CheckResult | undefined {
    try {
      const result = this.checker.check(folder, path, token);
      this.status.setError(folder.uriOf(path), undefined);
      return result;
    } catch (error) {
      this.log.error(`Checking ${path} failed`, error);
      this.status.setError(
        folder.uriOf(path),
        this.t('Checking {0} failed. The output channel says more.', path),
      );
      return undefined;
    }
  }

  /** Shows a message to the user, the first time it comes up. */
  tellOnce(kind: 'warning' | 'error', message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.log.warn(message);
    const { window } = this.connection;
    if (kind === 'warning') window.showWarningMessage(message);
    else window.showErrorMessage(message);
  }

  /** Runs a handler: what it throws is logged and answered with `empty`, and the server lives on. */
  async guard<T>(what: string, uri: string, empty: T, run: () => T | Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.log.error(uri === '' ? `${what} failed` : `${what} failed for ${uri}`, error);
      return empty;
    }
  }
}

/** Ends a request that the client no longer waits for. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled');
}

function createLogger(connection: Connection): Logger {
  return {
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    error: (message, cause) => connection.console.error(`${message}${describe(cause)}`),
  };
}

/** The error's name and stack. Its message only where the engine made it: others could quote source text. */
function describe(cause: unknown): string {
  if (cause === undefined) return '';
  if (!(cause instanceof Error)) return `: ${typeof cause}`;
  const isEngineMade = [TypeError, RangeError, ReferenceError].some((type) => cause instanceof type);
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`: ${cause.name}${isEngineMade ? ` ${cause.message}` : ''}`, ...frames.slice(0, 12)].join('\n');
}
