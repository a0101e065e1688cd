/** Request data that can start a new line in the log. */

import { flowRule } from './flowRule';
import { rawArguments } from './logArguments';
import { fixLog } from './logFix';

export const rule = flowRule({
  id: 'log-injection',
  title: 'Line breaks in the log',
  kind: 'log',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'A log is read line by line. A visitor who sends a name with a line break in it writes lines of their own: ' +
      '`bob\\nINFO login of admin succeeded`. They hide what they did, or make somebody else look guilty.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    app.logger.warning("login failed for %s", request.form["name"])
    return "no", 401
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    app.logger.warning("login failed for %r", request.form["name"])
    return "no", 401
`,
    },
    why: '`%r` writes the text as Python would, in quotes and with `\\n` for a line break: one call, one line.',
    limits:
      'If your log is written as JSON, or a formatter of yours takes care of line breaks, switch this rule off. Headers ' +
      'are left out, since servers let no line break through in them.',
    references: [
      {
        title: 'CWE-117: Improper Output Neutralization for Logs',
        url: 'https://cwe.mitre.org/data/definitions/117.html',
      },
      {
        title: 'OWASP: Logging Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit, context) => rawArguments(context, hit).length > 0,
  message: (label) =>
    `This log line depends on \`${label}\`, which a visitor controls and can break into several lines.`,
  fix: fixLog,
});
