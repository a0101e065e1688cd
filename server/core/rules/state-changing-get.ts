/** A view that only shows something by its method deletes or changes something. */
import { setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { preferredQuote } from '../edits/pythonText';
import type { Project } from '../model/project';
import { isRouteDecorator, routesOf } from '../model/routes';
import { inside, type Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'state-changing-get',
  title: 'Data changed by a GET request',
  kind: 'stateChangingGet',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A GET request is sent by every link and every picture. `<img src="https://your.app/orders/7/delete">` on ' +
      'a page of somebody else deletes the order of each of your users who opens that page, and CSRF protection ' +
      'looks at POST requests only. Browsers that load pages ahead and search engines follow such links as well.',
    vulnerable: {
      'app.py': `
from flask import Flask, redirect
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


@app.get("/orders/<int:id>/delete")
def delete_order(id):
    db.session.delete(db.session.get(Order, id))
    db.session.commit()
    return redirect("/orders")


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, redirect
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


@app.post("/orders/<int:id>/delete")
def delete_order(id):
    db.session.delete(db.session.get(Order, id))
    db.session.commit()
    return redirect("/orders")


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
`,
    },
    why: 'A POST request comes from a form, and its CSRF token is checked.',
    limits:
      'Only deletions and queries in the view itself are seen. Counters (`n = n + 1`), and links that hold a ' +
      'token of their own, are left alone. After the fix links to the view have to become forms with a button.',
    references: [
      {
        title: 'CWE-650: Trusting HTTP Permission Methods on the Server Side',
        url: 'https://cwe.mitre.org/data/definitions/650.html',
      },
      {
        title: 'MDN: safe methods',
        url: 'https://developer.mozilla.org/en-US/docs/Glossary/Safe/HTTP',
      },
    ],
  },
  *checkUnit({ isTest, project, facts, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.functions) {
      const write = node.decorators.length > 0 ? writeIn(project, node, site(owners)) : undefined;
      if (write === undefined) continue;
      yield {
        range: write.call.func,
        message: `This view ${write.verb} something when it is only asked for with GET, which any link or picture does.`,
        ...(write.verb === 'deletes' ? {} : { severity: 'information' }),
        confidence: 'high',
      };
    }
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).functions) {
        const isIt = base + node.start <= finding.range.start && finding.range.end <= base + node.end;
        if (isIt && node.decorators.length > 0)
          return toPost(context, base, node, { file: context.file, tree, owners });
      }
    return [];
  },
} satisfies Rule;

interface DataWrite {
  readonly call: Call;
  readonly verb: 'deletes' | 'changes';
}

function writeIn(project: Project, node: FunctionDef, site: Site): DataWrite | undefined {
  const writes = walk(node.body).flatMap((inner) =>
    inner.kind === 'Call' ? (writeOf(project, inner, inside(site, node)) ?? []) : [],
  );
  const first = writes.find(({ verb }) => verb === 'deletes') ?? writes[0];
  if (first === undefined) return undefined;
  const routes = routesOf(project, { ...site, kind: 'function', node });
  const isOnlyGet = routes.every(({ methods }) => methods.every((one) => one === 'GET' || one === 'HEAD'));
  const hasToken = routes.some(({ rule }) => rule !== undefined && /token|signature|hash/i.test(rule));
  return routes.length > 0 && isOnlyGet && !hasToken ? first : undefined;
}

function writeOf(project: Project, call: Call, site: Site): DataWrite | undefined {
  if (call.func.kind !== 'Attribute') return undefined;
  const { attr, value } = call.func;
  if (attr.id === 'delete' && (isSession(value) || isQuery(value)))
    return isHttpClient(project, value, site) ? undefined : { call, verb: 'deletes' };
  if (attr.id !== 'execute' && attr.id !== 'executescript') return undefined;
  const text = queryText(call.args[0]?.value);
  if (text === undefined || /(\w+)\s*=\s*\1\s*\+/.test(text)) return undefined;
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase();
  if (verb === 'DELETE' || verb === 'DROP' || verb === 'TRUNCATE') return { call, verb: 'deletes' };
  return verb === 'UPDATE' ? { call, verb: 'changes' } : undefined;
}

/** `db.session`: SQLAlchemy's, since Flask's has no such method. */
function isSession(node: Expression): boolean {
  return (
    (node.kind === 'Attribute' && node.attr.id === 'session') ||
    (node.kind === 'Name' && /session$/i.test(node.id))
  );
}

/** `requests.Session` has such a method, too. */
function isHttpClient(project: Project, node: Expression, site: Site): boolean {
  return project.resolver
    .resolve(node, site)
    .some((ref) => ref.kind === 'instance' && /^(requests|httpx|aiohttp)\b/.test(ref.name));
}

/** `Order.query.filter_by(…)`, `session.query(Order)`. */
function isQuery(node: Expression): boolean {
  if (node.kind === 'Attribute') return node.attr.id === 'query' || isQuery(node.value);
  return node.kind === 'Call' && isQuery(node.func);
}

/** How a query begins; also inside of `text(…)`. */
function queryText(node: Expression | undefined): string | undefined {
  if (node?.kind === 'Call') return queryText(node.args[0]?.value);
  if (node?.kind === 'Binary') return queryText(node.left);
  if (node?.kind !== 'String') return undefined;
  return node.tokens
    .flatMap(({ pieces }) => pieces.map((one) => (one.kind === 'Text' ? one.value : '?')))
    .join('');
}

function toPost(context: FileContext, base: number, node: FunctionDef, site: Site): readonly FixOutcome[] {
  const edits = new EditList();
  const quote = preferredQuote(context.text);
  for (const { expression } of node.decorators) {
    if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') continue;
    if (!isRouteDecorator(context.project, expression, site)) continue;
    const { attr } = expression.func;
    if (attr.id === 'get') edits.replace(base + attr.start, base + attr.end, 'post');
    else setKeyword(context.text, { node: expression, base }, 'methods', `[${quote}POST${quote}]`, edits);
  }
  const all = edits.finish(context.text);
  if (all.length === 0) return [refused('the view is registered elsewhere')];
  const files = [{ file: context.file, isNew: false, edits: all }];
  return [{ kind: 'fix', fix: { title: 'Take POST requests only', safety: 'review', edits: files } }];
}
