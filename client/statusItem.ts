/** The item in the status bar: whether Moat is ready, what it found, what it left out, and what went wrong. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { STATUS_NOTIFICATION, type StatusParams } from '../server/protocol/requests';
import { SETTINGS_SECTION } from '../server/protocol/settings';
import { FindingCounts } from './findingCounts';

export const MENU_COMMAND = 'moat.showMenu';

const STARTING: StatusParams = { state: 'analyzing', nDone: 0, nTotal: 0, nSkipped: 0 };

export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #counts = new FindingCounts(() => this.#draw());
  readonly #disposables: vscode.Disposable[] = [];
  #status: StatusParams = STARTING;

  constructor(client: BaseLanguageClient) {
    this.#item = vscode.window.createStatusBarItem('moat.status', vscode.StatusBarAlignment.Right, 100);
    this.#item.name = 'Moat';
    this.#item.command = MENU_COMMAND;
    const draw = () => this.#draw();
    this.#disposables.push(
      this.#item,
      this.#counts,
      client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => this.#show(status)),
      client.onDidChangeState(({ newState }) => this.#follow(newState)),
      vscode.workspace.onDidGrantWorkspaceTrust(draw),
      vscode.window.onDidChangeActiveTextEditor(draw),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS_SECTION)) draw();
      }),
    );
    this.#show(STARTING);
    this.#item.show();
  }

  get counts(): FindingCounts {
    return this.#counts;
  }

  get nSkipped(): number {
    return this.#status.nSkipped;
  }

  /** What the item says now. */
  get text(): string {
    return this.#item.text;
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
    this.#draw();
  }

  #draw(): void {
    const isError = this.#status.state === 'error';
    this.#item.text = this.#textOf();
    this.#item.backgroundColor = isError
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    const tooltip = this.#tooltip();
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Moat: ${tooltip}` };
  }

  #textOf(): string {
    const { state, nDone, nTotal, nSkipped } = this.#status;
    switch (state) {
      case 'ready': {
        if (!isEnabledHere()) return '$(circle-slash) Moat';
        const { nFindings, notes } = this.#counts;
        const isPartial = nSkipped > 0 || notes.length > 0;
        return `$(shield) Moat${nFindings > 0 ? ` ${nFindings}` : ''}${isPartial ? ' $(info)' : ''}`;
      }
      case 'analyzing':
        return nTotal === 0 ? '$(sync~spin) Moat' : `$(sync~spin) Moat ${nDone}/${nTotal}`;
      case 'error':
        return '$(warning) Moat';
    }
  }

  #tooltip(): string {
    const { t } = vscode.l10n;
    const { state, nDone, nTotal, nSkipped, nKnown = 0, message } = this.#status;
    const { nFindings, nFiles, notes } = this.#counts;
    const lines: string[] = [];
    if (state === 'error') lines.push(message ?? t('Something went wrong.'));
    else if (state === 'ready')
      lines.push(
        nFindings === 0
          ? t('Moat is ready and finds nothing.')
          : t('Findings: {0}, in files: {1}.', nFindings, nFiles),
      );
    else if (nTotal === 0) lines.push(t('Moat is starting.'));
    else lines.push(t('Moat reads the workspace: {0} of {1} files.', nDone, nTotal));
    if (!isEnabledHere()) lines.push(t('Switched off here by the setting “moat.enable”.'));
    if (nKnown > 0) lines.push(t('Findings of the baseline that are not shown: {0}.', nKnown));
    if (nSkipped > 0) lines.push(t('Files left out: {0}. Click to see which, and why.', nSkipped));
    if (notes.length > 0)
      lines.push(t('Files checked in part: {0}. Click to see which, and why.', notes.length));
    if (!vscode.workspace.isTrusted)
      lines.push(t('Restricted Mode: all of Moat works, because it never runs code of the workspace.'));
    return lines.join('\n');
  }
}

/** For the file in the active editor, else for the workspace. */
function isEnabledHere(): boolean {
  const resource = vscode.window.activeTextEditor?.document.uri;
  return vscode.workspace.getConfiguration(SETTINGS_SECTION, resource).get('enable', true);
}
