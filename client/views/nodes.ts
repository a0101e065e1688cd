/** Rows of the views: plain data, made into tree items in one place. Rows with the same id are the same row before and
 *  after a refresh, so that what is open stays open. */
import * as vscode from 'vscode';
import type { CheckStatus, ViewFinding, ViewPlace } from '../../server/protocol/views';

export interface Node {
  /** Unique in its view. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Plain text. */
  readonly tooltip?: string;
  readonly icon: vscode.ThemeIcon;
  readonly children?: readonly Node[];
  readonly isOpen?: boolean;
  /** For the `when` of menus. */
  readonly context?: string;
  /** Where a click leads. */
  readonly place?: ViewPlace;
  readonly finding?: ViewFinding;
}

/** Command behind a click on a row; not in the palette. */
export const OPEN_COMMAND = 'moat.openPlace';

export class NodeTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #parents = new Map<string, Node>();
  #roots: readonly Node[] = [];

  get roots(): readonly Node[] {
    return this.#roots;
  }

  show(roots: readonly Node[]): void {
    this.#roots = roots;
    this.#parents.clear();
    this.#link(roots);
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    return [...(node === undefined ? this.#roots : (node.children ?? []))];
  }

  getParent(node: Node): Node | undefined {
    return this.#parents.get(node.id);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleState(node));
    item.id = node.id;
    item.iconPath = node.icon;
    if (node.description !== undefined) item.description = node.description;
    item.tooltip = node.tooltip ?? node.label;
    if (node.context !== undefined) item.contextValue = node.context;
    if (node.place !== undefined) item.command = { title: '', command: OPEN_COMMAND, arguments: [node] };
    item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
    return item;
  }

  #link(nodes: readonly Node[]): void {
    for (const node of nodes) {
      for (const child of node.children ?? []) this.#parents.set(child.id, node);
      this.#link(node.children ?? []);
    }
  }
}

function collapsibleState({ children, isOpen }: Node): vscode.TreeItemCollapsibleState {
  if (children === undefined || children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return isOpen === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

const SEVERITY_ICONS = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  information: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
} as const;

const STATUS_ICONS: Readonly<Record<CheckStatus, vscode.ThemeIcon>> = {
  pass: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  fail: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  unknown: new vscode.ThemeIcon('question'),
};

export const IDLE_ICON = new vscode.ThemeIcon('dash', new vscode.ThemeColor('disabledForeground'));

export function severityIcon(severity: ViewFinding['severity']): vscode.ThemeIcon {
  return SEVERITY_ICONS[severity];
}

export function statusIcon(status: CheckStatus): vscode.ThemeIcon {
  return STATUS_ICONS[status];
}

export function findingNode(parentId: string, finding: ViewFinding): Node {
  return {
    id: `${parentId}/${finding.uri}#${finding.fingerprint}`,
    label: plain(finding.title),
    description: finding.label,
    tooltip: plain(finding.message),
    icon: severityIcon(finding.severity),
    context: `finding${finding.isFixable ? '.fixable' : ''}${finding.hasFlow ? '.flow' : ''}`,
    place: finding,
    finding,
  };
}

export function placeNode(parentId: string, place: ViewPlace, index: number): Node {
  return {
    id: `${parentId}/place${index}`,
    label: place.label,
    icon: new vscode.ThemeIcon('go-to-file'),
    context: 'place',
    place,
  };
}

/** Rows show no Markdown. */
export function plain(text: string): string {
  return text.replaceAll('`', '');
}
