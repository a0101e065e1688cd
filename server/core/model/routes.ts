/** Which functions answer requests, and for which URLs: decorators, `add_url_rule`, class-based views. */
import { type HandlerRow, KNOWLEDGE } from '../knowledge/index';
import type { Argument, Call, ClassDef, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText, textOfString } from '../syntax/python/literals';
import type { Project, Registration } from './project';
import { type ClassRef, type FunctionRef, isSameRef, type Ref, refKey } from './refs';
import type { Site } from './scope';
import { scopeOf } from './scopes';
import { unitFacts } from './unitFacts';

export interface Route {
  /** The URL rule as written, such as `/user/<int:id>`; undefined if it is not a literal. */
  readonly rule?: string;
  /** Upper case; `['GET']` when none are named. */
  readonly methods: readonly string[];
  /** The known pieces of a rule that is put together: they name parameters, too. */
  readonly pieces?: string;
  /** What it is registered with: an app, a blueprint, a namespace; undefined where the code does not say. */
  readonly router?: Registrar;
}

export interface Registrar {
  readonly node: Expression;
  readonly site: Site;
}

/** A parameter of a URL rule: `<int:id>` has converter `int`. */
export interface RuleParameter {
  readonly name: string;
  readonly converter: string;
}

const SHORTCUTS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const ROUTERS = new Set(['flask.Flask', 'flask.Blueprint']);

/** Routes of a function; empty when it is no view. `heir` is a class that inherits it as a method. */
export function routesOf(
  project: Project,
  ref: FunctionRef,
  heir: ClassRef | undefined = classAround(ref),
): readonly Route[] {
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  const routes = ref.node.decorators.flatMap(({ expression }) => decoratorRoute(project, expression, site));
  if (heir !== undefined) routes.push(...methodRoutes(project, heir, ref.node.name.id));
  routes.push(...registeredRoutes(project, refKey(ref), ref.node));
  return routes;
}

/** The class whose method a function is. */
export function classAround({ file, tree, owners }: FunctionRef): ClassRef | undefined {
  const owner = owners.at(-1);
  return owner?.kind === 'ClassDef'
    ? { kind: 'class', file, tree, node: owner, owners: owners.slice(0, -1) }
    : undefined;
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

/** Handlers of other extensions: sockets, admin pages, argument parsers, resolvers of GraphQL. */
export function handlersOf(project: Project, ref: FunctionRef): readonly HandlerRow[] {
  const site: Site = { file: ref.file, tree: ref.tree, owners: ref.owners };
  const method = /^(?:resolve_|mutate(?:$|_and_get_payload$))/.test(ref.node.name.id)
    ? methodHandlers(project, ref)
    : [];
  if (method.length > 0) return method;
  return ref.node.decorators.flatMap(({ expression }) => {
    const callee = expression.kind === 'Call' ? expression.func : expression;
    return project.resolver.resolve(callee, site).flatMap((found) => {
      const row = found.kind === 'external' ? KNOWLEDGE.handler(found.name) : undefined;
      return row === undefined ? [] : [row];
    });
  });
}

/** Methods that a library calls by their names. */
function methodHandlers(project: Project, { node, owners, file, tree }: FunctionRef): readonly HandlerRow[] {
  const owner = owners.at(-1);
  if (owner?.kind !== 'ClassDef') return [];
  const cls = { kind: 'class', file, tree, node: owner, owners: owners.slice(0, -1) } as const;
  const name = node.name.id.replace(/^resolve_.*/, 'resolve_*');
  return project.resolver.bases(cls).library.flatMap((base) => KNOWLEDGE.handler(`${base}.${name}`) ?? []);
}

/** The parameters of a URL rule. @see https://flask.palletsprojects.com/en/stable/quickstart/#variable-rules */
export function ruleParameters(rule: string): readonly RuleParameter[] {
  const found = rule.matchAll(/<(?:([a-zA-Z_]\w*)(?:\([^)]*\))?:)?([a-zA-Z_]\w*)>/g);
  return [...found].map((match) => ({ converter: match[1] ?? 'string', name: match[2] as string }));
}

/** Converters whose values hold digits, dashes and dots only, or are one of those that the rule lists.
 *  @see https://werkzeug.palletsprojects.com/en/stable/routing/#built-in-converters */
export const TYPED_CONVERTERS: ReadonlySet<string> = new Set(['int', 'float', 'uuid', 'any']);

/** The route that a decorator makes of what it stands on. */
export function decoratorRoute(project: Project, node: Expression, site: Site): Route[] {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return [];
  const name = node.func.attr.id;
  if (name !== 'route' && !SHORTCUTS.has(name)) return [];
  const receivers = project.resolver.resolve(node.func.value, site);
  const isKnown = receivers.some((ref) => isRouter(project, ref));
  const rule = literalArgument(node.args, 0, 'rule');
  // A receiver that is not known (a parameter, a file outside the folder) counts when the call looks like a route.
  if (!isKnown && (receivers.length > 0 || rule?.startsWith('/') !== true)) return [];
  const methods = SHORTCUTS.has(name) ? [name.toUpperCase()] : methodsOf(node);
  return [{ rule, methods, router: { node: node.func.value, site } }];
}

function isRouter(project: Project, ref: Ref): boolean {
  if (ref.kind === 'instance')
    return ROUTERS.has(ref.name) || /(Blueprint|Flask|Namespace|Api)$/.test(ref.name);
  return ref.kind === 'object' && inheritsRouter(project, ref.class);
}

function inheritsRouter(project: Project, ref: Parameters<typeof project.resolver.bases>[0]): boolean {
  return project.resolver.bases(ref).library.some((name) => ROUTERS.has(name));
}

/** Names of the methods by which a class answers requests; undefined for classes that are no views. */
export function viewMethodsOf(project: Project, cls: ClassRef): readonly string[] | undefined {
  const methods = project.resolver.bases(cls).library.flatMap((name) => KNOWLEDGE.viewMethods(name) ?? []);
  return methods.length === 0 ? undefined : methods;
}

/** True for a class that is registered by its name. */
export function isRegistered(project: Project, cls: ClassRef): boolean {
  return registeredRoutes(project, refKey(cls), cls.node).length > 0;
}

function methodRoutes(project: Project, cls: ClassRef, method: string): Route[] {
  if (viewMethodsOf(project, cls)?.includes(method) !== true) return [];
  const decorated = cls.node.decorators.flatMap(({ expression }) => classRoutes(project, expression, cls));
  const methods = [method === 'dispatch_request' ? 'GET' : method.toUpperCase()];
  const rules = [...registeredRoutes(project, refKey(cls), cls.node), ...decorated];
  return rules.length === 0 ? [{ methods }] : rules.map((route) => ({ ...route, methods }));
}

/** A decorator of a class that names a URL registers the class for it. */
function classRoutes(project: Project, node: Expression, site: Site): Route[] {
  const routes = decoratorRoute(project, node, site);
  if (routes.length > 0 || node.kind !== 'Call') return routes;
  const pieces = literalArguments(node.args).find((text) => text?.startsWith('/') === true);
  return pieces === undefined ? [] : [{ methods: [], rule: pieces }];
}

/** `app.add_url_rule("/x", view_func=view)` and `api.add_resource(Resource, "/x")`, anywhere in the project. */
export function registeredRoutes(project: Project, key: string, node: FunctionDef | ClassDef): Route[] {
  return registrations(project, node.name.id).flatMap((registration) => {
    const target = registeredTarget(registration.call);
    const refs = target === undefined ? [] : project.resolver.resolve(target, registration.site);
    return refs.some((ref) => refKey(ref) === key) ? routesBy(project, registration) : [];
  });
}

function routesBy(project: Project, { call, site }: Registration): Route[] {
  const methods = methodsOf(call);
  const router = call.func.kind === 'Attribute' ? { node: call.func.value, site } : undefined;
  switch (call.func.kind === 'Attribute' ? call.func.attr.id : '') {
    case 'add_resource':
      return literalArguments(call.args.slice(1)).map((rule) => ({ rule, methods, router }));
    case AS_VIEW: {
      const rules = usesOfVariable(project, call, site).flatMap((use) => routesBy(project, use));
      return rules.length === 0 ? [{ methods }] : rules;
    }
    default: {
      const rule = argument(call.args, 0, 'rule');
      return [{ rule: rule && literalText(rule), pieces: rule && piecesOf(rule), methods, router }];
    }
  }
}

/** Where `view` is registered after `view = View.as_view("name")`. */
function usesOfVariable(project: Project, call: Call, site: Site): readonly Registration[] {
  const owner = site.owners.at(-1);
  const names = [...scopeOf(owner ?? site.tree).bindings].flatMap(([name, bindings]) =>
    bindings.some((binding) => binding.kind === 'value' && binding.value === call) ? [name] : [],
  );
  if (names.length === 0) return [];
  return project.registrations().filter((other) => {
    if (other.site.file !== site.file || other.site.owners.at(-1) !== owner) return false;
    const target = registeredTarget(other.call);
    return target?.kind === 'Name' && names.includes(target.id);
  });
}

/** `View.as_view("name", *args)`: what the objects of a view class are made of. */
export function viewCreations(project: Project, cls: ClassRef): readonly Registration[] {
  return project.registrations().flatMap((registration): Registration[] => {
    const made = madeView(registration.call);
    if (made?.func.kind !== 'Attribute' || lastName(made.func.value) !== cls.node.name.id) return [];
    const refs = project.resolver.resolve(made.func.value, registration.site);
    return refs.some((ref) => isSameRef(ref, cls)) ? [{ call: made, site: registration.site }] : [];
  });
}

/** Registering calls that mention a name, so that only few are resolved. */
function registrations(
  project: Project,
  name: string,
  targetOf: (call: Call) => Expression | undefined = registeredTarget,
): readonly Registration[] {
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

/** What a call registers as a view. */
export function registeredTarget(call: Call): Expression | undefined {
  const made = madeView(call);
  if (made?.func.kind === 'Attribute') return made.func.value;
  return unwrapped(registeredValue(call));
}

/** What a registering call is given, be it inside calls of decorators: `login_required(view)`. */
function registeredValue(call: Call): Expression | undefined {
  if (call.func.kind !== 'Attribute' || call.func.attr.id === ERROR_REGISTERING) return undefined;
  if (call.func.attr.id === AS_VIEW) return call;
  const isResource = call.func.attr.id === 'add_resource';
  return argument(call.args, isResource ? 0 : 2, isResource ? 'resource' : 'view_func');
}

function unwrapped(node: Expression | undefined): Expression | undefined {
  let value = node;
  while (value?.kind === 'Call' && !isAsView(value)) value = value.args[0]?.value;
  return value;
}

/** The call of `as_view` in a registering call. */
function madeView(call: Call): Call | undefined {
  const value = unwrapped(registeredValue(call));
  return value?.kind === 'Call' ? value : undefined;
}

function isAsView({ func }: Call): boolean {
  return func.kind === 'Attribute' && func.attr.id === AS_VIEW;
}

function lastName(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' ? node.attr.id : undefined;
}

/** Registering calls of one unit; `as_view` where it is not part of another one. */
export function registrationsOf(site: Omit<Site, 'owners'>): readonly Registration[] {
  const calls = unitFacts(site.tree).calls.filter(({ node }) => isRegistering(node));
  const parts = new Set(calls.map(({ node }) => (isAsView(node) ? undefined : madeView(node))));
  return calls
    .filter(({ node }) => !parts.has(node))
    .map(({ node, owners }) => ({ call: node, site: { ...site, owners } }));
}

export function isRegistering(node: Call): boolean {
  return node.func.kind === 'Attribute' && REGISTERING.has(node.func.attr.id);
}

const ERROR_REGISTERING = 'register_error_handler';
const AS_VIEW = 'as_view';
const REGISTERING = new Set(['add_url_rule', 'add_resource', AS_VIEW, ERROR_REGISTERING]);

export function methodsOf(call: Call): readonly string[] {
  const value = call.args.find((argument) => argument.name?.id === 'methods')?.value;
  if (value?.kind !== 'List' && value?.kind !== 'Tuple' && value?.kind !== 'Set') return ['GET'];
  return value.elements.flatMap((element) => {
    const text = element.kind === 'String' ? textOfString(element) : undefined;
    return text === undefined ? [] : [text.toUpperCase()];
  });
}

function argument(args: readonly Argument[], position: number, name: string): Expression | undefined {
  return (
    args.find((candidate) => candidate.name?.id === name)?.value ??
    args.filter((candidate) => !candidate.name && candidate.star === '')[position]?.value
  );
}

function literalArgument(args: readonly Argument[], position: number, name: string): string | undefined {
  const value = argument(args, position, name);
  return value && literalText(value);
}

/** What is written of a text between its holes. */
function piecesOf(value: Expression): string | undefined {
  if (value.kind !== 'String') return undefined;
  const pieces = value.tokens.flatMap((token) => token.pieces);
  return pieces.map((piece) => (piece.kind === 'Text' ? piece.value : ' ')).join('');
}

function literalArguments(args: readonly Argument[]): readonly (string | undefined)[] {
  return args.filter(({ name }) => !name).map(({ value }) => literalText(value));
}

/** Every route that names the parameter gives it digits only. */
export function isTyped(name: string, routes: readonly Route[]): boolean {
  const found = routes.flatMap(({ rule, pieces }) =>
    ruleParameters(rule ?? pieces ?? '').filter((parameter) => parameter.name === name),
  );
  return found.length > 0 && found.every(({ converter }) => TYPED_CONVERTERS.has(converter));
}
