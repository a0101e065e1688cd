/** Configuration keys that sign or encrypt something: whoever knows them can forge it.
 *  @see https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY
 *  @see https://flask-jwt-extended.readthedocs.io/en/stable/options.html
 *  @see https://flask-wtf.readthedocs.io/en/1.2.x/config/
 *  @see https://flask-security.readthedocs.io/en/stable/configuration.html */

import type { Range } from '../base/range';
import type { FlowStep } from '../flow/path';
import { SECRET_CONFIG_KEYS } from '../knowledge/secrets';
import type { ConfigEntry } from '../model/appConfig';
import { originOf, type ValueOrigin } from '../model/valueOrigin';
import type { StringExpression } from '../syntax/python/ast';
import type { FileContext } from './context';
import type { RawFinding } from './rule';

export interface SecretSetting {
  readonly entry: ConfigEntry;
  readonly origin: ValueOrigin;
}

/** Settings of secret keys in this file, apart from those that are meant for tests. */
export function secretSettings(context: FileContext): readonly SecretSetting[] {
  if (context.isTest) return [];
  return context
    .configEntries()
    .filter(
      ({ key, provenance }) =>
        SECRET_CONFIG_KEYS.has(key) && !(provenance.kind === 'class' && provenance.isForTests),
    )
    .map((entry) => ({ entry, origin: originOf(context.project, entry.value, entry.site) }));
}

/** Where a finding about a setting stands: at the value that the configuration gets. */
export function valueRange(context: FileContext, entry: ConfigEntry): Range {
  return context.rangeOf(entry.site.tree, entry.value);
}

export function isAt(context: FileContext, { entry }: SecretSetting, finding: RawFinding): boolean {
  const range = valueRange(context, entry);
  return range.start === finding.range.start && range.end === finding.range.end;
}

/** From the literal to the setting, when they are not at the same place. */
export function secretPath(
  context: FileContext,
  { entry, origin }: SecretSetting,
  literal: StringExpression,
): readonly FlowStep[] {
  if (origin.kind !== 'literal' && origin.kind !== 'fallback') return [];
  if (origin.node === entry.value) return [];
  const from = context.step(
    { file: origin.site.file, tree: origin.site.tree, range: literal },
    'the key is written here',
  );
  const to = context.step(
    { file: context.file, tree: entry.site.tree, range: entry.value },
    `becomes \`${entry.key}\``,
  );
  return [from, to];
}
