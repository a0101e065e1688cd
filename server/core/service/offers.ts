/** The fixes that a rule offers for one finding. A rule that throws costs only its own fixes. */
import type { Logger } from '../base/logger';
import { escapedEdits } from '../edits/embeddedText';
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
    const outcomes = outcomesOf(context, finding, rule);
    return outcomes.map((outcome): FixOffer => ({ ...named, ...withSafety(outcome, finding) }));
  } catch (cause) {
    logger.error(`The fix of ${rule.id} failed on ${context.file}`, cause);
    return [];
  }
}

/** A template in a string is fixed like any other; what goes into the string is escaped as Python wants it. */
function outcomesOf(context: FileContext, finding: Finding, rule: Rule): readonly FixOutcome[] {
  const { range } = finding;
  const inside = (rule.checkTemplate === undefined ? [] : context.embedded()).find(
    ({ written: { content } }) => content.start <= range.start && range.end <= content.end,
  );
  const outcomes = rule.fix?.(inside ?? context, finding) ?? [];
  if (inside === undefined) return outcomes;
  return outcomes.map((outcome): FixOutcome => {
    if (outcome.kind === 'refused') return outcome;
    const edits = outcome.fix.edits.flatMap((file) => {
      const escaped = escapedEdits(file.edits, inside.written);
      return escaped === undefined ? [] : [{ ...file, edits: escaped }];
    });
    if (edits.length < outcome.fix.edits.length)
      return { kind: 'refused', reason: 'no fix is written, because the Python string cannot hold it' };
    return { kind: 'fix', fix: { ...outcome.fix, edits } };
  });
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
