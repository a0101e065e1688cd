/** The session cookie goes over plain HTTP. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'session-cookie-secure-off',
  title: 'Session cookie sent over plain HTTP',
  kind: 'cookieSecure',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'Without `Secure` the browser sends the session cookie with every request to your host, also one over ' +
      'plain HTTP. Somebody in the same network only has to make the browser load one `http://` picture from ' +
      'there to read the cookie and be logged in as that visitor.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_SECURE"] = False
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SESSION_COOKIE_SECURE"] = True
`,
    },
    why:
      'Browsers keep a cookie marked `Secure` for HTTPS. On `localhost` the current ones accept it over HTTP as ' +
      'well.',
    limits:
      'Classes and files for tests or development are left alone, and a default that a class for production ' +
      'replaces. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-614: Sensitive Cookie in HTTPS Session Without Secure Attribute',
        url: 'https://cwe.mitre.org/data/definitions/614.html',
      },
      {
        title: 'Flask: SESSION_COOKIE_SECURE',
        url: 'https://flask.palletsprojects.com/en/stable/config/#SESSION_COOKIE_SECURE',
      },
    ],
  },
  keys: {
    SESSION_COOKIE_SECURE: {
      isWeak: (value) => value === 'False' || value === 0,
      message: 'The session cookie is also sent over plain HTTP, where others on the network can read it.',
      fixed: 'True',
    },
  },
});
