/** A token, code or key that comes from a generator whose next numbers can be worked out. */

import type { FilePath } from '../base/filePath';
import { ensureImport } from '../edits/addImport';
import { givenArgument } from '../edits/callArguments';
import { refuse } from '../edits/outcome';
import { mustBeUnguessable } from '../knowledge/proofNames';
import { isLoginName } from '../knowledge/sensitiveNames';
import type { Project } from '../model/project';
import { enclosingFunction, type Site } from '../model/scope';
import { ownExpressions, unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import { fixOf, setMember } from './argumentFix';
import type { FileContext } from './context';
import { namesAround } from './namesAround';
import type { FixOutcome, Rule } from './rule';
import { parentsOf } from './unitNodes';

export const rule = {
  id: 'predictable-token',
  title: 'Token that can be guessed',
  kind: 'predictableToken',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'The module `random` is made for games and statistics: who has seen some of its numbers works out the next ones. ' +
      'A reset link, a log-in code or a key made of them can be made by others, too.',
    vulnerable: {
      'tokens.py': `
import random
import string


def make_reset_token():
    return "".join(random.choice(string.ascii_letters) for _ in range(32))
`,
    },
    safe: {
      'tokens.py': `
import secrets


def make_reset_token():
    return secrets.token_urlsafe(32)
`,
    },
    why:
      '`secrets` asks the operating system for randomness that nobody can work out. `secrets.choice`, `randbelow` and ' +
      '`SystemRandom()` do what `random` does, from that source.',
    limits:
      'What a number is for is told by names: tokens, codes, passwords, keys, salts, session ids. Dice, samples and ' +
      'delays may stay as they are.',
    references: [
      {
        title: 'CWE-338: Use of Cryptographically Weak PRNG',
        url: 'https://cwe.mitre.org/data/definitions/338.html',
      },
      { title: 'Python: secrets', url: 'https://docs.python.org/3/library/secrets.html' },
    ],
  },
  *checkUnit({ isTest, project, file, tree }) {
    if (isTest) return;
    for (const { call, name, purpose } of weakTokens(project, file, tree))
      yield {
        range: call,
        message: `\`${purpose}\` comes from \`${name}\`, whose results others can work out.`,
        confidence: 'medium',
      };
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const token of weakTokens(context.project, context.file, tree))
        if (base + token.call.start === finding.range.start && base + token.call.end === finding.range.end)
          return fixToken(context, token);
    return [];
  },
} satisfies Rule;

interface WeakToken {
  readonly call: Call;
  readonly site: Site;
  /** Canonical name of what is called. */
  readonly name: string;
  /** The name that says that the result must not be guessed. */
  readonly purpose: string;
}

const RANDOM =
  /^random\.(?:Random\.)?(?:choice|choices|randint|randrange|random|sample|getrandbits|uniform|randbytes|shuffle)$/;
const OTHERS = new Set(['uuid.uuid1', 'time.time', 'time.time_ns']);

function* weakTokens(project: Project, file: FilePath, tree: UnitTree): Generator<WeakToken> {
  for (const { node, owners } of unitFacts(tree).calls) {
    const site = { file, tree, owners };
    if (!mayBeRandom(node)) continue;
    const name = project.resolver
      .resolve(node.func, site)
      .flatMap((ref) => (ref.kind === 'external' ? [ref.name] : []))
      .find((found) => RANDOM.test(found) || OTHERS.has(found));
    if (name === undefined) continue;
    const purpose = purposeOf(tree, node, site, name.startsWith('time.'));
    if (purpose !== undefined) yield { call: node, site, name, purpose };
  }
}

const FUNCTIONS =
  /^(?:choice|choices|randint|randrange|random|sample|getrandbits|uniform|randbytes|shuffle|uuid1|time|time_ns)$/;

function mayBeRandom({ func }: Call): boolean {
  return func.kind === 'Name' || (func.kind === 'Attribute' && FUNCTIONS.test(func.attr.id));
}

/** The name that a random value is for, directly or by way of one variable. */
function purposeOf(tree: UnitTree, node: Expression, site: Site, isTime: boolean): string | undefined {
  // The time by itself is no secret; hashed and called a token it is taken for one.
  if (isTime && !parentsOf(tree, node).some(isHashing)) return undefined;
  const direct = namesAround(tree, node).find(mustBeUnguessable);
  if (direct !== undefined) return direct;
  const around = enclosingFunction(site);
  if (around === undefined) return undefined;
  const parents = parentsOf(tree, node);
  const isReturned = parents.some(({ kind }) => kind === 'Return');
  const isNamed = mustBeUnguessable(around.name.id);
  if (isReturned && isNamed) return around.name.id;
  const kept = namesAround(tree, node).find((name) => /^\w+$/.test(name));
  if (kept === undefined) return undefined;
  const cookie = isTime ? undefined : cookieOf(around, kept);
  if (cookie !== undefined) return cookie;
  for (const statement of walkStatements(around.body)) {
    if (statement.start <= node.start) continue;
    if (statement.kind === 'Return' && isNamed && mentions(statement.value, kept)) return around.name.id;
    if (statement.kind !== 'Assign' || !mentions(statement.value, kept)) continue;
    const next = namesAround(tree, statement.value).find(mustBeUnguessable);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** The cookie that a random value becomes, or is compared with: whoever guesses it is taken for somebody else. */
function cookieOf(around: FunctionDef, kept: string): string | undefined {
  const names = new Set([kept]);
  const holds = (node: Expression | undefined) => [...names].some((name) => mentions(node, name));
  for (const statement of walkStatements(around.body)) {
    if (statement.kind === 'Assign' && holds(statement.value))
      for (const target of statement.targets) if (target.kind === 'Name') names.add(target.id);
    for (const node of ownExpressions(statement).flatMap(walkExpressions)) {
      if (node.kind === 'Comparison' && holds(node) && /\bcookies\b/.test(attributesIn(node)))
        return 'cookies';
      if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'set_cookie')
        continue;
      const [key, value] = ['key', 'value'].map((name, index) => givenArgument(node, name, index)?.value);
      const name = key && literalText(key);
      if (holds(value) && (name === undefined || isLoginName(name))) return name ?? 'set_cookie';
    }
  }
  return undefined;
}

/** Names of all attributes in an expression. */
function attributesIn(node: Expression): string {
  return walkExpressions(node)
    .flatMap((part) => (part.kind === 'Attribute' ? [part.attr.id] : []))
    .join(' ');
}

function isHashing(node: { readonly kind: string }): boolean {
  const call = node as Partial<Call>;
  if (node.kind !== 'Call' || call.func === undefined) return false;
  const { func } = call;
  const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  return /^(?:md5|sha\d*|sha3_\d+|new)$/.test(name);
}

function mentions(node: Expression | undefined, name: string): boolean {
  return node !== undefined && walkExpressions(node).some((part) => part.kind === 'Name' && part.id === name);
}

const SAME = new Map([
  ['choice', 'choice'],
  ['getrandbits', 'randbits'],
  ['randbytes', 'token_bytes'],
]);

function fixToken(context: FileContext, { call, site, name }: WeakToken): readonly FixOutcome[] {
  if (name.startsWith('time.')) return [];
  if (name === 'uuid.uuid1')
    return fixOf(context, { title: 'Use a random UUID', safety: 'safe' }, (edits) =>
      setMember(context, site, call.func, { from: 'uuid', name: 'uuid4' }, edits),
    );
  const member = name.slice(name.lastIndexOf('.') + 1);
  const same = SAME.get(member);
  const title = { title: `Use \`secrets.${same ?? `SystemRandom().${member}`}\``, safety: 'safe' } as const;
  return fixOf(context, title, (edits) => {
    if (context.module === undefined) return refuse('the file is no module');
    const base = context.baseOf(site.tree);
    const imported = ensureImport(context.module, { module: 'secrets' }, { usedAt: base + call.start });
    if (imported.kind === 'refused') return refuse(imported.reason);
    for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
    const callee = same === undefined ? `SystemRandom().${member}` : same;
    edits.replace(base + call.func.start, base + call.func.end, `${imported.localName}.${callee}`);
  });
}
