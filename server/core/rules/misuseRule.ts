/** Makes the rule of the usual form without a flow: a call or a write that the knowledge calls a fault. */
import type { MisuseHit } from '../flow/machine';
import type { FaultKind } from '../knowledge/kinds';
import type { FileContext } from './context';
import type { FixOutcome, RawFinding, Rule, Severity } from './rule';

export interface MisuseRuleSpec extends Omit<Rule, 'check' | 'checkUnit' | 'fix' | 'severity'> {
  readonly kind: FaultKind;
  readonly severity: Severity;
  /** One sentence, fact first. */
  message(hit: MisuseHit, context: FileContext): string;
  /** Faults of the kind that count here; all when left out. Tests and the like are left alone in any case. */
  accepts?(hit: MisuseHit, context: FileContext): boolean;
  severityOf?(hit: MisuseHit, context: FileContext): Severity;
  fix?(context: FileContext, hit: MisuseHit): readonly FixOutcome[];
}

export function misuseRule({ message, accepts, severityOf, fix, ...spec }: MisuseRuleSpec): Rule {
  const hitsOf = (context: FileContext) =>
    context.isTest ? [] : context.misuses(spec.kind).filter((hit) => accepts?.(hit, context) ?? true);
  return {
    ...spec,
    check: (context) =>
      hitsOf(context).map(
        (hit): RawFinding => ({
          range: context.rangeOf(hit.site.tree, hit.place),
          message: message(hit, context),
          ...(severityOf === undefined ? {} : { severity: severityOf(hit, context) }),
          confidence: 'high',
          path: [],
        }),
      ),
    ...(fix === undefined
      ? {}
      : {
          fix(context: FileContext, finding: RawFinding): readonly FixOutcome[] {
            const hit = hitsOf(context).find((candidate) => {
              const range = context.rangeOf(candidate.site.tree, candidate.place);
              return range.start === finding.range.start && range.end === finding.range.end;
            });
            return hit === undefined ? [] : fix(context, hit);
          },
        }),
  };
}
