/** How tightly Jinja's binary operators bind. All are left-associative, `**` too (unlike in Python). */

export const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['in', 4],
  ['not in', 4],
  ['==', 4],
  ['!=', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['~', 6],
  ['*', 7],
  ['/', 7],
  ['//', 7],
  ['%', 7],
  ['**', 8],
]);
export const NOT_PRECEDENCE = 3;
export const LOWEST_PRECEDENCE = 1;
