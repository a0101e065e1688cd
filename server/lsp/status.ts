/** What the client's status item shows, or the progress of a client that has none. Sent only when it changed, and not too
 *  often while files are read. */
import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { STATUS_NOTIFICATION, type StatusParams } from '../protocol/requests';
import type { Session } from './session';

/** Progress is shown at most this often, in ms. */
const PROGRESS_MS = 100;

export class Status {
  readonly #session: Session;
  #nDone = 0;
  #nTotal = 0;
  #nRunning = 0;
  /** Messages by file. */
  readonly #errors = new Map<string, string>();
  #sentAt = Number.NEGATIVE_INFINITY;
  #sent = '';
  #progress: Promise<WorkDoneProgressServerReporter | undefined> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  startLoading(): void {
    if (this.#nRunning++ === 0) this.#progress = this.#beginProgress();
    this.#send();
  }

  foundFiles(nFiles: number): void {
    this.#nTotal += nFiles;
  }

  readFile(): void {
    this.#nDone++;
    const now = this.#session.environment.clock.now();
    if (now - this.#sentAt >= PROGRESS_MS) this.#send();
  }

  endLoading(): void {
    this.#nRunning--;
    if (this.#nRunning === 0) {
      [this.#nDone, this.#nTotal] = [0, 0];
      void this.#progress?.then((progress) => progress?.done());
    }
    this.#send();
  }

  /** Checking a file failed, or works again (undefined). */
  setError(file: string, message: string | undefined): void {
    if (this.#errors.get(file) === message) return;
    if (message === undefined) this.#errors.delete(file);
    else this.#errors.set(file, message);
    this.#send();
  }

  /** Something that is shown may have changed. */
  update(): void {
    this.#send();
  }

  async #beginProgress(): Promise<WorkDoneProgressServerReporter | undefined> {
    const { client, connection, t, log } = this.#session;
    if (client.wantsStatus || !client.showsProgress) return undefined;
    try {
      const progress = await connection.window.createWorkDoneProgress();
      progress.begin(t('Moat reads the workspace'), 0);
      return progress;
    } catch (error) {
      log.error('Showing progress failed', error);
      return undefined;
    }
  }

  #send(): void {
    if (!this.#session.client.wantsStatus) {
      this.#report();
      return;
    }
    const folders = this.#session.workspace.folders;
    const nSkipped = folders.reduce((sum, folder) => sum + folder.skipped.size, 0);
    const nKnown = folders.reduce((sum, folder) => sum + this.#session.baselines.nKnown(folder), 0);
    const error = this.#errors.values().next().value;
    const params: StatusParams = {
      state: error !== undefined ? 'error' : this.#nRunning > 0 ? 'analyzing' : 'ready',
      nDone: this.#nDone,
      nTotal: this.#nTotal,
      nSkipped,
      ...(nKnown === 0 ? {} : { nKnown }),
      ...(error === undefined ? {} : { message: error }),
    };
    const text = JSON.stringify(params);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#sentAt = this.#session.environment.clock.now();
    void this.#session.connection.sendNotification(STATUS_NOTIFICATION, params);
  }

  #report(): void {
    const [nDone, nTotal] = [this.#nDone, this.#nTotal];
    if (this.#nRunning === 0 || nTotal === 0) return;
    this.#sentAt = this.#session.environment.clock.now();
    void this.#progress?.then((progress) => progress?.report((100 * nDone) / nTotal, `${nDone}/${nTotal}`));
  }
}
