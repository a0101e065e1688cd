/** Commands of the views: go there, fix, filter, export, copy, walk along a flow. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COMMANDS } from '../../server/protocol/requests';
import {
  FLOW_REQUEST,
  type FlowParams,
  type FlowResult,
  MARKDOWN_REQUEST,
  type MarkdownParams,
  type ViewFinding,
} from '../../server/protocol/views';
import { FlowView } from './flow';
import { LiveViews } from './liveViews';
import { type Node, OPEN_COMMAND } from './nodes';
import { openPlace, toRange } from './places';
import { filterLabels, type SurfaceFilter } from './surface';

/** Fixes of one place whose edits are asked for at once. */
const N_RESOLVED = 20;

/** What tests of the extension look at. */
export interface Views {
  readonly live: LiveViews;
  readonly flow: FlowView;
}

export function registerViews(client: BaseLanguageClient): Views & vscode.Disposable {
  const live = new LiveViews(client);
  const flow = new FlowView((params) => client.sendRequest<FlowResult | null>(FLOW_REQUEST, params));
  const command = vscode.commands.registerCommand;
  const disposable = vscode.Disposable.from(
    live,
    flow,
    live.onDidChange(() => void flow.refresh()),
    command(OPEN_COMMAND, (node: Node) => node.place && openPlace(node.place)),
    command('moat.refreshViews', () => live.refresh()),
    command('moat.filterSurface', () => chooseFilter(live)),
    command('moat.clearSurfaceFilter', () => live.filter(new Set())),
    command('moat.exportChecklist', () => exportMarkdown(client, { what: 'checklist' })),
    command('moat.exportSurface', () => exportMarkdown(client, { what: 'attackSurface' })),
    command('moat.fixFinding', (node: Node) => node.finding && fixFinding(node.finding)),
    command('moat.copyIssue', (node?: Node) => copyIssue(client, flow, node)),
    command(COMMANDS.showFlow, (target?: Node | string, fingerprint?: string) =>
      showFlow(flow, target, fingerprint),
    ),
    command(COMMANDS.showRoute, (uri: string, position: { readonly line: number }) =>
      live.revealRoute(vscode.Uri.parse(uri).toString(), position.line),
    ),
    command('moat.nextStep', () => flow.move(1)),
    command('moat.previousStep', () => flow.move(-1)),
    command('moat.clearFlow', () => flow.clear()),
  );
  return { live, flow, dispose: () => disposable.dispose() };
}

async function chooseFilter(live: LiveViews): Promise<void> {
  const labels = filterLabels();
  const items = (Object.keys(labels) as SurfaceFilter[]).map((id) => ({
    id,
    label: labels[id],
    picked: live.filters.has(id),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Moat: Filter the Attack Surface'),
    placeHolder: vscode.l10n.t('Routes for which all of these hold'),
  });
  if (picked !== undefined) live.filter(new Set(picked.map(({ id }) => id)));
}

async function exportMarkdown(client: BaseLanguageClient, params: MarkdownParams): Promise<void> {
  const content = await client.sendRequest<string | null>(MARKDOWN_REQUEST, params);
  if (content === null) return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

/** Applies the fix that Moat prefers; where there is none to apply as it is, the light bulb opens. */
async function fixFinding(finding: ViewFinding): Promise<void> {
  const editor = await openPlace(finding, true);
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    toRange(finding.range),
    vscode.CodeActionKind.QuickFix.value,
    N_RESOLVED,
  );
  const fix = actions.find(
    (action): action is vscode.CodeAction => 'edit' in action && action.isPreferred === true,
  );
  if (fix?.edit !== undefined && (await vscode.workspace.applyEdit(fix.edit))) return;
  await vscode.commands.executeCommand('editor.action.quickFix');
}

/** Of a row, of what the cursor is on, or of the flow that is shown. Answers the text, for other extensions. */
async function copyIssue(
  client: BaseLanguageClient,
  { flow }: FlowView,
  node?: Node,
): Promise<string | undefined> {
  const meant = node?.finding === undefined ? [cursor(), flow?.finding] : [node.finding];
  for (const one of meant) {
    if (one === undefined) continue;
    const params: MarkdownParams = { what: 'finding', ...toParams(one) };
    const text = await client.sendRequest<string | null>(MARKDOWN_REQUEST, params);
    if (text === null) continue;
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The finding is in the clipboard, as Markdown.'), 4000);
    return text;
  }
  tellNothingHere();
  return undefined;
}

function toParams(meant: ViewFinding | FlowParams): FlowParams {
  return 'ruleId' in meant ? { uri: meant.uri, fingerprint: meant.fingerprint } : meant;
}

function cursor(): FlowParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** Of a row, of a finding by its name, or of what the cursor is on. */
async function showFlow(flow: FlowView, target?: Node | string, fingerprint?: string): Promise<void> {
  const named =
    typeof target === 'string' && fingerprint !== undefined ? { uri: target, fingerprint } : undefined;
  const finding = typeof target === 'object' ? target.finding : undefined;
  const params = finding === undefined ? (named ?? cursor()) : toParams(finding);
  if (params === undefined || !(await flow.show(params))) tellNothingHere();
}

function tellNothingHere(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Moat: there is no finding here.'));
}
