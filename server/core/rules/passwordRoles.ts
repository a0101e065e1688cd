/** Whose password an expression holds: what somebody has typed, or what is kept for an account. Told by types where
 *  they are known (the request, forms, models), else by where a value was read and how it is called. */
import { isAccountName, isInputName, isKeptPasswordName, isRecordName } from '../knowledge/accountNames';
import { isPasswordName } from '../knowledge/sensitiveNames';
import type { Project } from '../model/project';
import type { Ref } from '../model/refs';
import type { Site } from '../model/scope';
import type { Binding } from '../model/scopes';
import { scopeOf } from '../model/scopes';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { attributeOf } from './passwordModels';

/** `given`: in plain text, as somebody typed it. `kept`: what an account has. */
export type PasswordRole = 'given' | 'kept';

const MAX_DEPTH = 6;

export function passwordRole(
  project: Project,
  node: Expression,
  site: Site,
  depth = 0,
): PasswordRole | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const roleOf = (inner: Expression) => passwordRole(project, inner, site, depth + 1);
  switch (node.kind) {
    case 'Name':
      return nameRole(project, node.id, site, depth);
    case 'Attribute':
      return attributeRole(project, node, site, depth);
    case 'Subscript':
      return itemRole(project, node.value, literalText(node.index), node.index, site, depth);
    case 'Call':
      return callRole(project, node, site, depth);
    case 'Named':
    case 'Await':
      return roleOf(node.value);
    case 'Boolean':
      return allOf(node.values.filter((value) => !isEmpty(value)).map(roleOf));
    case 'Conditional':
      return allOf([node.body, node.orelse].filter((value) => !isEmpty(value)).map(roleOf));
    case 'String': {
      const holes = node.tokens.flatMap(({ pieces }) => pieces);
      const [only] = holes;
      return holes.length === 1 && only?.kind === 'Hole' ? roleOf(only.expression) : undefined;
    }
    default:
      return undefined;
  }
}

/** What a visitor sends to stand beside or in the place of a kept password is one, whatever the field is called:
 *  `user.password == request.form["old"]`. */
export function isTyped(project: Project, node: Expression, site: Site, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (node.kind) {
    case 'Name': {
      const found = bindingsOf(project, node.id, site);
      const bindings = found?.bindings ?? [];
      const areTyped = bindings.every(
        (binding) =>
          binding.kind === 'value' &&
          binding.access.kind === 'whole' &&
          isTyped(project, binding.value, found?.site ?? site, depth + 1),
      );
      return bindings.length > 0 && areTyped;
    }
    case 'Attribute':
      return node.attr.id === 'data' && /form$/i.test(ownerName(node.value) ?? '');
    case 'Subscript':
      return isFieldOfRequest(project, node.value, node.index, site, depth);
    case 'Call': {
      if (isTextCall(node)) return isTyped(project, textOf(node), site, depth + 1);
      const { func, args } = node;
      const key = args[0]?.value;
      return (
        func.kind === 'Attribute' &&
        func.attr.id === 'get' &&
        key !== undefined &&
        isFieldOfRequest(project, func.value, key, site, depth)
      );
    }
    default:
      return false;
  }
}

function isFieldOfRequest(
  project: Project,
  object: Expression,
  key: Expression,
  site: Site,
  depth: number,
): boolean {
  const name = literalText(key);
  if (name === undefined || /hash|digest|crypt|token/i.test(name)) return false;
  return holderOf(project, object, site, depth, name) === 'input';
}

/** `form` of `form.old`. */
function ownerName(node: Expression): string | undefined {
  return node.kind === 'Attribute' ? lastName(node.value) : undefined;
}

/** The same role from all, or none. */
function allOf(roles: readonly (PasswordRole | undefined)[]): PasswordRole | undefined {
  const [first] = roles;
  return roles.every((role) => role === first) ? first : undefined;
}

function isEmpty(node: Expression): boolean {
  return node.kind === 'Constant' || (node.kind === 'String' && literalText(node) === '');
}

function nameRole(project: Project, name: string, site: Site, depth: number): PasswordRole | undefined {
  const found = bindingsOf(project, name, site);
  if (found === undefined) return undefined;
  const roles = found.bindings.flatMap((binding): (PasswordRole | undefined)[] => {
    switch (binding.kind) {
      case 'parameter':
        return [
          isPasswordName(name) && !project.takes('hash', calledName(binding.owner, found.site))
            ? 'given'
            : undefined,
        ];
      case 'annotation':
        return [];
      case 'value':
        if (binding.access.kind === 'whole')
          return isEmpty(binding.value) || mentions(binding.value, name)
            ? selfRole(binding.value, name)
            : [passwordRole(project, binding.value, found.site, depth + 1)];
        return [undefined];
      default:
        return [undefined];
    }
  });
  return roles.length === 0 ? undefined : allOf(roles);
}

/** A constructor is called by the name of its class. */
function calledName({ name }: FunctionDef, { owners }: Site): string {
  return name.id === '__init__' ? (owners.at(-2)?.name.id ?? '') : name.id;
}

/** `password = password.strip()` changes nothing about whose it is; `password = hash(password)` does. */
function selfRole(value: Expression, name: string): (PasswordRole | undefined)[] {
  if (isEmpty(value)) return [];
  let inner = value;
  while (inner.kind === 'Call' && isTextCall(inner)) inner = textOf(inner);
  return inner.kind === 'Name' && inner.id === name ? [] : [undefined];
}

function mentions(node: Expression, name: string): boolean {
  if (node.kind === 'Name') return node.id === name;
  if (node.kind === 'Call')
    return mentions(node.func, name) || node.args.some(({ value }) => mentions(value, name));
  return node.kind === 'Attribute' && mentions(node.value, name);
}

function attributeRole(
  project: Project,
  node: Extract<Expression, { kind: 'Attribute' }>,
  site: Site,
  depth: number,
): PasswordRole | undefined {
  const { attr, value } = node;
  // A field of a form: `form.password.data`.
  if (attr.id === 'data') {
    const field = value.kind === 'Attribute' ? value.attr.id : (literalText(indexOf(value) ?? value) ?? '');
    return isPasswordName(field) ? 'given' : undefined;
  }
  if (!isKeptPasswordName(attr.id)) return undefined;
  const holder = holderOf(project, value, site, depth, attr.id);
  if (holder === 'account') return 'kept';
  return holder === 'input' && isPasswordName(attr.id) ? 'given' : undefined;
}

function indexOf(node: Expression): Expression | undefined {
  return node.kind === 'Subscript' ? node.index : undefined;
}

function itemRole(
  project: Project,
  object: Expression,
  key: string | undefined,
  index: Expression | undefined,
  site: Site,
  depth: number,
): PasswordRole | undefined {
  if (key === undefined) return unnamedItemRole(project, object, index, site, depth);
  if (!isKeptPasswordName(key)) return undefined;
  const holder = holderOf(project, object, site, depth, key);
  if (holder === 'account') return 'kept';
  return holder === 'input' && isPasswordName(key) ? 'given' : undefined;
}

/** `users[name]`, and `row[2]` of an answer of a database. */
function unnamedItemRole(
  project: Project,
  object: Expression,
  index: Expression | undefined,
  site: Site,
  depth: number,
): PasswordRole | undefined {
  if (index?.kind === 'Number') return isAnswer(project, object, site, depth) ? 'kept' : undefined;
  const name = lastName(object);
  return name !== undefined && /^(?:users|accounts|members|admins|passwords)$/i.test(name)
    ? 'kept'
    : undefined;
}

const READERS = new Set(['getpass.getpass', 'click.prompt', 'builtins.input']);
const TEXT_METHODS = new Set(['strip', 'encode', 'decode', 'lower', 'rstrip', 'lstrip', 'get_secret_value']);

function callRole(project: Project, node: Call, site: Site, depth: number): PasswordRole | undefined {
  if (isTextCall(node)) return passwordRole(project, textOf(node), site, depth + 1);
  if (node.func.kind === 'Attribute' && (node.func.attr.id === 'get' || node.func.attr.id === 'pop')) {
    const key = node.args[0]?.value;
    return key && itemRole(project, node.func.value, literalText(key), key, site, depth + 1);
  }
  const isRead = project.resolver
    .resolve(node.func, site)
    .some((ref) => ref.kind === 'external' && READERS.has(ref.name));
  const says = node.args.map(({ value }) => literalText(value) ?? '').join(' ');
  return isRead && (/pass/i.test(says) || lastName(node.func) === 'getpass') ? 'given' : undefined;
}

/** `password.strip()`, `str(password)`. */
function isTextCall(node: Call): boolean {
  const { func } = node;
  if (func.kind === 'Attribute') return TEXT_METHODS.has(func.attr.id);
  return func.kind === 'Name' && (func.id === 'str' || func.id === 'bytes') && node.args.length > 0;
}

function textOf({ func, args }: Call): Expression {
  return func.kind === 'Attribute' ? func.value : (args[0]?.value ?? func);
}

type Holder = 'account' | 'input';

/** Whether an object that has a password is an account, or what somebody has sent. */
export function holderOf(
  project: Project,
  object: Expression,
  site: Site,
  depth: number,
  attribute: string,
): Holder | undefined {
  const refs = project.resolver.resolve(object, site);
  for (const ref of refs) {
    const holder = holderOfRef(project, ref, attribute);
    if (holder !== undefined) return holder === 'none' ? undefined : holder;
  }
  if (isAnswer(project, object, site, depth)) return unlessWatched(project, attribute);
  if (object.kind === 'Subscript' || object.kind === 'Call') {
    const inner =
      object.kind === 'Subscript'
        ? object.value
        : object.func.kind === 'Attribute'
          ? object.func.value
          : undefined;
    if (inner !== undefined && isAccountName(lastName(inner) ?? '')) return unlessWatched(project, attribute);
  }
  const name = lastName(object) ?? '';
  if (isInputName(name)) return 'input';
  return isAccountName(name) ? unlessWatched(project, attribute) : undefined;
}

/** A model of the project may hash what is written: then nothing is known of an object without a type. */
function unlessWatched(project: Project, attribute: string): Holder | undefined {
  return project.hasAccessor(attribute) ? undefined : 'account';
}

const REQUEST_PARTS = /^flask\.request\b|MultiDict|\.Authorization$|RequestParser|^flask\.request_parsed/;

function holderOfRef(project: Project, ref: Ref, attribute: string): Holder | 'none' | undefined {
  switch (ref.kind) {
    case 'external':
    case 'instance':
      if (REQUEST_PARTS.test(ref.name)) return 'input';
      return /Form$|^os\.environ|[Cc]onfig/.test(ref.name) ? 'none' : undefined;
    case 'class':
    case 'object': {
      const known = attributeOf(project, ref.kind === 'class' ? ref : ref.class, attribute);
      if (known === undefined) return undefined;
      return known === 'kept' ? 'account' : known === 'sent' ? 'input' : 'none';
    }
    default:
      return undefined;
  }
}

const QUERY_METHODS =
  /^(?:fetchone|fetchall|fetchmany|fetchrow|find_one|scalar_one|scalar_one_or_none|one_or_none|first_or_404|get_or_404|first|scalars?)$/;

/** The object was read from a database. */
function isAnswer(project: Project, node: Expression, site: Site, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (node.kind === 'Call') return QUERY_METHODS.test(lastName(node.func) ?? '') || isQueryCall(node);
  if (node.kind === 'Subscript') return isAnswer(project, node.value, site, depth + 1);
  if (node.kind !== 'Name') return false;
  const found = bindingsOf(project, node.id, site);
  return (
    found?.bindings.some((binding) => {
      if (binding.kind !== 'value') return false;
      if (binding.access.kind === 'each' && isRecordName(node.id)) return true;
      return isAnswer(project, binding.value, found.site, depth + 1);
    }) === true
  );
}

/** `User.query.get(1)`, `db.session.get(User, 1)`. */
function isQueryCall({ func }: Call): boolean {
  if (func.kind !== 'Attribute' || (func.attr.id !== 'get' && func.attr.id !== 'one')) return false;
  return /^(?:query|session|objects)$/.test(lastName(func.value) ?? '');
}

interface Found {
  readonly bindings: readonly Binding[];
  readonly site: Site;
}

/** What binds a name: in the functions around, innermost first, then in the module. */
export function bindingsOf(project: Project, name: string, site: Site): Found | undefined {
  for (let depth = site.owners.length - 1; depth >= 0; depth--) {
    const owner = site.owners[depth];
    if (owner === undefined || (owner.kind === 'ClassDef' && depth < site.owners.length - 1)) continue;
    const bindings = scopeOf(owner).bindings.get(name);
    if (bindings !== undefined)
      return { bindings, site: { ...site, owners: site.owners.slice(0, depth + 1) } };
  }
  const [first, ...others] = project.bindingsOf(site.file, name);
  if (first === undefined) return undefined;
  return {
    bindings: [first, ...others].map(({ binding }) => binding),
    site: { file: site.file, tree: first.tree, owners: [] },
  };
}

/** The name that an expression ends with: `user` for `g.user`, `first` for `query.first()`. */
export function lastName(node: Expression): string | undefined {
  let inner = node;
  while (inner.kind === 'Call') inner = inner.func;
  if (inner.kind === 'Name') return inner.id;
  return inner.kind === 'Attribute' ? inner.attr.id : undefined;
}
