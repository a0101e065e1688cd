/** The development server is started with its debugger. */
import { isBehindDevelopmentSwitch, isDevelopmentFile } from '../model/developmentCode';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'flask-debug-enabled',
  title: 'Debug mode switched on',
  kind: 'debug',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'In debug mode every error page is a console: the source code, the values of all variables, and a prompt that runs ' +
      'Python on your server. Its PIN has been guessed before, from facts that the error page itself shows.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(debug=True)
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(debug=os.environ.get("FLASK_DEBUG") == "1")
`,
    },
    why:
      'Debug mode is now a wish of whoever starts the app, and off where nobody asks for it. `flask run --debug` does the ' +
      'same without a line of code.',
    limits:
      'Tests, and code behind a test for development such as `if app.debug:`, are left alone. Files that are named for ' +
      'development are warned about only.',
    references: [
      { title: 'CWE-489: Active Debug Code', url: 'https://cwe.mitre.org/data/definitions/489.html' },
      {
        title: 'Flask: debug mode',
        url: 'https://flask.palletsprojects.com/en/stable/quickstart/#debug-mode',
      },
    ],
  },
  message: () =>
    'The app is started in debug mode, in which an error page lets whoever sees it run Python on the server.',
  accepts: ({ site, place }) => !isBehindDevelopmentSwitch(site, place),
  severityOf: (_, { file }) => (isDevelopmentFile(file) ? 'warning' : 'error'),
  fix(context, hit) {
    const isDebugger = hit.call?.args.some(
      ({ name, value }) => name?.id === 'use_debugger' && value === hit.place,
    );
    return fixOption(context, hit, {
      ...(isDebugger ? { name: 'use_debugger' } : { name: 'debug', position: 2 }),
      value: 'False',
      title: isDebugger ? 'Switch the debugger off' : 'Switch debug mode off',
      safety: 'safe',
    });
  },
});
