/** Runs every rule over one file. A rule that throws costs only its own findings. */
import type { Logger } from '../base/logger';
import type { RuleSetting } from '../config/config';
import type { SettingOf } from '../config/ruleSettings';
import type { FileContext } from '../rules/context';
import { type Finding, type RawFinding, type Rule, SEVERITIES, type Severity } from '../rules/rule';
import { fingerprints } from './fingerprint';
import { safetyFor } from './offers';
import type { UnitFindings } from './unitFindings';

export interface RuleFinding extends RawFinding {
  readonly ruleId: string;
  readonly rule: Rule;
}

/** What the rules say, by place. */
export function runRules(
  context: FileContext,
  rules: readonly Rule[],
  unitFindings: UnitFindings,
  settingOf: SettingOf,
  logger: Logger,
): readonly RuleFinding[] {
  const isOff = ({ id }: Rule) => settingOf(id) === 'off';
  const raw: RuleFinding[] = [];
  for (const finding of unitFindings.of(context.file))
    if (!isOff(finding.rule)) raw.push({ ...finding, ruleId: finding.rule.id });
  for (const rule of rules) {
    if (isOff(rule)) continue;
    try {
      addFound(rule, context, raw);
    } catch (cause) {
      logger.error(`Rule ${rule.id} failed on ${context.file}; its findings there are missing`, cause);
    }
  }
  return raw.sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.ruleId < b.ruleId ? -1 : 1),
  );
}

function addFound(rule: Rule, context: FileContext, raw: RuleFinding[]): void {
  const add = (findings: Iterable<RawFinding>) => {
    for (const finding of findings) raw.push({ ...finding, ruleId: rule.id, rule });
  };
  if (rule.check !== undefined) add(rule.check(context));
  if (rule.checkTemplate === undefined) return;
  const templates = context.template === undefined ? context.embedded() : [context];
  for (const template of templates) add(rule.checkTemplate(template));
}

/** Gives them the name and the severity under which everybody else sees them. */
export function toFindings(
  context: FileContext,
  found: readonly RuleFinding[],
  settingOf: SettingOf,
): readonly Finding[] {
  const names = fingerprints(context.file, context.text, found);
  return found.map((finding, index) => toFinding(context, finding, names[index] as string, settingOf));
}

function toFinding(
  context: FileContext,
  raw: RuleFinding,
  fingerprint: string,
  settingOf: SettingOf,
): Finding {
  const { rule } = raw;
  const fixSafety =
    rule.fix === undefined || rule.fixSafety === undefined ? undefined : safetyFor(rule.fixSafety, raw);
  return {
    ruleId: rule.id,
    file: context.file,
    range: raw.range,
    message: raw.message,
    severity: severityOf(raw, rule, settingOf(rule.id)),
    confidence: raw.confidence,
    path: raw.path,
    fingerprint,
    ...(fixSafety === undefined ? {} : { fixSafety }),
  };
}

/** A setting replaces the rule's own severity; a finding that the rule itself calls milder stays at most that. */
function severityOf(raw: RawFinding, rule: Rule, setting: RuleSetting): Severity {
  const own = raw.severity ?? rule.severity;
  if (setting === 'default' || setting === 'off') return own;
  return raw.severity === undefined ? setting : milder(setting, own);
}

function milder(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}
