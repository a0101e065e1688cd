/** A password is compared with one that is kept in plain text. */
import { givenArgument } from '../edits/callArguments';
import { isKeptPasswordName } from '../knowledge/accountNames';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Comparison, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { fixOf } from './argumentFix';
import type { FileContext } from './context';
import { mayBeNone, orEmptyText } from './noneFix';
import { passwordHasher } from './passwordHasher';
import { isTyped, lastName, passwordRole } from './passwordRoles';
import { sqlPasswords } from './passwordSql';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'plaintext-password-compare',
  title: 'Password compared in plain text',
  kind: 'plaintextPassword',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'If a log-in works by comparing what was typed with what is in the database, the database holds the passwords ' +
      'themselves. One leaked backup, one SQL injection, one curious colleague, and every account is open, here and ' +
      'wherever people use the same password again.',
    vulnerable: {
      'app.py': `
from flask import Flask, abort, request
from models import User

app = Flask(__name__)


@app.post("/login")
def login():
    user = User.query.filter_by(name=request.form["name"]).first()
    if user is None or user.password != request.form["password"]:
        abort(401)
    return "Welcome"
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, request
from models import User
from werkzeug.security import check_password_hash

app = Flask(__name__)


@app.post("/login")
def login():
    user = User.query.filter_by(name=request.form["name"]).first()
    if user is None or not check_password_hash(user.password_hash, request.form["password"]):
        abort(401)
    return "Welcome"
`,
    },
    why:
      'What is kept is a slow, salted hash, from which nobody gets the password back. `check_password_hash` hashes what ' +
      'was typed in the same way and compares the two without giving away by its timing where they differ.',
    limits:
      'Passwords that are there already have to be hashed once: when a person logs in, or in a migration. Fields are ' +
      'recognized by their names and by the class they belong to.',
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
  *checkUnit({ isTest, facts, project, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.comparisons) {
      if (comparedIn(project, node, site(owners)) === undefined) continue;
      yield { range: node, message: MESSAGE, confidence: 'high' };
    }
    for (const { node, owners } of facts.calls)
      for (const range of lookedUpIn(project, node, site(owners)))
        yield { range, message: MESSAGE, confidence: 'high' };
  },
  fix(context, finding): readonly FixOutcome[] {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).comparisons) {
        if (base + node.start !== finding.range.start || base + node.end !== finding.range.end) continue;
        return fixComparison(context, node, { file: context.file, tree, owners });
      }
    return [refused('a hash cannot be looked up: find the account first, then check the password')];
  },
} satisfies Rule;

const MESSAGE =
  'This password is compared in plain text, so the app keeps passwords that anybody with the data can read.';

interface Compared {
  readonly kept: Expression;
  readonly given: Expression;
}

function comparedIn(project: Project, node: Comparison, site: Site): Compared | undefined {
  const [op, ...others] = node.ops;
  const [right] = node.comparators;
  if (others.length > 0 || right === undefined || (op !== '==' && op !== '!=')) return undefined;
  if (!mayBePassword(node.left) || !mayBePassword(right)) return undefined;
  const roles = [node.left, right].map((side) => passwordRole(project, side, site));
  const sides = [
    { kept: node.left, given: right, role: roles[0], other: roles[1] },
    { kept: right, given: node.left, role: roles[1], other: roles[0] },
  ];
  return sides.find(
    ({ kept, given, role, other }) =>
      role === 'kept' &&
      (other === 'given' || (other === undefined && isNamed(kept) && isTyped(project, given, site))),
  );
}

/** Its name says that it is a password; `row[1]` is only a guess. */
function isNamed(kept: Expression): boolean {
  return kept.kind !== 'Subscript' || kept.index.kind === 'String';
}

/** Cheap: most comparisons are with something else. */
function mayBePassword({ kind }: Expression): boolean {
  return (
    kind === 'Name' || kind === 'Attribute' || kind === 'Subscript' || kind === 'Call' || kind === 'Boolean'
  );
}

const LOOK_UPS = new Set([
  'filter_by',
  'get',
  'get_or_none',
  'objects',
  'find',
  'find_one',
  'filter',
  'first',
]);

/** `filter_by(name=…, password=…)`, `find_one({"name": …, "password": …})`, `compare_digest(…)`, and SQL. */
function lookedUpIn(project: Project, node: Call, site: Site): readonly Expression[] {
  const name = lastName(node.func) ?? '';
  if (name === 'compare_digest') return constantTime(project, node, site);
  const sql = sqlPasswords(project, node, site).filter(({ use }) => use === 'compare');
  const found = sql.map(({ value }) => value);
  if (LOOK_UPS.has(name) && node.func.kind === 'Attribute')
    for (const { name: keyword, value } of node.args) {
      if (keyword !== undefined && isKeptPasswordName(keyword.id)) found.push(value);
      if (keyword === undefined && value.kind === 'Dict' && name.startsWith('find'))
        for (const { key, value: inner } of value.entries)
          if (key !== undefined && isKeptPasswordName(literalText(key) ?? '')) found.push(inner);
    }
  return found.filter((value) => passwordRole(project, value, site) === 'given');
}

/** A comparison in constant time is one of plain texts nevertheless. */
function constantTime(project: Project, node: Call, site: Site): readonly Expression[] {
  const roles = [0, 1].map((position) => {
    const value = givenArgument(node, '', position)?.value;
    return value && passwordRole(project, value, site);
  });
  return roles.includes('kept') && roles.includes('given') ? [node] : [];
}

function fixComparison(context: FileContext, node: Comparison, site: Site): readonly FixOutcome[] {
  const compared = comparedIn(context.project, node, site);
  if (compared === undefined) return [];
  const isColumn = context.project.resolver
    .resolve(compared.kept.kind === 'Attribute' ? compared.kept.value : compared.kept, site)
    .some((ref) => ref.kind === 'class');
  if (isColumn)
    return [refused('a hash cannot be looked up: find the account first, then check the password')];
  const base = context.baseOf(site.tree);
  const textOf = (part: Expression) => {
    const source = context.text.slice(base + part.start, base + part.end);
    return mayBeNone(context.project, part, site) ? orEmptyText(context.text, source) : source;
  };
  return fixOf(context, { title: 'Check it against a hash', safety: 'review' }, (edits) => {
    const hasher = passwordHasher(context, base + node.start, { check: true }, edits);
    const not = node.ops[0] === '!=' ? 'not ' : '';
    const call = hasher.check(textOf(compared.kept), textOf(compared.given));
    edits.replace(base + node.start, base + node.end, not + call);
  });
}
