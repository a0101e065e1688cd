/** Where one unit stores a password as it was typed: in a model, a table, a collection or a dict of users. */
import type { FilePath } from '../base/filePath';
import { isAccountName, isKeptPasswordName } from '../knowledge/accountNames';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import { type Owned, unitFacts } from '../model/unitFacts';
import type { Argument, Call, Dict, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { attributeOf } from './passwordModels';
import { holderOf, isTyped, lastName, passwordRole } from './passwordRoles';
import { sqlPasswords } from './passwordSql';

export interface StoredPassword {
  readonly value: Expression;
  readonly site: Site;
}

export function storedPasswords(project: Project, file: FilePath, tree: UnitTree): readonly StoredPassword[] {
  const { writes, selfWrites, calls } = unitFacts(tree);
  const found: StoredPassword[] = [];
  const add = (value: Expression, site: Site) => {
    const role = passwordRole(project, value, site);
    if (role === 'given' || (role === undefined && isTyped(project, value, site)))
      found.push({ value, site });
  };
  for (const { node, owners } of [...writes, ...selfWrites]) {
    const site = { file, tree, owners };
    for (const value of writtenPasswords(project, node.target, node.value, site)) add(value, site);
  }
  for (const { node, owners } of calls) {
    const site = { file, tree, owners };
    for (const value of passedPasswords(project, node, site)) add(value, site);
  }
  return found.sort((a, b) => a.value.start - b.value.start);
}

type Target = Owned<{ readonly target: Expression }>['node']['target'];

function writtenPasswords(
  project: Project,
  target: Target,
  value: Expression,
  site: Site,
): readonly Expression[] {
  if (target.kind === 'Attribute') {
    if (!isKeptPasswordName(target.attr.id) || isInConstructor(site)) return [];
    const isSelf = target.value.kind === 'Name' && target.value.id === 'self';
    const holder = isSelf
      ? ownHolder(project, target.attr.id, site)
      : holderOf(project, target.value, site, 0, target.attr.id);
    return holder === 'account' ? [value] : [];
  }
  if (target.kind !== 'Subscript') return [];
  const name = lastName(target.value) ?? '';
  if (!/^(?:users|accounts|members|admins|passwords)$/i.test(name)) return [];
  return value.kind === 'Dict' ? passwordEntries(value) : [value];
}

/** A constructor only keeps what its callers hand over: those are looked at. */
function isInConstructor({ owners }: Site): boolean {
  return owners.at(-1)?.name.id === '__init__' && owners.at(-2)?.kind === 'ClassDef';
}

/** The class around a method, as the holder of a column. `_password` behind a property is one as well. */
function ownHolder(project: Project, attribute: string, site: Site): 'account' | undefined {
  const around = site.owners.at(-2);
  if (around?.kind !== 'ClassDef') return undefined;
  const ref: ClassRef = { ...site, kind: 'class', node: around, owners: site.owners.slice(0, -2) };
  return attributeOf(project, ref, attribute) === 'kept' ? 'account' : undefined;
}

const INSERTING =
  /^(?:insert|insert_one|insert_many|replace_one|update_one|update_many|update|save|find_one_and_update|insert_or_update)$/;
const CREATING = /^(?:create|create_user|get_or_create|values|update)$/;

function passedPasswords(project: Project, node: Call, site: Site): readonly Expression[] {
  const sql = sqlPasswords(project, node, site).filter(({ use }) => use === 'store');
  if (sql.length > 0) return sql.map(({ value }) => value);
  const name = lastName(node.func) ?? '';
  const keywords = node.args.filter((one) => one.name !== undefined && isKeptPasswordName(one.name.id));
  const created = createdPasswords(project, node, keywords, site);
  if (created !== undefined) return created;
  if (node.func.kind !== 'Attribute') return [];
  const isQuery = isAccountOrTable(node.func.value);
  const values: Expression[] = [];
  if (INSERTING.test(name) && isQuery) for (const { value } of node.args) values.push(...inDocument(value));
  if (CREATING.test(name) && (isQuery || name === 'create_user'))
    values.push(...createMethod(project, node, keywords, site));
  return values;
}

/** `db.users`, `User.query`, `insert(users)`, `mongo.db["users"]`: something that stands for accounts. */
function isAccountOrTable(expression: Expression): boolean {
  let node = expression;
  // Every call of a chain asks, so a chain that is longer than any query is not followed to its end.
  for (let nLinks = 0; nLinks < MAX_QUERY_LINKS; nLinks++) {
    switch (node.kind) {
      case 'Name':
        return isAccountName(node.id) || /collection|table/i.test(node.id);
      case 'Attribute':
        if (isAccountName(node.attr.id)) return true;
        node = node.value;
        break;
      case 'Subscript':
        if (isAccountName(literalText(node.index) ?? '')) return true;
        node = node.value;
        break;
      case 'Call':
        if (node.args.some(({ value }) => isAccountOrTable(value))) return true;
        node = node.func;
        break;
      default:
        return false;
    }
  }
  return false;
}

const MAX_QUERY_LINKS = 60;

/** `User.create(password=…)`, unless it is a method of the project, which is looked at itself. */
function createMethod(
  project: Project,
  node: Call,
  keywords: readonly Argument[],
  site: Site,
): readonly Expression[] {
  const refs = project.resolver.resolve(node.func, site);
  if (refs.some(({ kind }) => kind === 'function')) return [];
  const owners = node.func.kind === 'Attribute' ? project.resolver.resolve(node.func.value, site) : [];
  const isWatched = keywords.some(({ name }) =>
    owners.some((ref) => ref.kind === 'class' && attributeOf(project, ref, name?.id ?? '') === 'watched'),
  );
  const isUntyped = owners.every((ref) => ref.kind !== 'class');
  if (isWatched || (isUntyped && keywords.some(({ name }) => project.hasAccessor(name?.id ?? '')))) return [];
  // Managers hash what they are given, except that of Flask-Security.
  const isManager = node.func.kind === 'Attribute' && node.func.attr.id === 'create_user';
  const isSecurity = refs.some((ref) => ref.kind === 'external' && ref.name.startsWith('flask_security'));
  return isManager && !isSecurity ? [] : keywords.map(({ value }) => value);
}

function inDocument(node: Expression): readonly Expression[] {
  if (node.kind === 'Dict')
    return [
      ...passwordEntries(node),
      ...node.entries.flatMap(({ value }) => (value.kind === 'Dict' ? passwordEntries(value) : [])),
    ];
  return node.kind === 'List' ? node.elements.flatMap(inDocument) : [];
}

function passwordEntries({ entries }: Dict): readonly Expression[] {
  return entries.flatMap(({ key, value }) =>
    key !== undefined && isKeptPasswordName(literalText(key) ?? (key.kind === 'Attribute' ? key.attr.id : ''))
      ? [value]
      : [],
  );
}

/** What a model's constructor puts into a column. Undefined when nothing of the kind is called. */
function createdPasswords(
  project: Project,
  node: Call,
  keywords: readonly Argument[],
  site: Site,
): readonly Expression[] | undefined {
  if (keywords.length === 0 && node.args.length < 2) return undefined;
  const refs = project.resolver.resolve(node.func, site);
  for (const ref of refs) {
    if (ref.kind === 'class') return constructed(project, ref, node);
    if (ref.kind === 'external' && isModelOutside(ref.name))
      return keywords.flatMap(({ name, value }) => (project.hasAccessor(name?.id ?? '') ? [] : [value]));
  }
  return undefined;
}

/** A model that is not among the files: `from models import User`. */
function isModelOutside(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return (
    /^[A-Z]\w*$/.test(last) && isAccountName(last) && !name.startsWith('builtins.') && /model/i.test(name)
  );
}

function constructed(project: Project, ref: ClassRef, node: Call): readonly Expression[] {
  const [constructor] = project.resolver
    .declared(ref, '__init__')
    .flatMap((found) => (found.kind === 'function' ? [found] : []));
  return node.args.flatMap((argument, index) => {
    const parameter =
      constructor === undefined
        ? argument.name?.id
        : (argument.name?.id ?? constructor.node.params[index + 1]?.name.id);
    if (parameter === undefined || argument.star !== '' || !isKeptPasswordName(parameter)) return [];
    const column = constructor === undefined ? parameter : columnOf(constructor.node, parameter);
    return column !== undefined && attributeOf(project, ref, column) === 'kept' ? [argument.value] : [];
  });
}

/** The attribute into which a constructor puts a parameter as it is; the parameter's own name for `**kwargs`. */
function columnOf(constructor: FunctionDef, parameter: string): string | undefined {
  const isTaken = constructor.params.some(({ name, star }) => name.id === parameter && star === '');
  if (!isTaken) return parameter;
  const rebound = (scopeOf(constructor).bindings.get(parameter)?.length ?? 0) > 1;
  if (rebound) return undefined;
  for (const statement of constructor.body)
    if (statement.kind === 'Assign' && statement.value.kind === 'Name' && statement.value.id === parameter)
      for (const target of statement.targets)
        if (target.kind === 'Attribute' && isKeptPasswordName(target.attr.id)) return target.attr.id;
  return undefined;
}
