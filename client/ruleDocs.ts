/** Pages about rules: Markdown that the server renders, as read-only documents `moat-rule:/ID.md`. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { RULE_DOC_REQUEST, type RuleDoc, type RuleDocParams } from '../server/protocol/requests';

const SCHEME = 'moat-rule';

export function registerRuleDocs(client: BaseLanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => (await fetchDoc(client, ruleIdOf(uri)))?.markdown ?? '',
  });
}

export async function openRuleDoc(client: BaseLanguageClient, ruleId: string): Promise<void> {
  if ((await fetchDoc(client, ruleId)) === null) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Moat has no rule `{0}`.', ruleId));
    return;
  }
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${ruleId}.md` });
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The built-in Markdown extension may be switched off: the text itself is readable too.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

function ruleIdOf(uri: vscode.Uri): string {
  return uri.path.replace(/^\//, '').replace(/\.md$/, '');
}

function fetchDoc(client: BaseLanguageClient, ruleId: string): Promise<RuleDoc | null> {
  const params: RuleDocParams = { ruleId };
  return client.sendRequest<RuleDoc | null>(RULE_DOC_REQUEST, params);
}
