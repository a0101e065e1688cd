/** What the editor's settings mean to the server. Bad keys are reported once, in words; the others apply. */
import { type ConfigLayer, isRecord, readSettings, readWord } from '../core/index';
import { SCOPE_SETTINGS, type ScopeSetting } from '../protocol/settings';

export interface Settings {
  /** What lies on top of the files of the folder. */
  readonly layer: ConfigLayer;
  readonly scope: ScopeSetting;
  /** True for a line above each route that says what guards it. */
  readonly hasCodeLens: boolean;
}

export const DEFAULT_SETTINGS: Settings = { layer: {}, scope: 'workspace', hasCodeLens: true };

/** Keys under `moat.` that the core does not know. `trace` is read by the client alone. */
const EDITOR_KEYS = ['scope', 'codeLens', 'trace'];

export function parseSettings(
  raw: unknown,
  ruleIds: readonly string[],
): { readonly value: Settings; readonly problems: readonly { readonly message: string }[] } {
  const { layer, problems } = readSettings(raw, ruleIds, EDITOR_KEYS);
  const scope = readWord(isRecord(raw) ? raw.scope : undefined, 'scope', SCOPE_SETTINGS);
  const value: Settings = {
    layer,
    scope: scope.word ?? DEFAULT_SETTINGS.scope,
    hasCodeLens: !isRecord(raw) || raw.codeLens !== false,
  };
  return { value, problems: [...problems, ...scope.problems] };
}
