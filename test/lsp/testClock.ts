/** Virtual time. By itself it jumps to the next deadline when nothing else happens; `hold()` stops that, and
 *  `advance()` moves it by hand. No test waits in real time. */
import type { Clock } from '../../server/lsp/environment';

interface Sleeper {
  readonly at: number;
  readonly resume: () => void;
}

/** Turns of the event loop without which a message may still be under way. */
const IDLE_TURNS = 12;

export class TestClock implements Clock {
  #now = 1000;
  #isHeld = false;
  #isTicking = false;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resume) => {
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), resume });
      this.#tick();
    });
  }

  yieldNow(): Promise<void> {
    return turn();
  }

  /** Time that passes while somebody computes. */
  spend(ms: number): void {
    this.#now += ms;
  }

  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#tick();
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    const wasHeld = this.#isHeld;
    this.#isHeld = true;
    for (;;) {
      await idle();
      const due = this.#sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#wake(due);
    }
    this.#now = until;
    if (!wasHeld) this.release();
  }

  #tick(): void {
    if (this.#isTicking || this.#isHeld) return;
    this.#isTicking = true;
    void idle().then(() => {
      this.#isTicking = false;
      if (this.#isHeld) return;
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined) return;
      this.#wake(next);
      this.#tick();
    });
  }

  #wake(sleeper: Sleeper): void {
    this.#now = Math.max(this.#now, sleeper.at);
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    sleeper.resume();
  }
}

/** Lets everything happen that waits for no timer. */
export async function idle(): Promise<void> {
  for (let i = 0; i < IDLE_TURNS; i++) await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
