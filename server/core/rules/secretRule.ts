/** Makes a rule about the settings that hold secret keys. */
import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';
import { fixSecret } from './secretFix';
import { isAt, type SecretSetting, secretSettings } from './secretKeys';

export interface SecretRuleSpec extends Omit<Rule, 'check' | 'fix'> {
  /** What is wrong with a setting; undefined when nothing is. */
  toFinding(context: FileContext, setting: SecretSetting): RawFinding | undefined;
}

export function secretRule({ toFinding, ...spec }: SecretRuleSpec): Rule {
  return {
    ...spec,
    check: (context) => secretSettings(context).flatMap((setting) => toFinding(context, setting) ?? []),
    fix(context, finding) {
      const setting = secretSettings(context).find((candidate) => isAt(context, candidate, finding));
      return setting === undefined ? [] : fixSecret(context, setting);
    },
  };
}
