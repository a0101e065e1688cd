/** Makes a name of another module available: reuses an import that is there, adds to a `from` import, or inserts a
 *  line where isort would put it. Looks at module level only; a name that means something else is not overwritten. */
import type { TextEdit } from '../base/textEdit';
import type { FunctionDef, ImportFrom, Lambda, Module, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { ownNames } from './bindings';
import { extendFrom } from './importList';
import { insertionOf } from './importPlace';
import { answer, type Located, type Refusal, refuse } from './outcome';

export type ImportRequest = { readonly module: string } | { readonly from: string; readonly name: string };

export interface ImportOptions {
  /** Absolute offset where the name will be used. Names of the functions around it count. */
  readonly usedAt?: number;
  /** Top-level names of the project itself: they are sorted behind third-party packages. */
  readonly localPackages?: readonly string[];
}

export interface EnsuredImport {
  readonly kind: 'edits';
  /** Empty if the import is there already. */
  readonly edits: readonly TextEdit[];
  /** What to write in the code: `os`, `_os`, `escape`. For `import a.b` the whole dotted name. */
  readonly localName: string;
}

export function ensureImport(
  module: Module,
  request: ImportRequest,
  options: ImportOptions = {},
): EnsuredImport | Refusal {
  return answer(() => ensure(module, request, options));
}

function ensure(module: Module, request: ImportRequest, options: ImportOptions): EnsuredImport {
  const statements = topStatements(module);
  const around = bodiesAround(module, options.usedAt);
  const hidden = hiddenNames(around);
  // Code in a function runs later: an import further down the module has happened by then.
  const usedAt = around.length > 0 ? undefined : options.usedAt;
  const present =
    lazyName(around, request, options.usedAt) ?? presentName(statements, request, usedAt, hidden);
  if (present !== undefined) return { kind: 'edits', edits: [], localName: present };
  const wanted = 'module' in request ? request.module : request.name;
  const alias = freeAlias(module, statements, wanted, request, hidden);
  const localName = alias ?? wanted;
  if ('from' in request && alias === undefined) {
    const edit = extendSame(module.text, statements, request, usedAt);
    if (edit !== undefined) return { kind: 'edits', edits: [edit], localName };
  }
  const line = importLine(request, alias);
  return { kind: 'edits', edits: [insertionOf(module, statements, line, request, options)], localName };
}

function importLine(request: ImportRequest, alias: string | undefined): string {
  const as = alias === undefined ? '' : ` as ${alias}`;
  return 'module' in request
    ? `import ${request.module}${as}`
    : `from ${request.from} import ${request.name}${as}`;
}

export function topStatements(module: Module): Located<Statement>[] {
  return module.units.flatMap((unit) => unit.tree.body.map((node) => ({ node, base: unit.base })));
}

/** Name under which the module level knows what is asked for, if it is imported before it is used. */
function presentName(
  statements: readonly Located<Statement>[],
  request: ImportRequest,
  usedAt: number | undefined,
  hidden: ReadonlySet<string>,
): string | undefined {
  const candidates: string[] = [];
  for (const { node, base } of statements) {
    if (usedAt !== undefined && base + node.start > usedAt) break;
    if (node.kind === 'Import' && 'module' in request) {
      for (const alias of node.names)
        if (alias.name === request.module) candidates.push(alias.asName?.id ?? alias.name);
    } else if (node.kind === 'ImportFrom' && 'from' in request && isFrom(node, request.from)) {
      for (const alias of node.names)
        if (alias.name === request.name) candidates.push(alias.asName?.id ?? alias.name);
    } else if (node.kind === 'ImportFrom' && 'module' in request && request.module.includes('.')) {
      const dot = request.module.lastIndexOf('.');
      if (!isFrom(node, request.module.slice(0, dot))) continue;
      for (const alias of node.names)
        if (alias.name === request.module.slice(dot + 1)) candidates.push(alias.asName?.id ?? alias.name);
    }
  }
  return candidates.find((name) => {
    const root = name.split('.')[0] as string;
    return !hidden.has(root) && !isReboundAtTop(statements, root);
  });
}

/** `''` + level for relative imports: `.models` is written as the request's `from`. */
function isFrom(node: ImportFrom, from: string): boolean {
  return `${'.'.repeat(node.level)}${node.module}` === from;
}

/** True if something else than imports binds the name at module level. */
function isReboundAtTop(statements: readonly Located<Statement>[], name: string): boolean {
  return statements.some(
    ({ node }) =>
      node.kind !== 'Import' && node.kind !== 'ImportFrom' && !isFallback(node) && ownNames([node]).has(name),
  );
}

/** `try: import a` / `except ImportError: a = None`. */
function isFallback(node: Statement): boolean {
  return (
    node.kind === 'Try' &&
    walk(node.body).some((inner) => inner.kind === 'Import' || inner.kind === 'ImportFrom')
  );
}

type Around = Located<FunctionDef | Lambda>;

/** Functions around the place of use, outermost first. */
function bodiesAround(module: Module, usedAt: number | undefined): Around[] {
  if (usedAt === undefined) return [];
  const around: Around[] = [];
  for (const { node, base } of topStatements(module)) {
    if (usedAt < base + node.start || usedAt > base + node.end) continue;
    for (const inner of walk(node)) {
      const isAround = base + inner.start <= usedAt && usedAt <= base + inner.end;
      if (isAround && (inner.kind === 'FunctionDef' || inner.kind === 'Lambda'))
        around.push({ node: inner, base });
    }
  }
  return around;
}

/** Names that the functions around bind themselves: they hide the module's. */
function hiddenNames(around: readonly Around[]): Set<string> {
  const hidden = new Set<string>();
  for (const { node } of around) {
    for (const parameter of node.params) hidden.add(parameter.name.id);
    if (node.kind === 'Lambda') continue;
    for (const name of ownNames(node.body)) hidden.add(name);
    for (const one of node.body)
      if (one.kind === 'Global') for (const name of one.names) hidden.delete(name.id);
  }
  return hidden;
}

/** Name of an import that the innermost function makes at its own level before the place of use. */
function lazyName(
  around: readonly Around[],
  request: ImportRequest,
  usedAt: number | undefined,
): string | undefined {
  const inner = around.at(-1);
  if (inner === undefined || inner.node.kind === 'Lambda') return undefined;
  const statements = inner.node.body.map((node) => ({ node, base: inner.base }));
  const isParameter = (name: string) => inner.node.params.some((one) => one.name.id === name);
  const name = presentName(statements, request, usedAt, new Set());
  return name !== undefined && !isParameter(name) ? name : undefined;
}

/** Undefined if the plain name is free; otherwise another name that is. */
function freeAlias(
  module: Module,
  statements: readonly Located<Statement>[],
  wanted: string,
  request: ImportRequest,
  hidden: ReadonlySet<string>,
): string | undefined {
  const root = wanted.split('.')[0] as string;
  const taken = ownNames(statements.map(({ node }) => node));
  const isSamePackage =
    'module' in request &&
    statements.some(
      ({ node }) =>
        node.kind === 'Import' && node.names.some((one) => !one.asName && one.name.split('.')[0] === root),
    ) &&
    !isReboundAtTop(statements, root);
  if ((!taken.has(root) || isSamePackage) && !hidden.has(root)) return undefined;
  const mentioned = allNames(module);
  const base = wanted.replaceAll('.', '_').replace(/^_+/, '');
  for (const candidate of [`_${base}`, `${base}_`, `_${base}_module`])
    if (!mentioned.has(candidate)) return candidate;
  return refuse(`the name \`${wanted}\` already means something else in this file`);
}

function allNames(module: Module): Set<string> {
  const names = new Set<string>();
  for (const found of module.text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) names.add(found[0]);
  return names;
}

/** Adds the name to a `from` import of the same module at module level. */
function extendSame(
  text: string,
  statements: readonly Located<Statement>[],
  request: { readonly from: string; readonly name: string },
  usedAt: number | undefined,
): TextEdit | undefined {
  for (const { node, base } of statements) {
    if (usedAt !== undefined && base + node.start > usedAt) return undefined;
    if (node.kind !== 'ImportFrom' || node.isStar || node.isLazy || !isFrom(node, request.from)) continue;
    const edit = extendFrom(text, node, base, request.name);
    if (edit !== undefined) return edit;
  }
  return undefined;
}
