/** One line on the terminal that says how far a slow run is. Writes nothing where nobody watches. */
import type { Io } from './io';
import { displayWidth, toPrintable } from './style';

const QUIET_MS = 400; // ms; a run that is done by then needs no progress line
const INTERVAL_MS = 80; // ms; faster is not readable
const CLEAR_LINE = '\r\u001b[2K';

export class Progress {
  readonly #io: Io;
  readonly #startMs: number;
  #lastMs = 0;
  #isShown = false;

  constructor(io: Io) {
    this.#io = io;
    this.#startMs = io.now();
  }

  show(verb: string, nDone: number, nTotal: number, path: string): void {
    if (!this.#io.stderr.isTty) return;
    const nowMs = this.#io.now();
    if (nowMs - this.#startMs < QUIET_MS || nowMs - this.#lastMs < INTERVAL_MS) return;
    this.#lastMs = nowMs;
    this.#isShown = true;
    const line = `${verb} ${nDone}/${nTotal} ${toPrintable(path)}`;
    const cut =
      displayWidth(line) < this.#io.stderr.columns ? line : line.slice(0, this.#io.stderr.columns - 1);
    this.#io.stderr.write(CLEAR_LINE + cut);
  }

  done(): void {
    if (this.#isShown) this.#io.stderr.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
