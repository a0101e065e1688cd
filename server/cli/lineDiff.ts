/** Which lines differ between two texts: Myers' greedy shortest edit script, on lines.
 *  @see E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986) */

/** Lines `aStart..aEnd` of the old text became lines `bStart..bEnd` of the new one; ends are exclusive. */
export interface LineChange {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Beyond this many single-line edits the rest counts as one change: still right, only less fine. */
const MAX_EDITS = 2000;

export function diffLines(a: readonly string[], b: readonly string[]): LineChange[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const aEnd = a.length - tail;
  const bEnd = b.length - tail;
  if (start === aEnd && start === bEnd) return [];
  const middle = diffMiddle(a.slice(start, aEnd), b.slice(start, bEnd));
  return middle.map((change) => ({
    aStart: change.aStart + start,
    aEnd: change.aEnd + start,
    bStart: change.bStart + start,
    bEnd: change.bEnd + start,
  }));
}

function diffMiddle(a: readonly string[], b: readonly string[]): LineChange[] {
  const trace = searchForward(a, b);
  if (trace === undefined) return [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  const changes: LineChange[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as ReadonlyMap<number, number>;
    const k = x - y;
    const isDown = k === -d || (k !== d && reach(furthest, k - 1) < reach(furthest, k + 1));
    const previousX = d === 0 ? 0 : reach(furthest, isDown ? k + 1 : k - 1);
    const previousY = d === 0 ? 0 : previousX - (isDown ? k + 1 : k - 1);
    if (d > 0) addEdit(changes, previousX, previousY, isDown);
    x = previousX;
    y = previousY;
  }
  return changes.reverse();
}

/** Edits come last first; one that touches the one before it joins it. */
function addEdit(changes: LineChange[], x: number, y: number, isInsertion: boolean): void {
  const edit = { aStart: x, aEnd: isInsertion ? x : x + 1, bStart: y, bEnd: isInsertion ? y + 1 : y };
  const next = changes.at(-1);
  if (next === undefined || next.aStart !== edit.aEnd || next.bStart !== edit.bEnd) changes.push(edit);
  else changes[changes.length - 1] = { ...next, aStart: edit.aStart, bStart: edit.bStart };
}

/** For each number of edits, how far each diagonal got before its last edit. */
function searchForward(
  a: readonly string[],
  b: readonly string[],
): ReadonlyMap<number, number>[] | undefined {
  const trace: ReadonlyMap<number, number>[] = [];
  let furthest: ReadonlyMap<number, number> = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_EDITS); d++) {
    trace.push(furthest);
    const next = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && reach(furthest, k - 1) < reach(furthest, k + 1));
      let x = isDown ? reach(furthest, k + 1) : reach(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
    furthest = next;
  }
  return undefined;
}

function reach(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}
