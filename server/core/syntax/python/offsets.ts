/** Passes over the ranges of a freshly made tree, before anybody else holds it: mapping them back from a repaired
 *  text, and making them nest where the parser guessed. Both walk generically and need no deep stack. */

interface Ranged {
  start: number;
  end: number;
}

type Item = Record<string, unknown>;

const OFFSET_KEYS = ['start', 'end', 'defStart'] as const;

/** Replaces every offset in a tree by `toOriginal(offset)`. */
export function mapOffsets(root: unknown, toOriginal: (offset: number) => number): void {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const item = stack.pop();
    if (typeof item !== 'object' || item === null) continue;
    const record = item as Item;
    for (const key of OFFSET_KEYS) {
      if (typeof record[key] === 'number') record[key] = toOriginal(record[key]);
    }
    for (const value of Object.values(record)) if (typeof value === 'object') stack.push(value);
  }
}

/** Makes parents hold their children, siblings not overlap, and all lie inside [0, length]. */
export function tidyRanges(root: unknown, length: number): void {
  const order: Ranged[] = [];
  const childrenOf = new Map<Ranged, Ranged[]>();
  const top: Ranged = { start: 0, end: length };
  const stack: { readonly item: unknown; readonly parent: Ranged }[] = [{ item: root, parent: top }];
  childrenOf.set(top, []);
  while (stack.length > 0) {
    const { item, parent } = stack.pop() as { item: unknown; parent: Ranged };
    if (typeof item !== 'object' || item === null) continue;
    let owner = parent;
    if (isRanged(item)) {
      childrenOf.get(parent)?.push(item);
      childrenOf.set(item, []);
      order.push(item);
      owner = item;
    }
    for (const [key, value] of Object.entries(item)) {
      // It overlaps the arguments: fitted below.
      if (key !== 'argsRange') stack.push({ item: value, parent: owner });
    }
  }
  for (const children of childrenOf.values()) children.sort((a, b) => a.start - b.start || a.end - b.end);
  for (let i = order.length - 1; i >= 0; i--)
    include(order[i] as Ranged, childrenOf.get(order[i] as Ranged) ?? []);
  clamp(top, childrenOf.get(top) ?? []);
  for (const item of order) {
    const children = childrenOf.get(item) ?? [];
    clamp(item, children);
    if ('argsRange' in item) fitArguments(item as Ranged & CallRanges);
  }
}

interface CallRanges {
  readonly func: Ranged;
  readonly argsRange: Ranged;
}

function fitArguments(call: Ranged & CallRanges): void {
  const { argsRange, func } = call;
  argsRange.start = Math.min(Math.max(argsRange.start, func.end), call.end);
  argsRange.end = Math.max(call.end, argsRange.start);
}

function isRanged(item: object): item is Ranged {
  return 'start' in item && 'end' in item;
}

function include(parent: Ranged, children: readonly Ranged[]): void {
  for (const child of children) {
    if (child.start < parent.start) parent.start = child.start;
    if (child.end > parent.end) parent.end = child.end;
  }
}

function clamp(parent: Ranged, children: readonly Ranged[]): void {
  let from = parent.start;
  for (const child of children) {
    child.start = Math.min(Math.max(child.start, from), parent.end);
    child.end = Math.min(Math.max(child.end, child.start), parent.end);
    from = child.end;
  }
}
