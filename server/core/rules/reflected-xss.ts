/** A view that returns HTML which holds request data as it came. */
import { RETURNED } from '../flow/responses';
import { escapeForHtml } from './escapeFix';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'reflected-xss',
  title: 'Request data sent back as HTML',
  kind: 'html',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A text that a view returns is sent as HTML. If it holds what came with the request, a link to your site can ' +
      'carry a `<script>` that runs as part of your page, with the session of whoever follows the link.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "")
    return f"<h1>Hello {name}</h1>"
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "")
    return f"<h1>Hello {escape(name)}</h1>"
`,
    },
    why:
      '`escape` turns `<` into `&lt;` and quotes into references, so the browser shows the text and does not read it ' +
      'as tags. `render_template` does the same for every value by itself and is the better home for more than a line.',
    limits:
      'Dictionaries, lists and `jsonify` are sent as JSON and are fine. A response with another content type, such as ' +
      '`text/plain`, is left alone.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: HTML escaping',
        url: 'https://flask.palletsprojects.com/en/stable/quickstart/#html-escaping',
      },
    ],
  },
  accepts: ({ callee }) => callee === RETURNED || callee === 'flask.abort',
  acceptsWrite: () => false,
  message: (label) => `The page sent here depends on \`${label}\`, which a visitor controls.`,
  fix: (context, hit) => escapeForHtml(context, hit, 'review'),
});
