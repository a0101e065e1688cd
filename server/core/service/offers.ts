/** The fixes that a rule offers for one finding. A rule that throws costs only its own fixes. */
import type { Logger } from '../base/logger';
import type { FileContext } from '../rules/context';
import type { Finding, FixOutcome, FixSafety, RawFinding, Rule } from '../rules/rule';
import type { FixOffer } from './analyzer';

export function offersOf(
  context: FileContext,
  finding: Finding,
  rules: readonly Rule[],
  logger: Logger,
): readonly FixOffer[] {
  const rule = rules.find(({ id }) => id === finding.ruleId);
  if (rule?.fix === undefined) return [];
  const named = { ruleId: finding.ruleId, fingerprint: finding.fingerprint };
  try {
    const outcomes = rule.fix(context, finding);
    return outcomes.map((outcome): FixOffer => ({ ...named, ...withSafety(outcome, finding) }));
  } catch (cause) {
    logger.error(`The fix of ${rule.id} failed on ${context.file}`, cause);
    return [];
  }
}

/** Where Moat only suspects something, the code may be right: no fix of it goes without a look. */
export function safetyFor(safety: FixSafety, { confidence }: Pick<RawFinding, 'confidence'>): FixSafety {
  return safety === 'safe' && confidence === 'low' ? 'review' : safety;
}

function withSafety(outcome: FixOutcome, finding: Finding): FixOutcome {
  if (outcome.kind === 'refused') return outcome;
  const { fix } = outcome;
  return { kind: 'fix', fix: { ...fix, safety: safetyFor(fix.safety, finding) } };
}
