/** Which functions answer requests, and for which URLs: decorators, `add_url_rule`, class-based views. */
import { type HandlerRow, KNOWLEDGE } from '../knowledge/index';
import type { Argument, Call, ClassDef, Expression, FunctionDef } from '../syntax/python/ast';
import { textOfString } from '../syntax/python/literals';
import type { Project } from './project';
import { type FunctionRef, type Ref, refKey } from './refs';
import type { Site } from './scope';
import { unitFacts } from './unitFacts';

export interface Route {
  /** The URL rule as written, such as `/user/<int:id>`; undefined if it is not a literal. */
  readonly rule?: string;
  /** Upper case; `['GET']` when none are named. */
  readonly methods: readonly string[];
}

/** A parameter of a URL rule: `<int:id>` has converter `int`. */
export interface RuleParameter {
  readonly name: string;
  readonly converter: string;
}

const SHORTCUTS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const ROUTERS = new Set(['flask.Flask', 'flask.Blueprint']);

/** Routes of a function; empty when it is no view. */
export function routesOf(project: Project, ref: FunctionRef): readonly Route[] {
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  const routes = ref.node.decorators.flatMap(({ expression }) => decoratorRoute(project, expression, site));
  const owner = ref.owners.at(-1);
  if (owner?.kind === 'ClassDef') routes.push(...methodRoutes(project, ref, owner));
  routes.push(...registeredRoutes(project, refKey(ref), ref.node));
  return routes;
}

/** True for `@app.route("/")` and its like. */
export function isRouteDecorator(project: Project, node: Expression, site: Site): boolean {
  return decoratorRoute(project, node, site).length > 0;
}

/** Hooks whose answer goes to the visitor: pages for errors, and what may answer before a view does.
 *  @see https://flask.palletsprojects.com/en/stable/errorhandling/ */
const HOOKS = new Set(['errorhandler', 'app_errorhandler', 'before_request', 'before_app_request']);

/** True for a function that answers requests without a route of its own. */
export function answersAsHook(project: Project, ref: FunctionRef): boolean {
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  const isRegistered = registrations(project, ref.node.name.id, hookTarget).some(({ call, site: where }) => {
    const target = hookTarget(call);
    const refs = target === undefined ? [] : project.resolver.resolve(target, where);
    return refs.some((found) => refKey(found) === refKey(ref));
  });
  if (isRegistered) return true;
  return ref.node.decorators.some(({ expression }) => {
    const hook = expression.kind === 'Call' ? expression.func : expression;
    if (hook.kind !== 'Attribute' || !HOOKS.has(hook.attr.id)) return false;
    const receivers = project.resolver.resolve(hook.value, site);
    return receivers.length === 0 || receivers.some((receiver) => isRouter(project, receiver));
  });
}

/** Handlers of other extensions: sockets, admin pages, argument parsers. */
export function handlersOf(project: Project, ref: FunctionRef): readonly HandlerRow[] {
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  return ref.node.decorators.flatMap(({ expression }) => {
    const callee = expression.kind === 'Call' ? expression.func : expression;
    return project.resolver.resolve(callee, site).flatMap((found) => {
      const row = found.kind === 'external' ? KNOWLEDGE.handler(found.name) : undefined;
      return row === undefined ? [] : [row];
    });
  });
}

/** The parameters of a URL rule. @see https://flask.palletsprojects.com/en/stable/quickstart/#variable-rules */
export function ruleParameters(rule: string): readonly RuleParameter[] {
  const found = rule.matchAll(/<(?:([a-zA-Z_]\w*)(?:\([^)]*\))?:)?([a-zA-Z_]\w*)>/g);
  return [...found].map((match) => ({ converter: match[1] ?? 'string', name: match[2] as string }));
}

/** Converters whose values hold digits, dashes and dots only, or are one of those that the rule lists.
 *  @see https://werkzeug.palletsprojects.com/en/stable/routing/#built-in-converters */
export const TYPED_CONVERTERS: ReadonlySet<string> = new Set(['int', 'float', 'uuid', 'any']);

function decoratorRoute(project: Project, node: Expression, site: Site): Route[] {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return [];
  const name = node.func.attr.id;
  if (name !== 'route' && !SHORTCUTS.has(name)) return [];
  const receivers = project.resolver.resolve(node.func.value, site);
  const isKnown = receivers.some((ref) => isRouter(project, ref));
  const rule = literalArgument(node.args, 0, 'rule');
  // A receiver that is not known (a parameter, a file outside the folder) counts when the call looks like a route.
  if (!isKnown && (receivers.length > 0 || rule?.startsWith('/') !== true)) return [];
  return [{ rule, methods: SHORTCUTS.has(name) ? [name.toUpperCase()] : methodsOf(node) }];
}

function isRouter(project: Project, ref: Ref): boolean {
  if (ref.kind === 'instance')
    return ROUTERS.has(ref.name) || /(Blueprint|Flask|Namespace|Api)$/.test(ref.name);
  return ref.kind === 'object' && inheritsRouter(project, ref.class);
}

function inheritsRouter(project: Project, ref: Parameters<typeof project.resolver.bases>[0]): boolean {
  return project.resolver.bases(ref).library.some((name) => ROUTERS.has(name));
}

function methodRoutes(project: Project, ref: FunctionRef, owner: ClassDef): Route[] {
  const owners = ref.owners.slice(0, -1);
  const cls = { kind: 'class', file: ref.file, tree: ref.tree, node: owner, owners } as const;
  const isView = project.resolver
    .bases(cls)
    .library.some((name) => KNOWLEDGE.viewMethods(name)?.includes(ref.node.name.id));
  if (!isView) return [];
  const registered = registeredRoutes(project, refKey(cls), owner);
  const decorated = owner.decorators.flatMap(({ expression }) => decoratorRoute(project, expression, cls));
  const methods = [ref.node.name.id === 'dispatch_request' ? 'GET' : ref.node.name.id.toUpperCase()];
  const rules = [...registered, ...decorated];
  return rules.length === 0 ? [{ methods }] : rules.map(({ rule }) => ({ rule, methods }));
}

/** `app.add_url_rule("/x", view_func=view)` and `api.add_resource(Resource, "/x")`, anywhere in the project. */
function registeredRoutes(project: Project, key: string, node: FunctionDef | ClassDef): Route[] {
  const routes: Route[] = [];
  for (const { call, site } of registrations(project, node.name.id)) {
    const target = registeredTarget(call);
    if (target === undefined) continue;
    const refs = project.resolver.resolve(target, site);
    const isMeant = refs.some((ref) => refKey(ref) === key);
    if (!isMeant) continue;
    const isResource = call.func.kind === 'Attribute' && call.func.attr.id === 'add_resource';
    const rules = isResource ? literalArguments(call.args.slice(1)) : [literalArgument(call.args, 0, 'rule')];
    routes.push(...rules.map((rule) => ({ rule, methods: methodsOf(call) })));
  }
  return routes;
}

/** Registering calls that mention a name, so that only few are resolved. */
function registrations(
  project: Project,
  name: string,
  targetOf: (call: Call) => Expression | undefined = registeredTarget,
): readonly { call: Call; site: Site }[] {
  return project.registrations().filter(({ call }) => {
    const target = targetOf(call);
    return target !== undefined && lastName(target) === name;
  });
}

/** `app.register_error_handler(404, handler)`. */
function hookTarget(call: Call): Expression | undefined {
  if (call.func.kind !== 'Attribute' || call.func.attr.id !== ERROR_REGISTERING) return undefined;
  return (call.args.find(({ name }) => name?.id === 'f') ?? call.args[1])?.value;
}

function registeredTarget(call: Call): Expression | undefined {
  if (call.func.kind !== 'Attribute' || call.func.attr.id === ERROR_REGISTERING) return undefined;
  const isResource = call.func.attr.id === 'add_resource';
  const named = call.args.find((argument) => argument.name?.id === (isResource ? 'resource' : 'view_func'));
  const value = named?.value ?? call.args.filter((argument) => !argument.name)[isResource ? 0 : 2]?.value;
  const isAsView =
    value?.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr.id === 'as_view';
  return isAsView && value.func.kind === 'Attribute' ? value.func.value : value;
}

function lastName(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' ? node.attr.id : undefined;
}

/** Registering calls of one unit. */
export function registrationsOf(site: Omit<Site, 'owners'>): readonly { call: Call; site: Site }[] {
  return unitFacts(site.tree)
    .calls.filter(({ node }) => isRegistering(node))
    .map(({ node, owners }) => ({ call: node, site: { ...site, owners } }));
}

export function isRegistering(node: Call): boolean {
  return node.func.kind === 'Attribute' && REGISTERING.has(node.func.attr.id);
}

const ERROR_REGISTERING = 'register_error_handler';
const REGISTERING = new Set(['add_url_rule', 'add_resource', ERROR_REGISTERING]);

function methodsOf(call: Call): readonly string[] {
  const value = call.args.find((argument) => argument.name?.id === 'methods')?.value;
  if (value?.kind !== 'List' && value?.kind !== 'Tuple' && value?.kind !== 'Set') return ['GET'];
  return value.elements.flatMap((element) => {
    const text = element.kind === 'String' ? textOfString(element) : undefined;
    return text === undefined ? [] : [text.toUpperCase()];
  });
}

function literalArgument(args: readonly Argument[], position: number, name: string): string | undefined {
  const value =
    args.find((argument) => argument.name?.id === name)?.value ??
    args.filter((argument) => !argument.name && argument.star === '')[position]?.value;
  return value?.kind === 'String' ? textOfString(value) : undefined;
}

function literalArguments(args: readonly Argument[]): readonly (string | undefined)[] {
  return args
    .filter((argument) => !argument.name)
    .map(({ value }) => (value.kind === 'String' ? textOfString(value) : undefined));
}
