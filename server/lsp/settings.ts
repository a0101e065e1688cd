/** What the editor's settings mean to the server. Bad keys are reported once, in words; the others apply. */
import {
  type Config,
  type ConfigProblem,
  DEFAULT_CONFIG,
  isRecord,
  parseChoice,
  parseConfig,
  type Severity,
} from '../core/index';
import { SCOPE_SETTINGS, type ScopeSetting, SEVERITY_SETTINGS } from '../protocol/settings';

export interface Settings {
  readonly config: Config;
  readonly minSeverity: Severity;
  readonly scope: ScopeSetting;
}

export const DEFAULT_SETTINGS: Settings = {
  config: DEFAULT_CONFIG,
  minSeverity: 'hint',
  scope: 'workspace',
};

/** Keys under `moat.` that the core does not know. `trace` is read by the client alone. */
const EDITOR_KEYS = ['minSeverity', 'scope', 'trace'];

export function parseSettings(
  raw: unknown,
  ruleIds: readonly string[],
): { readonly value: Settings; readonly problems: readonly ConfigProblem[] } {
  const { value: config, problems: coreProblems } = parseConfig(raw, ruleIds, EDITOR_KEYS);
  const problems = [...coreProblems];
  if (!isRecord(raw)) return { value: { ...DEFAULT_SETTINGS, config }, problems };
  const { minSeverity, scope } = DEFAULT_SETTINGS;
  const value: Settings = {
    config,
    minSeverity: parseChoice(raw.minSeverity, 'minSeverity', SEVERITY_SETTINGS, minSeverity, problems),
    scope: parseChoice(raw.scope, 'scope', SCOPE_SETTINGS, scope, problems),
  };
  return { value, problems };
}
