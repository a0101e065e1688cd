/** Tells the client about results that it did not ask for: a refresh if it pulls, the diagnostics if it does not.
 *  One run at a time; whatever changes meanwhile starts another. */
import type { CancellationToken } from 'vscode-languageserver';
import type { FilePath } from '../core/index';
import { createBudget } from './checker';
import type { Folder } from './folder';
import type { Session } from './session';
import type { OpenDocument } from './workspace';

/** Changes that come together, such as a branch switch, are answered together, in ms. */
const GATHER_MS = 10;

interface Given {
  readonly resultId: string;
  /** Version of the open document, or undefined for a closed file. */
  readonly version: number | undefined;
}

export class Announcer {
  readonly #session: Session;
  /** What the client has last been given, by the file's key. */
  readonly #given = new Map<string, Given & { readonly uri: string }>();
  /** Folders whose every file is to be looked at again. */
  readonly #whole = new Set<Folder>();
  #isRunning = false;
  #isChanged = false;
  #isStopped = false;
  #generation = 0;
  #waiters: (() => void)[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Grows with every change that may have changed findings. */
  get generation(): number {
    return this.#generation;
  }

  /** Something changed. With a folder: so much that all of its files count as changed. */
  changed(folder?: Folder): void {
    if (folder !== undefined) this.#whole.add(folder);
    this.#isChanged = true;
    if (!this.#isRunning && !this.#isStopped) void this.#run();
  }

  /** The client pulled this. */
  gave(document: OpenDocument, resultId: string): void {
    const { uri, text } = document;
    this.#given.set(document.key, { uri, resultId, version: text.version });
  }

  forget(key: string): void {
    this.#given.delete(key);
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  /** Waits for a change after `generation`, at most `ms`. */
  async next(generation: number, ms: number, token: CancellationToken): Promise<void> {
    if (this.#generation !== generation || this.#isStopped) return;
    const woken = new Promise<void>((resolve) => this.#waiters.push(resolve));
    const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
    await Promise.race([woken, cancelled, this.#session.environment.clock.sleep(ms)]);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#isChanged && !this.#isStopped) {
        this.#isChanged = false;
        await this.#session.environment.clock.sleep(GATHER_MS);
        for (const document of this.#session.workspace.documents)
          await this.#session.scheduler.settle(document);
        this.#generation++;
        this.#wake();
        await this.#solve();
        if (this.#isChanged) continue;
        if (this.#session.client.pullsDiagnostics) await this.#refreshStale();
        else await this.#pushStale();
        this.#session.viewNews.announce();
      }
    } catch (error) {
      this.#session.log.error('Announcing results failed', error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Works the loaded folders out, a file at a time, so that requests are answered in between. */
  async #solve(): Promise<void> {
    const { workspace, scheduler, log } = this.#session;
    for (const folder of workspace.folders) {
      if (!folder.isLoaded) continue;
      try {
        while (!this.#isChanged && !folder.isDisposed && folder.analyzer.solveNext(createBudget()))
          await scheduler.pause();
      } catch (error) {
        log.error('Working out a folder failed', error);
      }
    }
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** Checks open documents that others changed; asks for a refresh if one shows something else now.
   *  A document with a newer version than was given is left out: the client is about to pull it. */
  async #refreshStale(): Promise<void> {
    const { workspace, client, connection, scheduler } = this.#session;
    this.#whole.clear();
    let isDifferent = false;
    for (const document of workspace.documents) {
      const given = this.#given.get(document.key);
      if (given === undefined || given.version !== document.text.version) continue;
      const resultId = this.#session.tryCheck(document.folder, document.path)?.resultId;
      if (resultId !== undefined && resultId !== given.resultId) {
        isDifferent = true;
        // Said once: a client that does not pull this document now will when it shows it.
        this.#given.set(document.key, { ...given, resultId });
      }
      await scheduler.pause();
    }
    if (isDifferent && client.canRefreshDiagnostics) await connection.languages.diagnostics.refresh();
  }

  async #pushStale(): Promise<void> {
    const { workspace, scheduler } = this.#session;
    const whole = new Set(this.#whole);
    this.#whole.clear();
    const documents = [...workspace.documents].sort((a, b) => b.changedAt - a.changedAt);
    for (const { folder, path } of documents) {
      this.#push(folder, path);
      await scheduler.pause();
    }
    for (const folder of workspace.folders) {
      if (folder.isLoose || !folder.isLoaded || folder.settings.scope === 'openFiles') continue;
      const { analyzer } = folder;
      const files = whole.has(folder) ? analyzer.checkableFiles() : analyzer.staleFiles();
      for (const path of files) {
        if (this.#isChanged && workspace.documents.length > 0 && !whole.has(folder)) return;
        if (!folder.isDisposed && workspace.documentAt(folder, path) === undefined) this.#push(folder, path);
        await scheduler.pause();
      }
    }
    this.#clearGone();
  }

  #push(folder: Folder, path: FilePath): void {
    const { workspace, connection } = this.#session;
    const document = workspace.documentAt(folder, path);
    const uri = workspace.uriOf(folder, path);
    const key = document?.key ?? folder.uriOf(path);
    const result = this.#session.tryCheck(folder, path);
    if (result === undefined) return;
    const version = document?.text.version;
    const given = this.#given.get(key);
    if (given?.resultId === result.resultId && given.version === version) return;
    if (given === undefined && result.items.length === 0 && document === undefined) return;
    this.#given.set(key, { uri, resultId: result.resultId, version });
    const diagnostics = [...result.items];
    void connection.sendDiagnostics(
      version === undefined ? { uri, diagnostics } : { uri, version, diagnostics },
    );
  }

  /** Takes back what was pushed for files that are no longer there, or no longer shown. */
  #clearGone(): void {
    const { workspace, connection } = this.#session;
    for (const [key, { uri }] of this.#given) {
      const location = workspace.locate(uri);
      const isShown =
        location !== undefined &&
        (location.document !== undefined ||
          (location.folder.settings.scope === 'workspace' &&
            location.folder.analyzer.hasFile(location.path)));
      if (isShown) continue;
      this.#given.delete(key);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }
}
