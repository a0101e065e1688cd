/** The way one finding's data takes: steps in a view, numbered in the editors, with next and previous. */
import * as vscode from 'vscode';
import type { FlowParams, FlowResult, FlowStepView } from '../../server/protocol/views';
import { type Node, NodeTree, plain } from './nodes';
import { openPlace, toRange } from './places';

export const FLOW_VIEW = 'moat.flow';
const HAS_FLOW = 'moat.hasFlow';

export type AskFlow = (params: FlowParams) => Promise<FlowResult | null>;

export class FlowView implements vscode.Disposable {
  readonly #ask: AskFlow;
  readonly #tree = new NodeTree();
  readonly #view: vscode.TreeView<Node>;
  readonly #mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.findMatchHighlightBorder'),
    borderStyle: 'solid',
    borderWidth: '1px',
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    before: {
      color: new vscode.ThemeColor('badge.foreground'),
      backgroundColor: new vscode.ThemeColor('badge.background'),
      margin: '0 4px 0 0',
    },
  });
  readonly #listening: vscode.Disposable;
  #flow: FlowResult | undefined;
  #index = 0;

  constructor(ask: AskFlow) {
    this.#ask = ask;
    this.#view = vscode.window.createTreeView(FLOW_VIEW, { treeDataProvider: this.#tree });
    this.#listening = vscode.window.onDidChangeVisibleTextEditors(() => this.#decorate());
  }

  get flow(): FlowResult | undefined {
    return this.#flow;
  }

  get index(): number {
    return this.#index;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#mark.dispose();
    this.#view.dispose();
  }

  /** Shows the flow of a finding and goes to its first step. False when there is none. */
  async show(params: FlowParams): Promise<boolean> {
    const flow = await this.#ask(params);
    if (flow === null) return false;
    this.#set(flow, 0);
    await vscode.commands.executeCommand(`${FLOW_VIEW}.focus`);
    await this.go(0);
    return true;
  }

  /** After an edit: the same finding as it is now, or nothing when it is gone. */
  async refresh(): Promise<void> {
    if (this.#flow === undefined) return;
    const { uri, fingerprint } = this.#flow.finding;
    const flow = await this.#ask({ uri, fingerprint });
    if (flow === null) this.clear();
    else this.#set(flow, Math.min(this.#index, flow.steps.length - 1));
  }

  clear(): void {
    this.#flow = undefined;
    this.#index = 0;
    this.#tree.show([]);
    this.#view.message = undefined;
    this.#decorate();
    void vscode.commands.executeCommand('setContext', HAS_FLOW, false);
  }

  /** To the step so many steps on; round at the ends. */
  async move(by: number): Promise<void> {
    const n = this.#flow?.steps.length ?? 0;
    if (n > 0) await this.go((this.#index + by + n) % n);
  }

  async go(index: number): Promise<void> {
    const step = this.#flow?.steps[index];
    if (step === undefined) return;
    this.#index = index;
    this.#tree.show(this.#nodes());
    await openPlace(step);
    this.#decorate();
    const node = this.#tree.roots[index];
    if (node !== undefined && this.#view.visible) await this.#view.reveal(node, { select: true });
  }

  #set(flow: FlowResult, index: number): void {
    this.#flow = flow;
    this.#index = index;
    this.#view.message = plain(flow.finding.message);
    this.#tree.show(this.#nodes());
    this.#decorate();
    void vscode.commands.executeCommand('setContext', HAS_FLOW, true);
  }

  #nodes(): readonly Node[] {
    return (this.#flow?.steps ?? []).map(
      (step, index): Node => ({
        id: `step${index}`,
        label: `${index + 1}. ${plain(step.message)}`,
        description: step.label,
        tooltip: plain(step.message),
        icon: this.#icon(index),
        context: 'step',
        place: step,
      }),
    );
  }

  /** Where data enters, how it goes on, where it does harm. */
  #icon(index: number): vscode.ThemeIcon {
    const last = (this.#flow?.steps.length ?? 0) - 1;
    const color = index === this.#index ? new vscode.ThemeColor('list.highlightForeground') : undefined;
    const name = index === last ? 'flame' : index === 0 ? 'sign-in' : 'arrow-down';
    return new vscode.ThemeIcon(name, color);
  }

  /** Numbers the steps in every editor that shows one. */
  #decorate(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const numbers = new Map<string, { readonly step: FlowStepView; readonly numbers: number[] }>();
      this.#flow?.steps.forEach((step, index) => {
        if (vscode.Uri.parse(step.uri).toString() !== uri) return;
        const key = JSON.stringify(step.range);
        const known = numbers.get(key);
        if (known === undefined) numbers.set(key, { step, numbers: [index + 1] });
        else known.numbers.push(index + 1);
      });
      const options = [...numbers.values()].map(
        ({ step, numbers: own }): vscode.DecorationOptions => ({
          range: toRange(step.range),
          renderOptions: { before: { contentText: ` ${own.join(', ')} ` } },
        }),
      );
      editor.setDecorations(this.#mark, options);
    }
  }
}
