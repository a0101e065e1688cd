/** The checklist and the attack surface: asked for while they are seen, and again whenever the server says so. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { State } from 'vscode-languageclient';
import {
  ATTACK_SURFACE_REQUEST,
  type AttackSurfaceResult,
  CHECKLIST_REQUEST,
  type ChecklistResult,
  VIEWS_CHANGED_NOTIFICATION,
} from '../../server/protocol/views';
import { brokenRows, checklistNodes } from './checklist';
import { type Node, NodeTree } from './nodes';
import { filteredRoutes, filterLabels, routeId, type SurfaceFilter, surfaceNodes } from './surface';

export const CHECKLIST_VIEW = 'moat.checklist';
export const SURFACE_VIEW = 'moat.attackSurface';

/** What empty views say; context key of `viewsWelcome`. */
type ViewState = 'loading' | 'empty' | 'ready' | 'stopped';

export class LiveViews implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #checklistTree = new NodeTree();
  readonly #surfaceTree = new NodeTree();
  readonly #checklistView: vscode.TreeView<Node>;
  readonly #surfaceView: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when the server has something new to show. */
  readonly onDidChange = this.#changed.event;
  #surface: AttackSurfaceResult = { isLoading: true, routes: [] };
  #checklist: ChecklistResult = { isLoading: true, apps: [] };
  #filters: ReadonlySet<SurfaceFilter> = new Set();
  /** One question at a time; what comes meanwhile is asked afterwards. */
  #asking: Promise<void> | undefined;
  #isStale = true;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const options = { showCollapseAll: true };
    this.#checklistView = vscode.window.createTreeView(CHECKLIST_VIEW, {
      ...options,
      treeDataProvider: this.#checklistTree,
    });
    this.#surfaceView = vscode.window.createTreeView(SURFACE_VIEW, {
      ...options,
      treeDataProvider: this.#surfaceTree,
    });
    this.#disposables.push(
      this.#checklistView,
      this.#surfaceView,
      this.#changed,
      client.onNotification(VIEWS_CHANGED_NOTIFICATION, () => {
        this.#changed.fire();
        void this.refresh();
      }),
      client.onDidChangeState(({ newState }) => this.#follow(newState)),
      this.#checklistView.onDidChangeVisibility(() => void this.#askIfSeen()),
      this.#surfaceView.onDidChangeVisibility(() => void this.#askIfSeen()),
    );
    setState('loading');
  }

  get checklist(): ChecklistResult {
    return this.#checklist;
  }

  get surface(): AttackSurfaceResult {
    return this.#surface;
  }

  /** Rows as they are drawn, for tests. */
  get rows(): { readonly checklist: readonly Node[]; readonly surface: readonly Node[] } {
    return { checklist: this.#checklistTree.roots, surface: this.#surfaceTree.roots };
  }

  get filters(): ReadonlySet<SurfaceFilter> {
    return this.#filters;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Asks anew. The badge is there for those who do not look, so the checklist is always asked for. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#asking ??= this.#askAll().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  filter(filters: ReadonlySet<SurfaceFilter>): void {
    this.#filters = filters;
    void vscode.commands.executeCommand('setContext', 'moat.isFiltered', filters.size > 0);
    this.#showSurface();
  }

  /** Selects a route in the attack surface. */
  async revealRoute(uri: string, line: number): Promise<void> {
    await vscode.commands.executeCommand(`${SURFACE_VIEW}.focus`);
    await this.refresh();
    const isMeant = (route: AttackSurfaceResult['routes'][number]) =>
      vscode.Uri.parse(route.uri).toString() === uri && route.range.start.line === line;
    const route = this.#surface.routes.find(isMeant);
    if (route === undefined) return;
    if (!filteredRoutes(this.#surface, this.#filters).includes(route)) this.filter(new Set());
    const node = this.#surfaceTree.roots.find(({ id }) => id === routeId(route));
    if (node !== undefined) await this.#surfaceView.reveal(node, { select: true, focus: true, expand: true });
  }

  async #askIfSeen(): Promise<void> {
    if (this.#isStale && (this.#checklistView.visible || this.#surfaceView.visible)) await this.refresh();
  }

  async #askAll(): Promise<void> {
    try {
      while (this.#isStale && this.#client.isRunning()) {
        this.#isStale = false;
        this.#checklist = await this.#client.sendRequest<ChecklistResult>(CHECKLIST_REQUEST);
        this.#surface = await this.#client.sendRequest<AttackSurfaceResult>(ATTACK_SURFACE_REQUEST);
        if (this.#client.isRunning()) this.#show();
      }
    } catch {
      // The server went away while it was asked; it is asked again when it is back.
      this.#isStale = true;
    }
  }

  #show(): void {
    const { isLoading, apps } = this.#checklist;
    const nBroken = apps.reduce((sum, app) => sum + brokenRows(app).length, 0);
    this.#checklistTree.show(checklistNodes(this.#checklist));
    const tooltip = vscode.l10n.t('Promises that are not kept: {0}', nBroken);
    this.#checklistView.badge = nBroken === 0 ? undefined : { value: nBroken, tooltip };
    const [only] = apps;
    if (apps.length === 1 && only !== undefined) this.#checklistView.description = only.name;
    else delete this.#checklistView.description;
    this.#checklistView.message =
      apps.length > 0 && nBroken === 0
        ? vscode.l10n.t('Nothing is broken as far as Moat can see.')
        : undefined;
    this.#showSurface();
    setState(apps.length > 0 || this.#surface.routes.length > 0 ? 'ready' : isLoading ? 'loading' : 'empty');
  }

  #showSurface(): void {
    const shown = filteredRoutes(this.#surface, this.#filters);
    this.#surfaceTree.show(surfaceNodes(shown));
    const labels = filterLabels();
    this.#surfaceView.message =
      this.#filters.size === 0
        ? undefined
        : vscode.l10n.t(
            'Filter: {0}. Routes shown: {1} of {2}.',
            [...this.#filters].map((filter) => labels[filter]).join(', '),
            shown.length,
            this.#surface.routes.length,
          );
  }

  #follow(state: State): void {
    if (state === State.Running) void this.refresh();
    if (state !== State.Stopped) return;
    this.#checklist = { isLoading: true, apps: [] };
    this.#surface = { isLoading: true, routes: [] };
    this.#show();
    setState('stopped');
  }
}

function setState(state: ViewState): void {
  void vscode.commands.executeCommand('setContext', 'moat.state', state);
}
