/** A view that returns HTML which holds request data as it came. */
import { RETURNED } from '../flow/responses';
import { walk } from '../syntax/python/walk';
import { flowRule } from './flowRule';
import { assignedOnce } from './textParts';
import { fixByWrapping } from './wrapFix';

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
  accepts: (hit) => hit.callee === RETURNED,
  acceptsWrite: () => false,
  message: (label) => `The page sent here depends on \`${label}\`, which a visitor controls.`,
  fix(context, hit) {
    // `"<p>" + escape(x)` would escape the tag as well, since `escape` gives `Markup`: there `html.escape` it is.
    const built = [hit.argument, assignedOnce(hit.argument, hit.site)];
    const isAdded = walk(built).some((node) => node.kind === 'Binary' && node.op === '+');
    return fixByWrapping(context, hit, {
      import: isAdded ? { module: 'html' } : { from: 'markupsafe', name: 'escape' },
      ...(isAdded ? { member: 'escape' } : {}),
      title: 'Escape the value',
      safety: 'review',
    });
  },
});
