/** A page whose template is named so that Flask does not escape in it. */
import type { MisuseHit } from '../flow/machine';
import { routesOf } from '../model/routes';
import { unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { escapesByItself, escapeTemplates } from './escapedTemplates';
import { misuseRule } from './misuseRule';
import { refused } from './refused';

export const rule = misuseRule({
  id: 'unescaped-template-extension',
  title: 'Template name that switches escaping off',
  kind: 'templateExtension',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Flask looks at the end of a template’s name: in `.html`, `.htm`, `.xml`, `.xhtml` and `.svg` it escapes, in all ' +
      'others it does not. A page that is called `profile.jinja` shows a visitor’s `<script>` as a script.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/profile/<name>")
def profile(name):
    return render_template("profile.jinja", name=name)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/profile/<name>")
def profile(name):
    return render_template("profile.html", name=name)
`,
    },
    why: 'The name says that it is HTML, so every value is escaped.',
    limits:
      'Names such as `mail.txt.j2` say that they are something else. Plain-text templates count only where a view sends ' +
      'one as a page, with values in it. Nothing is reported where the code or the template sets escaping itself: ' +
      '`{% autoescape true %}` round the page and inside of every block does as well as another name, and is what the fix ' +
      'writes, since other code may know the file by its name.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: Jinja setup',
        url: 'https://flask.palletsprojects.com/en/stable/templating/#jinja-setup',
      },
    ],
  },
  message: ({ place }) => {
    const name = literalText(place);
    return `Flask does not escape values in ${name === undefined ? 'this template' : `\`${name}\``}, because of how its name ends.`;
  },
  accepts(hit, context) {
    if (setsEscaping(context)) return false;
    const names = namesOf(hit, context);
    const isPlainText = names.every((name) => /\.(txt|md|inc)$/.test(name));
    if (names.length > 0 && names.every((name) => escapesByItself(context.project, name))) return false;
    return !isPlainText || isPage(hit, context);
  },
  fix(context, hit) {
    const names = namesOf(hit, context);
    const edits = escapeTemplates(context.project, names);
    if ('reason' in edits)
      return [refused(`${edits.reason}: rename the file and the name in the code together`)];
    if (edits.length === 0) return [];
    return [{ kind: 'fix', fix: { title: 'Switch escaping on in the template', safety: 'review', edits } }];
  },
});

function namesOf(hit: MisuseHit, context: FileContext): readonly string[] {
  const { constants = [] } = context.valueOf(hit.site.tree, hit.place) ?? {};
  return constants.map(String);
}

/** `app.jinja_env.autoescape = True`, `app.select_jinja_autoescape = …`, `app.jinja_options = {"autoescape": True}`. */
function setsEscaping({ project, module }: FileContext): boolean {
  const isSet = (module?.units ?? []).some(({ tree }) =>
    [...unitFacts(tree).writes, ...unitFacts(tree).selfWrites].some(
      ({ node: { target } }) => target.kind === 'Attribute' && target.attr.id === 'autoescape',
    ),
  );
  return (
    isSet ||
    project.attributeWrites('select_jinja_autoescape').length > 0 ||
    project
      .attributeWrites('jinja_options')
      .some(({ value }) => value.kind === 'Dict' && value.entries.some(({ key }) => isAutoescape(key)))
  );
}

function isAutoescape(key: Expression | undefined): boolean {
  return key !== undefined && literalText(key) === 'autoescape';
}

/** `return render_template("x.txt", name=name)`: nothing says that it is no HTML. */
function isPage({ call, site: { file, tree } }: MisuseHit, { project }: FileContext): boolean {
  return (
    call !== undefined &&
    call.args.length > 1 &&
    unitFacts(tree).functions.some(
      ({ node, owners }) =>
        walkStatements(node.body).some((inner) => inner.kind === 'Return' && inner.value === call) &&
        routesOf(project, { kind: 'function', file, tree, node, owners }).length > 0,
    )
  );
}
