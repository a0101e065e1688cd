/** Turns what a user wrote – a file of the folder, or the settings of an editor – into a layer of the configuration. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { ArgumentRef, Condition, MisuseRow, SinkRow } from '../knowledge/library';
import { CUSTOM_FAULT } from '../rules/customRule';
import type { TomlNode } from '../syntax/toml/ast';
import { entryOf, valueAt } from '../syntax/toml/ast';
import { parseToml } from '../syntax/toml/parse';
import type { ConfigLayer, CustomRule, RuleSettings } from './config';
import type { ConfigProblem } from './problem';
import { CONFIG_SHAPE } from './schema';
import { camel, choice, kebab } from './shape';
import { type Data, type DataTable, readShape } from './validate';

export interface LayerResult {
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
}

/** Files of a folder that hold its configuration; the first one that has any counts. */
export const CONFIG_FILES: readonly FilePath[] = ['moat.toml', 'pyproject.toml'];

const NOWHERE: Range = { start: 0, end: 0 };

/** Where in a file the configuration stands. */
export function configPath(file: FilePath): readonly string[] {
  return file === 'pyproject.toml' ? ['tool', 'moat'] : [];
}

/** Settings as an editor sends them. Keys that are not the core's are named in `otherKeys`. */
export function readSettings(
  raw: unknown,
  builtInIds: readonly string[],
  otherKeys: readonly string[] = [],
): LayerResult {
  if (raw === undefined || raw === null) return { layer: {}, problems: [] };
  const node = fromJson(raw, 0);
  if (node?.kind !== 'table')
    return { layer: {}, problems: [{ key: '', message: 'The settings must be an object.', range: NOWHERE }] };
  const own = { ...node, entries: node.entries.filter(({ key }) => !otherKeys.includes(key)) };
  return readLayer(own, builtInIds, camel);
}

/** One setting that only editors have; undefined when it is not given or none of the words. */
export function readWord<T extends string>(
  raw: unknown,
  key: string,
  words: readonly T[],
): { readonly word: T | undefined; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const node = fromJson(raw, 0);
  if (node !== undefined)
    readShape(choice(words), node, key, NOWHERE, { ruleIds: [], builtInIds: [], problems, spell: camel });
  return { word: words.find((each) => each === raw), problems };
}

/** The text of `moat.toml` or `pyproject.toml`; undefined where it says nothing about Moat. */
export function readConfigFile(
  file: FilePath,
  text: string,
  builtInIds: readonly string[],
): (LayerResult & { readonly isBroken: boolean }) | undefined {
  const path = configPath(file);
  // Most pyproject.toml files are about other things.
  if (path.length > 0 && !text.includes('moat')) return undefined;
  const { root, problems: syntaxProblems } = parseToml(text);
  const node = valueAt(root, path);
  if (node === undefined) return path.length > 0 ? undefined : { layer: {}, problems: [], isBroken: false };
  const broken = syntaxProblems.map(({ range, message }) => ({ key: '', message, range }));
  const { layer, problems } = readLayer(node, builtInIds, kebab);
  return { layer, problems: [...broken, ...problems], isBroken: broken.length > 0 };
}

function readLayer(
  node: TomlNode,
  builtInIds: readonly string[],
  spell: (key: string) => string,
): LayerResult {
  const problems: ConfigProblem[] = [];
  const ruleIds = [...builtInIds, ...customIds(node)];
  const data = readShape(CONFIG_SHAPE, node, '', node.range, { ruleIds, builtInIds, problems, spell });
  return { layer: toLayer(isTable(data) ? data : {}), problems };
}

function customIds(node: TomlNode): readonly string[] {
  const rules = (entryOf(node, 'custom-rules') ?? entryOf(node, 'customRules'))?.value;
  return rules?.kind === 'table' ? rules.entries.map(({ key }) => key) : [];
}

/** Data that the shapes let through, in the core's own words. */
function toLayer(data: DataTable): ConfigLayer {
  const layer: Record<string, unknown> = {};
  for (const key of ['enable', 'include', 'exclude', 'hints', 'baseline'] as const)
    if (data[key] !== undefined) layer[key] = data[key];
  if (data['min-severity'] !== undefined) layer.minSeverity = data['min-severity'];
  if (data['csrf-tokens'] !== undefined) layer.csrfTokens = data['csrf-tokens'];
  if (data['foreign-suppressions'] !== undefined) layer.foreignSuppressions = data['foreign-suppressions'];
  if (data.rules !== undefined) layer.ruleSeverities = data.rules;
  if (data['per-path'] !== undefined) layer.perPath = toPerPath(data['per-path']);
  const rows = {
    ...table(data, 'sources', (row, name) => ({
      label: row.label ?? `\`${name}\``,
      ...(row['safe-for'] === undefined ? {} : { safeFor: row['safe-for'] }),
    })),
    ...table(data, 'sinks', (row) => toSink(row, row.kind)),
    ...table(data, 'sanitizers', ({ clears }) => ({ clears, label: 'made safe' })),
    ...table(data, 'guards', ({ argument, clears, outcome }) => ({
      argument: toArgument(argument),
      clears,
      ...(outcome === undefined ? {} : { outcome }),
    })),
    ...(data.types === undefined ? {} : { types: data.types }),
    ...(data.propagators === undefined ? {} : { propagators: data.propagators }),
    ...(data.trusted === undefined ? {} : { trusted: data.trusted }),
  };
  if (Object.keys(rows).length > 0) layer.rows = rows;
  if (isTable(data['custom-rules']))
    layer.customRules = mapTable(data['custom-rules'], (rule, id) => toCustomRule(rule, id));
  return layer as ConfigLayer;
}

function toPerPath(data: Data): ConfigLayer['perPath'] {
  return Object.entries(data).map(([glob, rules]: [string, Data]) => ({
    glob,
    rules: (isTable(rules) ? rules : { '*': rules }) as RuleSettings,
  }));
}

function toCustomRule(rule: DataTable, id: string): CustomRule {
  const kind = rule.kind ?? 'code';
  const named = (row: object) => ({ ...row, rule: id });
  return {
    message: String(rule.message),
    severity: (rule.severity ?? 'warning') as CustomRule['severity'],
    title: String(rule.title ?? id),
    help: String(rule.help ?? rule.message),
    kind: kind as CustomRule['kind'],
    ...table(rule, 'sinks', (row) => named(toSink(row, kind))),
    ...table(rule, 'misuses', (row) => named(toMisuse(row))),
  };
}

function toSink(row: DataTable, kind: Data | undefined): SinkRow {
  return {
    kind,
    argument: toArgument(row.argument),
    ...conditions(row),
    ...(row.effect === undefined ? {} : { effect: row.effect }),
  } as SinkRow;
}

function toMisuse(row: DataTable): MisuseRow {
  const at = toArgument(row.at);
  return {
    kind: CUSTOM_FAULT,
    when: [],
    ...conditions(row),
    ...(at === undefined || typeof at === 'string' ? {} : { at }),
  };
}

function conditions(row: DataTable): { when?: readonly Condition[]; unless?: readonly Condition[] } {
  const read = (list: Data | undefined) =>
    (Array.isArray(list) ? list : []).filter(isTable).map((condition) => ({
      ...condition,
      argument: toArgument(condition.argument),
    })) as unknown as readonly Condition[];
  return {
    ...(row.when === undefined ? {} : { when: read(row.when) }),
    ...(row.unless === undefined ? {} : { unless: read(row.unless) }),
  };
}

/** `0`, `"query"`, `{ position = 0, name = "query" }`, `"receiver"` or `"all"`. */
function toArgument(data: Data | undefined): ArgumentRef | 'receiver' | 'all' | undefined {
  if (typeof data === 'number') return { position: data };
  if (data === 'receiver' || data === 'all') return data;
  if (typeof data === 'string') return { name: data };
  return isTable(data) ? (data as ArgumentRef) : undefined;
}

function table<T>(
  data: DataTable,
  key: string,
  convert: (row: DataTable, name: string) => T,
): Readonly<Record<string, Readonly<Record<string, T>>>> {
  const rows = data[key];
  return isTable(rows) ? { [key]: mapTable(rows, convert) } : {};
}

function mapTable<T>(rows: DataTable, convert: (row: DataTable, name: string) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]) => (isTable(row) ? [[name, convert(row, name)]] : [])),
  );
}

function isTable(data: Data | undefined): data is DataTable {
  return typeof data === 'object' && !Array.isArray(data);
}

/** Deeper than any setting. */
const MAX_DEPTH = 20;

/** JSON as the tree that files give, without places; undefined for what settings cannot hold. */
function fromJson(raw: unknown, depth: number): TomlNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (typeof raw === 'string') return { kind: 'string', value: raw, range: NOWHERE };
  if (typeof raw === 'number') return { kind: 'number', value: raw, range: NOWHERE };
  if (typeof raw === 'boolean') return { kind: 'boolean', value: raw, range: NOWHERE };
  if (Array.isArray(raw)) {
    const items = raw.map((item) => fromJson(item, depth + 1)).filter((item) => item !== undefined);
    return { kind: 'array', items, range: NOWHERE };
  }
  if (typeof raw !== 'object' || raw === null) return undefined;
  const entries = Object.entries(raw).flatMap(([key, item]) => {
    const value = fromJson(item, depth + 1);
    return value === undefined ? [] : [{ key, keyRange: NOWHERE, value }];
  });
  return { kind: 'table', entries, range: NOWHERE, isInline: true };
}
