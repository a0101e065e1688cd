/** The small insecure app of the walkthrough: a document without a file, so that it works in the browser, in Restricted
 *  Mode and without a folder, and leaves nothing behind. */
import * as vscode from 'vscode';
import { codeOf } from './findingCounts';

const COMMAND = 'moat.openSample';
const SAMPLE_URI = vscode.Uri.from({ scheme: 'untitled', path: '/guestbook.py' });
/** The fault that the walkthrough is about. */
const RULE = 'sql-injection';
/** Somewhere in the underlined text: the cursor goes behind it. */
const QUERY = 'f"SELECT';

/** For the steps of the walkthrough in package.json. */
const FOUND = 'moat.sampleFound';
const FIXED = 'moat.sampleFixed';

export function registerSample({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const source = vscode.Uri.joinPath(extensionUri, 'media', 'walkthrough', 'guestbook.py');
  let isFound = false;
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMAND, () => openSample(source)),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some(isSample)) return;
      const hasFault = vscode.languages.getDiagnostics(SAMPLE_URI).some((one) => codeOf(one) === RULE);
      if (hasFault && !isFound) void setContext(FOUND);
      else if (isFound && !hasFault && isOpen()) void setContext(FIXED);
      isFound = hasFault;
    }),
  );
}

async function openSample(source: vscode.Uri): Promise<void> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
  const document = await vscode.workspace.openTextDocument(SAMPLE_URI);
  // Beside the walkthrough, which goes on telling what to do.
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  if (document.languageId !== 'python') await vscode.languages.setTextDocumentLanguage(document, 'python');
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  if (document.getText() !== text) await editor.edit((edit) => edit.replace(whole, text));
  const query = document.positionAt(text.indexOf(QUERY) + QUERY.length);
  editor.selection = new vscode.Selection(query, query);
}

function isSample(uri: vscode.Uri): boolean {
  return uri.toString() === SAMPLE_URI.toString();
}

/** Closing the document takes its findings away as well. */
function isOpen(): boolean {
  return vscode.workspace.textDocuments.some(({ uri, isClosed }) => !isClosed && isSample(uri));
}

function setContext(key: string): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', key, true);
}
