/** Which severity a rule has in which file. */
import type { FilePath } from '../base/filePath';
import type { Config, RuleSetting } from './config';
import { createPathMatcher } from './glob';

export type SettingOf = (ruleId: string) => RuleSetting;

/** Of one file. Patterns are made into matchers once. */
export type RuleSettingsOf = (file: FilePath) => SettingOf;

export function createRuleSettings({ ruleSeverities, perPath }: Config): RuleSettingsOf {
  const parts = perPath.map(({ glob, rules }) => ({ matches: createPathMatcher([glob]), rules })).reverse();
  return (file) => {
    const tables = [
      ...parts.filter(({ matches }) => matches(file)).map(({ rules }) => rules),
      ruleSeverities,
    ];
    return (ruleId) => {
      for (const table of tables) {
        const setting = Object.hasOwn(table, ruleId) ? table[ruleId] : table['*'];
        if (setting !== undefined) return setting;
      }
      return 'default';
    };
  };
}
