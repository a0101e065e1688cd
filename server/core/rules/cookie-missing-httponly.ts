/** A cookie that scripts of the page can read. */
import { cookieUse } from './cookieNames';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'cookie-missing-httponly',
  title: 'Cookie without `httponly`',
  kind: 'cookieHttpOnly',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'Every script on your pages can read this cookie. If one of them is a visitor’s, by a single forgotten escape, it ' +
      'sends the cookie home, and somebody else is logged in.',
    vulnerable: {
      'app.py': `
from flask import Flask, redirect

app = Flask(__name__)


@app.post("/login")
def login():
    response = redirect("/")
    response.set_cookie("auth_token", new_token(), secure=True, samesite="Lax")
    return response
`,
    },
    safe: {
      'app.py': `
from flask import Flask, redirect

app = Flask(__name__)


@app.post("/login")
def login():
    response = redirect("/")
    response.set_cookie("auth_token", new_token(), secure=True, httponly=True, samesite="Lax")
    return response
`,
    },
    why: 'With `httponly=True` the browser keeps the cookie for itself: it is sent, but no script gets to see it.',
    limits:
      'Cookies that scripts have to read, such as those named `csrf…` or `xsrf…`, and deletions are left alone. An error ' +
      'for cookies that are named like a login, information for those that only hold a preference.',
    references: [
      {
        title: 'CWE-1004: Sensitive Cookie Without “HttpOnly”',
        url: 'https://cwe.mitre.org/data/definitions/1004.html',
      },
      {
        title: 'Flask: Set-Cookie options',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
      },
    ],
  },
  message: () => 'This cookie has no `httponly` flag, so every script on the page can read it.',
  accepts: (hit, context) => cookieUse(hit, context) !== 'forgeryToken',
  severityOf(hit, context) {
    const use = cookieUse(hit, context);
    if (use === 'login') return 'error';
    return use === 'preference' ? 'information' : 'warning';
  },
  fix: (context, hit) =>
    fixOption(context, hit, {
      name: 'httponly',
      position: 7,
      value: 'True',
      title: 'Hide the cookie from scripts',
      // A script of the page may be what the preference is for.
      safety: cookieUse(hit, context) === 'login' ? 'safe' : 'review',
    }),
});
