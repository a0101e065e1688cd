/** An object of the visitor's that becomes part of a MongoDB filter. */
import { flowRule } from './flowRule';
import { fixNosql } from './nosqlFix';
import { hasOperators } from './nosqlShape';

export const rule = flowRule({
  id: 'nosql-injection',
  title: 'NoSQL injection',
  kind: 'nosql',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'JSON can hold an object where you expect a text. Somebody who sends `{"$ne": ""}` as a password asks for a user ' +
      'whose password is *not* empty, and is logged in without knowing any. `$where` even runs JavaScript.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from flask_pymongo import PyMongo

app = Flask(__name__)
mongo = PyMongo(app)


@app.post("/token")
def token():
    user = mongo.db.users.find_one({"token": request.json["token"]})
    return {"found": user is not None}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from flask_pymongo import PyMongo

app = Flask(__name__)
mongo = PyMongo(app)


@app.post("/token")
def token():
    user = mongo.db.users.find_one({"token": str(request.json["token"])})
    return {"found": user is not None}
`,
    },
    why: '`str` makes a text of whatever was sent. A text is compared as it is; only objects can hold operators.',
    limits:
      'Single values of the query string and of forms are texts already, so they are not reported. Databases and ' +
      'collections taken by `client["name"]` are not recognized yet.',
    references: [
      {
        title: 'CWE-943: Improper Neutralization of Special Elements in Data Query Logic',
        url: 'https://cwe.mitre.org/data/definitions/943.html',
      },
      {
        title: 'MongoDB: query operators',
        url: 'https://www.mongodb.com/docs/manual/reference/operator/query/',
      },
    ],
  },
  accepts: (hit, context) => hasOperators(context, hit),
  message: (label) => `This database query depends on \`${label}\`, in which a visitor can send operators.`,
  fix: fixNosql,
});
