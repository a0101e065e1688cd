/** Request data in a piece of SQL text that SQLAlchemy puts into the query it builds. */
import { flowRule } from './flowRule';
import { fixClause } from './queryFix';
import { sqlFaultOf } from './sqlFault';

export const rule = flowRule({
  id: 'sqlalchemy-raw-clause',
  title: 'Raw SQL in a query of the ORM',
  kind: 'sql',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'SQLAlchemy sends values apart from the query, but not what you wrap in `text()`: that is taken as SQL, as it is. ' +
      "A visitor who sends `' OR 1=1 --` in the right place reads rows of others, although the rest of the query is " +
      'built by the ORM.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))


@app.get("/users")
def users():
    name = request.args.get("name", "")
    found = User.query.filter(db.text(f"name LIKE '{name}%'")).all()
    return {"ids": [user.id for user in found]}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))


@app.get("/users")
def users():
    name = request.args.get("name", "")
    found = User.query.filter(User.name.startswith(name, autoescape=True)).all()
    return {"ids": [user.id for user in found]}


@app.get("/old")
def old():
    name = request.args.get("name", "")
    found = User.query.filter(db.text("name = :name").bindparams(name=name)).all()
    return {"ids": [user.id for user in found]}
`,
    },
    why:
      'Conditions on columns send their values as parameters. Where text cannot be avoided, `:name` marks the place and ' +
      '`bindparams` sends the value apart from the text.',
    limits:
      'Names of columns and directions of sorting cannot be bound: choose them from a fixed set, such as a dict of columns.',
    references: [
      { title: 'CWE-89: SQL Injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      {
        title: 'SQLAlchemy: text() and bound parameters',
        url: 'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.TextClause.bindparams',
      },
    ],
  },
  accepts: (hit) => sqlFaultOf(hit) === 'clause',
  message: (label) => `This piece of a SQL query depends on \`${label}\`, which a visitor controls.`,
  effect: 'becomes a part of the query as SQL text',
  fix: fixClause,
});
