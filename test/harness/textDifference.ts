/** Shows where two texts part, for messages of failing tests. */

/** Lines of context around the differing part. */
const N_CONTEXT_LINES = 2;

/** Common lines at both ends are left out; `-` is expected, `+` is actual; odd white space is made visible. */
export function describeDifference(expected: string, actual: string): string {
  const wanted = toLines(expected);
  const got = toLines(actual);
  let start = 0;
  while (start < wanted.length && start < got.length && wanted[start] === got[start]) start++;
  let nTail = 0;
  while (
    nTail < Math.min(wanted.length, got.length) - start &&
    wanted[wanted.length - 1 - nTail] === got[got.length - 1 - nTail]
  )
    nTail++;
  const from = Math.max(0, start - N_CONTEXT_LINES);
  const tailStart = wanted.length - nTail;
  return [
    `    (from line ${start + 1})`,
    ...wanted.slice(from, start).map((line) => `      ${line}`),
    ...wanted.slice(start, tailStart).map((line) => `    - ${line}`),
    ...got.slice(start, got.length - nTail).map((line) => `    + ${line}`),
    ...wanted.slice(tailStart, tailStart + N_CONTEXT_LINES).map((line) => `      ${line}`),
  ].join('\n');
}

function toLines(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\r/g, '␍').replace(/\t/g, '⇥').replace(/ $/, '·'));
  // The empty rest after the last line end is no line; its absence is said instead.
  const last = lines.pop();
  return last === '' || last === undefined ? lines : [...lines, `${last} (no line end)`];
}
