/** The item in the status bar: whether Moat is ready, what it is doing, and what went wrong. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { STATUS_NOTIFICATION, type StatusParams } from '../server/protocol/requests';

export const MENU_COMMAND = 'moat.showMenu';

const STARTING: StatusParams = { state: 'analyzing', nDone: 0, nTotal: 0, nSkipped: 0 };

export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: vscode.Disposable[] = [];
  #status: StatusParams = STARTING;

  constructor(client: BaseLanguageClient) {
    this.#item = vscode.window.createStatusBarItem('moat.status', vscode.StatusBarAlignment.Right, 100);
    this.#item.name = 'Moat';
    this.#item.command = MENU_COMMAND;
    this.#disposables.push(
      this.#item,
      client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => this.#show(status)),
      client.onDidChangeState(({ newState }) => this.#follow(newState)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#show(this.#status)),
    );
    this.#show(STARTING);
    this.#item.show();
  }

  showError(message: string): void {
    this.#show({ ...STARTING, state: 'error', message });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #follow(state: State): void {
    if (state === State.Stopped) this.showError(vscode.l10n.t('The language server is not running.'));
    else if (state === State.Starting) this.#show(STARTING);
  }

  #show(status: StatusParams): void {
    this.#status = status;
    const isError = status.state === 'error';
    this.#item.text = textOf(status);
    this.#item.backgroundColor = isError
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.tooltip = tooltipOf(status);
    this.#item.accessibilityInformation = { label: this.#item.tooltip };
  }
}

function textOf({ state, nDone, nTotal }: StatusParams): string {
  switch (state) {
    case 'ready':
      return '$(shield) Moat';
    case 'analyzing':
      return nTotal === 0 ? '$(sync~spin) Moat' : `$(sync~spin) Moat ${nDone}/${nTotal}`;
    case 'error':
      return '$(warning) Moat';
  }
}

function tooltipOf({ state, nDone, nTotal, nSkipped, message }: StatusParams): string {
  const { t } = vscode.l10n;
  const lines: string[] = [];
  if (state === 'ready') lines.push(t('Moat is ready.'));
  else if (state === 'error') lines.push(message ?? t('Something went wrong.'));
  else if (nTotal === 0) lines.push(t('Moat is starting.'));
  else lines.push(t('Moat reads the workspace: {0} of {1} files.', nDone, nTotal));
  if (nSkipped > 0) lines.push(t('Files left out: {0}. The output says which, and why.', nSkipped));
  if (!vscode.workspace.isTrusted)
    lines.push(t('Restricted Mode: all of Moat works, because it never runs code of the workspace.'));
  return lines.join('\n');
}
