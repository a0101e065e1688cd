/** Turns a connection into a language server: answers `initialize`, then hands over to the handlers. */
import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { isRecord } from '../core/index';
import type { ListResult } from '../host/host';
import type { ClientBytes } from '../host/web';
import { LIST_FILES_REQUEST, READ_FILE_REQUEST } from '../protocol/requests';
import { type ClientFeatures, readClientFeatures } from './clientFeatures';
import type { Environment } from './environment';
import { FIX_ALL_KIND, registerCodeAction } from './handlers/codeAction';
import { registerCodeActionResolve } from './handlers/codeActionResolve';
import { registerCodeLens } from './handlers/codeLens';
import { offerCompletion, registerCompletion } from './handlers/completion';
import { readSettings, registerConfiguration, watchConfiguration } from './handlers/configuration';
import { registerCreateBaseline } from './handlers/createBaseline';
import { registerDiagnostic } from './handlers/diagnostic';
import { registerDocuments } from './handlers/documents';
import { registerHover } from './handlers/hover';
import { registerLeftOut } from './handlers/leftOut';
import { registerRuleDoc } from './handlers/ruleDoc';
import { registerViews } from './handlers/views';
import { registerWatchedFiles, watchFiles } from './handlers/watchedFiles';
import { registerWorkspaceDiagnostic } from './handlers/workspaceDiagnostic';
import { initialFolders, registerWorkspaceFolders } from './handlers/workspaceFolders';
import { languageOf, parseTexts, type Texts } from './l10n';
import { Session } from './session';

/** Serves one client. The caller starts the connection with `listen()`. */
export function createSession(connection: Connection, environment: Environment): void {
  connection.onInitialize((params) => {
    const session = start(connection, environment, params);
    connection.onInitialized(() => session.guard('Starting', '', undefined, () => run(session)));
    connection.onShutdown(() => session.announcer.stop());
    return describeServer(environment, session.client);
  });
}

function start(connection: Connection, environment: Environment, params: InitializeParams): Session {
  const client = readClientFeatures(params);
  const files = environment.createFileHost(client.canServeFiles ? clientFiles(connection) : undefined);
  const options: unknown = params.initializationOptions;
  const texts = textsFor(environment, params);
  const session = new Session(connection, environment, client, { files, texts });
  if (isRecord(options)) session.pushedSettings = options.settings;
  for (const uri of initialFolders(params)) session.workspace.addFolder(uri);
  registerDocuments(session);
  registerDiagnostic(session);
  registerWorkspaceDiagnostic(session);
  registerCodeAction(session);
  registerCodeActionResolve(session);
  registerHover(session);
  registerRuleDoc(session);
  registerCreateBaseline(session);
  registerCompletion(session);
  registerLeftOut(session);
  registerCodeLens(session);
  registerViews(session);
  registerConfiguration(session);
  registerWorkspaceFolders(session);
  registerWatchedFiles(session);
  return session;
}

/** From the client, if it is VS Code, which knows its language; else by the client's locale. */
function textsFor(environment: Environment, { initializationOptions, locale }: InitializeParams): Texts {
  const options: unknown = initializationOptions;
  const sent = isRecord(options) ? parseTexts(options.texts) : undefined;
  const language = languageOf(locale);
  return sent ?? (language === undefined ? undefined : parseTexts(environment.readTexts(language))) ?? {};
}

async function run(session: Session): Promise<void> {
  const { version, rules } = session.environment;
  session.log.info(`Moat ${version} with ${rules.length} rules. Nothing leaves this machine.`);
  try {
    await readSettings(session);
  } finally {
    session.settingsAreKnown();
  }
  for (const folder of session.workspace.folders) void session.loader.sync(folder);
  await Promise.all([watchConfiguration(session), watchFiles(session), offerCompletion(session)]);
}

function describeServer(environment: Environment, client: ClientFeatures): InitializeResult {
  return {
    serverInfo: { name: 'Moat', version: environment.version },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeLensProvider: {},
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND], resolveProvider: true },
      ...(client.pullsDiagnostics
        ? {
            diagnosticProvider: {
              identifier: 'moat',
              interFileDependencies: true,
              workspaceDiagnostics: true,
            },
          }
        : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

function clientFiles(connection: Connection) {
  return {
    listFiles: (params: object): Promise<ListResult> => connection.sendRequest(LIST_FILES_REQUEST, params),
    readFile: (params: object): Promise<ClientBytes> => connection.sendRequest(READ_FILE_REQUEST, params),
  };
}
