/** A cookie that is sent over unencrypted connections, too. */
import { cookieUse } from './cookieNames';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'cookie-missing-secure',
  title: 'Cookie without `secure`',
  kind: 'cookieSecure',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'The browser also sends this cookie over plain `http://`. One link to `http://your.site` is enough, and everybody ' +
      'on the way, in the same Wi-Fi for a start, reads it.',
    vulnerable: {
      'app.py': `
from flask import Flask, make_response

app = Flask(__name__)


@app.get("/start")
def start():
    response = make_response("welcome")
    response.set_cookie("session_id", new_session(), httponly=True, samesite="Lax")
    return response
`,
    },
    safe: {
      'app.py': `
from flask import Flask, make_response

app = Flask(__name__)


@app.get("/start")
def start():
    response = make_response("welcome")
    response.set_cookie("session_id", new_session(), secure=True, httponly=True, samesite="Lax")
    return response
`,
    },
    why:
      'With `secure=True` the browser sends the cookie over HTTPS only. On `localhost` browsers make an exception, so ' +
      'development goes on as before.',
    limits:
      'A cookie that is being deleted is left alone, and so is a value that is not known before the app runs. An error for ' +
      'cookies that are named like a login, information for those that only hold a preference.',
    references: [
      {
        title: 'CWE-614: Sensitive Cookie Without “Secure”',
        url: 'https://cwe.mitre.org/data/definitions/614.html',
      },
      {
        title: 'Flask: Set-Cookie options',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
      },
    ],
  },
  message: () => 'This cookie has no `secure` flag, so it is sent over unencrypted connections, too.',
  severityOf(hit, context) {
    const use = cookieUse(hit, context);
    if (use === 'login') return 'error';
    return use === 'preference' ? 'information' : 'warning';
  },
  fix: (context, hit) =>
    fixOption(context, hit, {
      name: 'secure',
      position: 6,
      value: 'True',
      title: 'Send the cookie over HTTPS only',
      safety: 'safe',
    }),
});
