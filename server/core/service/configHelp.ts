/** What an editor tells while somebody writes a configuration file: which keys and values may stand here, and what they
 *  mean. Half-typed lines are read as far as they go. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { configPath } from '../config/read';
import { CONFIG_SHAPE } from '../config/schema';
import { type Field, fieldAt, type Shape, shapeAt } from '../config/shape';
import { tomlKey } from '../edits/tomlEdit';
import type { Rule } from '../rules/rule';
import type { TomlNode } from '../syntax/toml/ast';
import { parseToml } from '../syntax/toml/parse';

export interface ConfigItem {
  readonly label: string;
  /** To stand in the place of `range`. */
  readonly newText: string;
  readonly range: Range;
  /** Markdown. */
  readonly doc: string;
  readonly kind: 'key' | 'value';
}

/** Keys or values that may stand at an offset. */
export function configItems(
  file: FilePath,
  text: string,
  offset: number,
  rules: readonly Rule[],
): readonly ConfigItem[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const header = /^\s*\[+\s*([^\]]*)$/.exec(line);
  if (header !== null) return keyItems(file, splitKeys(header[1] ?? ''), offset, rules, true);
  const above = parseToml(text.slice(0, lineStart)).headers.at(-1)?.path ?? [];
  const value = /^\s*([^=#]+?)\s*=\s*(?:[[{].*?)?("?[\w-]*)$/.exec(line);
  if (value !== null) {
    const path = insideOf(file, [...above, ...splitKeys(value[1] ?? '')]);
    const range = {
      start: offset - (value[2] ?? '').length,
      end: text.charAt(offset) === '"' ? offset + 1 : offset,
    };
    return path === undefined
      ? []
      : valuesOf(shapeAt(CONFIG_SHAPE, path)).map((one) => valueItem(one, range));
  }
  if (!/^\s*[\w".*/-]*$/.test(line)) return [];
  return keyItems(file, [...above, ...splitKeys(line)], offset, rules, false);
}

/** What the key or rule at an offset means, as Markdown. */
export function configHover(
  file: FilePath,
  text: string,
  offset: number,
  rules: readonly Rule[],
): { readonly range: Range; readonly markdown: string } | undefined {
  const found = keyAt(parseToml(text).root, offset, []);
  const path = found && insideOf(file, found.path);
  if (found === undefined || path === undefined || path.length === 0) return undefined;
  const field = fieldAt(CONFIG_SHAPE, path);
  const rule = rules.find(({ id }) => id === path.at(-1));
  const markdown = field === undefined ? rule && ruleDoc(rule) : fieldDoc(field);
  return markdown === undefined ? undefined : { range: found.range, markdown };
}

function keyItems(
  file: FilePath,
  typed: readonly string[],
  offset: number,
  rules: readonly Rule[],
  isHeader: boolean,
): readonly ConfigItem[] {
  const owner = insideOf(file, typed.slice(0, -1));
  const range = { start: offset - (typed.at(-1) ?? '').length, end: offset };
  if (owner === undefined) return [];
  return keysOf(shapeAt(CONFIG_SHAPE, owner), rules)
    .filter(({ shape }) => !isHeader || isTable(shape))
    .map(({ key, doc }) => ({ label: key, newText: tomlKey(key), range, doc, kind: 'key' }));
}

interface Known {
  readonly key: string;
  readonly doc: string;
  readonly shape: Shape;
}

function keysOf(shape: Shape | undefined, rules: readonly Rule[]): readonly Known[] {
  switch (shape?.is) {
    case 'record':
      return Object.entries(shape.fields).map(([key, field]) => ({
        key,
        doc: fieldDoc(field),
        shape: field.shape,
      }));
    case 'map':
      return shape.keys === 'rule'
        ? rules.map((rule) => ({ key: rule.id, doc: ruleDoc(rule), shape: shape.of }))
        : [];
    case 'list':
      return keysOf(shape.of, rules);
    case 'either':
      return shape.of.flatMap((one) => keysOf(one, rules));
    default:
      return [];
  }
}

function valuesOf(shape: Shape | undefined): readonly string[] {
  switch (shape?.is) {
    case 'boolean':
      return ['true', 'false'];
    case 'choice':
      return shape.of.map((word) => JSON.stringify(word));
    case 'list':
      return valuesOf(shape.of);
    case 'either':
      return shape.of.flatMap(valuesOf);
    default:
      return [];
  }
}

function valueItem(value: string, range: Range): ConfigItem {
  return { label: value.replaceAll('"', ''), newText: value, range, doc: '', kind: 'value' };
}

function isTable(shape: Shape): boolean {
  return shape.is === 'map' || shape.is === 'record' || (shape.is === 'either' && shape.of.some(isTable));
}

/** The path below the configuration; undefined outside of it. */
function insideOf(file: FilePath, path: readonly string[]): readonly string[] | undefined {
  const home = configPath(file);
  return home.every((key, index) => path[index] === key) ? path.slice(home.length) : undefined;
}

/** Dotted keys as typed; the last one may be empty. */
function splitKeys(text: string): readonly string[] {
  return (text.trim().match(/"[^"]*"?|[^."]+|(?<=\.)$|^$/g) ?? ['']).map((key) =>
    key.replaceAll('"', '').trim(),
  );
}

function keyAt(
  node: TomlNode,
  offset: number,
  path: readonly string[],
): { readonly range: Range; readonly path: readonly string[] } | undefined {
  if (node.kind === 'array') {
    for (const item of node.items) {
      const found = keyAt(item, offset, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const { key, keyRange, value } of node.kind === 'table' ? node.entries : []) {
    const here = [...path, key];
    if (keyRange.start <= offset && offset <= keyRange.end) return { range: keyRange, path: here };
    const found = keyAt(value, offset, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldDoc({ doc, default: fallback }: Field): string {
  return fallback === undefined || fallback === ''
    ? doc
    : `${doc}\n\nDefault: \`${JSON.stringify(fallback)}\``;
}

function ruleDoc({ title, severity }: Rule): string {
  return `${title} (${severity} by default).`;
}
