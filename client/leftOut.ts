/** What was not checked, and why: files that were not read, and those that were checked in part. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LEFT_OUT_REQUEST, type LeftOutFile } from '../server/protocol/requests';
import type { FindingCounts } from './findingCounts';

export async function showLeftOut(client: BaseLanguageClient, counts: FindingCounts): Promise<void> {
  const files = client.isRunning() ? await client.sendRequest<LeftOutFile[]>(LEFT_OUT_REQUEST) : [];
  const items = [
    ...files.map(({ uri, reason }) => toItem(vscode.Uri.parse(uri), reason)),
    ...counts.notes.map(({ uri, message }) => toItem(uri, message)),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Moat: what was not checked'),
    placeHolder: items.length === 0 ? vscode.l10n.t('Everything was checked.') : vscode.l10n.t('Open a file'),
    matchOnDetail: true,
  });
  if (picked !== undefined) await vscode.commands.executeCommand('vscode.open', picked.uri);
}

function toItem(uri: vscode.Uri, detail: string): vscode.QuickPickItem & { readonly uri: vscode.Uri } {
  return { label: vscode.workspace.asRelativePath(uri), detail, uri };
}
