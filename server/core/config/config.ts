/** What a user can set, after validation. Editors and the command fill it from settings; every key has a default. */
import type { Severity } from '../rules/rule';

export type RuleSetting = Severity | 'off' | 'default';

export interface Config {
  /** Off switches every finding off. */
  readonly enable: boolean;
  /** By rule id. Ids that no rule has are ignored here and reported by the validator. */
  readonly ruleSeverities: Readonly<Record<string, RuleSetting>>;
  /** Glob patterns of files that are not checked, relative to the folder (they still count as part of the app). */
  readonly exclude: readonly string[];
}

export const DEFAULT_CONFIG: Config = { enable: true, ruleSeverities: {}, exclude: [] };
