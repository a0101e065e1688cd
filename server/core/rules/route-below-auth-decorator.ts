/** A decorator that protects a view stands above the one that registers it. */
import { lineStartAt, nextLineAt } from '../edits/pythonText';
import { isAuthDecorator } from '../model/authDecorators';
import type { Project } from '../model/project';
import { isRouteDecorator } from '../model/routes';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Decorator, FunctionDef } from '../syntax/python/ast';
import type { Rule } from './rule';

export const rule = {
  id: 'route-below-auth-decorator',
  title: 'Route registered without its protection',
  kind: 'authorization',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Decorators work from the bottom up: `@app.route` registers the function as it is at that moment, and what' +
      ' stands above it wraps it too late. The protected function exists, but nobody calls it; everybody can ' +
      'open the page without logging in.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_login import login_required

app = Flask(__name__)


@login_required
@app.route("/admin")
def admin():
    return {"orders": 12}
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_login import login_required

app = Flask(__name__)


@app.route("/admin")
@login_required
def admin():
    return {"orders": 12}
`,
    },
    why: 'With the route at the top, the function that is registered is the protected one.',
    limits:
      'Decorators of the project count when their wrapper looks at who is asking and turns others away.',
    references: [
      {
        title: 'CWE-862: Missing Authorization',
        url: 'https://cwe.mitre.org/data/definitions/862.html',
      },
      {
        title: 'Flask: view decorators',
        url: 'https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/',
      },
    ],
  },
  *checkUnit({ project, facts, site }) {
    for (const { node, owners } of facts.functions)
      for (const { auth, route } of misplaced(project, node, site(owners)))
        yield {
          range: auth.expression,
          message: `\`${nameOf(auth)}\` stands above \`${nameOf(route)}\`, so the view that is registered is not protected by it.`,
          confidence: 'high',
        };
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).functions) {
        const pairs = misplaced(context.project, node, { file: context.file, tree, owners });
        const found = pairs.find(({ auth }) => base + auth.expression.start === finding.range.start);
        if (found === undefined) continue;
        return [
          {
            kind: 'fix',
            fix: {
              title: `Move \`${nameOf(found.route)}\` to the top`,
              safety: 'safe',
              edits: [{ file: context.file, isNew: false, edits: moved(context.text, base, node, pairs) }],
            },
          },
        ];
      }
    return [];
  },
} satisfies Rule;

interface Misplaced {
  readonly auth: Decorator;
  readonly route: Decorator;
}

/** Protecting decorators with the first route below them. */
function misplaced(project: Project, node: FunctionDef, site: Site): readonly Misplaced[] {
  const { decorators } = node;
  if (decorators.length < 2) return [];
  const routes = decorators.map(({ expression }) => isRouteDecorator(project, expression, site));
  const last = routes.lastIndexOf(true);
  if (last < 1) return [];
  const isAuth = (decorator: Decorator) => isAuthDecorator(project, decorator.expression, site);
  if (decorators.slice(last + 1).some(isAuth)) return [];
  return decorators.slice(0, last).flatMap((auth, index) => {
    const route = decorators.find((_, other) => other > index && routes[other] === true);
    return route !== undefined && !routes[index] && isAuth(auth) ? [{ auth, route }] : [];
  });
}

/** The routes' lines go in front of the first line that protects. */
function moved(text: string, base: number, node: FunctionDef, pairs: readonly Misplaced[]) {
  const lineOf = ({ start, end }: Decorator) => ({
    start: lineStartAt(text, base + start),
    end: nextLineAt(text, base + end),
  });
  const first = pairs[0] as Misplaced;
  const target = lineOf(first.auth).start;
  const routes = node.decorators.filter((one) =>
    pairs.some(({ route }) => nameOf(route) === nameOf(one) && one.start >= first.auth.end),
  );
  const lines = routes.map(lineOf);
  const newText = lines.map(({ start, end }) => text.slice(start, end)).join('');
  return [
    { range: { start: target, end: target }, newText },
    ...lines.map((range) => ({ range, newText: '' })),
  ];
}

function nameOf({ expression }: Decorator): string {
  const callee = expression.kind === 'Call' ? expression.func : expression;
  const parts: string[] = [];
  let node = callee;
  for (; node.kind === 'Attribute'; node = node.value) parts.unshift(node.attr.id);
  if (node.kind === 'Name') parts.unshift(node.id);
  return parts.join('.');
}
