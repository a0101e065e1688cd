/** Every view of one statement with its routes: functions, methods of classes, also those that a class inherits from
 *  one of the project, and what decorators of the project register. */
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { Project } from './project';
import { type ClassRef, type FunctionRef, refKey } from './refs';
import {
  classAround,
  decoratorRoute,
  methodsOf,
  type Route,
  registeredRoutes,
  registeredTarget,
  routesOf,
  viewMethodsOf,
} from './routes';
import { inside, type Site } from './scope';
import { subclassesOf } from './subclasses';
import { unitFacts } from './unitFacts';

export interface RegisteredView {
  readonly ref: FunctionRef;
  /** The class that is registered; its method may be one that it inherits. */
  readonly owner: ClassRef | undefined;
  readonly routes: readonly Route[];
}

export function registeredViews(project: Project, file: string, tree: UnitTree): readonly RegisteredView[] {
  const facts = unitFacts(tree);
  const functions = facts.functions.flatMap(({ node, owners }): readonly RegisteredView[] => {
    const ref: FunctionRef = { kind: 'function', file, tree, node, owners };
    const around = classAround(ref);
    if (around !== undefined && viewMethodsOf(project, around) !== undefined) return [];
    const routes = [
      ...routesOf(project, ref),
      ...ownRoutes(project, node.decorators, { file, tree, owners }),
    ];
    return routes.length === 0 ? [] : [{ ref, owner: undefined, routes }];
  });
  const classes = facts.classes.flatMap(({ node, owners }) =>
    classViews(project, { kind: 'class', file, tree, node, owners }),
  );
  return [...functions, ...classes];
}

function classViews(project: Project, cls: ClassRef): readonly RegisteredView[] {
  const methods = [...new Set(viewMethodsOf(project, cls))];
  if (methods.length === 0) return [];
  const rules = [
    ...registeredRoutes(project, refKey(cls), cls.node),
    ...cls.node.decorators.flatMap(({ expression }) => decoratorRoute(project, expression, cls)),
    ...ownRoutes(project, cls.node.decorators, cls),
  ];
  // A class that others are made from is there for them.
  if (rules.length === 0 && subclassesOf(project, cls).length > 0) return [];
  return methods.flatMap((name): readonly RegisteredView[] => {
    const ref = methodOf(project, cls, name, rules.length > 0);
    if (ref === undefined) return [];
    const verb = [name === 'dispatch_request' ? 'GET' : name.toUpperCase()];
    const routes = rules.length === 0 ? [{ methods: verb }] : rules.map((one) => ({ ...one, methods: verb }));
    return [{ ref, owner: cls, routes }];
  });
}

function methodOf(
  project: Project,
  cls: ClassRef,
  name: string,
  isInherited: boolean,
): FunctionRef | undefined {
  const classes = isInherited ? [cls, ...project.resolver.bases(cls).own] : [cls];
  for (const { file, tree, node, owners } of classes) {
    const method = node.body.find(
      (one): one is FunctionDef => one.kind === 'FunctionDef' && one.name.id === name,
    );
    if (method !== undefined)
      return { kind: 'function', file, tree, node: method, owners: [...owners, node] };
  }
  return undefined;
}

/** `@route(bp, "/items")`, where `route` is a function of the project that registers what it is put on. */
function ownRoutes(
  project: Project,
  decorators: readonly { readonly expression: Expression }[],
  site: Site,
): readonly Route[] {
  return decorators.flatMap(({ expression }) => {
    if (expression.kind !== 'Call') return [];
    return project.resolver.resolve(expression.func, site).flatMap((ref) => {
      if (ref.kind !== 'function') return [];
      const { node, file, tree, owners } = project.current(ref);
      const given = new Given(node, expression, site);
      return walk(node.body).flatMap((inner) =>
        inner.kind === 'FunctionDef' ? registeredBy(inner, given, inside({ file, tree, owners }, node)) : [],
      );
    });
  });
}

/** What the inner function of a decorator registers its parameter for. */
function registeredBy(inner: FunctionDef, given: Given, site: Site): readonly Route[] {
  const [view] = inner.params;
  return walk(inner.body).flatMap((call): readonly Route[] => {
    if (call.kind !== 'Call' || call.func.kind !== 'Attribute' || call.func.attr.id !== 'add_url_rule')
      return [];
    const target = registeredTarget(call);
    if (view === undefined || target?.kind !== 'Name' || target.id !== view.name.id) return [];
    const written = (call.args.find(({ name }) => name?.id === 'rule') ?? call.args[0])?.value;
    const rule = written && literalText(given.valueOf(written).node);
    const router = given.valueOf(call.func.value);
    return [{ rule, methods: methodsOf(call), router: { node: router.node, site: router.site ?? site } }];
  });
}

/** Arguments of a call, by the parameters of the function that is called. */
class Given {
  readonly #values = new Map<string, Expression>();
  readonly #site: Site;

  constructor(node: FunctionDef, call: Call, site: Site) {
    this.#site = site;
    node.params.forEach((parameter, index) => {
      const named = call.args.find(({ name }) => name?.id === parameter.name.id)?.value;
      const value = named ?? (call.args[index]?.name === undefined ? call.args[index]?.value : undefined);
      if (value !== undefined) this.#values.set(parameter.name.id, value);
    });
  }

  /** Without a site: what is written in the function itself. */
  valueOf(node: Expression): { readonly node: Expression; readonly site?: Site } {
    const value = node.kind === 'Name' ? this.#values.get(node.id) : undefined;
    return value === undefined ? { node } : { node: value, site: this.#site };
  }
}
