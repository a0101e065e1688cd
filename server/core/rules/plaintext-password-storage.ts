/** A password is stored as it was typed. */
import { fixOf } from './argumentFix';
import { joinEdits, widenedColumns } from './passwordColumns';
import { passwordHasher } from './passwordHasher';
import { storedPasswords } from './passwordStores';
import type { FileEdit, FixOutcome, Rule } from './rule';

export const rule = {
  id: 'plaintext-password-storage',
  title: 'Password stored in plain text',
  kind: 'plaintextPassword',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A password that is stored as it was typed is known to everybody who gets to see the data: through a leaked ' +
      'backup, an SQL injection, a log, a support screen. People use the same password elsewhere, so the harm does not ' +
      'end with this app.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from models import User, db

app = Flask(__name__)


@app.post("/register")
def register():
    user = User(name=request.form["name"], password=request.form["password"])
    db.session.add(user)
    db.session.commit()
    return "Welcome"
`,
      'models.py': `
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    password = db.Column(db.String(200))
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from models import User, db
from werkzeug.security import generate_password_hash

app = Flask(__name__)


@app.post("/register")
def register():
    user = User(name=request.form["name"], password=generate_password_hash(request.form["password"]))
    db.session.add(user)
    db.session.commit()
    return "Welcome"
`,
      'models.py': `
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    password = db.Column(db.String(200))
`,
    },
    why:
      '`generate_password_hash` makes a slow, salted hash: enough to check a password later with `check_password_hash`, ' +
      'useless for finding it out.',
    limits:
      'Columns are recognized by their names. A model that hashes in a property, a validator or a type of its own is ' +
      'left alone. The hash is longer than the password: the column needs room for about 170 characters.',
    references: [
      {
        title: 'CWE-256: Plaintext Storage of a Password',
        url: 'https://cwe.mitre.org/data/definitions/256.html',
      },
      {
        title: 'Werkzeug: security helpers',
        url: 'https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security',
      },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const { value } of storedPasswords(unit.project, unit.file, unit.tree))
      yield {
        range: value,
        message: 'This password is stored as it was typed, so anybody with the data can read it.',
        confidence: 'high',
      };
  },
  fix(context, finding): readonly FixOutcome[] {
    for (const { base, tree } of context.module?.units ?? []) {
      if (finding.range.start < base || finding.range.start >= base + tree.length) continue;
      for (const { value, site } of storedPasswords(context.project, context.file, tree)) {
        if (base + value.start !== finding.range.start) continue;
        const columns = widenedColumns(context, site);
        return fixOf(context, { title: 'Store a hash of it', safety: 'review' }, (edits) => {
          const text = context.text.slice(base + value.start, base + value.end);
          const hasher = passwordHasher(context, base + value.start, { hash: true }, edits);
          edits.replace(base + value.start, base + value.end, hasher.hash(plain(text)));
        }).map((outcome) => withEdits(outcome, columns));
      }
    }
    return [];
  },
} satisfies Rule;

function withEdits(outcome: FixOutcome, columns: readonly FileEdit[]): FixOutcome {
  if (outcome.kind !== 'fix' || columns.length === 0) return outcome;
  return { kind: 'fix', fix: { ...outcome.fix, edits: joinEdits([...outcome.fix.edits, ...columns]) } };
}

/** Hashing takes text. */
function plain(text: string): string {
  return text.replace(/\.encode\((?:["'][\w-]*["'])?\)$/, '');
}
