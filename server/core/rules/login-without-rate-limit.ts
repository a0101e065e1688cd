/** A view checks passwords, and nothing counts how often it is asked. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { insertLine } from '../edits/pythonText';
import { isPasswordName } from '../knowledge/sensitiveNames';
import { isAppCreation } from '../model/appUnit';
import { routesOf } from '../model/routes';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import { appPlace, insertedLines } from './appPlace';
import type { FileContext } from './context';
import { refused } from './refused';
import { requirementEdits } from './requirementFix';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'login-without-rate-limit',
  title: 'Log-in that can be tried without end',
  kind: 'guessing',
  severity: 'hint',
  fixSafety: 'assist',
  doc: {
    happens:
      'A program tries thousands of passwords in an hour, or passwords that leaked elsewhere for each of your users. A slow hash ' +
      'makes it slower; only a limit stops it.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from werkzeug.security import check_password_hash

app = Flask(__name__)


@app.post("/login")
def login():
    user = find_user(request.form.get("name", ""))
    if user is None or not check_password_hash(user.password_hash, request.form.get("password", "")):
        return "No", 401
    return "Welcome"
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.security import check_password_hash

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)


@app.post("/login")
@limiter.limit("5 per minute")
def login():
    user = find_user(request.form.get("name", ""))
    if user is None or not check_password_hash(user.password_hash, request.form.get("password", "")):
        return "No", 401
    return "Welcome"
`,
    },
    why: 'After five attempts in a minute the answer is `429 Too Many Requests`, whatever the password is.',
    limits:
      'Limits of a server in front of the app, such as `limit_req` of nginx, cannot be seen. Nothing is said when the app limits, ' +
      'counts attempts or shows a captcha anywhere. With several processes the limiter needs a shared store such as Redis.',
    references: [
      {
        title: 'CWE-307: Improper Restriction of Excessive Authentication Attempts',
        url: 'https://cwe.mitre.org/data/definitions/307.html',
      },
      { title: 'Flask-Limiter', url: 'https://flask-limiter.readthedocs.io/en/stable/' },
    ],
  },
  *checkUnit({ isTest, file, tree, facts, project }) {
    if (isTest) return;
    for (const { node, owners } of facts.functions) {
      if (!checksPassword(node)) continue;
      const routes = routesOf(project, { kind: 'function', file, tree, node, owners });
      const app = project.apps.factsOf(file);
      if (!routes.some(({ methods }) => methods.includes('POST'))) continue;
      if (app.traits.has('limits') || app.traits.has('unknownSetup')) continue;
      yield {
        range: node.name,
        message: 'Passwords can be tried here without end, because nothing counts the attempts.',
        confidence: 'low',
      };
    }
  },
  fix(context, { range }) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node } of unitFacts(tree).functions)
        if (base + node.name.start === range.start) return fixView(context, node, base);
    return [];
  },
} satisfies Rule;

const CHECKS = /^(?:check_password(?:_hash)?|verify_password|checkpw)$/;
const LOG_IN = /log_?in|sign_?in|authenticate/i;

/** Logging in after a registration or by a token checks no password. */
function checksPassword(node: FunctionDef): boolean {
  const inside = walk(node.body);
  const isCheck = inside.some((inner) =>
    inner.kind === 'Comparison'
      ? /^[!=]=$/.test(inner.ops[0] ?? '') && isPasswordName(lastName(inner.left))
      : inner.kind === 'Call' && CHECKS.test(calledName(inner)),
  );
  if (isCheck || !LOG_IN.test(node.name.id)) return isCheck;
  return inside.some((inner) => inner.kind === 'String' && isPasswordName(literalText(inner) ?? ''));
}

function calledName({ func }: Call): string {
  return lastName(func);
}

function lastName(node: Expression): string {
  return node.kind === 'Attribute' ? node.attr.id : node.kind === 'Name' ? node.id : '';
}

function fixView(context: FileContext, view: FunctionDef, viewBase: number): readonly FixOutcome[] {
  const { module, project, file, text } = context;
  const app = appOf(context);
  const place = app && appPlace(context, app);
  if (module === undefined || place === undefined || place.isInFunction)
    return [refused('the app is made elsewhere: set up Flask-Limiter there, then limit this view')];
  if (project.bindingsOf(file, 'limiter').length > 0) return [refused('`limiter` is something else here')];
  const usedAt = place.afterCreation;
  const limiter = ensureImport(module, { from: 'flask_limiter', name: 'Limiter' }, { usedAt });
  const key = ensureImport(module, { from: 'flask_limiter.util', name: 'get_remote_address' }, { usedAt });
  if (limiter.kind === 'refused' || key.kind === 'refused') return [refused('the names are taken')];
  const made = `limiter = ${limiter.localName}(${key.localName}, app=${place.app})`;
  const last = view.decorators.at(-1);
  const behind = viewBase + (last?.end ?? view.start);
  const def = text.slice(behind).search(/(?:async[ \t]+)?def\b/);
  const list = new EditList();
  for (const { range, newText } of [
    ...limiter.edits,
    ...key.edits,
    insertedLines(text, place.afterCreation, place.indentation, [made]),
    insertLine(text, behind + def, ['@limiter.limit("5 per minute")']),
  ])
    list.replace(range.start, range.end, newText);
  const all = [
    { file, isNew: false, edits: list.finish(text) },
    ...requirementEdits(context, 'Flask-Limiter'),
  ];
  return [{ kind: 'fix', fix: { title: 'Allow five attempts a minute', safety: 'assist', edits: all } }];
}

function appOf({ module, project, file }: FileContext) {
  for (const { tree } of module?.units ?? [])
    for (const { node, owners } of unitFacts(tree).calls) {
      const site = { file, tree, owners };
      if (isAppCreation(project, node, site)) return { node: node as Call, site };
    }
  return undefined;
}
