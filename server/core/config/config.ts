/** What a user can set, after validation. Files of the folder and settings of the editor are layers; the editor's lies
 *  on top, so that a person can deviate from what the team has agreed on. */
import type { SinkKind } from '../knowledge/kinds';
import type { Library } from '../knowledge/library';
import type { Severity } from '../rules/rule';
import type { RULE_SETTINGS } from './schema';

export type RuleSetting = (typeof RULE_SETTINGS)[number];
/** By rule id; `*` stands for all others. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

export interface Config {
  /** Off switches every finding off. */
  readonly enable: boolean;
  /** The mildest that is shown; undefined leaves it to who shows: editors show all, the command warnings. */
  readonly minSeverity: Severity | undefined;
  readonly ruleSeverities: RuleSettings;
  /** Later ones win. */
  readonly perPath: readonly { readonly glob: string; readonly rules: RuleSettings }[];
  /** Glob patterns of files that are checked, relative to the folder; all when empty. */
  readonly include: readonly string[];
  /** Glob patterns of files that are not checked (they still count as part of the app). */
  readonly exclude: readonly string[];
  /** False leaves out findings of severity hint. */
  readonly hints: boolean;
  readonly csrfTokens: readonly string[];
  /** Honor comments of other tools. */
  readonly foreignSuppressions: boolean;
  /** File with known findings, relative to the folder; `''`: none. */
  readonly baseline: string;
  /** What the project's functions and other libraries do. */
  readonly rows: CustomRows;
  readonly customRules: Readonly<Record<string, CustomRule>>;
}

export type CustomRows = Pick<
  Library,
  'sources' | 'sinks' | 'sanitizers' | 'guards' | 'types' | 'propagators' | 'trusted'
>;

/** A rule as data. */
export interface CustomRule extends Pick<Library, 'sinks' | 'misuses'> {
  readonly message: string;
  readonly severity: Severity;
  readonly title: string;
  readonly help: string;
  readonly kind: SinkKind;
}

/** What one file, or the editor, says. */
export type ConfigLayer = Partial<Config>;

export const DEFAULT_CONFIG: Config = {
  enable: true,
  minSeverity: undefined,
  ruleSeverities: {},
  perPath: [],
  include: [],
  exclude: [],
  hints: true,
  csrfTokens: [],
  foreignSuppressions: true,
  baseline: '',
  rows: {},
  customRules: {},
};

/** What is single is taken from the topmost layer that says it; lists and tables are put together. */
export function mergeLayers(layers: readonly ConfigLayer[]): Config {
  return layers.reduce<Config>(
    (below, layer) => ({
      ...below,
      ...layer,
      ruleSeverities: { ...below.ruleSeverities, ...layer.ruleSeverities },
      perPath: [...below.perPath, ...(layer.perPath ?? [])],
      exclude: [...below.exclude, ...(layer.exclude ?? [])],
      csrfTokens: [...below.csrfTokens, ...(layer.csrfTokens ?? [])],
      rows: mergeRows(below.rows, layer.rows),
      customRules: { ...below.customRules, ...layer.customRules },
    }),
    DEFAULT_CONFIG,
  );
}

function mergeRows(below: CustomRows, above: CustomRows = {}): CustomRows {
  return {
    sources: { ...below.sources, ...above.sources },
    sinks: { ...below.sinks, ...above.sinks },
    sanitizers: { ...below.sanitizers, ...above.sanitizers },
    guards: { ...below.guards, ...above.guards },
    types: { ...below.types, ...above.types },
    propagators: [...(below.propagators ?? []), ...(above.propagators ?? [])],
    trusted: [...(below.trusted ?? []), ...(above.trusted ?? [])],
  };
}
