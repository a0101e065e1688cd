/** Turns what a user wrote into a `Config`, key by key: a bad key is reported and keeps its default, the others apply. */
import { editDistance } from '../base/editDistance';
import { SEVERITIES } from '../rules/rule';
import { type Config, DEFAULT_CONFIG, type RuleSetting } from './config';

export interface ConfigProblem {
  /** Path of the key, such as `rules.sql-injection`. */
  readonly key: string;
  /** One sentence for a person. */
  readonly message: string;
}

export interface ConfigResult {
  readonly value: Config;
  readonly problems: readonly ConfigProblem[];
}

const RULE_SETTINGS: readonly RuleSetting[] = ['default', ...SEVERITIES, 'off'];

/** Keys that do not belong to the core (such as those of an editor) are named in `otherKeys`. */
export function parseConfig(
  raw: unknown,
  ruleIds: readonly string[],
  otherKeys: readonly string[] = [],
): ConfigResult {
  const problems: ConfigProblem[] = [];
  if (raw === undefined || raw === null) return { value: DEFAULT_CONFIG, problems };
  if (!isRecord(raw)) {
    problems.push({ key: '', message: 'The settings must be an object.' });
    return { value: DEFAULT_CONFIG, problems };
  }
  const known = ['enable', 'rules', 'exclude', ...otherKeys];
  for (const key of Object.keys(raw))
    if (!known.includes(key)) problems.push({ key, message: `${unknownName('setting', key, known)}` });
  const value: Config = {
    enable: parseBoolean(raw.enable, 'enable', DEFAULT_CONFIG.enable, problems),
    ruleSeverities: parseRules(raw.rules, ruleIds, problems),
    exclude: parseStrings(raw.exclude, 'exclude', problems),
  };
  return { value, problems };
}

/** One of `choices`, or `fallback` with a problem. */
export function parseChoice<T extends string>(
  raw: unknown,
  key: string,
  choices: readonly T[],
  fallback: T,
  problems: ConfigProblem[],
): T {
  if (raw === undefined || raw === null) return fallback;
  const choice = choices.find((each) => each === raw);
  if (choice !== undefined) return choice;
  problems.push({
    key,
    message: `\`${key}\` must be one of ${choices.join(', ')}; \`${fallback}\` is used.`,
  });
  return fallback;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseBoolean(raw: unknown, key: string, fallback: boolean, problems: ConfigProblem[]): boolean {
  if (raw === undefined || raw === null) return fallback;
  if (typeof raw === 'boolean') return raw;
  problems.push({ key, message: `\`${key}\` must be true or false; ${fallback} is used.` });
  return fallback;
}

function parseStrings(raw: unknown, key: string, problems: ConfigProblem[]): readonly string[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) {
    problems.push({ key, message: `\`${key}\` must be a list of strings; it is ignored.` });
    return [];
  }
  const strings = raw.filter((item) => typeof item === 'string' && item !== '');
  if (strings.length < raw.length)
    problems.push({
      key,
      message: `\`${key}\` may hold non-empty strings only; its other items are ignored.`,
    });
  return strings;
}

function parseRules(
  raw: unknown,
  ruleIds: readonly string[],
  problems: ConfigProblem[],
): Readonly<Record<string, RuleSetting>> {
  if (raw === undefined || raw === null) return {};
  if (!isRecord(raw)) {
    problems.push({ key: 'rules', message: '`rules` must map rule ids to severities; it is ignored.' });
    return {};
  }
  const result: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(raw)) {
    const key = `rules.${id}`;
    if (ruleIds.includes(id)) result[id] = parseChoice(setting, key, RULE_SETTINGS, 'default', problems);
    else problems.push({ key, message: unknownName('rule', id, ruleIds) });
  }
  return result;
}

function unknownName(what: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  return `There is no ${what} \`${name}\`; it is ignored.${hint}`;
}

/** The known name within a few typing errors, if there is one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
