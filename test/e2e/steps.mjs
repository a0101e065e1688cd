/** Steps of a walk through the workbench: named, timed, counted. After a failure the rest of the walk is left out, and
 *  counted as failed, for its ground is gone. */
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 15_000;
const POLL_MS = 50;

export class Walk {
  /** @type {{ name: string, run: () => Promise<void> }[]} */
  #steps = [];
  #title;

  /** @param {string} title */
  constructor(title) {
    this.#title = title;
  }

  /** @param {string} name
   *  @param {() => Promise<void>} run */
  step(name, run) {
    this.#steps.push({ name, run });
    return this;
  }

  /** @param {(name: string) => Promise<void>} onFailure takes a screenshot
   *  @returns {Promise<{ passed: number, failed: number }>} */
  async go(onFailure) {
    console.log(`\n  ${this.#title}`);
    for (const [nPassed, { name, run }] of this.#steps.entries()) {
      const startMs = performance.now();
      try {
        await run();
        console.log(`    ✔ ${name} (${((performance.now() - startMs) / 1000).toFixed(1)} s)`);
      } catch (error) {
        console.log(`    ✘ ${name}\n${error instanceof Error ? error.stack : error}`);
        await onFailure(`failed-${this.#title}-${nPassed + 1}`.replace(/\W+/g, '-'));
        const nLeftOut = this.#steps.length - nPassed - 1;
        if (nLeftOut > 0) console.log(`    – ${nLeftOut} steps after it were left out`);
        return { passed: nPassed, failed: this.#steps.length - nPassed };
      }
    }
    return { passed: this.#steps.length, failed: 0 };
  }
}

/** Polls until `check` does not throw.
 *  @template T
 *  @param {() => Promise<T>} check
 *  @returns {Promise<T>} */
export async function eventually(check) {
  for (const endMs = Date.now() + WAIT_MS; ; await sleep(POLL_MS)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > endMs) throw error;
    }
  }
}
