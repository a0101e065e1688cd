/** Request data as the name of a table or column, or as the direction of sorting: no parameter can stand there. */
import { flowRule } from './flowRule';
import { isLocal } from './sourceOf';
import { sqlFaultOf } from './sqlFault';
import { fixName } from './sqlNameFix';

export const rule = flowRule({
  id: 'sql-identifier-from-input',
  title: 'Table or column name from a request',
  kind: 'sql',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'A column to sort by looks harmless. But the database reads it as SQL: instead of `name` a visitor sends ' +
      '`(SELECT password FROM users LIMIT 1)`, or ends your query and starts one of their own. A parameter does not help, ' +
      'because a parameter is always a value and never a name.',
    vulnerable: {
      'app.py': `
import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.get("/users")
def users():
    sort = request.args.get("sort", "name")
    db = sqlite3.connect("app.db")
    return {"rows": db.execute(f"SELECT id, name FROM users ORDER BY {sort}").fetchall()}
`,
    },
    safe: {
      'app.py': `
import sqlite3
from flask import Flask, request

app = Flask(__name__)

COLUMNS = {"name": "name", "newest": "created DESC"}


@app.get("/users")
def users():
    sort = COLUMNS.get(request.args.get("sort"), "name")
    db = sqlite3.connect("app.db")
    return {"rows": db.execute(f"SELECT id, name FROM users ORDER BY {sort}").fetchall()}
`,
    },
    why:
      'The visitor chooses a key, and your code decides which SQL belongs to it. Everything else falls back to the ' +
      'default. A check against a list of allowed names does the same.',
    limits:
      'The fix is a scaffold: put in the names that your page offers. Quoting a name by hand is not enough, because the ' +
      'quote can be closed.',
    references: [
      { title: 'CWE-89: SQL Injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      {
        title: 'OWASP: SQL Injection Prevention, allow-list input validation',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit) => sqlFaultOf(hit) === 'name',
  // A program for the command line may ask for a table.
  counts: (taint) => !isLocal(taint),
  message: (label) =>
    `A name in this SQL query is \`${label}\`, which a visitor controls, and no parameter can stand there.`,
  effect: 'is read by the database as a name in the query',
  fixesCallers: true,
  fix: fixName,
});
