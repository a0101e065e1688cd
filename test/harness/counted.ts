/** Which findings a fixture speaks of. */
import type { Finding } from '../../server/core';
import type { FixtureCase } from './fixture';

/** Findings of the rules under test and of rules named in the case's labels count at every severity; those of
 *  other rules from warning up, so that each fixture is also a test of silence for all the proven kinds of fault. */
export function isCounted(
  fixtureCase: FixtureCase,
  ruleIds: readonly string[],
  { ruleId, severity }: Pick<Finding, 'ruleId' | 'severity'>,
): boolean {
  const { only } = fixtureCase.directives;
  if (only !== undefined) return only.includes(ruleId);
  if (severity === 'error' || severity === 'warning' || ruleIds.includes(ruleId)) return true;
  return fixtureCase.files.some((file) =>
    file.labels.some(({ label }) => 'ruleId' in label && label.ruleId === ruleId),
  );
}
