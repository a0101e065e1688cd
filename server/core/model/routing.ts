/** Where the routers of an app hang, and what runs before their views: blueprints registered with an app or with each
 *  other, namespaces of an API, hooks, and what is taken out of the CSRF check. */
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { loopedOver, type Sited, written } from './collections';
import type { Project } from './project';
import type { Site } from './scope';
import { unitFacts } from './unitFacts';

/** A router is told from others by the call that makes it. */
export interface Router {
  readonly made: Call;
  readonly site: Site;
}

/** A function that runs before views do. */
export interface Hook {
  readonly node: FunctionDef;
  readonly site: Site;
  /** Undefined: before every view. */
  readonly router: Router | undefined;
}

const MOUNTS = new Set(['register_blueprint', 'add_namespace', 'exempt']);
const HOOKS = new Set(['before_request', 'before_app_request']);
/** Blueprints in blueprints, and blueprints registered more than once. */
const MAX_DEPTH = 5;
const MAX_PREFIXES = 4;

export function mayTellOfRouting(tree: UnitTree): boolean {
  const facts = unitFacts(tree);
  return (
    facts.calls.some(({ node }) => MOUNTS.has(attributeOf(node.func)) || HOOKS.has(attributeOf(node.func))) ||
    facts.functions.some(({ node }) =>
      node.decorators.some(({ expression }) => HOOKS.has(attributeOf(expression))),
    )
  );
}

/** The router that an expression stands for; undefined when the code does not show how it is made. */
export function routerOf(project: Project, node: Expression, site: Site): Router | undefined {
  const found = written(project, node, site);
  return found.node.kind === 'Call' ? { made: found.node, site: found.site } : undefined;
}

/** The name a blueprint is made with. */
export function nameOfRouter({ made }: Router): string | undefined {
  if (/^(Flask|APIFlask|OpenAPI|Api)$/.test(lastName(made.func))) return undefined;
  const [first] = made.args;
  return first === undefined ? undefined : literalText(first.value);
}

/** What stands in front of the rules of a router; one for each place where it is registered. */
export function prefixesOf(project: Project, router: Router | undefined, depth = 0): readonly string[] {
  if (router === undefined || depth > MAX_DEPTH) return [''];
  const own = ownPrefix(project, router);
  const outer = containerOf(project, router);
  if (outer !== undefined) return prefixesOf(project, outer, depth + 1).map((prefix) => prefix + own);
  const found = mountsOf(project, router).flatMap(({ call, site }) => {
    const option = keyword(call, 'url_prefix') ?? keyword(call, 'path') ?? second(call);
    const prefix = option === undefined ? own : textOf(project, option, site, own);
    const parent = call.func.kind === 'Attribute' ? routerOf(project, call.func.value, site) : undefined;
    return prefixesOf(project, parent, depth + 1).map((before) => before + prefix);
  });
  return found.length === 0 ? [own] : [...new Set(found)].slice(0, MAX_PREFIXES);
}

function ownPrefix(project: Project, { made, site }: Router): string {
  const option = keyword(made, 'url_prefix') ?? keyword(made, 'path') ?? keyword(made, 'prefix');
  if (option !== undefined) return textOf(project, option, site);
  const isNamespace = /^[nN]amespace$/.test(lastName(made.func));
  const name = isNamespace ? made.args[0] && literalText(made.args[0].value) : undefined;
  return name === undefined ? '' : `/${name}`;
}

/** The router that is named where another one is made: `Api(bp)`, `api.namespace("users")`. */
function containerOf(project: Project, { made, site }: Router): Router | undefined {
  if (made.func.kind === 'Attribute' && made.func.attr.id === 'namespace')
    return routerOf(project, made.func.value, site);
  const [first] = made.args;
  if (!/Api$/.test(lastName(made.func)) || first === undefined) return undefined;
  return routerOf(project, first.value, site);
}

function mountsOf(project: Project, router: Router): readonly { call: Call; site: Site }[] {
  return callsOf(project, 'register_blueprint', 'add_namespace').filter(({ call, site }) =>
    meant(project, call.args[0]?.value, site).some(({ node }) => node === router.made),
  );
}

/** What an argument stands for: one thing, or each of those that a loop goes through: `bp`, `module.bp`. */
function meant(project: Project, node: Expression | undefined, site: Site): readonly Sited[] {
  if (node === undefined) return [];
  const root = node.kind === 'Attribute' ? node.value : node;
  const looped = root.kind === 'Name' ? loopedOver(project, root.id, site) : [];
  if (looped.length === 0) return [written(project, node, site)];
  return looped.map((one) =>
    written(project, node.kind === 'Attribute' ? { ...node, value: one.node } : one.node, one.site),
  );
}

function callsOf(project: Project, ...names: readonly string[]): readonly { call: Call; site: Site }[] {
  return project
    .unitsTelling('routing')
    .flatMap(({ file, tree }) =>
      unitFacts(tree).calls.flatMap(({ node, owners }) =>
        names.includes(attributeOf(node.func)) ? [{ call: node, site: { file, tree, owners } }] : [],
      ),
    );
}

/** Every hook of the project, by file and place. */
export function hooksOf(project: Project): readonly Hook[] {
  return project.unitsTelling('routing').flatMap(({ file, tree }) => [
    ...unitFacts(tree).functions.flatMap(({ node, owners }) => {
      const site = { file, tree, owners };
      return node.decorators.flatMap(({ expression }) => toHook(project, expression, node, site, site));
    }),
    ...unitFacts(tree).calls.flatMap(({ node, owners }) => {
      const site = { file, tree, owners };
      const [first] = node.args;
      if (first === undefined || !HOOKS.has(attributeOf(node.func))) return [];
      return project.resolver
        .resolve(first.value, site)
        .flatMap((ref) =>
          ref.kind === 'function' ? toHook(project, node.func, project.current(ref).node, ref, site) : [],
        );
    }),
  ]);
}

function toHook(
  project: Project,
  hook: Expression,
  node: FunctionDef,
  at: Site,
  site: Site,
): readonly Hook[] {
  if (hook.kind !== 'Attribute' || !HOOKS.has(hook.attr.id)) return [];
  const router = hook.attr.id === 'before_request' ? routerOf(project, hook.value, site) : undefined;
  const isApp = router === undefined || nameOfRouter(router) === undefined;
  return [
    { node, site: { file: at.file, tree: at.tree, owners: at.owners }, router: isApp ? undefined : router },
  ];
}

/** Calls of the project that take something out of the CSRF check, with what they take out. */
export function exemptedIn(project: Project): readonly Sited[] {
  return callsOf(project, 'exempt').flatMap(({ call, site }) => meant(project, call.args[0]?.value, site));
}

/** A prefix as far as it is written; `own` is what the router itself has, as in `f"/v1{bp.url_prefix}"`. */
function textOf(project: Project, node: Expression, site: Site, own = '…'): string {
  if (node.kind === 'Attribute' && node.attr.id === 'url_prefix') return own;
  if (node.kind === 'Boolean' && node.op === 'or' && node.values[0] !== undefined)
    return textOf(project, node.values[0], site, own);
  const found = written(project, node, site);
  if (found.node.kind === 'Binary' && found.node.op === '+')
    return (
      textOf(project, found.node.left, found.site, own) + textOf(project, found.node.right, found.site, own)
    );
  if (found.node.kind !== 'String') return '…';
  const pieces = found.node.tokens.flatMap((token) => token.pieces);
  return pieces
    .map((piece) =>
      piece.kind === 'Text' ? piece.value : textOf(project, piece.expression, found.site, own),
    )
    .join('');
}

function keyword({ args }: Call, name: string): Expression | undefined {
  return args.find((argument) => argument.name?.id === name)?.value;
}

/** `add_namespace(ns, "/path")`. */
function second({ func, args }: Call): Expression | undefined {
  return attributeOf(func) === 'add_namespace' && args[1]?.name === undefined ? args[1]?.value : undefined;
}

function attributeOf(node: Expression): string {
  return node.kind === 'Attribute' ? node.attr.id : '';
}

function lastName(node: Expression): string {
  return node.kind === 'Name' ? node.id : attributeOf(node);
}
