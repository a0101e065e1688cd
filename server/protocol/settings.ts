/** The settings of the editor. Most of them are declared in the core, once for files and editors. */

/** Section of every setting in the editor's configuration. */
export const SETTINGS_SECTION = 'moat';

export const SCOPE_SETTINGS = ['workspace', 'openFiles'] as const;

export type ScopeSetting = (typeof SCOPE_SETTINGS)[number];

type Property = Readonly<Record<string, unknown>>;

/** JSON schema of `contributes.configuration` in package.json. */
export interface SettingsSchema {
  readonly title: string;
  readonly properties: Readonly<Record<string, Property>>;
}

/** Settings that only an editor has; all others mirror the configuration file and are declared in the core. */
const EDITOR_SETTINGS: Readonly<Record<string, Property>> = {
  'moat.scope': {
    type: 'string',
    enum: [...SCOPE_SETTINGS],
    markdownEnumDescriptions: ['Findings of every file of the workspace.', 'Findings of open files only.'],
    default: 'workspace',
    scope: 'window',
    markdownDescription:
      'Which files show findings. All files of a folder are read either way, because data flows through them.',
  },
  'moat.codeLens': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription:
      'Say above each route who may call it, whether its CSRF token is checked, and what was found.',
  },
  'moat.trace.server': {
    type: 'string',
    enum: ['off', 'messages', 'verbose'],
    default: 'off',
    scope: 'window',
    markdownDescription:
      'Log what the editor and the language server say to each other. `verbose` writes source text into the output channel.',
  },
};

/** `mirrored` are the settings that the configuration file has too. */
export function settingsSchema(mirrored: Readonly<Record<string, Property>>): SettingsSchema {
  const all = Object.entries({ ...mirrored, ...EDITOR_SETTINGS });
  const properties = all.map(([key, property], index) => [key, { ...property, order: index + 1 }]);
  return { title: 'Moat', properties: Object.fromEntries(properties) };
}
