/** A page of Flask-Admin that asks nobody who they are. */
import { ensureImport } from '../edits/addImport';
import { indentationAt, insertLine } from '../edits/pythonText';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';
import { callAt } from './unitNodes';

export const rule = {
  id: 'admin-views-unprotected',
  title: 'Admin pages open to everybody',
  kind: 'missingLogin',
  severity: 'warning',
  fixSafety: 'assist',
  doc: {
    happens:
      'Flask-Admin shows, changes and deletes what is in your tables, and lets everybody in who knows the address: ' +
      '`/admin` is among the first that strangers try.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView

from models import User, db

app = Flask(__name__)
admin = Admin(app)
admin.add_view(ModelView(User, db.session))
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_login import current_user

from models import User, db


class AdminView(ModelView):
    def is_accessible(self):
        return current_user.is_authenticated and current_user.is_admin


app = Flask(__name__)
admin = Admin(app)
admin.add_view(AdminView(User, db.session))
`,
    },
    why: 'Flask-Admin asks `is_accessible` before each page of the view, and refuses when it is not true.',
    limits:
      'Checks before every request count when they name the admin pages. What a server in front of the app refuses cannot be ' +
      'seen.',
    references: [
      {
        title: 'CWE-306: Missing Authentication for Critical Function',
        url: 'https://cwe.mitre.org/data/definitions/306.html',
      },
      {
        title: 'Flask-Admin: authorization and permissions',
        url: 'https://flask-admin.readthedocs.io/en/stable/introduction/#authorization-permissions',
      },
    ],
  },
  *checkUnit({ isTest, facts, project, site, file }) {
    if (isTest) return;
    for (const { node, owners } of facts.calls) {
      const view = openView(project, node, site(owners));
      if (view !== undefined && !isGuarded(project, file))
        yield {
          range: view.func,
          message: 'Everybody can open these admin pages: nothing asks who is there.',
          confidence: 'medium',
        };
    }
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    return found === undefined ? [] : fixView(context, found.node, found.site);
  },
} satisfies Rule;

const VIEWS = /^flask_admin\.(?:[\w.]+\.)?(?:ModelView|FileAdmin)$/;

/** The `ModelView(…)` of `admin.add_view(ModelView(…))` that does not say who may open it. */
function openView(project: Project, node: Call, site: Site): Call | undefined {
  const value = node.args[0]?.value;
  if (node.func.kind !== 'Attribute' || node.func.attr.id !== 'add_view' || value?.kind !== 'Call')
    return undefined;
  const refs = project.resolver.resolve(value.func, site);
  const isOpen = refs.some((ref) => {
    if (ref.kind === 'external') return VIEWS.test(ref.name);
    if (ref.kind !== 'class') return false;
    const { own, library } = project.resolver.bases(ref);
    return library.some((name) => VIEWS.test(name)) && ![ref, ...own].some(asks);
  });
  return isOpen ? value : undefined;
}

const ASKING = new Set(['is_accessible', '_handle_view', 'inaccessible_callback']);

function asks({ node }: ClassRef): boolean {
  return node.body.some((inner) =>
    inner.kind === 'FunctionDef'
      ? ASKING.has(inner.name.id)
      : inner.kind === 'Assign' && inner.targets.some((one) => one.kind === 'Name' && ASKING.has(one.id)),
  );
}

/** A hook before requests that is about the admin pages, or Basic authentication for everything. */
function isGuarded(project: Project, file: string): boolean {
  if (project.apps.factsOf(file).config.some(({ key }) => key === 'BASIC_AUTH_FORCE')) return true;
  return project.unitsTelling('app').some(({ tree }) => guards(tree));
}

function guards(tree: UnitTree): boolean {
  return unitFacts(tree).functions.some(({ node }) => {
    const isHook = node.decorators.some(({ expression }) =>
      /^before_(?:app_)?request$/.test(lastName(expression)),
    );
    return (
      isHook &&
      walk(node.body).some((inner) => inner.kind === 'String' && /admin/i.test(literalText(inner) ?? ''))
    );
  });
}

function lastName(node: Expression): string {
  return node.kind === 'Attribute' ? node.attr.id : node.kind === 'Name' ? node.id : '';
}

const METHOD = [
  'def is_accessible(self):',
  '    return current_user.is_authenticated  # and may they do this?',
];

function fixView(context: FileContext, view: Call, site: Site): readonly FixOutcome[] {
  const { project, module, text, file } = context;
  if (module === undefined) return [];
  if (!project.apps.factsOf(file).capabilities.has('login'))
    return [refused('nobody logs in to this app yet: add Flask-Login, then `is_accessible`')];
  const base = context.baseOf(site.tree);
  const own = project.resolver.resolve(view.func, site).find((ref) => ref.kind === 'class');
  const imported = ensureImport(
    module,
    { from: 'flask_login', name: 'current_user' },
    { usedAt: own === undefined ? base : context.baseOf(own.tree) },
  );
  if (imported.kind === 'refused' || imported.localName !== 'current_user')
    return [refused('`current_user` is something else here')];
  const edits = [...imported.edits];
  if (own?.kind === 'class') {
    const first = own.node.body[0];
    if (own.file !== file || first === undefined) return [refused('the class stands in another file')];
    const start = context.baseOf(own.tree) + first.start;
    edits.push(insertLine(text, start, [...METHOD, '']));
  } else {
    if (project.bindingsOf(file, 'ProtectedView').length > 0) return [refused('`ProtectedView` is taken')];
    const outer = site.tree.body.find(({ start, end }) => start <= view.start && view.end <= end);
    const name = text.slice(base + view.func.start, base + view.func.end);
    if (outer === undefined || indentationAt(text, base + outer.start) !== '')
      return [refused('there is no place for a class here')];
    const lines = ['', '', `class ProtectedView(${name}):`, ...METHOD.map((line) => `    ${line}`), '', ''];
    edits.push(insertLine(text, base + outer.start, lines));
    edits.push({
      range: { start: base + view.func.start, end: base + view.func.end },
      newText: 'ProtectedView',
    });
  }
  const all = [{ file, isNew: false, edits }];
  return [
    { kind: 'fix', fix: { title: 'Ask who is there with `is_accessible`', safety: 'assist', edits: all } },
  ];
}
