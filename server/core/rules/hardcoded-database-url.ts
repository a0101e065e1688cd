/** The address of a database is written in the code with its password. */
import { writtenSecretRule } from './writtenSecretRule';

export const rule = writtenSecretRule({
  id: 'hardcoded-database-url',
  title: 'Database password in the code',
  kind: 'secret',
  severity: 'error',
  fixSafety: 'review',
  secretKind: 'url',
  doc: {
    happens:
      'The address says where the database is, and the password in it opens it. Whoever can read the code can read and ' +
      'change all data, if the server can be reached from where they are.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://shop:tulip-93@db.example.com/shop"
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
`,
    },
    why:
      'Address and password come from the environment, so that development, staging and production each have their own. ' +
      'Change a password that was ever committed.',
    limits:
      'Addresses without a password, with a placeholder, or with a password that comes from elsewhere are not reported. ' +
      'A usual password on the machine itself, such as `postgres` for `postgres`, is an information only.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      {
        title: 'Flask-SQLAlchemy: configuration',
        url: 'https://flask-sqlalchemy.readthedocs.io/en/stable/config/',
      },
    ],
  },
  message: () =>
    'This address has the password of the database in it, so everybody who can read the code can use it.',
});
