/** Whatever goes wrong while somebody is checked is dropped. */
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Body, Call, Expression, Statement } from '../syntax/python/ast';
import { walk, walkStatements } from '../syntax/python/walk';
import type { Rule } from './rule';

export const rule = {
  id: 'exception-swallowed',
  title: 'Failure of a check dropped',
  kind: 'swallowed',
  severity: 'information',
  doc: {
    happens:
      'A signature that does not fit, a token that has expired and a bug in the code all look the same here: nothing happens, and the function goes on. What comes behind runs as if the check had passed, and no log says so.',
    vulnerable: {
      'app.py': `
import jwt


def claims_of(token, key):
    claims = {}
    try:
        claims = jwt.decode(token, key, algorithms=["HS256"])
    except Exception:
        pass
    return claims
`,
    },
    safe: {
      'app.py': `
import jwt
from flask import abort


def claims_of(token, key):
    try:
        return jwt.decode(token, key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        abort(401)
`,
    },
    why: "Only what means 'no' is caught, and it ends the request. Everything else is a fault that should be seen.",
    limits:
      'Reported are handlers that catch everything and do nothing, around calls that check a signature, token, password or right. Those around other things, such as cleaning up, are left alone.',
    references: [
      {
        title: 'CWE-703: Improper Check or Handling of Exceptional Conditions',
        url: 'https://cwe.mitre.org/data/definitions/703.html',
      },
      {
        title: 'OWASP: error handling',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html',
      },
    ],
  },
  *checkUnit({ isTest, tree, facts, project, site }) {
    if (isTest) return;
    const seen = new Set<Statement>();
    // Inner functions come after those around them.
    for (const { node: owner, owners } of [...facts.functions].reverse())
      yield* swallowed(project, walkStatements(owner.body), site([...owners, owner]), seen);
    yield* swallowed(project, walkStatements(tree.body), site([]), seen);
  },
} satisfies Rule;

function* swallowed(project: Project, statements: readonly Statement[], site: Site, seen: Set<Statement>) {
  for (const statement of statements) {
    if (statement.kind !== 'Try' || seen.has(statement)) continue;
    seen.add(statement);
    const handler = statement.handlers.find(({ type, body }) => catchesAll(type) && doesNothing(body));
    if (handler === undefined) continue;
    const check = walk(statement.body).find(
      (node): node is Call => node.kind === 'Call' && isCheck(project, node, site),
    );
    if (check === undefined) continue;
    yield {
      range: { start: handler.start, end: handler.type?.end ?? handler.start + 'except'.length },
      message: `When \`${nameOf(check)}\` fails, for whatever reason, nobody notices.`,
      confidence: 'medium' as const,
    };
  }
}

function catchesAll(type: Expression | undefined): boolean {
  if (type === undefined) return true;
  if (type.kind === 'Tuple') return type.elements.some(catchesAll);
  return type.kind === 'Name' && /^(?:Base)?Exception$/.test(type.id);
}

/** `pass`, `...`, `continue`: nothing is kept, told or answered. */
function doesNothing(body: Body): boolean {
  return body.every(
    (statement) =>
      statement.kind === 'Pass' ||
      statement.kind === 'Continue' ||
      (statement.kind === 'Expression' &&
        (statement.value.kind === 'String' || statement.value.kind === 'Constant')),
  );
}

const CHECKS =
  /^(?:jwt\.(?:decode|\w+\.decode)|jose\.\w+\.(?:decode|verify)|authlib\.jose\.|itsdangerous\.\w+\.(?:loads|unsign)|werkzeug\.security\.check_password_hash|hmac\.compare_digest|cryptography\.fernet\.\w+\.decrypt|flask_jwt_extended\.(?:verify|decode)\w*|flask_wtf\.csrf\.validate_csrf|bcrypt\.checkpw|passlib\.\S+\.verify)/;
const NAMES =
  /^(?:(?:verify|validate|check|authenticate|authorize|require)(?:_\w*)?_?(?:token|signature|password|csrf|permissions?|credentials|login|session|otp|access|rights?|user)|authenticate|authorize|verify|verify_signature|unsign)$/;

function isCheck(project: Project, call: Call, site: Site): boolean {
  if (NAMES.test(nameOf(call))) return true;
  return project.resolver
    .resolve(call.func, site)
    .some((ref) => 'name' in ref && CHECKS.test(String(ref.name)));
}

function nameOf({ func }: Call): string {
  return func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
}
