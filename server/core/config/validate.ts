/** Reads a value by its shape: what does not fit is reported at its place and left out, the rest counts. */
import type { Range } from '../base/range';
import type { TomlEntry, TomlNode } from '../syntax/toml/ast';
import { type ConfigProblem, nearestName, unknownName } from './problem';
import { type KeySort, kebab, type Shape } from './shape';

export interface ValidationContext {
  /** Rules that there are, those of the configuration itself among them. */
  readonly ruleIds: readonly string[];
  /** Rules that Moat brings along. */
  readonly builtInIds: readonly string[];
  readonly problems: ConfigProblem[];
  /** A key as it is written here: in files or in an editor's settings. */
  spell(key: string): string;
}

/** Text, numbers, booleans, lists and tables; keys of records as files spell them. */
export type Data = string | number | boolean | readonly Data[] | DataTable;
export interface DataTable {
  readonly [key: string]: Data;
}

/** The value as data; undefined when it cannot be used. `place` is where its key stands. */
export function readShape(
  shape: Shape,
  node: TomlNode,
  key: string,
  place: Range,
  context: ValidationContext,
): Data | undefined {
  switch (shape.is) {
    case 'boolean':
    case 'number':
      return node.kind === shape.is ? node.value : wrong(shape, node, key, context);
    case 'text':
      return node.kind === 'string' && node.value.trim() !== ''
        ? node.value
        : wrong(shape, node, key, context);
    case 'choice':
      return node.kind === 'string' && shape.of.includes(node.value)
        ? node.value
        : wrong(shape, node, key, context);
    case 'list':
      return node.kind === 'array'
        ? node.items

            .map((item, index) => readShape(shape.of, item, `${key}[${index}]`, item.range, context))
            .filter((item) => item !== undefined)
        : wrong(shape, node, key, context);
    case 'map':
      return node.kind === 'table'
        ? readMap(shape, node.entries, key, context)
        : wrong(shape, node, key, context);
    case 'record':
      return node.kind === 'table'
        ? readRecord(shape, node.entries, key, place, context)
        : wrong(shape, node, key, context);
    case 'either': {
      const fitting = shape.of.find((one) => fits(one, node));
      return fitting === undefined
        ? wrong(shape, node, key, context)
        : readShape(fitting, node, key, place, context);
    }
  }
}

function readMap(
  shape: Extract<Shape, { is: 'map' }>,
  entries: readonly TomlEntry[],
  key: string,
  context: ValidationContext,
): Data {
  const result: Record<string, Data> = {};
  for (const entry of entries) {
    const path = join(key, entry.key);
    if (!isGoodKey(shape.keys, entry, path, context)) continue;
    const value = readShape(shape.of, entry.value, path, entry.keyRange, context);
    if (value !== undefined) set(result, entry.key, value);
  }
  return result;
}

const NAME = /^[A-Za-z_]\w*(?:(?:\(\)|\[\])?\.[A-Za-z_]\w*)*(?:\(\)|\[\])?$/;
const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

function isGoodKey(
  sort: KeySort,
  { key, keyRange }: TomlEntry,
  path: string,
  { ruleIds, builtInIds, problems }: ValidationContext,
): boolean {
  const report = (message: string) => {
    problems.push({ key: path, message, range: keyRange, ...suggested(sort === 'rule' ? ruleIds : [], key) });
    return false;
  };
  switch (sort) {
    case 'rule':
      return key === '*' || ruleIds.includes(key) || report(unknownName('rule', key, ruleIds));
    case 'new-rule':
      if (builtInIds.includes(key)) return report(`\`${key}\` is a rule of Moat; choose another id.`);
      return RULE_ID.test(key) || report(`\`${key}\` is no rule id: lower-case words joined by hyphens.`);
    case 'glob':
      return key.trim() !== '' || report('A glob pattern must not be empty.');
    case 'name':
      return (
        NAME.test(key) ||
        report(
          `\`${key}\` is no dotted name, such as \`"app.text.clean"\`: put quotes around the whole name.`,
        )
      );
  }
}

function readRecord(
  shape: Extract<Shape, { is: 'record' }>,
  entries: readonly TomlEntry[],
  key: string,
  place: Range,
  context: ValidationContext,
): Data | undefined {
  const result: Record<string, Data> = {};
  const known = Object.keys(shape.fields);
  const spelled = known.map(context.spell);
  for (const entry of entries) {
    const name = kebab(entry.key);
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    const path = join(key, entry.key);
    if (field === undefined) {
      const message = unknownName(
        'setting',
        path,
        key === '' ? spelled : spelled.map((one) => join(key, one)),
      );
      context.problems.push({ key: path, message, range: entry.keyRange, ...suggested(spelled, entry.key) });
      continue;
    }
    const value = readShape(field.shape, entry.value, path, entry.keyRange, context);
    if (value !== undefined) set(result, name, value);
  }
  const missing = known.filter((name) => shape.fields[name]?.isRequired && result[name] === undefined);
  const absent = missing.filter((name) => !entries.some((entry) => kebab(entry.key) === name));
  if (absent.length > 0)
    context.problems.push({
      key,
      message: `\`${key}\` needs ${absent.map((name) => `\`${context.spell(name)}\``).join(' and ')}; it is ignored.`,
      range: place,
    });
  return missing.length > 0 ? undefined : result;
}

/** `__proto__` is a key like any other. */
function set(table: Record<string, Data>, key: string, value: Data): void {
  Object.defineProperty(table, key, { value, enumerable: true, configurable: true, writable: true });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function suggested(known: readonly string[], name: string): { readonly suggestion?: string } {
  const nearest = nearestName(name, known);
  return nearest === undefined ? {} : { suggestion: nearest };
}

function wrong(shape: Shape, node: TomlNode, key: string, { problems }: ValidationContext): undefined {
  const words = wordsOf(shape);
  const isText = node.kind === 'string';
  const nearest = words.length > 0 && isText ? nearestName(node.value, words) : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  problems.push({
    key,
    message: `\`${key}\` must be ${describe(shape)}; it is ignored.${hint}`,
    range: node.range,
    ...(nearest === undefined ? {} : { suggestion: JSON.stringify(nearest) }),
  });
}

function fits(shape: Shape, node: TomlNode): boolean {
  switch (shape.is) {
    case 'boolean':
    case 'number':
      return node.kind === shape.is;
    case 'text':
      return node.kind === 'string';
    case 'choice':
      return node.kind === 'string' && shape.of.includes(node.value);
    case 'list':
      return node.kind === 'array';
    case 'map':
    case 'record':
      return node.kind === 'table';
    case 'either':
      return shape.of.some((one) => fits(one, node));
  }
}

function wordsOf(shape: Shape): readonly string[] {
  if (shape.is === 'choice') return shape.of;
  return shape.is === 'either' ? shape.of.flatMap(wordsOf) : [];
}

function describe(shape: Shape): string {
  switch (shape.is) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number';
    case 'text':
      return 'a text that is not empty';
    case 'choice':
      return shape.of.length === 1 ? `\`${shape.of[0]}\`` : `one of ${shape.of.join(', ')}`;
    case 'list':
      return shape.of.is === 'text' ? 'a list of texts' : `a list, each item ${describe(shape.of)}`;
    case 'map':
    case 'record':
      return 'a table';
    case 'either':
      return shape.of.map(describe).join(', or ');
  }
}
