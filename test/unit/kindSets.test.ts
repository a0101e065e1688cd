import { describe, expect, it } from 'vitest';
import { ALL_KINDS, ALL_PROOFS, kindSet } from '../../server/core/flow/kindSets';
import { SINK_KINDS, type SinkKind } from '../../server/core/knowledge/kinds';

describe('sets of kinds and facts', () => {
  it('fit into 31 bits, one for each', () => {
    const kinds = Object.keys(SINK_KINDS) as SinkKind[];
    expect(new Set(kinds.map((kind) => kindSet([kind]))).size).toBe(kinds.length);
    expect(ALL_KINDS).toBe(2 ** kinds.length - 1);
    expect(ALL_PROOFS).toBeLessThanOrEqual(2 ** 31 - 1);
    expect(ALL_PROOFS & ALL_KINDS).toBe(ALL_KINDS);
  });
});
