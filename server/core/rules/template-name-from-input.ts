/** Request data that chooses the template. Jinja keeps names inside the template folders, so this is no error. */
import type { SinkHit, WriteHit } from '../flow/machine';
import { isTainted, textParts } from '../flow/values';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'template-name-from-input',
  title: 'Template chosen by a request',
  kind: 'templateName',
  severity: 'warning',
  doc: {
    happens:
      'A visitor can have any file of your template folders rendered: e-mail texts, admin pages, drafts, parts of ' +
      'pages that print more than they should without the checks of their own view. Jinja does not let names lead ' +
      'out of the template folders.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/page")
def page():
    return render_template(request.args.get("template", "home.html"))
`,
      'templates/home.html': '<h1>Home</h1>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, abort, render_template, request

app = Flask(__name__)
PAGES = {"home": "home.html", "about": "about.html"}


@app.get("/page")
def page():
    template = PAGES.get(request.args.get("page", "home"))
    if template is None:
        abort(404)
    return render_template(template)
`,
      'templates/home.html': '<h1>Home</h1>\n',
      'templates/about.html': '<h1>About</h1>\n',
    },
    why: 'The request only picks an entry of a dict in your code; every template that can be shown is written there.',
    limits:
      'A name with a fixed folder in front, such as `f"pages/{page}.html"`, is shown as information only: it reaches ' +
      'the templates of that folder.',
    references: [
      {
        title: 'CWE-73: External control of file name',
        url: 'https://cwe.mitre.org/data/definitions/73.html',
      },
      {
        title: 'Flask: render_template',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.render_template',
      },
    ],
  },
  severityOf: (hit) => (folderOf(hit) === undefined ? 'warning' : 'information'),
  message(label, hit) {
    const folder = folderOf(hit);
    return folder === undefined
      ? `The template’s name depends on \`${label}\`, which a visitor controls.`
      : `Which template of \`${folder}\` is shown depends on \`${label}\`, which a visitor controls.`;
  },
});

/** The constant folder in front of what a visitor writes. */
function folderOf({ value }: SinkHit | WriteHit): string | undefined {
  const [first, second] = textParts(value);
  if (first === undefined || !('text' in first) || second === undefined) return undefined;
  const slash = first.text.lastIndexOf('/');
  const isFollowed = 'hole' in second && isTainted(second.hole, 'templateName');
  return slash > 0 && isFollowed ? first.text.slice(0, slash + 1) : undefined;
}
