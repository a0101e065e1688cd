/** A password or token is kept in the session cookie, which the visitor's browser can read. */

import { secrecyOf } from '../knowledge/sensitiveNames';
import type { Owners } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { isLabel } from './emitted';
import { writtenName } from './literals';
import type { Rule, UnitFinding } from './rule';
import { assignedOnce } from './textParts';
import type { UnitContext } from './unitContext';

export const rule: Rule = {
  id: 'secret-in-client-session',
  title: 'Secret in the session cookie',
  kind: 'clientSession',
  severity: 'warning',
  doc: {
    happens:
      'Flask keeps the session in a cookie. It is signed, not encrypted: whoever has the cookie, such as a program on the ' +
      'visitor’s computer or a proxy that logs cookies, reads what is in it without any key.',
    vulnerable: {
      'app.py': `
from flask import Flask, request, session

app = Flask(__name__)


@app.post("/login")
def login():
    session["user"] = request.form["user"]
    session["password"] = request.form["password"]
    return "", 204
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request, session
from users import find_user

app = Flask(__name__)


@app.post("/login")
def login():
    session["user_id"] = find_user(request.form["user"], request.form["password"]).id
    return "", 204
`,
    },
    why: 'The session says who somebody is; everything else about them is kept on the server and looked up by that.',
    limits:
      'Secrets are known by their names; tokens of other services are an information only. Nothing is reported where ' +
      'Flask-Session keeps sessions on the server.',
    references: [
      {
        title: 'CWE-315: Cleartext Storage of Sensitive Information in a Cookie',
        url: 'https://cwe.mitre.org/data/definitions/315.html',
      },
      { title: 'Flask: sessions', url: 'https://flask.palletsprojects.com/en/stable/quickstart/#sessions' },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    const found = [...written(unit)].flatMap((entry) => toFinding(entry) ?? []);
    if (found.length > 0 && !isKeptOnServer(unit)) yield* found;
  },
};

interface Kept {
  readonly key: string | undefined;
  readonly value: Expression;
  readonly owners: Owners;
  readonly unit: UnitContext;
}

/** What is put into the session, one entry each. */
function* written(unit: UnitContext): Generator<Kept> {
  for (const { node, owners } of unit.facts.writes)
    if (node.target.kind === 'Subscript' && isSession(node.target.value, owners, unit))
      yield* entries(literalText(node.target.index), node.value, owners, unit);
  for (const { node, owners } of unit.facts.calls) {
    const { func, args } = node;
    if (func.kind !== 'Attribute' || !/^(?:update|setdefault)$/.test(func.attr.id)) continue;
    if (!isSession(func.value, owners, unit)) continue;
    const [first, second] = args;
    if (func.attr.id === 'setdefault' && first && second)
      yield* entries(literalText(first.value), second.value, owners, unit);
    if (func.attr.id === 'update')
      for (const { name, value } of args) yield* entries(name?.id, value, owners, unit);
  }
}

function* entries(
  key: string | undefined,
  value: Expression,
  owners: Owners,
  unit: UnitContext,
): Generator<Kept> {
  if (value.kind !== 'Dict') yield { key, value, owners, unit };
  else
    for (const entry of value.entries)
      yield* entries(entry.key && literalText(entry.key), entry.value, owners, unit);
}

function isSession(node: Expression, owners: Owners, unit: UnitContext): boolean {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return false;
  return unit.resolve(node, owners).some((ref) => 'name' in ref && ref.name === 'flask.session');
}

function toFinding({ key, value, owners, unit }: Kept): UnitFinding | undefined {
  if (isLabel(value, unit.site(owners), unit)) return undefined;
  const source = assignedOnce(value, unit.site(owners));
  // What another function made of it is something else: a hash, an id, an answer.
  const name = writtenName(source) ?? (source === value ? undefined : writtenName(value));
  if (name === undefined || (source.kind === 'Call' && writtenName(source) === undefined)) return undefined;
  const names = [name, key, writtenName(value)].flatMap((each) => each ?? []);
  const secrecies = names.map((each) => ({ name: each, secrecy: secrecyOf(each) }));
  const secret = secrecies.find(({ secrecy }) => secrecy === 'plain');
  if (secret === undefined || names.some((each) => /hash|csrf|state|nonce|_id$/i.test(each)))
    return undefined;
  const isToken = !/pass|pwd|pw$|card|cvv|cvc|ssn/i.test(secret.name);
  return {
    range: { start: value.start, end: value.end },
    message: `\`${secret.name}\` is kept in the session cookie, which is signed and can be read by whoever has it.`,
    ...(isToken ? { severity: 'information' as const } : {}),
    confidence: 'medium',
  };
}

/** Flask-Session: the cookie holds an id only. */
function isKeptOnServer({ project }: UnitContext): boolean {
  return project
    .pythonFiles()
    .some((file) =>
      ['Session', 'flask_session'].some((name) =>
        project
          .bindingsOf(file, name)
          .some(({ binding }) => binding.kind === 'import' && /^flask_session(?:$|\.)/.test(binding.module)),
      ),
    );
}
