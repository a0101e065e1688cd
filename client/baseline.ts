/** "Create Baseline": what is found now is known from then on, and only new findings are shown. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CREATE_BASELINE_REQUEST,
  type CreateBaselineParams,
  type CreateBaselineResult,
} from '../server/protocol/requests';

export async function createBaseline(client: BaseLanguageClient): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Moat: open a folder first.'));
    return;
  }
  const params: CreateBaselineParams = { folderUri: folder.uri.toString() };
  const result = await client.sendRequest<CreateBaselineResult | null>(CREATE_BASELINE_REQUEST, params);
  if (result === null) return;
  try {
    for (const { uri, text } of result.files) await write(vscode.Uri.parse(uri), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('Moat: the baseline cannot be written: {0}', reason));
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Moat: {0} findings are known now; only new ones are shown.', result.nFindings),
  );
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}

/** What is being typed into is changed in its editor; the editor follows the disk in all else. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (open === undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await open.save();
}
