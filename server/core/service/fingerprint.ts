/** Names findings so that they are found again after edits elsewhere: rule, file, the code of their lines without
 *  white space, and a count among equals. */
import { hash } from '../base/hash';
import { codeOfLines } from '../base/range';
import type { RawFinding } from '../rules/rule';

/** Fingerprints in the order of the findings, 16 hex digits each. */
export function fingerprints(
  file: string,
  text: string,
  findings: readonly (RawFinding & { ruleId: string })[],
): string[] {
  const counts = new Map<string, number>();
  return findings.map(({ ruleId, range }) => {
    const key = `${ruleId}\0${file}\0${codeOfLines(text, range)}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return hash(`${key}\0${count}`);
  });
}
