/** The settings of the editor: one declaration gives the schema in package.json and what the server reads.
 *  Severity per rule is one object, so that new rules need no new key. */

/** Section of every setting in the editor's configuration. */
export const SETTINGS_SECTION = 'moat';

export const RULE_SETTINGS = ['default', 'error', 'warning', 'information', 'hint', 'off'] as const;
export const SEVERITY_SETTINGS = ['error', 'warning', 'information', 'hint'] as const;
export const SCOPE_SETTINGS = ['workspace', 'openFiles'] as const;

export type ScopeSetting = (typeof SCOPE_SETTINGS)[number];

/** One rule as the schema shows it. */
export interface SettingsRule {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
}

/** JSON schema of `contributes.configuration` in package.json. */
export interface SettingsSchema {
  readonly title: string;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Defaults that the server assumes for a client without settings. Keys are those under `moat.`. */
export const SETTINGS_DEFAULTS = {
  enable: true,
  scope: 'workspace',
  minSeverity: 'hint',
  exclude: [] as readonly string[],
  rules: {} as Readonly<Record<string, string>>,
} as const;

export function settingsSchema(rules: readonly SettingsRule[]): SettingsSchema {
  return {
    title: 'Moat',
    properties: {
      'moat.enable': {
        type: 'boolean',
        default: SETTINGS_DEFAULTS.enable,
        scope: 'resource',
        order: 1,
        markdownDescription: 'Check Flask apps while they are written.',
      },
      'moat.scope': {
        type: 'string',
        enum: [...SCOPE_SETTINGS],
        markdownEnumDescriptions: [
          'Findings of every file of the workspace.',
          'Findings of open files only.',
        ],
        default: SETTINGS_DEFAULTS.scope,
        scope: 'window',
        order: 2,
        markdownDescription:
          'Which files show findings. All files of a folder are read either way, because data flows through them.',
      },
      'moat.minSeverity': {
        type: 'string',
        enum: [...SEVERITY_SETTINGS],
        default: SETTINGS_DEFAULTS.minSeverity,
        scope: 'resource',
        order: 3,
        markdownDescription: 'The mildest findings that are shown.',
      },
      'moat.rules': ruleSettings(rules),
      'moat.exclude': {
        type: 'array',
        items: { type: 'string' },
        default: [...SETTINGS_DEFAULTS.exclude],
        scope: 'resource',
        order: 5,
        markdownDescription:
          'Glob patterns of files that show no findings, relative to the workspace folder, such as `tests/**`. Data is still followed through them.',
      },
      'moat.trace.server': {
        type: 'string',
        enum: ['off', 'messages', 'verbose'],
        default: 'off',
        scope: 'window',
        order: 6,
        markdownDescription:
          'Log what the editor and the language server say to each other. `verbose` writes source text into the output channel.',
      },
    },
  };
}

function ruleSettings(rules: readonly SettingsRule[]): Readonly<Record<string, unknown>> {
  const entries = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => [
      rule.id,
      {
        type: 'string',
        enum: [...RULE_SETTINGS],
        default: 'default',
        markdownDescription: `${rule.title} (${rule.severity} by default).`,
      },
    ]);
  return {
    type: 'object',
    properties: Object.fromEntries(entries),
    additionalProperties: false,
    default: {},
    scope: 'resource',
    order: 4,
    markdownDescription: 'Severity of each rule: `off` switches it off, `default` leaves it as it is.',
  };
}
