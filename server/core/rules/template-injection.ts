/** Request data that becomes template source. */
import { flowRule } from './flowRule';
import { fixTemplateSource } from './templateSourceFix';

export const rule = flowRule({
  id: 'template-injection',
  title: 'Template built from a request',
  kind: 'template',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'Jinja runs what stands in `{{ }}`. If a visitor’s text is part of the template itself, they write ' +
      '`{{ config }}` to read your secret key, and a few attribute look-ups further they run commands on your server.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "")
    return render_template_string(f"<h1>Hello {name}</h1>")
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "")
    return render_template_string("<h1>Hello {{ name }}</h1>", name=name)
`,
    },
    why:
      'The template is fixed and the value is handed over beside it. Jinja shows the value and escapes it for HTML; it ' +
      'never runs it.',
    limits:
      'If people are meant to write templates, use `jinja2.sandbox.SandboxedEnvironment`; Moat does not report that. ' +
      'The sandbox does not limit how long a template runs.',
    references: [
      {
        title: 'CWE-1336: Special elements in a template engine',
        url: 'https://cwe.mitre.org/data/definitions/1336.html',
      },
      {
        title: 'Flask: render_template_string',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.render_template_string',
      },
      { title: 'Jinja: sandbox', url: 'https://jinja.palletsprojects.com/en/stable/sandbox/' },
    ],
  },
  message: (label) => `This template’s source depends on \`${label}\`, which a visitor controls.`,
  fix: fixTemplateSource,
});
