/** An editor in memory: speaks the protocol with a real session over two streams, keeps documents as an editor
 *  does, and applies workspace edits. */
import { PassThrough } from 'node:stream';
import type { ClientCapabilities, CodeAction, Hover, WorkspaceEdit } from 'vscode-languageserver';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  type CancellationToken,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer, AnalyzerHost, Rule } from '../../server/core/index';
import { MemoryHost } from '../../server/host/memory';
import { createSession } from '../../server/lsp/server';
import { STATUS_NOTIFICATION, type StatusParams } from '../../server/protocol/requests';
import { VIEWS_CHANGED_NOTIFICATION } from '../../server/protocol/views';
import { createFakeAnalyzer, FAKE_RULES, type FakeAnalyzer } from './fakeAnalyzer';
import { idle, TestClock } from './testClock';

export const ROOT = 'file:///app';

export interface ClientOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  /** Settings by scope URI, for multi-root tests. */
  readonly settingsOf?: (scopeUri: string | undefined) => unknown;
  readonly initializationOptions?: unknown;
  readonly locale?: string;
  /** What is shipped for a language. */
  readonly textsOf?: (language: string) => unknown;
  /** The stand-in by default. */
  readonly engine?: { readonly rules: readonly Rule[]; createAnalyzer(host: AnalyzerHost): Analyzer };
}

export const PULL: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false, relatedInformation: true, codeDescriptionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
      disabledSupport: true,
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

/** An old or plain editor: push only, `changes` only, edits at once. */
export const PLAIN: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    hover: { contentFormat: ['plaintext'] },
  },
};

export class TestClient {
  readonly host: MemoryHost;
  readonly clock = new TestClock();
  /** In the order of their folders. */
  readonly analyzers: FakeAnalyzer[] = [];
  readonly documents = new Map<string, TextDocument>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly messages: string[] = [];
  readonly logs: string[] = [];
  readonly statuses: StatusParams[] = [];
  readonly registered: string[] = [];
  /** What the server told of its work, in order. */
  readonly progress: unknown[] = [];
  nRefreshes = 0;
  nViewNews = 0;
  settings: unknown;
  readonly #connection: ProtocolConnection;
  readonly #resultIds = new Map<string, string>();

  private constructor(options: ClientOptions) {
    this.host = new MemoryHost(options.files);
    this.settings = options.settings;
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    createSession(server, {
      clock: this.clock,
      version: '0.0.0',
      rules: options.engine?.rules ?? FAKE_RULES,
      createSecret: () => 'f'.repeat(64),
      createFileHost: () => this.host,
      readTexts: (language) => options.textsOf?.(language),
      createAnalyzer: (host) => {
        if (options.engine !== undefined) return options.engine.createAnalyzer(host);
        const analyzer = createFakeAnalyzer(host);
        this.analyzers.push(analyzer);
        return analyzer;
      },
    });
    server.listen();
    this.#connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.#listen(options);
  }

  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    await client.#initialize(options);
    return client;
  }

  get analyzer(): FakeAnalyzer {
    const analyzer = this.analyzers[0];
    if (analyzer === undefined) throw new Error('no analyzer yet');
    return analyzer;
  }

  request<R>(method: string, params: unknown, token?: CancellationToken): Promise<R> {
    if (params === undefined) return this.#connection.sendRequest(method);
    // The library takes an undefined token for a second parameter.
    if (token === undefined) return this.#connection.sendRequest(method, params);
    return this.#connection.sendRequest(method, params, token);
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.#connection.sendNotification(method, params);
    await idle();
  }

  async open(uri: string, text: string, languageId = 'python'): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces UTF-16 offsets `start` to `end`, as a key press does. */
  async edit(uri: string, start: number, end: number, text: string): Promise<void> {
    const document = this.#document(uri);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const version = document.version + 1;
    TextDocument.update(document, [{ range, text }], version);
    const textDocument = { uri, version };
    await this.notify('textDocument/didChange', { textDocument, contentChanges: [{ range, text }] });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    this.#resultIds.delete(uri);
    await this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  async watched(uri: string, type: FileChangeType): Promise<void> {
    await this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  report(uri: string, token?: CancellationToken): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, previousResultId: this.#resultIds.get(uri) };
    return this.request('textDocument/diagnostic', params, token);
  }

  readonly #items = new Map<string, readonly Diagnostic[]>();

  /** What the editor shows after it pulled. */
  async pull(uri: string, token?: CancellationToken): Promise<readonly Diagnostic[]> {
    const report = await this.report(uri, token);
    if (report.resultId !== undefined) this.#resultIds.set(uri, report.resultId);
    if (report.kind === 'full') this.#items.set(uri, report.items);
    return this.#items.get(uri) ?? [];
  }

  pullWorkspace(
    previous: Readonly<Record<string, string>> = {},
    token?: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const previousResultIds = Object.entries(previous).map(([uri, value]) => ({ uri, value }));
    return this.request('workspace/diagnostic', { previousResultIds }, token);
  }

  /** The last diagnostics that were pushed for a file. */
  pushed(uri: string): readonly Diagnostic[] | undefined {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics;
  }

  codeActions(
    uri: string,
    range: Range,
    context: { only?: string[]; diagnostics?: Diagnostic[] } = {},
  ): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return this.request('textDocument/codeAction', params);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.request('codeAction/resolve', action);
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  }

  /** As VS Code does: refuses an edit that was made for another version. */
  async apply(edit: WorkspaceEdit): Promise<void> {
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change) {
        if (change.kind !== 'create') throw new Error('only new files are expected');
        if ((await this.host.read(change.uri)).kind !== 'text') this.host.set(change.uri, '');
        continue;
      }
      const { uri, version } = change.textDocument;
      const edits = change.edits.map((each) => {
        if ('newText' in each) return each;
        throw new Error('only plain text edits are expected');
      });
      const document = this.documents.get(uri);
      if (document === undefined) {
        const present = await this.host.read(uri);
        if (present.kind !== 'text') throw new Error(`${uri} does not exist`);
        this.host.set(uri, TextDocument.applyEdits(TextDocument.create(uri, '', 1, present.text), edits));
        continue;
      }
      if (version !== document.version) throw new Error(`edit for version ${version} of ${uri}`);
      const text = TextDocument.applyEdits(document, edits);
      await this.edit(uri, 0, document.getText().length, text);
    }
  }

  text(uri: string): string {
    return this.#document(uri).getText();
  }

  dispose(): void {
    this.#connection.dispose();
  }

  #document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  #listen(options: ClientOptions): void {
    const connection = this.#connection;
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => options.settingsOf?.(scopeUri) ?? this.settings ?? null),
    );
    connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => {
      this.registered.push(...params.registrations.map(({ method }) => method));
      return null;
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onNotification('$/progress', ({ value }: { value: unknown }) => {
      this.progress.push(value);
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.nRefreshes++;
      return null;
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.messages.push(message);
      return null;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logs.push(message);
    });
    connection.onNotification(STATUS_NOTIFICATION, (params: StatusParams) => {
      this.statuses.push(params);
    });
    connection.onNotification(VIEWS_CHANGED_NOTIFICATION, () => {
      this.nViewNews++;
    });
    connection.listen();
  }

  async #initialize(options: ClientOptions): Promise<void> {
    const folders = options.folders ?? [ROOT];
    await this.request('initialize', {
      processId: null,
      rootUri: folders[0] ?? null,
      capabilities: options.capabilities ?? PULL,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      initializationOptions: options.initializationOptions,
      locale: options.locale,
    });
    await this.notify('initialized', {});
  }
}

export function rangeOf(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
