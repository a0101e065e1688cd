/** Settings that are made for the developer’s machine. */
import { configRule, type Setting } from './configRule';
import type { Severity } from './rule';

export const rule = configRule({
  id: 'flask-debug-config',
  title: 'Debug mode or testing in the settings',
  kind: 'debug',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'In debug mode every error page is a console: the source code, the values of all variables, and a prompt ' +
      'that runs Python on your server. `TESTING` hands exceptions through instead of showing an error page, and' +
      ' extensions switch checks off under it.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["DEBUG"] = True
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["DEBUG"] = os.environ.get("FLASK_DEBUG") == "1"
`,
    },
    why:
      'Debug mode is now a wish of whoever starts the app, and off where nobody asks for it. `flask run --debug`' +
      ' does the same without a line of code.',
    limits:
      'Classes and files for tests or development are left alone, and a default that a class for production ' +
      'replaces. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-489: Active Debug Code',
        url: 'https://cwe.mitre.org/data/definitions/489.html',
      },
      {
        title: 'Flask: debug mode',
        url: 'https://flask.palletsprojects.com/en/stable/quickstart/#debug-mode',
      },
    ],
  },
  keys: {
    DEBUG: {
      isWeak: (value) => value === 'True' || value === 1,
      message:
        'Debug mode is on in these settings, in which an error page lets whoever sees it run Python on the server.',
      fixed: 'False',
      safety: 'review',
      severityOf: severityFor,
    },
    FLASK_DEBUG: {
      isWeak: (value) => value === 'True' || value === 1 || value === `'1'`,
      message:
        'Debug mode is on in these settings, in which an error page lets whoever sees it run Python on the server.',
      fixed: 'False',
      safety: 'review',
      severityOf: severityFor,
    },
    TESTING: {
      isWeak: (value) => value === 'True' || value === 1,
      message:
        'Testing is on in these settings, so errors show their details and extensions switch checks off.',
      fixed: 'False',
      safety: 'review',
      severityOf: () => 'warning',
    },
    ENV: {
      isWeak: (value) => value === `'development'`,
      message:
        'The environment is set to development in these settings, which turns debug mode on before Flask 2.3.',
      fixed: '"production"',
      safety: 'review',
      severityOf: () => 'warning',
    },
  },
});

/** A default that some other class or file may replace is less sure than what is set on the app. */
function severityFor({ entry, stage }: Setting): Severity {
  const isDefault = entry.provenance.kind === 'class' || entry.provenance.kind === 'module';
  return isDefault && stage !== 'production' ? 'warning' : 'error';
}
