/** Comments that switch nothing off, as findings. */
import type { FileContext } from '../rules/context';
import type { Rule } from '../rules/rule';
import type { RuleFinding } from './runRules';
import type { UnusedSuppression } from './suppress';

export const UNUSED_SUPPRESSION = 'unused-suppression';

/** The findings with those about idle comments, by place. */
export function withUnused(
  { module }: FileContext,
  findings: readonly RuleFinding[],
  unused: readonly UnusedSuppression[],
  rules: readonly Rule[],
  isOff: (ruleId: string) => boolean,
): readonly RuleFinding[] {
  const rule = rules.find(({ id }) => id === UNUSED_SUPPRESSION);
  // In code that is half typed, a finding may be missing for a moment.
  const isBroken = module !== undefined && module.problems.length > 0;
  if (unused.length === 0 || rule === undefined || isBroken || isOff(rule.id)) return findings;
  const told = unused.map(
    ({ range, ruleId }): RuleFinding => ({
      range,
      ruleId: rule.id,
      rule,
      message:
        ruleId === undefined
          ? 'This comment switches nothing off: there is no such finding here.'
          : `There is no finding of \`${ruleId}\` here to switch off.`,
      confidence: 'high',
      path: [],
    }),
  );
  return [...findings, ...told].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
