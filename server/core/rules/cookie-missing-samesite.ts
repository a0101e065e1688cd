/** A cookie that goes with requests which other sites start. */
import { preferredQuote } from '../edits/pythonText';
import { cookieUse } from './cookieNames';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'cookie-missing-samesite',
  title: 'Cookie without `samesite`',
  kind: 'cookieSameSite',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A form on somebody else’s page can point at yours. If the browser sends this cookie along, your app takes the ' +
      'request for one of the visitor’s own, and changes their address or their password.',
    vulnerable: {
      'app.py': `
from flask import Flask, jsonify

app = Flask(__name__)


@app.post("/api/login")
def login():
    response = jsonify(ok=True)
    response.set_cookie("auth_token", new_token(), secure=True, httponly=True)
    return response
`,
    },
    safe: {
      'app.py': `
from flask import Flask, jsonify

app = Flask(__name__)


@app.post("/api/login")
def login():
    response = jsonify(ok=True)
    response.set_cookie("auth_token", new_token(), secure=True, httponly=True, samesite="Lax")
    return response
`,
    },
    why:
      'With `samesite="Lax"` the cookie goes with links that people click, not with forms and requests of other sites. ' +
      'Some browsers assume that by themselves, some do not, and some only after two minutes.',
    limits:
      'An app that is embedded in other sites needs `samesite="None"` together with `secure=True` and a token against ' +
      'forged requests. Deletions are left alone; for cookies that hold a preference it is information.',
    references: [
      {
        title: 'CWE-1275: Sensitive Cookie with Improper SameSite Attribute',
        url: 'https://cwe.mitre.org/data/definitions/1275.html',
      },
      {
        title: 'Flask: Set-Cookie options',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
      },
    ],
  },
  message: ({ place }) =>
    place.kind === 'String'
      ? 'This cookie is meant to go with requests that other sites start.'
      : 'This cookie has no `samesite` flag, so it may go with requests that other sites start.',
  severityOf: (hit, context) => (cookieUse(hit, context) === 'preference' ? 'information' : 'warning'),
  fix(context, hit) {
    const quote = preferredQuote(context.text);
    return fixOption(context, hit, {
      name: 'samesite',
      position: 8,
      value: `${quote}Lax${quote}`,
      title: 'Send the cookie with the site’s own requests only',
      safety: hit.place.kind === 'String' ? 'review' : 'safe',
    });
  },
});
