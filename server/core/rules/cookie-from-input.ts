/** A cookie keeps what a visitor sent. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'cookie-from-input',
  title: 'Cookie value from a visitor',
  kind: 'trust',
  about: 'cookieValue',
  severity: 'hint',
  doc: {
    happens:
      'A link can make a visitor’s browser keep a value that somebody else chose: a cart, an account, a language. ' +
      'Whatever reads the cookie later works with it, for as long as it lives.',
    vulnerable: {
      'app.py': `
from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/language")
def language():
    response = make_response("", 204)
    response.set_cookie("lang", request.args["lang"], secure=True, httponly=True, samesite="Lax")
    return response
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, make_response, request

app = Flask(__name__)
LANGUAGES = {"en", "zh", "de"}


@app.get("/language")
def language():
    lang = request.args["lang"]
    if lang not in LANGUAGES:
        abort(400)
    response = make_response("", 204)
    response.set_cookie("lang", lang, secure=True, httponly=True, samesite="Lax")
    return response
`,
    },
    why: 'Only values that your code knows get into the cookie.',
    limits: 'It is fine where every reader of the cookie treats it as a visitor’s text.',
    references: [
      { title: 'CWE-20: Improper Input Validation', url: 'https://cwe.mitre.org/data/definitions/20.html' },
      {
        title: 'Flask: set_cookie',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.Response.set_cookie',
      },
    ],
  },
  only: 'becomes the value of a cookie',
  message: (label) => `This cookie keeps \`${label}\` as the visitor sent it.`,
});
