/** The lab's results as a table for people. */
import type { ModuleResult } from './runModule';

const HEAD = ['module', 'exploit before', 'fix', 'exploit after', 'honest requests', 'clean'];

export function toTable(results: readonly ModuleResult[]): string {
  const rows = [HEAD, ...results.map(toRow)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | '));
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('-|-'));
  return lines.map((line) => line.trimEnd()).join('\n');
}

function toRow({ name, cases, fix, isClean }: ModuleResult): string[] {
  const nBefore = cases.filter(({ isExploitedBefore }) => isExploitedBefore).length;
  const nAfter = cases.filter(({ isExploitedAfter, isLeft }) => isExploitedAfter && !isLeft).length;
  const nLeft = cases.filter(({ isLeft }) => isLeft).length;
  const nHonest = cases.reduce((n, each) => n + each.nHonest, 0);
  const nAsBefore = cases.reduce((n, each) => n + each.nHonestAsBefore, 0);
  return [
    name,
    nBefore === cases.length
      ? nBefore === 1
        ? 'works'
        : `${nBefore} work`
      : `${nBefore} of ${cases.length} work`,
    fix === undefined ? 'by hand' : `${fix.nFixed} fixed`,
    `${nAfter === 0 ? 'fails' : `${nAfter} WORK`}${nLeft === 0 ? '' : `, ${nLeft} left to people`}`,
    nAsBefore === nHonest ? `${nHonest} as before` : `${nAsBefore} OF ${nHonest} as before`,
    isClean ? 'yes' : 'NO',
  ];
}
