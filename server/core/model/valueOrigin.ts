/** Where a configuration value comes from: a literal, the environment, or the environment with a literal to fall
 *  back on. Looks through names, conditions, conversions and the usual settings libraries. */
import type { Argument, Call, Expression, StringExpression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Project } from './project';
import type { Site } from './scope';
import { type Binding, scopeOf } from './scopes';

export type ValueOrigin =
  | { readonly kind: 'literal'; readonly node: StringExpression; readonly site: Site }
  /** `node` is the whole expression that reads the environment and falls back. */
  | {
      readonly kind: 'fallback';
      readonly node: Expression;
      readonly site: Site;
      readonly literal: StringExpression;
      /** Name of the environment variable if it is a literal. */
      readonly variable?: string;
      /** The argument to drop where a settings library (python-decouple, environs) raises without a default. */
      readonly defaultArgument?: Argument;
    }
  | { readonly kind: 'environment'; readonly variable?: string }
  | { readonly kind: 'other' };

const OTHER: ValueOrigin = { kind: 'other' };
const MAX_DEPTH = 8;

export function originOf(project: Project, node: Expression, site: Site, depth = 0): ValueOrigin {
  if (depth > MAX_DEPTH) return OTHER;
  const next = (inner: Expression, at: Site = site) => originOf(project, inner, at, depth + 1);
  switch (node.kind) {
    case 'String':
      return isLiteral(node) ? { kind: 'literal', node, site } : OTHER;
    case 'Name':
    case 'Attribute': {
      const bound = boundValue(project, node, site);
      return bound === undefined ? OTHER : next(bound.value, bound.site);
    }
    case 'Boolean':
      return node.op === 'or'
        ? withFallback(
            node,
            next(node.values[0] as Expression),
            node.values.slice(1).map((value) => next(value)),
            site,
          )
        : OTHER;
    case 'Conditional': {
      const [first, second] = [next(node.body), next(node.orelse)];
      return first.kind === 'literal'
        ? withFallback(node, second, [first], site)
        : withFallback(node, first, [second], site);
    }
    case 'Subscript':
      return isExternal(project, node.value, site, 'os.environ')
        ? { kind: 'environment', variable: literalText(node.index) }
        : OTHER;
    case 'Call':
      return callOrigin(project, node, site, next);
    default:
      return OTHER;
  }
}

function withFallback(
  node: Expression,
  first: ValueOrigin,
  others: readonly ValueOrigin[],
  site: Site,
): ValueOrigin {
  const literal = others.find((origin) => origin.kind === 'literal');
  if (literal?.kind === 'literal' && (first.kind === 'environment' || first.kind === 'fallback'))
    return { kind: 'fallback', node, site, literal: literal.node, variable: first.variable };
  return first;
}

/** `os.environ.get`, `os.getenv`, and python-decouple's `config` or environs' `env` with a default. */
const READERS: ReadonlySet<string> = new Set([
  'os.environ.get',
  'os.getenv',
  'decouple.config',
  'os.environ.setdefault',
  'flask.Config.get',
]);

/** Another form of the same secret. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  'builtins.str',
  'builtins.bytes',
  'builtins.bytearray',
  'builtins.bytes.fromhex',
  'binascii.unhexlify',
  'base64.b64decode',
  'base64.b64encode',
  'base64.urlsafe_b64decode',
  'base64.urlsafe_b64encode',
  'hashlib.md5',
  'hashlib.sha1',
  'hashlib.sha256',
  'hashlib.sha512',
]);
const CONVERTING_METHODS: ReadonlySet<string> = new Set(['encode', 'strip', 'digest', 'hexdigest', 'ljust']);

function callOrigin(
  project: Project,
  node: Call,
  site: Site,
  next: (inner: Expression, at?: Site) => ValueOrigin,
): ValueOrigin {
  if (node.func.kind === 'Attribute' && CONVERTING_METHODS.has(node.func.attr.id)) {
    const origin = next(node.func.value);
    if (origin.kind !== 'other') return origin;
  }
  const names = project.resolver
    .resolve(node.func, site)
    .flatMap((ref) => (ref.kind === 'external' ? [ref.name] : []));
  const isReader = names.some((name) => READERS.has(name) || /^environs\.(Env|env)\b/.test(name));
  const [variable, positional] = node.args.filter((argument) => !argument.name);
  if (names.some((name) => CONVERSIONS.has(name))) return variable ? next(variable.value) : OTHER;
  if (!isReader) return OTHER;
  const name = variable ? literalText(variable.value) : undefined;
  const fallback = node.args.find((argument) => argument.name?.id === 'default') ?? positional;
  const origin = fallback ? next(fallback.value) : OTHER;
  if (origin.kind !== 'literal') return { kind: 'environment', variable: name };
  const isLibrary = names.some((name) => /^(decouple|environs)\b/.test(name));
  return {
    kind: 'fallback',
    node,
    site,
    literal: origin.node,
    variable: name,
    defaultArgument: isLibrary ? fallback : undefined,
  };
}

function isExternal(project: Project, node: Expression, site: Site, name: string): boolean {
  return project.resolver.resolve(node, site).some((ref) => ref.kind === 'external' && ref.name === name);
}

/** Without holes and not empty; bytes count as text here. */
function isLiteral(node: StringExpression): boolean {
  const pieces = node.tokens.flatMap((token) => token.pieces);
  return (
    pieces.length > 0 &&
    pieces.every((piece) => piece.kind === 'Text') &&
    pieces.some((piece) => piece.kind === 'Text' && piece.value !== '')
  );
}

/** The one expression a name is bound to; undefined when it has several or none. */
export function boundValue(
  project: Project,
  node: Expression,
  site: Site,
): { value: Expression; site: Site } | undefined {
  if (node.kind === 'Attribute') return attributeBinding(project, node, site);
  if (node.kind !== 'Name') return undefined;
  for (let depth = site.owners.length - 1; depth >= 0; depth--) {
    const owner = site.owners[depth];
    if (owner === undefined || (owner.kind === 'ClassDef' && depth < site.owners.length - 1)) continue;
    const bindings = scopeOf(owner).bindings.get(node.id);
    const found = onlyValue(bindings);
    if (found !== undefined)
      return { value: found, site: { ...site, owners: site.owners.slice(0, depth + 1) } };
    // Factories import late.
    const [first] = bindings ?? [];
    if (first?.kind === 'import') return importedValue(project, site.file, first);
  }
  return moduleBinding(project, site.file, node.id);
}

function moduleBinding(
  project: Project,
  file: string,
  name: string,
): { value: Expression; site: Site } | undefined {
  const bound = project.bindingsOf(file, name);
  const [first] = bound;
  if (first === undefined) return undefined;
  if (first.binding.kind === 'import' && first.binding.member !== undefined)
    return importedValue(project, file, first.binding);
  const value = onlyValue(bound.map(({ binding }) => binding));
  return value === undefined ? undefined : { value, site: { file, tree: first.tree, owners: [] } };
}

function importedValue(
  project: Project,
  file: string,
  { module, level, member }: Extract<Binding, { kind: 'import' }>,
): { value: Expression; site: Site } | undefined {
  const target = project.findModule(file, module, level);
  if (target === undefined || target === file || member === undefined) return undefined;
  return moduleBinding(project, target, member);
}

function attributeBinding(
  project: Project,
  node: Extract<Expression, { kind: 'Attribute' }>,
  site: Site,
): { value: Expression; site: Site } | undefined {
  for (const ref of project.resolver.resolve(node.value, site)) {
    if (ref.kind === 'module') return moduleBinding(project, ref.file, node.attr.id);
    const declaring = ref.kind === 'object' ? ref.class : ref;
    if (declaring.kind !== 'class') continue;
    for (const own of project.resolver.bases(declaring).own) {
      const value = onlyValue(scopeOf(own.node).bindings.get(node.attr.id));
      if (value !== undefined) return { value, site: { ...own, owners: [...own.owners, own.node] } };
    }
  }
  return undefined;
}

function onlyValue(bindings: readonly Binding[] | undefined): Expression | undefined {
  const [binding, ...others] = (bindings ?? []).filter(({ kind }) => kind !== 'annotation');
  return others.length === 0 && binding?.kind === 'value' && binding.access.kind === 'whole'
    ? binding.value
    : undefined;
}
