/** The session cookie can be read by scripts. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'session-cookie-httponly-off',
  title: 'Session cookie readable by scripts',
  kind: 'cookieHttpOnly',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'With `HttpOnly` off, every script on your pages can read the session cookie. A single hole through which ' +
      'somebody gets a script onto a page is then enough to take over the accounts of all who open it.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_HTTPONLY"] = False
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_HTTPONLY"] = True
`,
    },
    why:
      'The browser keeps the cookie to itself and its requests. Flask does this by default; scripts have no need' +
      ' to see it.',
    limits:
      'Classes and files for tests or development are left alone, and a default that a class for production ' +
      'replaces. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-1004: Sensitive Cookie Without HttpOnly Flag',
        url: 'https://cwe.mitre.org/data/definitions/1004.html',
      },
      {
        title: 'Flask: SESSION_COOKIE_HTTPONLY',
        url: 'https://flask.palletsprojects.com/en/stable/config/#SESSION_COOKIE_HTTPONLY',
      },
    ],
  },
  keys: {
    SESSION_COOKIE_HTTPONLY: {
      isWeak: (value) => value === 'False' || value === 0,
      message: 'Scripts on the page can read the session cookie.',
      fixed: 'True',
    },
  },
});
