/** Divides files among machines that each check a part: the same way everywhere, and with parts of about one size. */

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** `2/5`, or undefined. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  if (match === null) return undefined;
  const [index, count] = [Number(match[1]), Number(match[2])];
  return index >= 1 && index <= count ? { index, count } : undefined;
}

/** The keys that fall to one shard. Large files are dealt out first, each to the shard that has least so far. */
export function shareOf(sizes: ReadonlyMap<string, number>, { index, count }: Shard): ReadonlySet<string> {
  const loads = new Array<number>(count).fill(0);
  const mine = new Set<string>();
  const bySize = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || (a < b ? -1 : 1));
  for (const [key, size] of bySize) {
    const least = loads.indexOf(Math.min(...loads));
    // Even an empty file costs something.
    loads[least] = (loads[least] ?? 0) + size + 100;
    if (least === index - 1) mine.add(key);
  }
  return mine;
}
