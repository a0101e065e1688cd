import { describe, expect, it } from 'vitest';
import { ALL_KINDS, ALL_PROOFS, FACT_NAMES, kindSet } from '../../server/core/flow/kindSets';
import { SINK_KINDS, type SinkKind } from '../../server/core/knowledge/kinds';

describe('sets of kinds and facts', () => {
  it('fit into 32 bits, one for each', () => {
    const kinds = Object.keys(SINK_KINDS) as SinkKind[];
    expect(new Set(kinds.map((kind) => kindSet([kind]))).size).toBe(kinds.length);
    expect(ALL_KINDS).toBe(2 ** kinds.length - 1);
    expect(ALL_PROOFS & ALL_KINDS).toBe(ALL_KINDS);
    // Shifts wrap around: a thirty-third member would share its bit with the first.
    const nProofs = (ALL_PROOFS >>> 0).toString(2).length;
    expect(nProofs).toBe(kinds.length + FACT_NAMES.length);
    expect(ALL_PROOFS).toBe(ALL_PROOFS | 0);
  });
});
