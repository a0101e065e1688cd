/** What proves who somebody is, compared in a way whose time tells how much of it was right. */

import { ensureImport } from '../edits/addImport';
import { refuse } from '../edits/outcome';
import { isProofName } from '../knowledge/proofNames';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Comparison, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { fixOf } from './argumentFix';
import type { FileContext } from './context';
import { mayBeNone, orEmptyText } from './noneFix';
import { bindingsOf, lastName } from './passwordRoles';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'timing-unsafe-compare',
  title: 'Secret compared with ==',
  kind: 'timing',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      '`==` stops at the first character that differs. Who sends guesses and measures the answers finds out character by ' +
      'character what the right signature or key is.',
    vulnerable: {
      'app.py': `
import hashlib
import hmac
import os

from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/webhook")
def webhook():
    expected = hmac.new(os.environ["KEY"].encode(), request.data, hashlib.sha256).hexdigest()
    if request.headers["X-Signature"] != expected:
        abort(403)
    return "done"
`,
    },
    safe: {
      'app.py': `
import hashlib
import hmac
import os

from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/webhook")
def webhook():
    expected = hmac.new(os.environ["KEY"].encode(), request.data, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers["X-Signature"], expected):
        abort(403)
    return "done"
`,
    },
    why: '`hmac.compare_digest` takes the same time however many characters are right.',
    limits:
      'Both sides must be bytes, or text of ASCII characters: for others `compare_digest` raises `TypeError`. What counts as a secret is told by where it comes from ' +
      'and how it is called; comparisons with fixed texts, and passwords, are left alone: other rules are about those.',
    references: [
      {
        title: 'CWE-208: Observable Timing Discrepancy',
        url: 'https://cwe.mitre.org/data/definitions/208.html',
      },
      {
        title: 'Python: hmac.compare_digest',
        url: 'https://docs.python.org/3/library/hmac.html#hmac.compare_digest',
      },
    ],
  },
  *checkUnit({ isTest, project, facts, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.comparisons)
      if (isUnsafe(project, node, site(owners)))
        yield {
          range: node,
          message: 'How long this comparison takes tells how much of the secret was guessed right.',
          confidence: 'medium',
        };
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).comparisons)
        if (base + node.start === finding.range.start && base + node.end === finding.range.end)
          return fixComparison(context, node, { file: context.file, tree, owners });
    return [];
  },
} satisfies Rule;

/** Where one side comes from. `computed`: an HMAC. `sent`: by a visitor. `kept`: settings, environment, session. */
type Origin = 'computed' | 'sent' | 'kept';

function isUnsafe(project: Project, { left, ops, comparators }: Comparison, site: Site): boolean {
  const [right] = comparators;
  const [op, ...others] = ops;
  if (right === undefined || others.length > 0 || (op !== '==' && op !== '!=')) return false;
  if (!mayBeSecret(left) || !mayBeSecret(right)) return false;
  if (isColumn(project, left, site) || isColumn(project, right, site)) return false;
  const isNamed = isProofName(nameOf(left)) || isProofName(nameOf(right));
  const sides = [originOf(project, left, site), originOf(project, right, site)];
  if (sides.includes('computed')) return !sides.every((side) => side === 'computed');
  if (!isNamed || !sides.includes('sent')) return false;
  return sides.includes('kept') || sides.includes(undefined);
}

/** `User.token == token` compares nothing: it is a condition for the database. */
function isColumn(project: Project, node: Expression, site: Site): boolean {
  return (
    node.kind === 'Attribute' &&
    !/^[A-Z0-9_]+$/.test(node.attr.id) &&
    project.resolver.resolve(node.value, site).some(({ kind }) => kind === 'class')
  );
}

function mayBeSecret({ kind }: Expression): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Subscript' || kind === 'Call';
}

/** `token` of `token`, `user.token`, `config["TOKEN"]` and `headers.get("X-Token")`. */
function nameOf(node: Expression): string {
  if (node.kind === 'Subscript') return literalText(node.index) ?? '';
  if (node.kind === 'Call') {
    const key = node.args[0]?.value;
    const isGet = node.func.kind === 'Attribute' && /^(?:get|pop|getenv)$/.test(node.func.attr.id);
    return isGet && key !== undefined ? (literalText(key) ?? '') : '';
  }
  return lastName(node) ?? '';
}

const REQUEST = /^flask\.request\b|MultiDict|EnvironHeaders|werkzeug\.datastructures|\.Authorization$/;
const SETTINGS = /^os\.(?:environ|getenv)|[Cc]onfig|^flask\.session/;
const HMAC = /^hmac\.(?:new\(\)\.(?:hex)?digest|HMAC\.(?:hex)?digest|digest)\b/;
const MAX_DEPTH = 5;

function originOf(project: Project, node: Expression, site: Site, depth = 0): Origin | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const found = refOrigin(project, node, site);
  if (found !== undefined) return found;
  switch (node.kind) {
    case 'Attribute':
    case 'Subscript':
      return originOf(project, node.value, site, depth + 1);
    case 'Call':
      return node.func.kind === 'Attribute' ? originOf(project, node.func.value, site, depth + 1) : undefined;
    case 'Binary':
      return node.op === '+'
        ? (originOf(project, node.left, site, depth + 1) ?? originOf(project, node.right, site, depth + 1))
        : undefined;
    case 'Boolean':
      return node.values[0] && originOf(project, node.values[0], site, depth + 1);
    case 'String': {
      const holes = node.tokens.flatMap(({ pieces }) => pieces).filter((piece) => piece.kind === 'Hole');
      return holes[0] && originOf(project, holes[0].expression, site, depth + 1);
    }
    case 'Name':
      return variableOrigin(project, node.id, site, depth);
    default:
      return undefined;
  }
}

function variableOrigin(project: Project, name: string, site: Site, depth: number): Origin | undefined {
  const found = bindingsOf(project, name, site);
  const origins = (found?.bindings ?? []).flatMap((binding): (Origin | undefined)[] => {
    if (binding.kind !== 'value') return binding.kind === 'annotation' ? [] : [undefined];
    const isSelf = binding.value.kind === 'Name' && binding.value.id === name;
    return isSelf || found === undefined ? [] : [originOf(project, binding.value, found.site, depth + 1)];
  });
  return origins.find((origin) => origin !== undefined);
}

function refOrigin(project: Project, node: Expression, site: Site): Origin | undefined {
  for (const ref of project.resolver.resolve(node, site)) {
    if (ref.kind !== 'external' && ref.kind !== 'instance') continue;
    if (HMAC.test(ref.name)) return 'computed';
    if (REQUEST.test(ref.name)) return 'sent';
    if (SETTINGS.test(ref.name)) return 'kept';
  }
  return undefined;
}

function fixComparison(context: FileContext, node: Comparison, site: Site): readonly FixOutcome[] {
  const [right] = node.comparators;
  if (right === undefined || context.module === undefined) return [];
  const { module, project } = context;
  const base = context.baseOf(site.tree);
  return fixOf(context, { title: 'Compare in constant time', safety: 'review' }, (edits) => {
    const imported = ensureImport(module, { module: 'hmac' }, { usedAt: base + node.start });
    if (imported.kind === 'refused') return refuse(imported.reason);
    for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
    const textOf = (side: Expression) => {
      const text = context.text.slice(base + side.start, base + side.end);
      return mayBeNone(project, side, site) ? orEmptyText(context.text, text) : text;
    };
    const not = node.ops[0] === '!=' ? 'not ' : '';
    const call = `${imported.localName}.compare_digest(${textOf(node.left)}, ${textOf(right)})`;
    edits.replace(base + node.start, base + node.end, not + call);
  });
}
