/** What each view offers to visitors: where it answers, who may call it, what it reads of the request. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { CSRF_CLASSES } from '../knowledge/extensions';
import type { Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { Project } from './project';
import { type RegisteredView, registeredViews } from './registeredViews';
import { handlersOf, ruleParameters } from './routes';
import { exemptedIn, nameOfRouter, prefixesOf, type Router, routerOf } from './routing';
import { inside, type Site } from './scope';
import { TrackedCache } from './trackedCache';
import { asksAsDecorator, type LoginState, loginOf } from './viewLogin';
import { checksOwnToken, SAFE_METHODS } from './viewTraits';

export type InputKind = 'path' | 'query' | 'form' | 'json' | 'body' | 'files' | 'headers' | 'cookies';

export interface RouteInput {
  readonly kind: InputKind;
  /** Keys that are read by a name in the code, sorted. */
  readonly names: readonly string[];
}

/** How a view that changes something is kept from being called by other sites. */
export type ViewCsrf =
  /** It only answers requests that change nothing. */
  | 'safe'
  /** It checks a token itself. */
  | 'own'
  | 'exempt'
  /** What the app does counts. */
  | 'app';

/** One rule of one view. */
export interface ViewFacts {
  /** With the prefixes of its blueprints; undefined when it is not written as a literal. */
  readonly rule: string | undefined;
  readonly methods: readonly string[];
  /** `Class.method` for views that are classes. */
  readonly view: string;
  readonly blueprint: string | undefined;
  readonly login: LoginState;
  readonly csrf: ViewCsrf;
  readonly inputs: readonly RouteInput[];
  /** In the unit: the whole function, and its name. */
  readonly body: Range;
  readonly name: Range;
}

/** Views of a project by unit, kept while what they were made from stays. */
export class ViewIndex {
  readonly #project: Project;
  readonly #kept: TrackedCache<UnitTree, { readonly file: FilePath; readonly views: readonly ViewFacts[] }>;

  constructor(project: Project) {
    this.#project = project;
    this.#kept = new TrackedCache(project.tracker, new WeakMap());
  }

  viewsIn(file: FilePath, tree: UnitTree): readonly ViewFacts[] {
    const known = this.#kept.get(tree);
    if (known?.file === file) return known.views;
    return this.#kept.make(tree, () => ({ file, views: viewsOf(this.#project, file, tree) })).views;
  }
}

function viewsOf(project: Project, file: FilePath, tree: UnitTree): readonly ViewFacts[] {
  return registeredViews(project, file, tree).flatMap((view) => factsOf(project, view));
}

function factsOf(project: Project, { ref, owner, routes }: RegisteredView): readonly ViewFacts[] {
  const { node, owners, file, tree } = ref;
  if (handlersOf(project, ref).length > 0) return [];
  const site: Site = { file, tree, owners };
  const name = owner === undefined ? node.name.id : `${owner.node.name.id}.${node.name.id}`;
  const routers = routes.map(({ router }) => router && routerOf(project, router.node, router.site));
  const rules = routes.map(({ rule }, index) => rulesOf(project, routers[index], rule));
  const names = namesOf(owner?.node.name.id ?? node.name.id, routers, rules.flat());
  const login = loginOf(project, { node, site, owner, routers, names });
  const inputs = inputsOf(project, node, site);
  const csrf = csrfOf(project, node, site, routers);
  // What is inherited is shown where the class is.
  const shown = owner === undefined || owner.node.body.includes(node) ? node : owner.node;
  return routes.flatMap(({ methods }, index) =>
    (rules[index] ?? []).map((rule): ViewFacts => {
      const isSafe = methods.every((method) => SAFE_METHODS.has(method));
      return {
        rule,
        methods,
        view: name,
        blueprint: routers[index] && nameOfRouter(routers[index]),
        login,
        csrf: isSafe ? 'safe' : csrf,
        inputs: withPath(inputs, rule),
        body: { start: shown.start, end: shown.end },
        name: { start: shown.name.start, end: shown.name.end },
      };
    }),
  );
}

function rulesOf(
  project: Project,
  router: Router | undefined,
  rule: string | undefined,
): readonly (string | undefined)[] {
  if (rule === undefined) return [undefined];
  return prefixesOf(project, router).map((prefix) => `${prefix}${rule}`.replace(/\/{2,}/g, '/') || '/');
}

/** What a hook can call a view. */
function namesOf(
  name: string,
  routers: readonly (Router | undefined)[],
  rules: readonly (string | undefined)[],
): readonly string[] {
  const blueprints = routers.flatMap((router) => (router && nameOfRouter(router)) ?? []);
  const plain = rules.flatMap((rule) => rule ?? []);
  return [name, ...blueprints.flatMap((blueprint) => [blueprint, `${blueprint}.${name}`]), ...plain];
}

function withPath(inputs: readonly RouteInput[], rule: string | undefined): readonly RouteInput[] {
  const names = ruleParameters(rule ?? '').map((parameter) => parameter.name);
  return names.length === 0 ? inputs : [{ kind: 'path', names }, ...inputs];
}

function csrfOf(
  project: Project,
  node: FunctionDef,
  site: Site,
  routers: readonly (Router | undefined)[],
): ViewCsrf {
  if (node.decorators.some(({ expression }) => isExemption(project, expression, site))) return 'exempt';
  const isExempted = exemptedIn(project).some((one) => {
    if (routers.some((router) => router?.made === one.node)) return true;
    if (one.node.kind !== 'Name' && one.node.kind !== 'Attribute') return false;
    return project.resolver
      .resolve(one.node, one.site)
      .some((ref) => ref.kind === 'function' && project.current(ref).node === node);
  });
  if (isExempted) return 'exempt';
  return checksOwnToken(node) ? 'own' : 'app';
}

/** `csrf.exempt`, of an extension that checks tokens. */
export function isExemption(project: Project, node: Expression, site: Site): boolean {
  if (node.kind !== 'Attribute' || node.attr.id !== 'exempt') return false;
  return project.resolver.resolve(node.value, site).some((ref) => {
    if (ref.kind === 'instance') return CSRF_CLASSES.includes(ref.name);
    const library = ref.kind === 'object' ? project.resolver.bases(ref.class).library : [];
    return library.some((name) => CSRF_CLASSES.includes(name));
  });
}

const PARTS: ReadonlyMap<string, readonly InputKind[]> = new Map<string, readonly InputKind[]>([
  ['args', ['query']],
  ['form', ['form']],
  ['values', ['query', 'form']],
  ['json', ['json']],
  ['get_json', ['json']],
  ['data', ['body']],
  ['get_data', ['body']],
  ['stream', ['body']],
  ['files', ['files']],
  ['headers', ['headers']],
  ['cookies', ['cookies']],
  ['parse_args', ['query']],
]);
const FORM_CLASSES = /^(flask_wtf|wtforms)\b/;
/** Helpers that a view calls, and those that these call. */
const MAX_DEPTH = 3;
const MAX_FUNCTIONS = 20;

function inputsOf(project: Project, node: FunctionDef, site: Site): readonly RouteInput[] {
  const found = new Map<InputKind, Set<string>>();
  const seen = new Set<FunctionDef>();
  const add = (kinds: readonly InputKind[], name?: string) => {
    for (const kind of kinds) {
      const names = found.get(kind) ?? new Set();
      found.set(kind, name === undefined ? names : names.add(name));
    }
  };
  const look = (at: FunctionDef, outer: Site, depth: number): void => {
    if (seen.has(at) || seen.size >= MAX_FUNCTIONS) return;
    seen.add(at);
    const inner = inside(outer, at);
    for (const part of walk(at.body)) {
      if (part.kind === 'Attribute') add(kindsOf(project, part, inner));
      if (part.kind === 'Subscript') add(named(kindsOf(project, part.value, inner), part.index));
      if (part.kind !== 'Call') continue;
      const [first] = part.args;
      if (
        part.func.kind === 'Attribute' &&
        first !== undefined &&
        /^(get|getlist|pop)$/.test(part.func.attr.id)
      ) {
        const name = literalText(first.value);
        if (name !== undefined) add(kindsOf(project, part.func.value, inner), name);
      }
      for (const ref of project.resolver.resolve(part.func, inner)) {
        if (ref.kind === 'function' && depth < MAX_DEPTH)
          look(project.current(ref).node, { file: ref.file, tree: ref.tree, owners: ref.owners }, depth + 1);
        if (ref.kind === 'class' && project.resolver.bases(ref).library.some((one) => FORM_CLASSES.test(one)))
          add(['form']);
      }
    }
  };
  const named = (kinds: readonly InputKind[], index: Expression): readonly InputKind[] => {
    const name = literalText(index);
    if (name !== undefined) add(kinds, name);
    return [];
  };
  look(node, site, 0);
  for (const { expression } of node.decorators) {
    if (asksAsDecorator(project, expression, site)) continue;
    const callee = expression.kind === 'Call' ? expression.func : expression;
    for (const ref of project.resolver.resolve(callee, site))
      if (ref.kind === 'function')
        look(project.current(ref).node, { file: ref.file, tree: ref.tree, owners: ref.owners }, 1);
  }
  return [...found]
    .map(([kind, names]): RouteInput => ({ kind, names: [...names].sort() }))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly InputKind[] = ['path', 'query', 'form', 'json', 'body', 'files', 'headers', 'cookies'];

/** What of the request an expression is. */
function kindsOf(project: Project, node: Expression, site: Site): readonly InputKind[] {
  if (node.kind === 'Call') return kindsOf(project, node.func, site);
  if (node.kind !== 'Attribute') return [];
  const kinds = PARTS.get(node.attr.id);
  if (kinds === undefined) return [];
  const isMeant = project.resolver.resolve(node.value, site).some((ref) => {
    if (ref.kind === 'instance') return /RequestParser$|^flask\.Request$/.test(ref.name);
    return ref.kind === 'external' && ref.name === 'flask.request';
  });
  return isMeant ? kinds : [];
}
