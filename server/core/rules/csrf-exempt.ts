/** A view is taken out of the CSRF check. */
import { lineStartAt, nextLineAt } from '../edits/pythonText';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import { boundValue } from '../model/valueOrigin';
import { isExemption } from '../model/viewFacts';
import { viewTraits } from '../model/viewTraits';
import type { Expression, Statement, UnitTree } from '../syntax/python/ast';
import { walkStatements } from '../syntax/python/walk';
import { refused } from './refused';
import type { Rule } from './rule';

export const rule = {
  id: 'csrf-exempt',
  title: 'View taken out of the CSRF check',
  kind: 'csrf',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A page of somebody else can hold a hidden form that is sent to this view as soon as one of your users ' +
      'opens that page. Their browser adds the session cookie, and the view knows them by it. Everywhere else ' +
      '`CSRFProtect` refuses such requests; here it was told not to.',
    vulnerable: {
      'app.py': `
from flask import Flask, request, session
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)


@app.post("/email")
@csrf.exempt
def change_email():
    session["email"] = request.form.get("email", "")
    return {"ok": True}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request, session
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)


@app.post("/email")
def change_email():
    session["email"] = request.form.get("email", "")
    return {"ok": True}
`,
    },
    why: 'With the check on, the form sends its token along, and scripts send it as the `X-CSRFToken` header.',
    limits:
      'Views that do not know their callers by a cookie, such as web hooks and APIs with tokens, may be exempt: ' +
      'they are left alone.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'Flask-WTF: exempting views',
        url: 'https://flask-wtf.readthedocs.io/en/latest/csrf/#exclude-views-from-protection',
      },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const range of exemptions(unit.project, unit.file, unit.tree))
      yield {
        range,
        message: 'This view knows its visitors by a cookie and is taken out of the CSRF check.',
        confidence: 'high',
      };
  },
  fix(context, { range }) {
    const start = lineStartAt(context.text, range.start);
    const edit = { range: { start, end: nextLineAt(context.text, range.end) }, newText: '' };
    const line = context.text.slice(start, edit.range.end).trim();
    const unit = context.module?.units.find(
      ({ base, tree }) => base <= range.start && range.end <= base + tree.length,
    );
    const isAlone =
      line.startsWith('@') ||
      (unit !== undefined && isRemovable(unit.tree, range.start - unit.base, range.end - unit.base));
    if (!isAlone) return [refused('nothing would be left in this block')];
    return [
      {
        kind: 'fix',
        fix: {
          title: 'Check the CSRF token of this view',
          safety: 'review',
          edits: [{ file: context.file, isNew: false, edits: [edit] }],
        },
      },
    ];
  },
} satisfies Rule;

/** Decorators and calls that exempt what knows its visitors by a cookie. */
function exemptions(project: Project, file: string, tree: UnitTree): readonly Expression[] {
  const facts = unitFacts(tree);
  const found: Expression[] = [];
  for (const { node, owners } of facts.functions)
    for (const { expression } of node.decorators) {
      const site = { file, tree, owners };
      if (!isExemption(project, expression, site)) continue;
      if (viewTraits(project, node, site).includes('openChange')) found.push(expression);
    }
  for (const { node, owners } of facts.calls) {
    const site = { file, tree, owners };
    const [first] = node.args;
    if (first === undefined || !isExemption(project, node.func, site)) continue;
    if (knowsByCookie(project, first.value, site)) found.push(node);
  }
  return found;
}

/** A view, or a blueprint with a view, that acts for whoever the cookie says. */
function knowsByCookie(project: Project, node: Expression, site: Site): boolean {
  for (const ref of project.resolver.resolve(node, site)) {
    if (ref.kind === 'function')
      return viewTraits(project, project.current(ref).node, ref).includes('openChange');
  }
  const bound = boundValue(project, node, site);
  if (bound === undefined) return false;
  const units = project.unitsTelling('app').filter(({ file }) => file === bound.site.file);
  return units.some(({ file, tree }) =>
    unitFacts(tree).functions.some((one) =>
      viewTraits(project, one.node, { file, tree, owners: one.owners }).includes('openChange'),
    ),
  );
}

/** A statement of its own with others beside it. */
function isRemovable(tree: UnitTree, start: number, end: number): boolean {
  const isIt = (one: Statement) => one.kind === 'Expression' && one.start === start && one.end === end;
  if (tree.body.some(isIt)) return tree.body.length === 1;
  return walkStatements(tree.body).some(
    (one) =>
      (one.kind === 'FunctionDef' || one.kind === 'With') && one.body.length > 1 && one.body.some(isIt),
  );
}
