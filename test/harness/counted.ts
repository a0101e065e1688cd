/** Which findings a fixture speaks of. */
import { type Finding, RULES } from '../../server/core';
import type { FixtureCase } from './fixture';

/** Rules about what an app as a whole lacks. A fixture is a piece of one: they count in their own fixtures, where a
 *  label names them, and in whole apps. */
const ABOUT_WHOLE: ReadonlySet<string> = new Set(
  RULES.flatMap((rule) => (rule.isAboutWhole === true ? [rule.id] : [])),
);

export function isAboutWhole(ruleId: string): boolean {
  return ABOUT_WHOLE.has(ruleId);
}

/** Findings of the rules under test and of rules named in the case's labels count at every severity; those of
 *  other rules from warning up, so that each fixture is also a test of silence for all the proven kinds of fault. */
export function isCounted(
  fixtureCase: FixtureCase,
  ruleIds: readonly string[],
  { ruleId, severity }: Pick<Finding, 'ruleId' | 'severity'>,
): boolean {
  const { only } = fixtureCase.directives;
  if (only !== undefined) return only.includes(ruleId);
  const isProven = (severity === 'error' || severity === 'warning') && !isAboutWhole(ruleId);
  if (isProven || ruleIds.includes(ruleId)) return true;
  return fixtureCase.files.some((file) =>
    file.labels.some(({ label }) => 'ruleId' in label && label.ruleId === ruleId),
  );
}
