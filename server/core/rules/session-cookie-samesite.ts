/** The session cookie goes along with requests of other sites. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'session-cookie-samesite',
  title: 'Session cookie sent along from other sites',
  kind: 'cookieSameSite',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'With `SameSite` switched off the browser adds the session cookie to requests that other sites start. A ' +
      'hidden form on a page of somebody else can then act in the name of your visitors.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_SAMESITE"] = "None"
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
`,
    },
    why:
      'With `Lax` the cookie comes along when somebody follows a link to your site, and not with forms, pictures' +
      ' and scripts of other sites. It is a second wall behind CSRF tokens, not in place of them.',
    limits:
      'An app that runs inside frames of other sites needs `None`; then every form needs a CSRF token. Classes ' +
      'and files for tests or development are left alone, and a default that a class for production replaces. ' +
      'Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-1275: Sensitive Cookie with Improper SameSite Attribute',
        url: 'https://cwe.mitre.org/data/definitions/1275.html',
      },
      {
        title: 'Flask: SESSION_COOKIE_SAMESITE',
        url: 'https://flask.palletsprojects.com/en/stable/config/#SESSION_COOKIE_SAMESITE',
      },
    ],
  },
  keys: {
    SESSION_COOKIE_SAMESITE: {
      isWeak: (value) => value === 'None' || value === 'False' || /^'none'$/i.test(String(value)),
      message: 'The session cookie is sent along with requests that other sites start.',
      fixed: '"Lax"',
    },
  },
});
