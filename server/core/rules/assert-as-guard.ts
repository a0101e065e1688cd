/** A right is checked with `assert`, which is not there when Python runs optimized. */
import { ensureImport } from '../edits/addImport';
import { refuse } from '../edits/outcome';
import { indentationAt, indentUnitOf, isFirstOnLine, lineEndOf, nextLineAt } from '../edits/pythonText';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Assert, Attribute, Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { fixOf } from './argumentFix';
import type { FileContext } from './context';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'assert-as-guard',
  title: 'Right checked with assert',
  kind: 'assertion',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      '`assert` is a help for developers: with `python -O`, or `PYTHONOPTIMIZE` set in an image, Python leaves all of ' +
      'them out. Then nobody checks any more who may do this, and nothing says so.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_login import current_user

app = Flask(__name__)


@app.post("/users/<int:user_id>/delete")
def delete_user(user_id):
    assert current_user.is_admin
    return f"deleted {user_id}"
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort
from flask_login import current_user

app = Flask(__name__)


@app.post("/users/<int:user_id>/delete")
def delete_user(user_id):
    if not current_user.is_admin:
        abort(403)
    return f"deleted {user_id}"
`,
    },
    why: 'An `if` is always there, and `abort(403)` answers what is meant instead of an error page.',
    limits:
      'Reported are conditions about the user, the session or the request. Asserts that tell a type are left alone.',
    references: [
      { title: 'CWE-617: Reachable Assertion', url: 'https://cwe.mitre.org/data/definitions/617.html' },
      {
        title: 'Python: the assert statement',
        url: 'https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement',
      },
    ],
  },
  *checkUnit({ isTest, project, facts, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.assertions) {
      const about = guardOf(project, node, site(owners));
      if (about === undefined) continue;
      yield {
        range: { start: node.start, end: node.test.end },
        message:
          about === 'right'
            ? 'This right is checked by an `assert`, which is left out when Python runs optimized.'
            : 'This input is checked by an `assert`, which is left out when Python runs optimized.',
        confidence: 'high',
      };
    }
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).assertions)
        if (base + node.start === finding.range.start)
          return fixAssert(context, node, { file: context.file, tree, owners });
    return [];
  },
} satisfies Rule;

type Guard = 'right' | 'input';

/** What an assertion protects; undefined when it only tells a type, or something about the code itself. */
function guardOf(project: Project, { test }: Assert, site: Site): Guard | undefined {
  if (!site.owners.some(({ kind }) => kind === 'FunctionDef') || tellsType(test)) return undefined;
  const parts = walkExpressions(test);
  if (parts.some((part) => isRight(project, part, site))) return 'right';
  return parts.some((part) => isInput(project, part, site)) ? 'input' : undefined;
}

/** `assert user is not None`, `assert isinstance(…)`, `assert app`. */
function tellsType(test: Expression): boolean {
  if (test.kind === 'Boolean') return test.values.every(tellsType);
  if (test.kind === 'Call')
    return test.func.kind === 'Name' && /^(?:isinstance|callable|hasattr)$/.test(test.func.id);
  if (test.kind === 'Comparison') {
    const [right] = test.comparators;
    return right?.kind === 'Constant' && right.value === 'None';
  }
  return false;
}

const RIGHTS =
  /^(?:is_(?:admin|authenticated|superuser|staff|owner|moderator|active|allowed|authorized)|has_(?:role|roles|permission|permissions|perm|access)|can|can_\w+|check_permission)$/;

function isRight(project: Project, node: Expression, site: Site): boolean {
  if (node.kind === 'Attribute' && RIGHTS.test(node.attr.id)) return !isOwnState(node);
  if (isOfKeptUser(project, node, site)) return true;
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return false;
  if (node.kind === 'Name' && RIGHTS.test(node.id)) return true;
  return refNames(project, node, site).some((name) =>
    /^flask_login\.current_user$|^flask\.session$/.test(name),
  );
}

/** `self.is_active`: what a method asks of its own object is most often no right, such as that of a transaction. */
function isOwnState({ value, attr }: Attribute): boolean {
  return value.kind === 'Name' && value.id === 'self' && /^(?:is_active|is_owner|can|can_\w+)$/.test(attr.id);
}

/** `g.user.role`, `g.user["role"]`, `g.role`: what a hook keeps of who asks. `g.user` alone tells a type. */
function isOfKeptUser(project: Project, node: Expression, site: Site): boolean {
  if (isKept(project, node, KEPT_RIGHTS, site)) return true;
  const isPart = node.kind === 'Attribute' || node.kind === 'Subscript';
  return isPart && isKept(project, node.value, KEPT_USER, site);
}

const KEPT_RIGHTS = /^(?:roles?|scopes?|permissions?|claims)$/;
const KEPT_USER = /^(?:(?:current_)?(?:user|account|member)|identity|claims|token_payload)$/;

function isKept(project: Project, node: Expression, names: RegExp, site: Site): boolean {
  return (
    node.kind === 'Attribute' &&
    names.test(node.attr.id) &&
    refNames(project, node.value, site).includes('flask.g')
  );
}

function isInput(project: Project, node: Expression, site: Site): boolean {
  if (node.kind !== 'Attribute' && node.kind !== 'Call') return false;
  return refNames(project, node, site).some((name) =>
    /^flask\.request\.|MultiDict$|EnvironHeaders$/.test(name),
  );
}

function refNames(project: Project, node: Expression, site: Site): readonly string[] {
  return project.resolver
    .resolve(node, site)
    .flatMap((ref) => (ref.kind === 'external' || ref.kind === 'instance' ? [ref.name] : []));
}

function fixAssert(context: FileContext, node: Assert, site: Site): readonly FixOutcome[] {
  const about = guardOf(context.project, node, site);
  const { module, text } = context;
  if (about === undefined || module === undefined) return [];
  const code = about === 'right' ? 403 : 400;
  return fixOf(context, { title: `Answer ${code} instead`, safety: 'safe' }, (edits) => {
    const base = context.baseOf(site.tree);
    const start = base + node.start;
    const end = base + node.end;
    const rest = text.slice(end, nextLineAt(text, end));
    if (!isFirstOnLine(text, start) || !/^[ \t]*(?:#.*)?[\r\n]*$/.test(rest))
      return refuse('the line holds other code');
    if (node.message !== undefined && node.message.kind !== 'String')
      return refuse('the message is worked out');
    const imported = ensureImport(module, { from: 'flask', name: 'abort' }, { usedAt: start });
    if (imported.kind === 'refused') return refuse(imported.reason);
    for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
    const indentation = indentationAt(text, start);
    const inner = `${indentation}${indentUnitOf(text)}`;
    const message = node.message && text.slice(base + node.message.start, base + node.message.end);
    const abort = `${imported.localName}(${[code, ...(message === undefined ? [] : [message])].join(', ')})`;
    const condition = negated(node.test, (part) => text.slice(base + part.start, base + part.end));
    edits.replace(start, end, `if ${condition}:${lineEndOf(text)}${inner}${abort}`);
  });
}

const OPPOSITES = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['in', 'not in'],
  ['not in', 'in'],
  ['is', 'is not'],
  ['is not', 'is'],
]);

function negated(test: Expression, textOf: (part: Expression) => string): string {
  if (test.kind === 'Unary' && test.op === 'not') return textOf(test.operand);
  if (test.kind === 'Comparison' && test.ops.length === 1) {
    const opposite = OPPOSITES.get(test.ops[0] ?? '');
    const [right] = test.comparators;
    if (opposite !== undefined && right !== undefined)
      return `${textOf(test.left)} ${opposite} ${textOf(right)}`;
  }
  const isSimple = /^(?:Name|Attribute|Subscript|Call)$/.test(test.kind);
  return isSimple ? `not ${textOf(test)}` : `not (${textOf(test)})`;
}
