/** Hits of the same sink, joined. */
import type { MisuseHit, SinkHit, WriteHit } from './machine';
import { isTainted, join } from './values';

/** An argument is evaluated once for each way that leads to it (`finally`, nested functions, callers): the ways are
 *  joined. One argument may be sinks of several kinds, each of which counts for itself. */
export function onePerArgument(hits: readonly SinkHit[]): readonly SinkHit[] {
  return onePerPlace(hits, ({ argument }) => argument);
}

/** The same for attributes and items that are written. */
export function onePerTarget(writes: readonly WriteHit[]): readonly WriteHit[] {
  return onePerPlace(writes, ({ target }) => target);
}

/** Both in one; or the one that untrusted data reaches, whose text then tells where in it that stands. */
function moreTelling<Hit extends SinkHit | WriteHit>(known: Hit, hit: Hit): Hit {
  const [a, b] = [known, hit].map(({ row, value }) => isTainted(value, row.kind));
  if (a !== b) return a ? known : hit;
  return { ...hit, value: join(known.value, hit.value) };
}

/** One finding for each kind of harm in a place; rules of the user count apart. */
export function rowKey(row: SinkHit['row'] | WriteHit['row'] | MisuseHit['row']): string {
  return 'rule' in row && row.rule !== undefined ? `${row.kind}:${row.rule}` : row.kind;
}

function onePerPlace<Hit extends SinkHit | WriteHit>(
  hits: readonly Hit[],
  placeOf: (hit: Hit) => object,
): readonly Hit[] {
  const byPlace = new Map<object, Hit[]>();
  for (const hit of hits) {
    const known = byPlace.get(placeOf(hit));
    if (known === undefined) {
      byPlace.set(placeOf(hit), [hit]);
      continue;
    }
    const index = known.findIndex(({ row }) => rowKey(row) === rowKey(hit.row));
    if (index < 0) known.push(hit);
    else known[index] = moreTelling(known[index] as Hit, hit);
  }
  return [...byPlace.values()].flat();
}
