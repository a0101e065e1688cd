/** Makes the rule about settings that are weak as written: `SESSION_COOKIE_SECURE = False`. What is meant for tests or
 *  for development is left alone, and a default that the settings of production replace. */

import type { TextEdit } from '../base/textEdit';
import { inQuotesOf } from '../edits/pythonText';
import type { Kind } from '../knowledge/kinds';
import type { ConfigEntry } from '../model/appConfig';
import type { AppFacts } from '../model/appFacts';
import { plainValue } from '../model/appUnit';
import { written } from '../model/collections';
import { type Stage, stageOf } from '../model/configStage';
import type { Project } from '../model/project';
import type { FileContext } from './context';
import type { FixOutcome, FixSafety, RawFinding, Rule, Severity } from './rule';

/** What is wrong with the value of one key. */
export interface ConfigRow {
  /** `True`, `None`, a number, or a text in single quotes. */
  isWeak(value: string | number): boolean;
  message: string;
  /** What the value becomes, as source; without it there is no fix. */
  readonly fixed?: string;
  readonly title?: string;
  readonly safety?: FixSafety;
  severityOf?(setting: Setting): Severity;
  /** False where something else in the app makes up for it. */
  counts?(facts: AppFacts): boolean;
}

export interface Setting {
  readonly entry: ConfigEntry;
  readonly stage: Stage;
  readonly value: string | number;
}

export interface ConfigRuleSpec extends Omit<Rule, 'check' | 'checkUnit' | 'fix'> {
  readonly kind: Kind;
  readonly keys: Readonly<Record<string, ConfigRow>>;
}

export function configRule({ keys, ...spec }: ConfigRuleSpec): Rule {
  const rows = new Map(Object.entries(keys));
  return {
    ...spec,
    *checkUnit(unit) {
      if (unit.isTest) return;
      for (const entry of unit.configEntries()) {
        const row = rows.get(entry.key);
        const setting = row && weakSetting(unit.project, entry, row);
        if (row === undefined || setting === undefined) continue;
        const severity = row.severityOf?.(setting);
        yield {
          range: entry.value,
          message: row.message,
          ...(severity === undefined ? {} : { severity }),
          confidence: 'high',
        };
      }
    },
    fix(context, finding) {
      const entry = entryAt(context, finding);
      const row = entry && rows.get(entry.key);
      return row === undefined || entry === undefined ? [] : fixSetting(context, entry, row);
    },
  };
}

/** The setting as far as it is a fault; undefined when it is none. */
function weakSetting(project: Project, entry: ConfigEntry, row: ConfigRow): Setting | undefined {
  const value = plainValue(written(project, entry.value, entry.site).node);
  if (value === undefined || !row.isWeak(value)) return undefined;
  const stage = stageOf(project, entry);
  if (stage === 'test' || stage === 'development') return undefined;
  const facts = project.apps.factsOf(entry.site.file);
  if (row.counts?.(facts) === false || isDjango(facts)) return undefined;
  const isReplaced = facts.config.some(
    (other) =>
      other.key === entry.key &&
      other.stage === 'production' &&
      (other.value === undefined || !row.isWeak(other.value)),
  );
  return stage === 'any' && isReplaced ? undefined : { entry, stage, value };
}

/** Its settings have names of the same form, and some even the same names. */
function isDjango({ config }: AppFacts): boolean {
  return config.some(({ key }) => key === 'INSTALLED_APPS' || key === 'ROOT_URLCONF');
}

export function entryAt(context: FileContext, finding: RawFinding): ConfigEntry | undefined {
  return context.configEntries().find(({ site, value }) => {
    const range = context.rangeOf(site.tree, value);
    return range.start === finding.range.start && range.end === finding.range.end;
  });
}

function fixSetting(context: FileContext, entry: ConfigEntry, row: ConfigRow): readonly FixOutcome[] {
  if (row.fixed === undefined) return [];
  const range = context.rangeOf(entry.site.tree, entry.value);
  const edit: TextEdit = { range, newText: inQuotesOf(context.text, row.fixed) };
  const title = row.title ?? `Set \`${entry.key}\` to \`${row.fixed}\``;
  const edits = [{ file: context.file, isNew: false, edits: [edit] }];
  return [{ kind: 'fix', fix: { title, safety: row.safety ?? 'safe', edits } }];
}
