/** Hits of the same sink, joined. */
import type { SinkHit } from './machine';
import { join } from './values';

/** An argument is evaluated once for each way that leads to it (`finally`, nested functions, callers): the ways are
 *  joined. One argument may be sinks of several kinds, each of which counts for itself. */
export function onePerArgument(hits: readonly SinkHit[]): readonly SinkHit[] {
  const byArgument = new Map<object, SinkHit[]>();
  for (const hit of hits) {
    const known = byArgument.get(hit.argument);
    if (known === undefined) {
      byArgument.set(hit.argument, [hit]);
      continue;
    }
    const index = known.findIndex(({ row }) => row.kind === hit.row.kind);
    if (index < 0) known.push(hit);
    else known[index] = { ...hit, value: join((known[index] as SinkHit).value, hit.value) };
  }
  return [...byArgument.values()].flat();
}
