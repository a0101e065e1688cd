/** One view among many lacks the decorator by which all the others ask for a log-in. */
import { insertLine } from '../edits/pythonText';
import { isAuthDecorator } from '../model/authDecorators';
import type { Project } from '../model/project';
import { isRouteDecorator, routesOf } from '../model/routes';
import type { Decorator, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { Rule } from './rule';
import type { UnitContext } from './unitContext';

export const rule = {
  id: 'missing-login-required',
  title: 'One view without the log-in of the others',
  kind: 'missingLogin',
  severity: 'hint',
  fixSafety: 'assist',
  doc: {
    happens:
      'Every other view of a group begins with `@login_required`. One does not, perhaps because it was added in a hurry: then ' +
      'everybody can open it, and no test notices.',
    vulnerable: {
      'orders.py': `
from flask import Blueprint
from flask_login import login_required

bp = Blueprint("orders", __name__)


@bp.get("/")
@login_required
def orders():
    return all_orders()


@bp.get("/<int:id>")
@login_required
def order(id):
    return one_order(id)


@bp.get("/totals")
@login_required
def totals():
    return sums()


@bp.post("/<int:id>/cancel")
def cancel(id):
    return cancel_order(id)
`,
    },
    safe: {
      'orders.py': `
from flask import Blueprint
from flask_login import login_required

bp = Blueprint("orders", __name__)


@bp.get("/")
@login_required
def orders():
    return all_orders()


@bp.get("/<int:id>")
@login_required
def order(id):
    return one_order(id)


@bp.get("/totals")
@login_required
def totals():
    return sums()


@bp.post("/<int:id>/cancel")
@login_required
def cancel(id):
    return cancel_order(id)
`,
    },
    why: 'The decorator sends visitors who have not logged in to the log-in page before the view runs.',
    limits:
      'A guess: it is made where at least three views of the same blueprint ask and exactly one does not. Views that look at the ' +
      'user themselves, and those whose names are public by nature, such as `login` or `health`, are left alone.',
    references: [
      {
        title: 'CWE-306: Missing Authentication for Critical Function',
        url: 'https://cwe.mitre.org/data/definitions/306.html',
      },
      {
        title: 'Flask-Login: protecting views',
        url: 'https://flask-login.readthedocs.io/en/latest/#flask_login.login_required',
      },
    ],
  },
  *check(context) {
    for (const { odd, guarded, router } of oddOnes(context))
      yield {
        range: context.rangeOf(odd.tree, odd.node.name),
        message: `The ${guarded.length} other views of \`${router}\` ask for a log-in, and this one does not.`,
        confidence: 'low',
        path: [],
      };
  },
  fix(context, finding) {
    const found = oddOnes(context).find(
      ({ odd }) => context.rangeOf(odd.tree, odd.node.name).start === finding.range.start,
    );
    const last = found?.odd.node.decorators.at(-1);
    const model = found?.guarded.at(-1);
    if (found === undefined || last === undefined || model?.auth === undefined) return [];
    const { text, file } = context;
    const { expression } = model.auth;
    const range = context.rangeOf(model.tree, expression);
    const source = text.slice(range.start, range.end);
    const start = text.slice(context.baseOf(found.odd.tree) + last.end).search(/(?:async[ \t]+)?def\b/);
    if (start < 0 || /[\r\n]/.test(source)) return [refused('the place was not found')];
    const at = context.baseOf(found.odd.tree) + last.end + start;
    const edits = [{ file, isNew: false, edits: [insertLine(text, at, [`@${source}`])] }];
    return [{ kind: 'fix', fix: { title: `Add \`@${source}\``, safety: 'assist', edits } }];
  },
} satisfies Rule;

interface View {
  readonly node: FunctionDef;
  readonly tree: UnitTree;
  readonly auth: Decorator | undefined;
}

interface OddOne {
  readonly router: string;
  readonly odd: View;
  readonly guarded: readonly View[];
}

const MIN_GUARDED = 3;

function oddOnes(context: FileContext): readonly OddOne[] {
  if (context.isTest || context.module === undefined) return [];
  const groups = new Map<string, View[]>();
  const hooked = new Set<string>();
  for (const { value } of context.perUnit(decorated)) {
    for (const router of value.hooked) hooked.add(router);
    for (const { router, view } of value.views) {
      const views = groups.get(router);
      if (views === undefined) groups.set(router, [view]);
      else views.push(view);
    }
  }
  return [...groups].flatMap(([router, views]): OddOne[] => {
    const guarded = views.filter(({ auth }) => auth !== undefined);
    const [odd, ...others] = views.filter(({ auth }) => auth === undefined);
    if (router === '' || hooked.has(router) || odd === undefined || others.length > 0) return [];
    if (guarded.length < MIN_GUARDED || isPublic(context.project, context.file, odd)) return [];
    return [{ router, odd, guarded }];
  });
}

interface Decorated {
  readonly views: readonly { readonly router: string; readonly view: View }[];
  readonly hooked: readonly string[];
}

const NOTHING: Decorated = { views: [], hooked: [] };

/** Views of one statement by their routers, and routers that a hook of it watches. */
function decorated({ project, tree, facts, site }: UnitContext): Decorated {
  const views: { readonly router: string; readonly view: View }[] = [];
  const hooked: string[] = [];
  for (const { node, owners } of facts.functions) {
    if (node.decorators.length === 0 || owners.some(({ kind }) => kind === 'ClassDef')) continue;
    const route = node.decorators.find(({ expression }) =>
      isRouteDecorator(project, expression, site(owners)),
    );
    for (const { expression } of node.decorators)
      if (expression.kind === 'Attribute' && expression.attr.id === 'before_request')
        hooked.push(nameOf(expression.value));
    if (route?.expression.kind !== 'Call' || route.expression.func.kind !== 'Attribute') continue;
    const auth = node.decorators.find(({ expression }) => isAuthDecorator(project, expression, site(owners)));
    views.push({ router: nameOf(route.expression.func.value), view: { node, tree, auth } });
  }
  return views.length + hooked.length === 0 ? NOTHING : { views, hooked };
}

function nameOf(node: Expression): string {
  return node.kind === 'Name' ? node.id : '';
}

/** What views are called that are there for everybody. */
const PUBLIC =
  /(?:^|[_/\-.])(?:log|sign|register|signup|signin|login|logout|index|home|root|landing|about|help|health\w*|ping|status|alive|ready|metrics|robots|favicon|static|assets?|webhooks?|hooks?|callback|auth\w*|oauth\w*|public|confirm\w*|verif\w*|activate|reset\w*|forgot\w*|password|unsubscribe|terms|privacy|contact|feed|rss|sitemap|search|docs?|error|not_found)(?:$|[_/\-.])/i;
/** What a view looks at that finds out itself who is there. */
const IDENTITY =
  /user|session|auth|token|login|permission|role|secret|signature|api_?key|verif|guard|ensure|hmac|^g$|^abort$|^unauthorized$/i;

function isPublic(project: Project, file: string, { node, tree }: View): boolean {
  const routes = routesOf(project, { kind: 'function', file, tree, node, owners: [] });
  if (
    PUBLIC.test(node.name.id) ||
    routes.some(({ rule }) => rule === undefined || rule === '/' || PUBLIC.test(rule))
  )
    return true;
  // A decorator that is no route may be a guard that is not known.
  if (node.decorators.length > routes.length) return true;
  return walk(node.body).some(
    (inner) =>
      (inner.kind === 'Name' && IDENTITY.test(inner.id)) ||
      (inner.kind === 'Attribute' && IDENTITY.test(inner.attr.id)),
  );
}
