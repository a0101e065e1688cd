/** Passwords among the values of a query: which column each value is compared with, or written to. */
import { flattenAll } from '../edits/formatted';
import { isKeptPasswordName } from '../knowledge/accountNames';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { bindingsOf } from './passwordRoles';

export interface SqlPassword {
  readonly use: 'compare' | 'store';
  readonly value: Expression;
}

/** A value that is formatted into the text; the number is its index. */
const HOLE = /\0(\d+)\0/;
const EXECUTE = new Set([
  'execute',
  'executemany',
  'fetch',
  'fetchrow',
  'fetchval',
  'exec_driver_sql',
  'query_db',
]);

export function sqlPasswords(project: Project, { func, args }: Call, site: Site): readonly SqlPassword[] {
  const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  const first = args[0]?.value;
  if (!EXECUTE.has(name) || first === undefined) return [];
  const query = readText(project, first, site, { text: '', holes: [] }, 0);
  if (query === undefined || !/pass|pwd/i.test(query.text)) return [];
  const values = valuesOf(
    args.slice(1).map(({ value }) => value),
    project,
    site,
  );
  const valueOf = (placeholder: string, before: string): Expression | undefined => {
    const hole = HOLE.exec(placeholder)?.[1];
    if (hole !== undefined) return query.holes[Number(hole)];
    const key = /^(?::|%\()(\w+)/.exec(placeholder)?.[1];
    if (key !== undefined) return values.byName.get(key);
    const number = /^\$(\d+)/.exec(placeholder)?.[1];
    const index = number === undefined ? (before.match(/\?|%s/g)?.length ?? 0) : Number(number) - 1;
    return values.inOrder[index];
  };
  return [...comparedIn(query.text, valueOf), ...insertedIn(query.text, valueOf)];
}

type ValueOf = (placeholder: string, before: string) => Expression | undefined;

const PLACEHOLDER = String.raw`['"]?(\?|%s|%\(\w+\)s|:\w+|\$\d+|\0\d+\0)`;

/** `password = ?`: compared behind WHERE, written before it. */
function* comparedIn(text: string, valueOf: ValueOf): Generator<SqlPassword> {
  const where = text.search(/\bwhere\b/i);
  const isUpdate = /^\s*update\b/i.test(text);
  for (const found of text.matchAll(
    new RegExp(String.raw`(\w+)["\`\]]?\s*(?:=|\blike\b)\s*${PLACEHOLDER}`, 'gi'),
  )) {
    const [, column = '', placeholder = ''] = found;
    if (!isKeptPasswordName(column)) continue;
    const value = valueOf(placeholder, text.slice(0, found.index));
    if (value === undefined) continue;
    const isCompared = where >= 0 && found.index > where;
    if (isCompared || isUpdate) yield { use: isCompared ? 'compare' : 'store', value };
  }
}

/** `INSERT INTO users (name, password) VALUES (?, ?)`. */
function* insertedIn(text: string, valueOf: ValueOf): Generator<SqlPassword> {
  const found = /^\s*(?:insert|replace)\b[^(]*\(([^)]*)\)\s*values\s*\(((?:[^()]|%\(\w+\)s)*)\)/i.exec(text);
  if (found === null) return;
  const columns = (found[1] ?? '').split(',').map((column) => column.trim().replace(/\W/g, ''));
  const given = (found[2] ?? '').split(',');
  const start = found[0].length - (found[2] ?? '').length - 1;
  let before = text.slice(0, start);
  for (const [index, one] of given.entries()) {
    const placeholder = new RegExp(PLACEHOLDER).exec(one)?.[1];
    if (placeholder !== undefined && isKeptPasswordName(columns[index] ?? '')) {
      const value = valueOf(placeholder, before);
      if (value !== undefined) yield { use: 'store', value };
    }
    before += one;
  }
}

interface Query {
  readonly text: string;
  readonly holes: readonly Expression[];
}

/** The text of a query, its values as numbered holes; undefined when it is not written out. */
/** Variables that are followed one behind the other, and characters of a query: what is longer is no query. */
const MAX_DEPTH = 8;
const MAX_LENGTH = 20_000;

function readText(
  project: Project,
  node: Expression,
  site: Site,
  before: Query,
  depth: number,
): Query | undefined {
  if (depth > MAX_DEPTH || before.text.length > MAX_LENGTH) return undefined;
  switch (node.kind) {
    case 'String': {
      let { text } = before;
      const holes = [...before.holes];
      for (const piece of node.tokens.flatMap(({ pieces }) => pieces))
        if (piece.kind === 'Text') text += piece.value;
        else text += `\0${holes.push(piece.expression) - 1}\0`;
      return { text, holes };
    }
    case 'Name': {
      const found = bindingsOf(project, node.id, site);
      const [binding, ...others] = found?.bindings ?? [];
      if (binding?.kind === 'value' && others.length === 0 && binding.value.kind !== 'Name' && found)
        return readText(project, binding.value, found.site, before, depth + 1);
      return appendHole(before, node);
    }
    case 'Binary':
      if (node.op === '%') return readPercent(project, node.left, node.right, site, before, depth);
      if (node.op === '+')
        return flattenAll(node).reduce<Query | undefined>(
          (read, operand) => read && readText(project, operand, site, read, depth),
          before,
        );
      return undefined;
    case 'Call':
      // `text("…")` of SQLAlchemy.
      if (node.func.kind === 'Name' || (node.func.kind === 'Attribute' && node.func.attr.id === 'text'))
        return node.args[0] && node.args.length === 1
          ? readText(project, node.args[0].value, site, before, depth)
          : appendHole(before, node);
      return appendHole(before, node);
    default:
      return appendHole(before, node);
  }
}

function appendHole({ text, holes }: Query, node: Expression): Query {
  return { text: `${text}\0${holes.length}\0`, holes: [...holes, node] };
}

function readPercent(
  project: Project,
  left: Expression,
  right: Expression,
  site: Site,
  before: Query,
  depth: number,
): Query | undefined {
  const format = readText(project, left, site, before, depth);
  if (format === undefined) return undefined;
  const values = right.kind === 'Tuple' ? right.elements : [right];
  const holes = [...format.holes];
  let index = 0;
  const text = format.text.replace(/%s/g, (placeholder) => {
    const value = values[index++];
    return value === undefined ? placeholder : `\0${holes.push(value) - 1}\0`;
  });
  return { text, holes };
}

interface Values {
  readonly inOrder: readonly Expression[];
  readonly byName: ReadonlyMap<string, Expression>;
}

/** Parameters as a tuple, list, dict, or one by one. */
function valuesOf(args: readonly Expression[], project: Project, site: Site): Values {
  const byName = new Map<string, Expression>();
  const inOrder = args.flatMap((argument): readonly Expression[] => {
    const node = valueOfName(argument, project, site);
    if (node.kind === 'Tuple' || node.kind === 'List') return node.elements;
    if (node.kind !== 'Dict') return [argument];
    for (const { key, value } of node.entries) {
      const name = key && literalText(key);
      if (name !== undefined) byName.set(name, value);
    }
    return [];
  });
  return { inOrder, byName };
}

function valueOfName(node: Expression, project: Project, site: Site): Expression {
  if (node.kind !== 'Name') return node;
  const [binding, ...others] = bindingsOf(project, node.id, site)?.bindings ?? [];
  return binding?.kind === 'value' && others.length === 0 ? binding.value : node;
}
