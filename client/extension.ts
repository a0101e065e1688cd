/** The editor's side of Moat: starts the language server and shows what it says. All knowledge is in the server. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, DocumentSelector, LanguageClientOptions } from 'vscode-languageclient';
import { COMMANDS, type InitializationOptions } from '../server/protocol/requests';
import { registerCommands } from './commands';
import { explicitSettings } from './explicitSettings';
import { serveFiles } from './hostRequests';
import { createErrorHandler, RestartPolicy } from './restarts';
import { registerRuleDocs } from './ruleDocs';
import { registerSample } from './sample';
import { StatusItem } from './statusItem';
import { registerViews } from './views/viewCommands';

export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Python and templates by language; the rest by name, because their languages differ between editors. Open
 *  documents go to the server so that fixes are made for what is on the screen, not on the disk. */
const DOCUMENTS: DocumentSelector = [
  { language: 'python' },
  { language: 'html' },
  { language: 'jinja' },
  { language: 'jinja-html' },
  { language: 'django-html' },
  { pattern: '**/templates/**' },
  { pattern: '**/.env*' },
  { pattern: '**/.flaskenv' },
  { pattern: '**/.gitignore' },
  { pattern: '**/requirements*.txt' },
  { pattern: '**/pyproject.toml' },
  { pattern: '**/moat.toml' },
];

export async function activateExtension(
  context: vscode.ExtensionContext,
  createClient: CreateClient,
): Promise<BaseLanguageClient> {
  const output = vscode.window.createOutputChannel('Moat', { log: true });
  const restarts = new RestartPolicy();
  const client = createClient(clientOptions(context, output, restarts, await readTexts(context)));
  const status = new StatusItem(client);
  context.subscriptions.push(output, status, serveFiles(client), registerRuleDocs(client));
  context.subscriptions.push(registerCommands({ client, output, status, restarts }), registerSample(context));
  context.subscriptions.push(registerViews(client));
  try {
    await client.start();
  } catch (error) {
    output.error('The language server did not start', error instanceof Error ? error : String(error));
    status.showError(vscode.l10n.t('The language server did not start. The output channel says more.'));
  }
  return client;
}

function clientOptions(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  restarts: RestartPolicy,
  texts: InitializationOptions['texts'],
): LanguageClientOptions {
  const { properties } = context.extension.packageJSON.contributes.configuration;
  const initializationOptions: InitializationOptions = {
    commands: Object.values(COMMANDS),
    canServeFiles: true,
    wantsStatus: true,
    wantsViews: true,
    hoverShowsMessages: true,
    ...(texts === undefined ? {} : { texts }),
  };
  return {
    documentSelector: DOCUMENTS,
    outputChannel: output,
    middleware: { workspace: explicitSettings(Object.keys(properties)) },
    initializationOptions,
    diagnosticPullOptions: { onChange: true, onSave: false, onTabs: false },
    // Links in hovers may open a rule's page, and nothing else.
    markdown: { isTrusted: { enabledCommands: [COMMANDS.explainRule] } },
    errorHandler: createErrorHandler(restarts),
  };
}

/** Texts in the editor's language; undefined for English. */
async function readTexts({ extensionUri }: vscode.ExtensionContext): Promise<InitializationOptions['texts']> {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return undefined;
  const { language } = vscode.env;
  const read = async (...path: string[]): Promise<Record<string, string>> => {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, ...path));
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      // What stands there is then said in English.
      return {};
    }
  };
  // What findings say, and the titles of rules.
  const findings = await read('dist', `findings.${language}.json`);
  return { ...bundle, ...findings, ...(await read(`package.nls.${language}.json`)) };
}
