/** One visitor's page is kept and shown to others. */
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Call, FunctionDef } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { Rule, UnitFinding } from './rule';

export const rule = {
  id: 'cached-user-response',
  title: 'Page of one visitor kept for all',
  kind: 'sharedCache',
  severity: 'warning',
  doc: {
    happens:
      '`@cache.cached()` keeps one answer for each path. If the view writes the name or the orders of whoever is logged in, ' +
      'the next visitor gets the page of the first.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template
from flask_caching import Cache
from flask_login import current_user

app = Flask(__name__)
cache = Cache(app)


@app.get("/orders")
@cache.cached(timeout=60)
def orders():
    return render_template("orders.html", orders=current_user.orders)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template
from flask_caching import Cache
from flask_login import current_user

app = Flask(__name__)
cache = Cache(app)


@app.get("/orders")
@cache.cached(timeout=60, make_cache_key=lambda: f"orders/{current_user.id}")
def orders():
    return render_template("orders.html", orders=current_user.orders)
`,
    },
    why: 'The key says whose answer it is. `cache.memoize` on a function that takes the user’s id does as well.',
    limits: 'Only what the view itself reads is looked at, not its template or the functions that it calls.',
    references: [
      {
        title: 'CWE-525: Browser Cache Containing Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/525.html',
      },
      { title: 'Flask-Caching: cached', url: 'https://flask-caching.readthedocs.io/en/latest/api.html' },
    ],
  },
  *checkUnit({ isTest, project, facts, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.functions) yield* shared(project, node, site(owners));
  },
} satisfies Rule;

const CACHED = /^flask_cach(?:ing|e)\.Cache\.cached$/;
/** Arguments that tell one answer from another, or keep it out of the cache. */
const KEYED = new Set(['make_cache_key', 'unless', 'hash_method', 'response_filter']);

function* shared(project: Project, node: FunctionDef, site: Site): Generator<UnitFinding> {
  for (const { expression } of node.decorators) {
    if (expression.kind !== 'Call' || !isCached(project, expression, site)) continue;
    const read = visitorPart(project, node, site, hasQueryKey(expression));
    if (read !== undefined && !hasOwnKey(expression))
      yield {
        range: expression.func,
        message: `The answer is kept for everybody, but it depends on \`${read}\`.`,
        severity: read.startsWith('request.') ? 'information' : 'warning',
        confidence: 'medium',
      };
  }
}

function isCached(project: Project, { func }: Call, site: Site): boolean {
  return project.resolver
    .resolve(func, site)
    .some((ref) => 'name' in ref && typeof ref.name === 'string' && CACHED.test(ref.name));
}

function hasOwnKey({ args }: Call): boolean {
  return args.some(
    ({ name, star, value }) =>
      star !== '' ||
      (name !== undefined && KEYED.has(name.id)) ||
      (name?.id === 'key_prefix' && value.kind !== 'String'),
  );
}

function hasQueryKey({ args }: Call): boolean {
  return args.some(({ name }) => name?.id === 'query_string');
}

/** What of the visitor the view reads itself; the query only where it is no part of the key. */
function visitorPart(
  project: Project,
  node: FunctionDef,
  site: Site,
  isQueryKey: boolean,
): string | undefined {
  const inside: Site = { ...site, owners: [...site.owners, node] };
  for (const part of walk(node.body)) {
    if (part.kind !== 'Name' && part.kind !== 'Attribute') continue;
    for (const ref of project.resolver.resolve(part, inside)) {
      const name = 'name' in ref && typeof ref.name === 'string' ? ref.name : '';
      const read = READ[name];
      if (read !== undefined && !(isQueryKey && name === 'flask.request.args')) return read;
    }
  }
  return undefined;
}

const READ: Readonly<Record<string, string>> = {
  'flask_login.current_user': 'current_user',
  'flask_jwt_extended.current_user': 'current_user',
  'flask_security.current_user': 'current_user',
  'flask.session': 'session',
  'flask.g.user': 'g.user',
  'flask.request.cookies': 'request.cookies',
  'flask.request.args': 'request.args',
};
