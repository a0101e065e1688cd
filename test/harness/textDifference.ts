/** Shows where two texts part, for messages of failing tests. */

/** Unchanged lines shown beside a changed one. */
const N_CONTEXT_LINES = 2;

/** Lines with `-` are expected only, those with `+` are there only; odd white space is made visible. */
export function describeDifference(expected: string, actual: string): string {
  const lines = difference(toLines(expected), toLines(actual));
  const isShown = (index: number): boolean =>
    lines.slice(Math.max(0, index - N_CONTEXT_LINES), index + N_CONTEXT_LINES + 1).some(isChange);
  const shown: string[] = [];
  lines.forEach((line, index) => {
    if (isShown(index)) shown.push(`    ${line}`);
    else if (index === 0 || isShown(index - 1)) shown.push('    …');
  });
  return shown.join('\n');
}

function isChange(line: string): boolean {
  return !line.startsWith(' ');
}

/** All lines of both texts with `- `, `+ ` or two spaces before them, by a longest common subsequence. */
function difference(wanted: readonly string[], got: readonly string[]): string[] {
  const lengths = Array.from({ length: wanted.length + 1 }, () => new Array<number>(got.length + 1).fill(0));
  const lengthAt = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = wanted.length - 1; i >= 0; i--) {
    for (let j = got.length - 1; j >= 0; j--) {
      const isSame = wanted[i] === got[j];
      const row = lengths[i] as number[];
      row[j] = isSame ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < wanted.length || j < got.length; ) {
    if (i < wanted.length && wanted[i] === got[j]) {
      lines.push(`  ${wanted[i++]}`);
      j++;
    } else if (j >= got.length || (i < wanted.length && lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      lines.push(`- ${wanted[i++]}`);
    } else lines.push(`+ ${got[j++]}`);
  }
  return lines;
}

function toLines(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\r/g, '␍').replace(/\t/g, '⇥').replace(/ $/, '·'));
  // The empty rest after the last line end is no line; its absence is said instead.
  const last = lines.pop();
  return last === '' || last === undefined ? lines : [...lines, `${last} (no line end)`];
}
