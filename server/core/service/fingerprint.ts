/** Names findings so that they are found again after edits elsewhere: rule, file, the code of their lines without
 *  white space, and a count among equals. */
import type { RawFinding } from '../rules/rule';

/** Fingerprints in the order of the findings, 16 hex digits each. */
export function fingerprints(
  file: string,
  text: string,
  findings: readonly (RawFinding & { ruleId: string })[],
): string[] {
  const counts = new Map<string, number>();
  return findings.map(({ ruleId, range }) => {
    const start = text.lastIndexOf('\n', range.start - 1) + 1;
    const end = text.indexOf('\n', range.end);
    const code = text.slice(start, end < 0 ? text.length : end).replace(/\s+/g, '');
    const key = `${ruleId}\0${file}\0${code}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return hash(`${key}\0${count}`);
  });
}

/** FNV-1a in two 32-bit lanes. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x85ebca6b);
  }
  return hex(a) + hex(b);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
