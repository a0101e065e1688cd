/** Fields of a record are chosen by the request, not by the code. */

import { fixFields, isWholeRequest } from './fieldsFix';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'mass-assignment',
  title: 'Request chooses the fields that are set',
  kind: 'massAssignment',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'Your form sends a name and an address. But nobody keeps a visitor from sending `is_admin=1` along, or `id`, or ' +
      '`balance`. Where all fields of a request go into a record, they set every column that the record has.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    is_admin = db.Column(db.Boolean, default=False)


@app.post("/users")
def add_user():
    user = User(**request.get_json())
    db.session.add(user)
    db.session.commit()
    return {"id": user.id}
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
    is_admin = db.Column(db.Boolean, default=False)


@app.post("/users")
def add_user():
    data = request.get_json()
    user = User(name=data["name"])
    db.session.add(user)
    db.session.commit()
    return {"id": user.id}
`,
    },
    why: 'The code names the fields that a visitor may set. Whatever else they send goes nowhere.',
    limits:
      'What a schema (marshmallow, pydantic, WTForms) has read holds the fields of the schema only and is not reported. ' +
      'The fix is a scaffold: take out the fields that a visitor should not set.',
    references: [
      {
        title: 'CWE-915: Improperly Controlled Modification of Dynamically-Determined Object Attributes',
        url: 'https://cwe.mitre.org/data/definitions/915.html',
      },
      {
        title: 'OWASP: Mass Assignment Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html',
      },
    ],
  },
  accepts: isWholeRequest,
  message: (label, hit) =>
    hit.row.effect === 'decides which attribute is set'
      ? `The attribute that is set here is chosen by \`${label}\`, which a visitor controls.`
      : `\`${label}\` can set every field of this record, also those that no form shows.`,
  fix: fixFields,
});
