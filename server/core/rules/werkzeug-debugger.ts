/** Werkzeug's debugger, with its console, wrapped around the app. */
import { isBehindDevelopmentSwitch, isDevelopmentFile } from '../model/developmentCode';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';

export const rule = misuseRule({
  id: 'werkzeug-debugger',
  title: 'Interactive debugger served',
  kind: 'debugger',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Werkzeug’s debugger answers an error with a page on which every frame has a Python prompt. Served to the world, ' +
      'that prompt belongs to whoever causes an error.',
    vulnerable: {
      'wsgi.py': `
from flask import Flask
from werkzeug.debug import DebuggedApplication

app = Flask(__name__)
application = DebuggedApplication(app, evalex=True)
`,
    },
    safe: {
      'wsgi.py': `
from flask import Flask
from werkzeug.debug import DebuggedApplication

app = Flask(__name__)
if app.debug:
    app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)
`,
    },
    why: 'The debugger is put around the app only where debug mode is on, and debug mode is off unless somebody asks for it.',
    limits: 'Code behind a test for development, such as `if app.debug:`, and tests are left alone.',
    references: [
      { title: 'CWE-489: Active Debug Code', url: 'https://cwe.mitre.org/data/definitions/489.html' },
      { title: 'Werkzeug: debugging', url: 'https://werkzeug.palletsprojects.com/en/stable/debug/' },
    ],
  },
  message: () => 'This serves Werkzeug’s debugger, whose console runs Python for whoever causes an error.',
  accepts: ({ site, place }) => !isBehindDevelopmentSwitch(site, place),
  severityOf: (_, { file }) => (isDevelopmentFile(file) ? 'warning' : 'error'),
  fix: (context, hit) =>
    fixOption(context, hit, {
      ...(hit.callee.endsWith('run_simple')
        ? { name: 'use_debugger', position: 4 }
        : { name: 'evalex', position: 1 }),
      value: 'False',
      title: 'Switch the console off',
      safety: 'safe',
    }),
});
