/** Rows about libraries do what they say: each sink is reached and kept clear of, each sanitizer and type is used. */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/core';
import { describeFixtures, loadFixtures } from '../harness/describeFixtures';

const fixtures = loadFixtures('test/knowledge');

describeFixtures(fixtures, () => RULES.flatMap((rule) => (rule.isAboutWhole === true ? [] : [rule.id])));

describe('knowledge', () => {
  it('has fixtures with reported and clean lines', () => {
    for (const { path, cases } of fixtures) {
      const labels = cases.flatMap(({ files }) => files.flatMap((file) => file.labels));
      expect(labels.length, path).toBeGreaterThan(0);
    }
  });
});
