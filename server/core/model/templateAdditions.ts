/** What the project adds to its templates in Python: filters, tests, globals and context processors.
 *  @see https://flask.palletsprojects.com/en/stable/templating/#registering-filters */
import type { Argument, Call, Decorator, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Site } from './scope';
import { unitFacts } from './unitFacts';

export type AdditionRole = 'filter' | 'test' | 'global' | 'processor';

export interface TemplateAddition {
  readonly role: AdditionRole;
  /** The name in templates; undefined: that of the function, and for context processors. */
  readonly name?: string;
  /** What is added: a function where it is defined, or an expression. */
  readonly value: FunctionDef | Expression;
  readonly site: Site;
}

/** An addition without the file, which a unit does not know. */
export type UnitAddition = Omit<TemplateAddition, 'site'> & { readonly owners: Site['owners'] };

const DECORATORS: ReadonlyMap<string, AdditionRole> = new Map([
  ['template_filter', 'filter'],
  ['app_template_filter', 'filter'],
  ['template_test', 'test'],
  ['app_template_test', 'test'],
  ['template_global', 'global'],
  ['app_template_global', 'global'],
  ['context_processor', 'processor'],
  ['app_context_processor', 'processor'],
]);

const ADDERS: ReadonlyMap<string, AdditionRole> = new Map([
  ['add_template_filter', 'filter'],
  ['add_app_template_filter', 'filter'],
  ['add_template_test', 'test'],
  ['add_app_template_test', 'test'],
  ['add_template_global', 'global'],
  ['add_app_template_global', 'global'],
  ['context_processor', 'processor'],
  ['app_context_processor', 'processor'],
]);

const TABLES: ReadonlyMap<string, AdditionRole> = new Map([
  ['filters', 'filter'],
  ['tests', 'test'],
  ['globals', 'global'],
]);

const cache = new WeakMap<UnitTree, readonly UnitAddition[]>();

/** What one unit adds. */
export function unitAdditions(tree: UnitTree): readonly UnitAddition[] {
  let additions = cache.get(tree);
  if (additions === undefined) {
    additions = collect(tree);
    cache.set(tree, additions);
  }
  return additions;
}

function collect(tree: UnitTree): readonly UnitAddition[] {
  const facts = unitFacts(tree);
  const found: UnitAddition[] = [];
  for (const { node, owners } of facts.functions)
    for (const decorator of node.decorators) found.push(...decorated(node, decorator, owners));
  for (const { node, owners } of facts.calls) found.push(...called(node, owners));
  for (const { node, owners } of facts.writes) {
    const { target, value } = node;
    const role = target.kind === 'Subscript' ? tableRole(target.value) : undefined;
    const name = target.kind === 'Subscript' ? literalText(target.index) : undefined;
    if (role !== undefined && name !== undefined) found.push({ role, name, value, owners });
  }
  return found;
}

/** `@app.template_filter`, `@app.template_filter()` and `@app.template_filter("name")`. */
function decorated(node: FunctionDef, { expression }: Decorator, owners: Site['owners']): UnitAddition[] {
  const callee = expression.kind === 'Call' ? expression.func : expression;
  const role = callee.kind === 'Attribute' ? DECORATORS.get(callee.attr.id) : undefined;
  if (role === undefined) return [];
  const name = expression.kind === 'Call' ? nameArgument(expression.args, 0) : undefined;
  return [{ role, name, value: node, owners }];
}

function called(node: Call, owners: Site['owners']): readonly UnitAddition[] {
  if (node.func.kind === 'Call') return calledTwice(node, node.func, owners);
  if (node.func.kind !== 'Attribute') return [];
  const method = node.func.attr.id;
  const role = ADDERS.get(method);
  const value = node.args.find((argument) => !argument.name && argument.star === '')?.value;
  if (role !== undefined && value !== undefined)
    return [{ role, name: nameArgument(node.args, 1) ?? lastName(value), value, owners }];
  const table = method === 'update' ? tableRole(node.func.value) : undefined;
  return table === undefined ? [] : updated(table, node.args, owners);
}

/** `app.template_filter("name")(function)`. */
function calledTwice(node: Call, inner: Call, owners: Site['owners']): readonly UnitAddition[] {
  const role = inner.func.kind === 'Attribute' ? DECORATORS.get(inner.func.attr.id) : undefined;
  const value = node.args[0]?.value;
  if (role === undefined || value === undefined) return [];
  return [{ role, name: nameArgument(inner.args, 0) ?? lastName(value), value, owners }];
}

/** `app.jinja_env.globals.update(name=value)`, or with a dict. */
function updated(
  role: AdditionRole,
  args: readonly Argument[],
  owners: Site['owners'],
): readonly UnitAddition[] {
  return args.flatMap(({ name, value }): UnitAddition[] => {
    if (name !== undefined) return [{ role, name: name.id, value, owners }];
    if (value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'dict')
      return [...updated(role, value.args, owners)];
    if (value.kind !== 'Dict') return [];
    return value.entries.flatMap((entry): UnitAddition[] => {
      const key = entry.key === undefined ? undefined : literalText(entry.key);
      return key === undefined ? [] : [{ role, name: key, value: entry.value, owners }];
    });
  });
}

/** `<app>.jinja_env.filters`, or of an environment under a name that says so. */
function tableRole(node: Expression): AdditionRole | undefined {
  if (node.kind !== 'Attribute') return undefined;
  const owner = lastName(node.value);
  const isEnvironment = owner !== undefined && /^(.*_)?(jinja|env|environment)\d?$/.test(owner);
  return isEnvironment ? TABLES.get(node.attr.id) : undefined;
}

function nameArgument(args: readonly Argument[], position: number): string | undefined {
  const value =
    args.find((argument) => argument.name?.id === 'name')?.value ??
    args.filter((argument) => !argument.name && argument.star === '')[position]?.value;
  return value === undefined ? undefined : literalText(value);
}

function lastName(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' ? node.attr.id : undefined;
}
