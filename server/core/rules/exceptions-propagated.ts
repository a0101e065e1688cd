/** Errors are handed to the server, with all their details. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'exceptions-propagated',
  title: 'Exceptions leave the app',
  kind: 'propagation',
  severity: 'information',
  fixSafety: 'safe',
  doc: {
    happens:
      'With `PROPAGATE_EXCEPTIONS` on, an error in a view is not turned into your error page but handed to the ' +
      'server, and some servers and middlewares show its stack trace to the visitor: file names, code and what ' +
      'else helps to find the next hole.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["PROPAGATE_EXCEPTIONS"] = True
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)


@app.errorhandler(500)
def internal_error(error):
    app.logger.exception("a request failed")
    return "Something went wrong.", 500
`,
    },
    why: 'Left alone, Flask shows the details in debug mode and in tests, and a plain page to everybody else.',
    limits:
      'Classes and files for tests or development are left alone, and a default that a class for production ' +
      'replaces. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-209: Generation of Error Message Containing Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/209.html',
      },
      {
        title: 'Flask: PROPAGATE_EXCEPTIONS',
        url: 'https://flask.palletsprojects.com/en/stable/config/#PROPAGATE_EXCEPTIONS',
      },
    ],
  },
  keys: {
    PROPAGATE_EXCEPTIONS: {
      isWeak: (value) => value === 'True' || value === 1,
      message: 'Exceptions are handed to the server, which may show their details to visitors.',
      fixed: 'None',
    },
  },
});
