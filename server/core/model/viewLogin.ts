/** Whether a view asks who is calling: by a decorator, by a hook that runs before it, or in its own body. */
import type { Body, Expression, FunctionDef, Statement } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk, walkExpressions, walkStatements } from '../syntax/python/walk';
import { isAuthDecorator } from './authDecorators';
import { elementsOf, type Sited } from './collections';
import type { Project } from './project';
import type { ClassRef, FunctionRef } from './refs';
import { isRouteDecorator } from './routes';
import { type Hook, hooksOf, type Router } from './routing';
import { inside, type Site } from './scope';

export type LoginState =
  | 'decorator'
  | 'hook'
  | 'body'
  /** Nothing asks. */
  | 'none'
  /** Something runs before the view whose code is not there to be read. */
  | 'unknown';

export interface Visited {
  readonly node: FunctionDef;
  readonly site: Site;
  /** The class that is registered, if it is one. */
  readonly owner: ClassRef | undefined;
  readonly routers: readonly (Router | undefined)[];
  /** How hooks may name the view: its function, its endpoint. */
  readonly names: readonly string[];
}

export function loginOf(project: Project, view: Visited): LoginState {
  const { node, site } = view;
  const decorators: readonly Sited[] = [
    ...node.decorators.map(({ expression }) => ({ node: expression, site })),
    ...classDecorators(project, view.owner),
  ];
  if (decorators.some((one) => asksAsDecorator(project, one.node, one.site))) return 'decorator';
  if (asksInBody(project, node, site)) return 'body';
  const hooks = hooksOf(project).filter((hook) => runsBefore(hook, view) && refuses(project, hook));
  if (hooks.some((hook) => !spares(project, hook, view.names))) return 'hook';
  return decorators.some((one) => isUnread(project, one.node, one.site)) ? 'unknown' : 'none';
}

/** `decorators = [login_required]` of a `MethodView` or of what it is made from, `method_decorators` of a resource, and
 *  what is above the class. */
function classDecorators(project: Project, owner: ClassRef | undefined): readonly Sited[] {
  if (owner === undefined) return [];
  return [owner, ...project.resolver.bases(owner).own].flatMap((cls) => {
    const listed = cls.node.body.flatMap((one) => {
      if (one.kind !== 'Assign' || !one.targets.some(isDecoratorList)) return [];
      return one.value.kind === 'List' || one.value.kind === 'Tuple' ? one.value.elements : [];
    });
    const above = cls === owner ? cls.node.decorators.map(({ expression }) => expression) : [];
    return [...listed, ...above].map((node) => ({ node, site: cls }));
  });
}

/** A decorator that is known to ask who is calling, or one of the project that leads to a refusal. */
export function asksAsDecorator(project: Project, node: Expression, site: Site): boolean {
  if (isAuthDecorator(project, node, site)) return true;
  const callee = node.kind === 'Call' ? node.func : node;
  return project.resolver.resolve(callee, site).some((ref) => {
    if (ref.kind !== 'function') return false;
    const current = project.current(ref);
    return isGate(current.node.body) || leadsToRefusal(project, current, 0);
  });
}

const MAX_DEPTH = 2;

/** True for a function that turns strangers away, in its body or in functions of the project that it calls. */
function leadsToRefusal(project: Project, { node, ...site }: FunctionRef, depth: number): boolean {
  const inside_ = inside(site, node);
  return walk(node.body).some((one) => {
    if (one.kind === 'Raise') return one.exception !== undefined && turnsAway(one.exception);
    if (one.kind === 'Call' && nameOf(one.func) === 'abort') return turnsAway(one);
    const called = one.kind === 'Call' ? [one.func] : [];
    const around = one.kind === 'FunctionDef' ? one.decorators.map(({ expression }) => expression) : [];
    if (depth >= MAX_DEPTH) return false;
    return [...called, ...around].some((callee) =>
      project.resolver
        .resolve(callee.kind === 'Call' ? callee.func : callee, inside_)
        .some((ref) => ref.kind === 'function' && leadsToRefusal(project, project.current(ref), depth + 1)),
    );
  });
}

/** `Unauthorized(…)`, `abort(401)`. */
function turnsAway(node: Expression): boolean {
  if (node.kind === 'Call') {
    const [first] = node.args;
    if (first?.value.kind === 'Number') return first.value.value === 401 || first.value.value === 403;
    return turnsAway(node.func);
  }
  return /unauthori[sz]ed|forbidden|autherror|not_?logged_?in|login_?required/i.test(nameOf(node));
}

function isDecoratorList(node: Expression): boolean {
  return node.kind === 'Name' && (node.id === 'decorators' || node.id === 'method_decorators');
}

function isUnread(project: Project, node: Expression, site: Site): boolean {
  const callee = node.kind === 'Call' ? node.func : node;
  if (isRouteDecorator(project, node, site)) return false;
  // A method of something unknown may be a route of a framework; a plain name is a decorator that is not there.
  return callee.kind === 'Name' && project.resolver.resolve(callee, site).length === 0;
}

function runsBefore({ router, node }: Hook, view: Visited): boolean {
  if (node === view.node) return false;
  return router === undefined || view.routers.some((one) => one?.made === router.made);
}

function refuses(project: Project, { node, site }: Hook): boolean {
  const isGuarded = node.decorators.some(({ expression }) => isAuthDecorator(project, expression, site));
  return isGuarded || asksInBody(project, node, site);
}

/** A hook that looks at where the request goes lets those through that it names. */
function spares(project: Project, { node, site }: Hook, names: readonly string[]): boolean {
  const inner = inside(site, node);
  const expressions = walkExpressions(node.body);
  const looks = expressions.some(
    (one) => one.kind === 'Attribute' && /^(endpoint|path|blueprint|full_path|url_rule)$/.test(one.attr.id),
  );
  if (!looks) return false;
  const texts = expressions.flatMap((one) => {
    const text = literalText(one);
    if (text !== undefined) return [text];
    if (one.kind !== 'Name' && one.kind !== 'Attribute') return [];
    return (elementsOf(project, one, inner) ?? []).flatMap((element) => literalText(element.node) ?? []);
  });
  return texts.some((text) => names.includes(text) || names.some((name) => isPathOf(text, name)));
}

/** `/static` for `/static/<path:name>`. */
function isPathOf(text: string, name: string): boolean {
  return text.length > 1 && text.startsWith('/') && name.startsWith(text);
}

/** `if g.user is None: return redirect(…)`, here or in a function of the project that the body calls. */
function asksInBody(project: Project, node: FunctionDef, site: Site): boolean {
  if (isGate(node.body)) return true;
  const inner = inside(site, node);
  return walk(node.body).some((call) => {
    if (
      call.kind !== 'Call' ||
      !/requir|check|ensure|verify|protect|auth|login|assert/i.test(nameOf(call.func))
    )
      return false;
    return project.resolver.resolve(call.func, inner).some((ref) => {
      if (ref.kind === 'external') return ref.name.endsWith('verify_jwt_in_request');
      return ref.kind === 'function' && isGate(project.current(ref).node.body);
    });
  });
}

function isGate(body: Body): boolean {
  return walkStatements(body).some(
    (one) => one.kind === 'If' && asksForAbsence(one.test) && one.body.some(isRefusal),
  );
}

/** True for a test that holds when nobody is known: `not session.get("user")`, `g.user is None`. */
function asksForAbsence(test: Expression): boolean {
  switch (test.kind) {
    case 'Boolean':
      return test.values.some(asksForAbsence);
    case 'Unary':
      return test.op === 'not' && mentionsVisitor(test.operand);
    case 'Comparison': {
      const isNegative = ['not in', 'is', '==', '!='].includes(test.ops[0] ?? '');
      const [other] = test.comparators;
      const isNone = other?.kind === 'Constant' && other.value === 'None';
      if (test.ops[0] === 'is' || test.ops[0] === '==') return isNone && mentionsVisitor(test.left);
      return isNegative && (mentionsVisitor(test.left) || (other !== undefined && mentionsVisitor(other)));
    }
    case 'Attribute':
      return test.attr.id === 'is_anonymous';
    default:
      return false;
  }
}

const VISITOR =
  /^(current_user|session|logged_in|is_authenticated|get_jwt_identity|authorization|current_identity)$/;
const OWN = /^(user|account|member|customer|identity|staff|admin)$/;

function mentionsVisitor(node: Expression): boolean {
  return walkExpressions(node).some((one) => {
    if (one.kind === 'Name') return VISITOR.test(one.id);
    if (one.kind !== 'Attribute') return false;
    return (
      VISITOR.test(one.attr.id) ||
      (one.value.kind === 'Name' && one.value.id === 'g' && OWN.test(one.attr.id))
    );
  });
}

const REFUSALS = /^(abort|redirect|unauthorized|Unauthorized|Forbidden|HTTPException|login_page|login_form)$/;

function isRefusal(node: Statement): boolean {
  if (node.kind === 'Raise') return true;
  return walkExpressions([node]).some(
    (one) =>
      (one.kind === 'Call' && REFUSALS.test(nameOf(one.func))) ||
      (node.kind === 'Return' && one.kind === 'Number' && (one.value === 401 || one.value === 403)),
  );
}

function nameOf(node: Expression): string {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}
