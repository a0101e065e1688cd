/** The string literals of one unit that may be secrets: long ones, and those with a name that says so. Each with the
 *  name it is kept under as far as the syntax tells: assigned to, key of a dict, keyword, default of a parameter,
 *  compared with. Texts that only document are left out. */
import { secrecyOf } from '../knowledge/sensitiveNames';
import { bodiesOf, type Owners, ownExpressions } from '../model/unitFacts';
import type {
  Body,
  Call,
  Comparison,
  Dict,
  Expression,
  Statement,
  StringExpression,
  UnitTree,
} from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';

export type LiteralPosition = 'assigned' | 'item' | 'keyword' | 'default' | 'compared' | 'none';

export interface Literal {
  readonly node: StringExpression;
  /** Holes are written as `HOLE`. */
  readonly text: string;
  readonly owners: Owners;
  readonly position: LiteralPosition;
  /** As written: `db_password`; undefined where the literal has no name. */
  readonly name?: string;
  /** Names beside it: other keys of the dict, other keywords of the call. */
  readonly siblings: readonly string[];
  /** Set where the literal is only used when an environment variable is missing. */
  readonly fallback?: { readonly variable?: string; readonly whole: Expression };
  /** The call whose argument it is. */
  readonly call?: Call;
}

/** Stands for a value in a built text. */
export const HOLE = '\u0000';

const cache = new WeakMap<UnitTree, readonly Literal[]>();

export function literalsOf(tree: UnitTree): readonly Literal[] {
  const known = cache.get(tree);
  if (known !== undefined) return known;
  const found = new Map<StringExpression, Literal>();
  collectBody(tree.body, [], found);
  const literals = [...found.values()];
  cache.set(tree, literals);
  return literals;
}

type Found = Map<StringExpression, Literal>;
type Naming = Pick<Literal, 'position' | 'name' | 'siblings' | 'call'>;

const UNNAMED: Naming = { position: 'none', siblings: [] };

function collectBody(body: Body, owners: Owners, found: Found): void {
  for (const statement of body) {
    collectStatement(statement, owners, found);
    const isOwner = statement.kind === 'FunctionDef' || statement.kind === 'ClassDef';
    const inner = isOwner ? [...owners, statement] : owners;
    for (const part of bodiesOf(statement)) collectBody(part, inner, found);
  }
}

function collectStatement(node: Statement, owners: Owners, found: Found): void {
  if (node.kind === 'Expression' && node.value.kind === 'String') return;
  const name = (value: Expression, naming: Naming) => nameLiterals(value, naming, owners, found);
  if (node.kind === 'Assign') for (const target of node.targets) nameTarget(target, node.value, name);
  if (node.kind === 'AnnotatedAssign' && node.value) nameTarget(node.target, node.value, name);
  if (node.kind === 'FunctionDef')
    for (const { name: parameter, default: value } of node.params)
      if (value) name(value, { position: 'default', name: parameter.id, siblings: [] });
  for (const expression of ownExpressions(node))
    for (const inner of walk(expression)) {
      if (inner.kind === 'Dict') nameEntries(inner, name);
      else if (inner.kind === 'Call') nameArguments(inner, name);
      else if (inner.kind === 'Comparison') nameCompared(inner, name);
      else if (inner.kind === 'Named') nameTarget(inner.target, inner.value, name);
      else if (inner.kind === 'String' && inner.end - inner.start >= MIN_LENGTH && !found.has(inner))
        name(inner, UNNAMED);
    }
}

type NameLiteral = (value: Expression, naming: Naming) => void;

function nameTarget(target: Expression, value: Expression, name: NameLiteral): void {
  if (target.kind === 'Tuple' && value.kind === 'Tuple' && target.elements.length === value.elements.length)
    for (const [index, element] of target.elements.entries())
      nameTarget(element, value.elements[index] as Expression, name);
  const written = writtenName(target);
  if (written !== undefined) name(value, { position: 'assigned', name: written, siblings: [] });
}

function nameEntries(node: Dict, name: NameLiteral): void {
  const keys = node.entries.map(({ key }) => key && literalText(key));
  const siblings = siblingsAmong(keys);
  for (const [index, { value }] of node.entries.entries()) {
    const written = keys[index];
    if (written !== undefined) name(value, { position: 'item', name: written, siblings });
  }
}

function nameArguments(node: Call, name: NameLiteral): void {
  const [first, second] = node.args;
  if (first === undefined) return;
  if (node.args.some((argument) => argument.name !== undefined)) nameKeywords(node, name);
  name(node, UNNAMED);
  if (node.func.kind !== 'Attribute') return;
  const method = node.func.attr.id;
  if (method === 'compare_digest' && second !== undefined) nameSides(first.value, second.value, name);
  const setter = /^(?:set|check|verify)_(\w*(?:password|passwd|pwd|token|secret))$/.exec(method)?.[1];
  if (setter !== undefined)
    name(first.value, { position: 'keyword', name: setter, siblings: [setter], call: node });
}

function nameKeywords(node: Call, name: NameLiteral): void {
  const siblings = siblingsAmong(node.args.map((argument) => argument.name?.id));
  const option = node.args.find(({ name: keyword }) => keyword === undefined)?.value;
  for (const argument of node.args) {
    if (argument.name === undefined) continue;
    // `add_argument("--password", default="…")`
    const isOption = argument.name.id === 'default' && option !== undefined;
    const written = isOption ? /^--([\w-]+)$/.exec(literalText(option) ?? '')?.[1] : argument.name.id;
    const position = isOption ? 'default' : 'keyword';
    if (written !== undefined) name(argument.value, { position, name: written, siblings, call: node });
  }
  const credentials = node.args.find(({ name: keyword }) => keyword?.id === 'auth')?.value;
  if (credentials?.kind === 'Tuple' && credentials.elements.length === 2)
    name(credentials.elements[1] as Expression, {
      position: 'keyword',
      name: 'api_password',
      siblings: ['user'],
      call: node,
    });
}

/** Only a secret's siblings are ever asked for. */
function siblingsAmong(names: readonly (string | undefined)[]): readonly string[] {
  return names.some((name) => name !== undefined && isTelling(name))
    ? names.flatMap((name) => name ?? [])
    : NONE;
}

const NONE: readonly string[] = [];

function nameCompared(node: Comparison, name: NameLiteral): void {
  const sides = [node.left, ...node.comparators];
  for (const [index, op] of node.ops.entries())
    if (op === '==' || op === '!=')
      nameSides(sides[index] as Expression, sides[index + 1] as Expression, name);
}

function nameSides(left: Expression, right: Expression, name: NameLiteral): void {
  for (const [named, literal] of [
    [left, right],
    [right, left],
  ] as const) {
    const written = writtenName(named);
    if (written !== undefined) name(literal, { position: 'compared', name: written, siblings: [] });
  }
}

/** The last word of what an expression reads: `form.password.data` → `password`, `request.form["pw"]` → `pw`. */
export function writtenName(expression: Expression): string | undefined {
  const node = withoutConversions(expression);
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Attribute':
      return node.attr.id;
    case 'Subscript':
      return literalText(node.index);
    case 'Call': {
      if (node.func.kind !== 'Attribute') return undefined;
      const [first] = node.args;
      if (/^(get|pop|getlist|get_json|getfirst)$/.test(node.func.attr.id))
        return first && literalText(first.value);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** What `.data`, `.strip()` and the like are asked of. A loop: such chains can be longer than the stack is deep. */
function withoutConversions(expression: Expression): Expression {
  for (let node = expression; ; ) {
    if (node.kind === 'Attribute' && node.attr.id === 'data') node = node.value;
    else if (node.kind === 'Call' && node.func.kind === 'Attribute' && CONVERSION.test(node.func.attr.id))
      node = node.func.value;
    else return node;
  }
}

const CONVERSION = /^(strip|lower|encode|decode|rstrip|lstrip|get_secret_value)$/;

/** Literals that a value may be: itself, a side of `or`, an arm of a condition, the default of an environment read. */
function nameLiterals(
  expression: Expression,
  naming: Naming,
  owners: Owners,
  found: Found,
  fallback?: Literal['fallback'],
): void {
  const value = withoutCleaning(expression);
  const next = (inner: Expression, reason: Literal['fallback'] = fallback) =>
    nameLiterals(inner, naming, owners, found, reason);
  // The name of the variable says more than that of what keeps it.
  const named = (variable: string | undefined): Naming =>
    variable === undefined ? naming : { ...naming, position: 'default', name: variable };
  if (value.kind === 'String') {
    const known = found.get(value);
    if (known !== undefined && known.position !== 'none') return;
    if (value.end - value.start < MIN_LENGTH && !(naming.name !== undefined && isTelling(naming.name)))
      return;
    found.set(value, { node: value, text: textOf(value), owners, ...naming, ...(fallback && { fallback }) });
  } else if (value.kind === 'Boolean' && value.op === 'or') {
    const [first, ...others] = value.values;
    const variable = first && environmentRead(first)?.variable;
    if (first) next(first);
    for (const other of others)
      nameLiterals(other, named(variable), owners, found, {
        whole: value,
        ...(variable !== undefined && { variable }),
      });
  } else if (value.kind === 'Conditional') {
    next(value.body);
    next(value.orelse);
  } else if (value.kind === 'Call') {
    const read = environmentRead(value);
    if (read?.fallback !== undefined)
      nameLiterals(read.fallback, named(read.variable), owners, found, {
        whole: value,
        variable: read.variable,
      });
  }
}

/** The text that is encoded or stripped, however often. */
function withoutCleaning(expression: Expression): Expression {
  for (let node = expression; ; node = node.func.value)
    if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || !/^(encode|strip)$/.test(node.func.attr.id))
      return node;
}

/** Shorter texts, quotes included, are secrets by their name only. */
const MIN_LENGTH = 18;

const telling = new Map<string, boolean>();

/** True for names of secrets. The same names come again and again. */
function isTelling(name: string): boolean {
  let known = telling.get(name);
  if (known === undefined) {
    if (telling.size > 10_000) telling.clear();
    known = secrecyOf(name) !== undefined;
    telling.set(name, known);
  }
  return known;
}

/** `os.environ.get("X", …)`, `os.getenv("X", …)`, `config("X", default=…)`: a read by a name in upper case. */
function environmentRead(node: Expression): { variable: string; fallback?: Expression } | undefined {
  if (node.kind !== 'Call') return undefined;
  const { func } = node;
  const callee = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  const [first, second] = node.args;
  const variable = first && literalText(first.value);
  if (variable === undefined || !/^[A-Z][A-Z0-9_]+$/.test(variable)) return undefined;
  if (!/^(get|getenv|config|env|str|setdefault|get_env|env_var)$/.test(callee)) return undefined;
  const fallback = node.args.find(({ name }) => name?.id === 'default') ?? second;
  return fallback === undefined ? { variable } : { variable, fallback: fallback.value };
}

/** A literal of which nothing but its text is known. */
export function bareLiteral(node: StringExpression, name: string | undefined): Literal {
  return { node, text: textOf(node), owners: [], ...UNNAMED, ...(name !== undefined && { name }) };
}

function textOf(node: StringExpression): string {
  return node.tokens
    .flatMap((token) => token.pieces)
    .map((piece) => (piece.kind === 'Text' ? piece.value : HOLE))
    .join('');
}
