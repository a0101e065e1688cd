/** Reads the files of a folder in the background and keeps the analyzer in step with the disk. */
import { basename, type FilePath } from '../core/index';
import { isInSkippedFolder, type ReadResult } from '../host/host';
import type { Folder } from './folder';
import type { Session } from './session';
import type { OpenDocument } from './workspace';

/** Files read at the same time; enough to keep a slow file system busy. */
const N_READERS = 8;

export class Loader {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what is new in the folder and forgets what is gone. Runs after any earlier one has ended. */
  sync(folder: Folder): Promise<void> {
    if (folder.isLoose) return Promise.resolve();
    folder.isLoaded = false;
    const run = folder.loaded.then(() => this.#sync(folder));
    folder.loaded = run;
    return run;
  }

  /** A document whose file was deleted counts again if the file is back; the watcher may only say so later. */
  async revive(document: OpenDocument | undefined): Promise<void> {
    if (document?.isDeleted !== true) return;
    const result = await this.#session.files.read(document.uri);
    const isBack = result.kind === 'text' || result.problem !== 'missing';
    if (!isBack || !document.isDeleted || this.#session.workspace.document(document.uri) !== document) return;
    this.#session.workspace.pushText(document);
    this.#session.announcer.changed();
  }

  /** Brings one closed file up to date with the disk. */
  async reread(folder: Folder, path: FilePath): Promise<void> {
    if (folder.isLoose || !this.#isWanted(folder, path)) return;
    const uri = folder.uriOf(path);
    const result = await this.#session.files.read(uri);
    if (folder.isDisposed || !this.#isWanted(folder, path)) return;
    this.#take(folder, path, result);
  }

  async #sync(folder: Folder): Promise<void> {
    const { status, files, log } = this.#session;
    status.startLoading();
    const start = this.#session.environment.clock.now();
    try {
      const listed = await files.list(folder.root.toString());
      for (const { path, message } of listed.problems) log.warn(`${path || folder.key}: ${message}`);
      if (listed.isTruncated)
        this.#session.tellOnce(
          'warning',
          this.#session.t(
            'Moat: the folder {0} has very many files; some of them were not read.',
            basename(folder.root.path),
          ),
        );
      const wanted = listed.files.filter((path) => this.#isWanted(folder, path));
      this.#forgetGone(folder, new Set(listed.files));
      await this.#readAll(
        folder,
        wanted.filter((path) => !folder.diskFiles.has(path)),
      );
      const tookMs = Math.round(this.#session.environment.clock.now() - start);
      log.info(`${folder.key}: ${count(folder.diskFiles.size, 'file')} read in ${tookMs} ms`);
      await this.#session.baselines.read(folder);
    } catch (error) {
      log.error(`Reading the folder ${folder.key} failed`, error);
    } finally {
      folder.isLoaded = true;
      status.endLoading();
      if (!folder.isDisposed) this.#session.announcer.changed(folder);
    }
  }

  #forgetGone(folder: Folder, present: ReadonlySet<FilePath>): void {
    for (const path of [...folder.diskFiles, ...folder.skipped.keys()])
      if (!present.has(path) || !this.#isWanted(folder, path)) folder.forget(path);
  }

  async #readAll(folder: Folder, paths: readonly FilePath[]): Promise<void> {
    const { status, scheduler, files } = this.#session;
    status.foundFiles(paths.length);
    const queue = paths[Symbol.iterator]();
    const readNext = async (): Promise<void> => {
      for (const path of queue) {
        if (folder.isDisposed) return;
        const result = await files.read(folder.uriOf(path));
        status.readFile();
        if (!folder.isDisposed && this.#isWanted(folder, path)) this.#take(folder, path, result);
        await scheduler.pause();
      }
    };
    await Promise.all(Array.from({ length: N_READERS }, readNext));
  }

  /** Files that count, that no open document stands for, and that no inner workspace folder owns. */
  #isWanted(folder: Folder, path: FilePath): boolean {
    const { workspace } = this.#session;
    return (
      folder.analyzer.isRelevant(path) &&
      !isInSkippedFolder(path) &&
      workspace.documentAt(folder, path) === undefined &&
      workspace.ownerOf(folder.uriOf(path)) === folder
    );
  }

  #take(folder: Folder, path: FilePath, result: ReadResult): void {
    if (result.kind === 'text') {
      try {
        if (folder.analyzer.textOf(path) !== result.text) folder.analyzer.setFile(path, result.text);
        folder.diskFiles.add(path);
        folder.skipped.delete(path);
      } catch (error) {
        this.#session.log.error(`Reading ${path} failed`, error);
      }
      return;
    }
    folder.forget(path);
    if (result.problem === 'missing') return;
    folder.skipped.set(path, this.#session.say(result.message));
    this.#session.log.warn(`Moat does not check ${path}: it ${result.message}`);
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
