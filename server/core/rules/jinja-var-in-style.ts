/** `style="color: {{ x }}"`: escaped or not, request data in CSS can change the page and call other servers. */
import { outputRule } from './outputRule';

export const rule = outputRule({
  id: 'jinja-var-in-style',
  title: 'Request data in a style',
  kind: 'attribute',
  severity: 'warning',
  doc: {
    happens:
      'Jinja escapes for HTML; CSS has other rules. With `;` a visitor adds declarations: they cover your page with ' +
      'something else, or load a picture from their server, which tells them who looks at the page and when.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/")
def index():
    return render_template("index.html", color=request.args.get("color", "black"))
`,
      'templates/index.html': '<p style="color: {{ color }}">Welcome</p>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)
COLORS = {"black", "red", "green"}

@app.get("/")
def index():
    color = request.args.get("color", "black")
    if color not in COLORS:
        color = "black"
    return render_template("index.html", color=color)
`,
      'templates/index.html': '<p style="color: {{ color }}">Welcome</p>\n',
    },
    why: 'Only values that are written in your code get into the style.',
    limits: 'Numbers (`width: {{ percent }}%` with an `int`) and values of unknown origin are not reported.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'OWASP: Cross Site Scripting Prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html',
      },
    ],
  },
  accepts: ({ output: { context } }) =>
    context.kind === 'style' || (context.kind === 'attribute' && context.role === 'style'),
  message: (label) => `\`${label}\`, which a visitor controls, is written into a style.`,
  effect: 'is written into a style',
});
