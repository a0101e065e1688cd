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
  #verb = '';
  #verbStartMs = 0;

  constructor(io: Io) {
    this.#io = io;
    this.#startMs = io.now();
  }

  show(verb: string, nDone: number, nTotal: number, path: string): void {
    if (!this.#io.stderr.isTty || this.#io.env.CI) return;
    const nowMs = this.#io.now();
    // Kinds of work differ in speed: each is reckoned by itself.
    if (verb !== this.#verb) [this.#verb, this.#verbStartMs] = [verb, nowMs];
    if (nowMs - this.#startMs < QUIET_MS || nowMs - this.#lastMs < INTERVAL_MS) return;
    this.#lastMs = nowMs;
    this.#isShown = true;
    const left = timeLeft(nowMs - this.#verbStartMs, nDone, nTotal);
    const line = `${verb} ${nDone}/${nTotal}${left} ${toPrintable(path)}`;
    const cut =
      displayWidth(line) < this.#io.stderr.columns ? line : line.slice(0, this.#io.stderr.columns - 1);
    this.#io.stderr.write(CLEAR_LINE + cut);
  }

  done(): void {
    if (this.#isShown) this.#io.stderr.write(CLEAR_LINE);
    this.#isShown = false;
  }
}

/** Said once enough is done to tell, and only if it is worth waiting for. */
function timeLeft(elapsedMs: number, nDone: number, nTotal: number): string {
  const leftMs = (elapsedMs / Math.max(1, nDone)) * (nTotal - nDone);
  const isKnown = elapsedMs > 1000 && nDone >= 10;
  return isKnown && leftMs > 1500 ? `, ${Math.ceil(leftMs / 1000)} s left:` : '';
}
