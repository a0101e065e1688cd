/** What the suites share: files of their own in the open folder, and waiting. Works in every host, so no Node here. */
import { expect } from 'chai';
import * as vscode from 'vscode';

const WAIT_MS = 10_000;
const POLL_MS = 40;

export const EXTENSION_ID = 'moat-flask.moat-flask';

export function folderUri(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  expect(folder, 'a folder is open').to.not.equal(undefined);
  return folder!.uri;
}

export function fileUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(folderUri(), path);
}

/** Writes a file behind the editor's back, as another program would. */
export async function writeFile(path: string, text: string): Promise<vscode.Uri> {
  const uri = fileUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function readFile(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(path)));
}

export async function exists(path: string): Promise<boolean> {
  const parent = vscode.Uri.joinPath(fileUri(path), '..');
  const name = path.split('/').at(-1);
  const entries = await vscode.workspace.fs.readDirectory(parent);
  return entries.some(([entry]) => entry === name);
}

export async function removeFiles(...paths: string[]): Promise<void> {
  for (const path of paths) {
    if (await exists(path)) await vscode.workspace.fs.delete(fileUri(path));
  }
}

/** Opens a file of the folder; with `text` it is written first. */
export async function openFile(path: string, text?: string): Promise<vscode.TextEditor> {
  const uri = text === undefined ? fileUri(path) : await writeFile(path, text);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** Closes all editors without saving, so that no test sees another's edits. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Polls until `get` gives something. */
export async function waitFor<T>(
  what: string,
  get: () => T | undefined | Thenable<T | undefined>,
): Promise<T> {
  for (const endMs = Date.now() + WAIT_MS; Date.now() < endMs; ) {
    const value = await get();
    if (value !== undefined) return value;
    await pause(POLL_MS);
  }
  throw new Error(`waited ${WAIT_MS} ms for ${what}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Rule ids of the findings that are shown, in order of lines. */
export function shownRules(uri: vscode.Uri): string[] {
  return shownFindings(uri).map(ruleOf);
}

export function shownFindings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source?.toLowerCase() === 'moat')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** What every small app lacks is not what these tests are about. */
const ABOUT_THE_APP = new Set(['security-headers-missing', 'session-cookie-defaults']);

/** Waits until exactly these rules are reported. */
export async function waitForRules(uri: vscode.Uri, wanted: readonly string[]): Promise<vscode.Diagnostic[]> {
  const isThere = () => {
    const findings = shownFindings(uri).filter((finding) => !ABOUT_THE_APP.has(ruleOf(finding)));
    return findings.map(ruleOf).join() === wanted.join() ? findings : undefined;
  };
  try {
    return await waitFor('the findings', isThere);
  } catch (error) {
    const message = `${uri.path}: wanted [${wanted.join()}], shown [${shownRules(uri).join()}]`;
    throw new Error(message, { cause: error });
  }
}

/** Replaces text of the active editor as typing would: no save. */
export async function replaceText(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = editor.document.getText().indexOf(from);
  expect(start, from).to.be.at.least(0);
  const { document } = editor;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  expect(await editor.edit((builder) => builder.replace(range, to))).to.equal(true);
}

/** Fixes at a place, resolved: with their edits. */
export async function fixesAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  const nResolved = 20;
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    nResolved,
  );
  return actions.filter((action): action is vscode.CodeAction => 'kind' in action);
}

/** Exports anew until the text is as wanted. */
export async function exported(command: string, wanted: RegExp): Promise<string> {
  return waitFor(String(wanted), async () => {
    await vscode.commands.executeCommand(command);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    return wanted.test(text) ? text : undefined;
  });
}
