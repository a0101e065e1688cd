/** The commands of the palette and of the status item's menu. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COMMANDS, RULES_REQUEST, type RuleSummary } from '../server/protocol/requests';
import { SETTINGS_SECTION } from '../server/protocol/settings';
import { createBaseline } from './baseline';
import { showLeftOut } from './leftOut';
import type { RestartPolicy } from './restarts';
import { openRuleDoc } from './ruleDocs';
import { MENU_COMMAND, type StatusItem } from './statusItem';

export interface CommandContext {
  readonly client: BaseLanguageClient;
  readonly output: vscode.LogOutputChannel;
  readonly status: StatusItem;
  readonly restarts: RestartPolicy;
}

export function registerCommands(context: CommandContext): vscode.Disposable {
  const { client, output } = context;
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('moat.restart', () => restart(context)),
    registerCommand('moat.showOutput', () => output.show(true)),
    registerCommand(COMMANDS.explainRule, (ruleId: unknown) => explainRule(client, ruleId)),
    registerCommand(COMMANDS.typeReason, (...place: unknown[]) => typeReason(place)),
    registerCommand('moat.createBaseline', () => createBaseline(client)),
    registerCommand('moat.showLeftOut', () => showLeftOut(client, context.status.counts)),
    registerCommand(MENU_COMMAND, () => showMenu(context.status)),
  );
}

async function restart({ client, output, status, restarts }: CommandContext): Promise<void> {
  restarts.reset();
  try {
    if (client.isRunning()) await client.stop();
    await client.start();
  } catch (error) {
    output.error('The language server did not restart', error instanceof Error ? error : String(error));
    status.showError(vscode.l10n.t('The language server did not restart. The output channel says more.'));
  }
}

/** Without an id, the user picks a rule. */
async function explainRule(client: BaseLanguageClient, ruleId: unknown): Promise<void> {
  if (!client.isRunning()) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Moat: the language server is not running.'));
    return;
  }
  const chosen = typeof ruleId === 'string' ? ruleId : await pickRule(client);
  if (chosen !== undefined) await openRuleDoc(client, chosen);
}

/** Where a suppression was just written: what is typed next is its reason. */
async function typeReason([uri, line, character]: readonly unknown[]): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri));
  const position = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection);
}

async function pickRule(client: BaseLanguageClient): Promise<string | undefined> {
  const rules = await client.sendRequest<RuleSummary[]>(RULES_REQUEST);
  const items = rules.map(({ ruleId, title, severity }) => ({
    label: title,
    description: ruleId,
    detail: severity,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Moat: Explain Rule'),
    placeHolder: vscode.l10n.t('Which rule?'),
    matchOnDescription: true,
  });
  return picked?.description;
}

async function showMenu(status: StatusItem): Promise<void> {
  const { nFindings, notes } = status.counts;
  const nLeftOut = status.nSkipped + notes.length;
  const items = [
    {
      label: `$(warning) ${vscode.l10n.t('Findings: {0}', nFindings)}`,
      run: 'workbench.actions.view.problems',
    },
    ...(nLeftOut === 0
      ? []
      : [{ label: `$(info) ${vscode.l10n.t('Not checked: {0}', nLeftOut)}`, run: 'moat.showLeftOut' }]),
    { label: `$(output) ${vscode.l10n.t('Show output')}`, run: 'moat.showOutput' },
    { label: `$(book) ${vscode.l10n.t('Explain a rule')}`, run: COMMANDS.explainRule },
    { label: `$(debug-restart) ${vscode.l10n.t('Restart the language server')}`, run: 'moat.restart' },
    {
      label: `$(gear) ${vscode.l10n.t('Settings')}`,
      run: 'workbench.action.openSettings',
      argument: `@ext:moat-flask.moat-flask ${SETTINGS_SECTION}`,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Moat' });
  if (picked === undefined) return;
  await vscode.commands.executeCommand(
    picked.run,
    ...(picked.argument === undefined ? [] : [picked.argument]),
  );
}
