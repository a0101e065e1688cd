/** The fix of a fast password hash: a slow one where it is stored, and its check where it is compared. Both sides
 *  change together, or nothing does. */
import { EditList } from '../edits/editList';
import { answer, refuse } from '../edits/outcome';
import { isFirstOnLine, lineStartAt, nextLineAt } from '../edits/pythonText';
import { enclosingFunction, type Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Comparison, Expression, FunctionDef, Node } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import type { HashCall } from './hashCalls';
import { mayBeNone, orEmptyText } from './noneFix';
import { joinEdits, widenedColumns } from './passwordColumns';
import { passwordHasher } from './passwordHasher';
import { lastName } from './passwordRoles';
import { refused } from './refused';
import type { FileEdit, FixOutcome } from './rule';
import { parentsOf } from './unitNodes';

export function fixPasswordHash(
  context: FileContext,
  hash: HashCall,
  password: Expression,
): readonly FixOutcome[] {
  const result = answer(() => ({
    edits: joinEdits([...editsFor(context, hash, password), ...widenedColumns(context, hash.site)]),
  }));
  if ('reason' in result) return [refused(result.reason)];
  return [{ kind: 'fix', fix: { title: 'Use a password hash', safety: 'review', edits: result.edits } }];
}

/** A file that is edited. Imports are worked out for each edit, and written once. */
class Editing {
  readonly #context: FileContext;
  readonly #files = new Map<string, EditList>();
  readonly #imports = new Set<string>();

  constructor(context: FileContext) {
    this.#context = context;
  }

  text(site: Site, node: { readonly start: number; readonly end: number }): string {
    const base = this.base(site);
    return this.#text(site).slice(base + node.start, base + node.end);
  }

  base({ file, tree }: Site): number {
    const module = this.#context.project.module(file);
    return module?.units.find((unit) => unit.tree === tree)?.base ?? refuse('the file has changed');
  }

  replace(site: Site, node: { readonly start: number; readonly end: number }, newText: string): void {
    const base = this.base(site);
    this.#list(site).replace(base + node.start, base + node.end, newText);
  }

  hash(site: Site, node: Expression, password: string): void {
    const hasher = this.#hasher(site, node, { hash: true });
    this.replace(site, node, hasher.hash(password));
  }

  check(site: Site, node: Comparison, kept: string, password: string): void {
    const hasher = this.#hasher(site, node, { check: true });
    this.replace(site, node, (node.ops[0] === '!=' ? 'not ' : '') + hasher.check(kept, password));
  }

  /** The whole line of a statement goes. */
  removeLine(site: Site, node: { readonly start: number; readonly end: number }): void {
    const text = this.#text(site);
    const base = this.base(site);
    const end = nextLineAt(text, base + node.end);
    const isAlone =
      isFirstOnLine(text, base + node.start) && /^\s*(?:#.*)?\s*$/.test(text.slice(base + node.end, end));
    if (!isAlone) refuse('the hash shares its line with other code');
    this.#list(site).remove(lineStartAt(text, base + node.start), end);
  }

  finish(): readonly FileEdit[] {
    return [...this.#files].map(([file, list]) => ({
      file,
      isNew: false,
      edits: list.finish(this.#context.project.textOf(file) ?? ''),
    }));
  }

  #text({ file }: Site): string {
    return this.#context.project.textOf(file) ?? '';
  }

  #list({ file }: Site): EditList {
    const list = this.#files.get(file) ?? new EditList();
    this.#files.set(file, list);
    return list;
  }

  #hasher(site: Site, node: Expression, needs: { readonly hash?: boolean; readonly check?: boolean }) {
    const { project } = this.#context;
    const module = project.module(site.file);
    if (module === undefined) return refuse('the file is no module');
    const key = `${site.file} ${Object.keys(needs).join()}`;
    const list = this.#imports.has(key) ? new EditList() : this.#list(site);
    this.#imports.add(key);
    return passwordHasher({ project, file: site.file, module }, this.base(site) + node.start, needs, list);
  }
}

function editsFor(context: FileContext, hash: HashCall, password: Expression): readonly FileEdit[] {
  if (hash.form === 'update' || hash.data === undefined) refuse('the hash is put together in steps');
  const editing = new Editing(context);
  const { site } = hash;
  const parents = [...parentsOf(site.tree, hash.call)];
  const digest = takeDigest(hash.call, parents);
  mendValue(context, editing, digest, parents, site, password);
  return editing.finish();
}

/** `hashlib.md5(…).hexdigest()`, taken off the end of the parents. */
function takeDigest(call: Call, parents: Node[]): Expression {
  let digest: Expression = call;
  const attribute = parents.at(-1);
  const outer = parents.at(-2);
  if (
    attribute?.kind === 'Attribute' &&
    /^(?:hex)?digest$/.test(attribute.attr.id) &&
    outer?.kind === 'Call'
  ) {
    parents.splice(-2);
    digest = outer;
  } else refuse('the hash is put together in steps');
  return digest;
}

/** Mends the place where the value of a hash is used: compared, kept in a variable, returned, or stored. */
function mendValue(
  context: FileContext,
  editing: Editing,
  digest: Expression,
  parents: readonly Node[],
  site: Site,
  password: Expression,
): void {
  const plain = plainText(editing, site, password);
  const parent = parents.at(-1);
  if (parent?.kind === 'Comparison') return mendComparison(context, editing, parent, digest, site, plain);
  refuseLookUp(parents);
  const around = enclosingFunction(site);
  if (parent?.kind === 'Assign' && around !== undefined) {
    const [target] = parent.targets;
    if (target?.kind === 'Name' && parent.targets.length === 1 && parent.value === digest) {
      mendVariable(context, editing, {
        digest,
        statement: parent,
        name: target.id,
        around,
        site,
        plain,
        password,
      });
      return;
    }
  }
  if (parent?.kind === 'Return' && around !== undefined)
    mendCallers(context, editing, around, site, password);
  editing.hash(site, digest, plain);
}

/** The password as text: without the `.encode()` that a hash of bytes needs. */
function plainText(editing: Editing, site: Site, password: Expression): string {
  let node = password;
  while (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'encode')
    node = node.func.value;
  return editing.text(site, node);
}

function mendComparison(
  context: FileContext,
  editing: Editing,
  node: Comparison,
  digest: Expression,
  site: Site,
  plain: string,
): void {
  const [right] = node.comparators;
  const op = node.ops[0];
  if (node.ops.length !== 1 || right === undefined || (op !== '==' && op !== '!='))
    return refuse('the hash is compared in a special way');
  const kept = node.left === digest ? right : node.left;
  const isColumn =
    kept.kind === 'Attribute' &&
    context.project.resolver.resolve(kept.value, site).some(({ kind }) => kind === 'class');
  if (isColumn) refuse('a salted hash cannot be looked up: find the account first, then check the password');
  const source = editing.text(site, kept);
  const isMissable = mayBeNone(context.project, kept, site);
  editing.check(site, node, isMissable ? orEmptyText(context.text, source) : source, plain);
}

const LOOK_UP = /^(?:filter_by|filter|where|get|find_one|find|execute|first|objects)$/;

/** A salted hash is another one each time. */
function refuseLookUp(parents: readonly Node[]): void {
  for (const parent of parents) {
    if (parent.kind !== 'Call' || !LOOK_UP.test(lastName(parent.func) ?? '')) continue;
    const query = parent.args[0]?.value;
    const isWriting = query?.kind === 'String' && /^\W*(?:insert|update)\b/i.test(textOf(query));
    if (!isWriting)
      refuse('a salted hash cannot be looked up: find the account first, then check the password');
  }
}

function textOf(node: Extract<Expression, { kind: 'String' }>): string {
  return node.tokens
    .flatMap(({ pieces }) => pieces.map((piece) => (piece.kind === 'Text' ? piece.value : '')))
    .join('');
}

interface Variable {
  readonly digest: Expression;
  readonly statement: Node;
  readonly name: string;
  readonly around: FunctionDef;
  readonly site: Site;
  readonly plain: string;
  readonly password: Expression;
}

function mendVariable(context: FileContext, editing: Editing, variable: Variable): void {
  const { digest, statement, name, around, site, plain, password } = variable;
  const uses = walkExpressions(around.body).filter(
    (node) => node.kind === 'Name' && node.id === name && node.start > statement.end,
  );
  let nOthers = 0;
  for (const use of uses) {
    const parents = parentsOf(site.tree, use);
    const parent = parents.at(-1);
    if (parent?.kind === 'Comparison') mendComparison(context, editing, parent, use, site, plain);
    else {
      refuseLookUp(parents);
      if (parent?.kind === 'Return') mendCallers(context, editing, around, site, password);
      nOthers++;
    }
  }
  if (uses.length === 0 || nOthers > 0) editing.hash(site, digest, plain);
  else editing.removeLine(site, statement);
}

/** A function that hashes: where its result is compared, the password is checked instead. */
function mendCallers(
  context: FileContext,
  editing: Editing,
  around: FunctionDef,
  site: Site,
  password: Expression,
): void {
  const name = walkExpressions(password).find((node) => node.kind === 'Name');
  const position = around.params.findIndex(
    (parameter) => name?.kind === 'Name' && parameter.name.id === name.id,
  );
  if (position < 0) return refuse('the function hashes something that its callers do not give');
  const isMethod = site.owners.at(-2)?.kind === 'ClassDef';
  for (const { call, at } of callsOf(context, around)) {
    const parents = parentsOf(at.tree, call);
    const parent = parents.at(-1);
    const argument = call.args[position - (isMethod ? 1 : 0)]?.value;
    const given = argument && editing.text(at, argument);
    if (given === undefined) return refuse('the function is called in a special way');
    if (parent?.kind === 'Comparison') mendComparison(context, editing, parent, call, at, given);
    else if (parent?.kind === 'Assign')
      mendAssigned(context, editing, { call, at, statement: parent, given });
    else refuseLookUp(parents);
  }
}

interface Assigned {
  readonly call: Call;
  readonly at: Site;
  readonly statement: Extract<Node, { kind: 'Assign' }>;
  readonly given: string;
}

/** `hashed = hash_password(password)`, compared or stored further down. */
function mendAssigned(
  context: FileContext,
  editing: Editing,
  { call, at, statement, given }: Assigned,
): void {
  const [target] = statement.targets;
  const around = enclosingFunction(at);
  if (target?.kind !== 'Name' || around === undefined || statement.value !== call) return;
  const uses = walkExpressions(around.body).filter(
    (node) => node.kind === 'Name' && node.id === target.id && node.start > statement.end,
  );
  let nOthers = 0;
  for (const use of uses) {
    const parents = parentsOf(at.tree, use);
    const parent = parents.at(-1);
    if (parent?.kind === 'Comparison') mendComparison(context, editing, parent, use, at, given);
    else {
      refuseLookUp(parents);
      nOthers++;
    }
  }
  if (uses.length > 0 && nOthers === 0) editing.removeLine(at, statement);
}

function* callsOf(
  context: FileContext,
  around: FunctionDef,
): Generator<{ readonly call: Call; readonly at: Site }> {
  const { project } = context;
  for (const file of project.pythonFiles())
    for (const { tree } of project.module(file)?.units ?? [])
      for (const { node, owners } of unitFacts(tree).calls) {
        const at = { file, tree, owners };
        if (lastName(node.func) !== around.name.id) continue;
        const isMeant = project.resolver
          .resolve(node.func, at)
          .some((ref) => ref.kind === 'function' && ref.node === around);
        if (isMeant) yield { call: node, at };
      }
}
