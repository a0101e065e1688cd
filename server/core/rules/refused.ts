/** What a rule answers when it writes no fix. */
import type { FixOutcome } from './rule';

/** `reason` continues the sentence: "the address is put together in this place". */
export function refused(reason: string): FixOutcome {
  return { kind: 'refused', reason: `no fix is written, because ${reason}` };
}
