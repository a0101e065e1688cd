/** Request data that is kept in the session, where later code may take it for the app's own. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'trust-boundary-session-write',
  title: 'Request data kept in the session',
  kind: 'trust',
  severity: 'hint',
  doc: {
    happens:
      'A session is signed, so code that reads it tends to trust it. If a view stores what a visitor sent, such as ' +
      '`session["role"] = request.form["role"]`, the visitor signs themselves whatever they like.',
    vulnerable: {
      'app.py': `
from flask import Flask, request, session

app = Flask(__name__)


@app.post("/team")
def choose_team():
    session["team"] = request.form["team"]
    return "", 204
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, request, session

app = Flask(__name__)
TEAMS = ("red", "blue")


@app.post("/team")
def choose_team():
    team = request.form["team"]
    if team not in TEAMS:
        abort(400)
    session["team"] = team
    return "", 204
`,
    },
    why: 'Only values that your code knows get in, so whoever reads the session later can rely on them.',
    limits:
      'Nothing is wrong as long as all readers treat the value as a visitor’s text. The finding is therefore a hint. ' +
      'Numbers and values from a fixed set are not reported.',
    references: [
      { title: 'CWE-501: Trust Boundary Violation', url: 'https://cwe.mitre.org/data/definitions/501.html' },
      { title: 'Flask: sessions', url: 'https://flask.palletsprojects.com/en/stable/quickstart/#sessions' },
    ],
  },
  only: 'is kept in the session',
  message: (label) => `The session keeps \`${label}\` as the visitor sent it.`,
});
