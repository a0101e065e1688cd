/** Request data that reaches a database driver as part of the query's text. */

import { flowRule } from './flowRule';
import { fixQuery } from './queryFix';
import { sqlFaultOf } from './sqlFault';

export const rule = flowRule({
  id: 'sql-injection',
  title: 'SQL injection',
  kind: 'sql',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'The database cannot tell where your query ends and a visitor’s text begins. Somebody who sends ' +
      "`' OR '1'='1` as a name reads every row; with other texts they change or delete data, or log in as " +
      'anybody. HTTPS does not help, and neither does checking the length.',
    vulnerable: {
      'app.py': `
import sqlite3
from flask import Flask, request

app = Flask(__name__)

@app.get("/users")
def users():
    name = request.args.get("name", "")
    db = sqlite3.connect("app.db")
    return db.execute(f"SELECT id FROM users WHERE name = '{name}'").fetchall()
`,
    },
    safe: {
      'app.py': `
import sqlite3
from flask import Flask, request

app = Flask(__name__)

@app.get("/users")
def users():
    name = request.args.get("name", "")
    db = sqlite3.connect("app.db")
    return db.execute("SELECT id FROM users WHERE name = ?", (name,)).fetchall()
`,
    },
    why:
      'The query and the values travel apart. The driver sends the value as a value, so it is never read as SQL, ' +
      'whatever it holds. That also takes care of names like O’Brien. The placeholder depends on the driver: `?` for ' +
      'sqlite3, `%s` for psycopg, MySQLdb, PyMySQL and mysql.connector, `:name` in SQLAlchemy’s `text()`.',
    limits:
      'Table and column names, `ASC`/`DESC` and lists for `IN` cannot be parameters: choose them from a fixed set in ' +
      'your code. Moat does not see inside stored procedures.',
    references: [
      { title: 'CWE-89: SQL Injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      {
        title: 'OWASP: Query Parameterization Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html',
      },
      {
        title: 'sqlite3: placeholders',
        url: 'https://docs.python.org/3/library/sqlite3.html#sqlite3-placeholders',
      },
    ],
  },
  accepts: (hit) => sqlFaultOf(hit) === 'value',
  message: (label) => `This SQL query depends on \`${label}\`, which a visitor controls.`,
  effect: 'is sent to the database as SQL text',
  fixesCallers: true,
  fix: fixQuery,
});
