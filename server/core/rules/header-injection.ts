/** Request data that names a response header or cookie. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'header-injection',
  title: 'Header name from a visitor',
  kind: 'header',
  severity: 'error',
  doc: {
    happens:
      'Whoever chooses the name of a header chooses what the browser does: `Set-Cookie` plants a cookie, ' +
      '`Access-Control-Allow-Origin` opens your pages to other sites, `Location` leads away. A line break in a name ' +
      'can start further headers.',
    vulnerable: {
      'app.py': `
from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/file")
def file():
    response = make_response("content")
    response.headers.add(request.args["name"], "yes")
    return response
`,
    },
    safe: {
      'app.py': `
from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/file")
def file():
    response = make_response("content")
    response.headers.add("X-File-Name", request.args["name"])
    return response
`,
    },
    why:
      'The name is yours. The value may be the visitor’s: Werkzeug raises an error when a header value holds a line ' +
      'break, so it cannot start a header of its own.',
    limits: 'Headers that are set with another server interface than Werkzeug’s are not seen.',
    references: [
      { title: 'CWE-113: HTTP Response Splitting', url: 'https://cwe.mitre.org/data/definitions/113.html' },
      {
        title: 'Werkzeug: Headers',
        url: 'https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.Headers',
      },
    ],
  },
  message: (label, hit) =>
    hit.row.effect === 'becomes the name of a cookie'
      ? `The name of this cookie depends on \`${label}\`, which a visitor controls.`
      : `The name of this header depends on \`${label}\`, which a visitor controls.`,
});
