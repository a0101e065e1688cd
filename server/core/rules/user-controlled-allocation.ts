/** A visitor says how much is made, or how often something is done. */
import { givenArgument } from '../edits/callArguments';
import type { Project } from '../model/project';
import { routesOf, ruleParameters } from '../model/routes';
import { enclosingFunction, type Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Argument, BinaryOperation, Call, Expression, UnitTree } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { fixOf } from './argumentFix';
import type { Rule } from './rule';
import { assignedOnce } from './textParts';

export const rule = {
  id: 'user-controlled-allocation',
  title: 'Size or number of rounds from a visitor',
  kind: 'allocation',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'A visitor who sends `1000000000` makes the app fill its memory or stay in a loop for minutes. A few such requests ' +
      'keep every worker busy.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.get("/sample")
def sample():
    count = int(request.args["count"])
    return {"rows": [{"id": index} for index in range(count)]}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.get("/sample")
def sample():
    count = min(int(request.args["count"]), 1000)
    return {"rows": [{"id": index} for index in range(count)]}
`,
    },
    why: '`min` keeps the number below what the app can bear. Refusing larger ones does as well.',
    limits:
      'Reported are numbers that reach `range`, `bytes`, `time.sleep`, repeated texts and the like within one function. One ' +
      'that is compared with something, or handed to a function that checks, is taken to be limited.',
    references: [
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      {
        title: 'OWASP: Denial of Service Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Denial_of_Service_Cheat_Sheet.html',
      },
    ],
  },
  *checkUnit({ isTest, project, file, tree }) {
    if (isTest) return;
    for (const { node, message } of sentSizes(project, file, tree))
      yield { range: node, message, confidence: 'medium' };
  },
  fix(context, { range }) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node } of sentSizes(context.project, context.file, tree))
        if (base + node.start === range.start && base + node.end === range.end)
          return fixOf(context, { title: `Limit it to ${LIMIT}`, safety: 'review' }, (edits) => {
            edits.insert(range.start, 'min(');
            edits.insert(range.end, `, ${LIMIT})`);
          });
    return [];
  },
} satisfies Rule;

/** The author knows better. */
const LIMIT = 1000;

interface SentSize {
  readonly node: Expression;
  readonly message: string;
}

const ROUNDS = 'A visitor chooses how many rounds a loop has, and nothing limits it.';
const BYTES = 'A visitor chooses how much memory is filled, and nothing limits it.';
/** What is said of a number there, by the name of what is called. */
const SIZED: Readonly<Record<string, string>> = {
  'builtins.range': ROUNDS,
  'itertools.repeat': ROUNDS,
  'builtins.bytes': BYTES,
  'builtins.bytearray': BYTES,
  'os.urandom': BYTES,
  'secrets.token_bytes': BYTES,
  'secrets.token_hex': BYTES,
  'secrets.token_urlsafe': BYTES,
  'numpy.zeros': BYTES,
  'numpy.ones': BYTES,
  'numpy.empty': BYTES,
  'time.sleep': 'A visitor chooses how long a worker waits, and nothing limits it.',
};

const SIZED_NAMES = new Set(Object.keys(SIZED).map((name) => name.slice(name.lastIndexOf('.') + 1)));

function* sentSizes(project: Project, file: Site['file'], tree: UnitTree): Generator<SentSize> {
  for (const { node, owners } of unitFacts(tree).calls) {
    const site = { file, tree, owners };
    if (node.args.length === 0 || enclosingFunction(site) === undefined) continue;
    const message = messageOf(project, node, site);
    if (message === undefined) continue;
    const given = node.args.find(({ value }) => isUnlimited(project, value, site));
    if (given !== undefined) yield { node: given.value, message };
  }
  const seen = new Set<Expression>();
  // Inner functions come after those around them, and know best what a name stands for.
  for (const { node: owner, owners } of [...unitFacts(tree).functions].reverse()) {
    const site = { file, tree, owners: [...owners, owner] };
    for (const node of walkExpressions(owner.body)) {
      if (node.kind !== 'Binary' || node.op !== '*' || seen.has(node)) continue;
      seen.add(node);
      const count = countOf(node);
      if (count !== undefined && isUnlimited(project, count, site)) yield { node: count, message: BYTES };
    }
  }
}

function messageOf(project: Project, { func }: Call, site: Site): string | undefined {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
  if (!SIZED_NAMES.has(name)) return undefined;
  return project.resolver
    .resolve(func, site)
    .flatMap((ref) => ('name' in ref ? (SIZED[String(ref.name)] ?? []) : []))[0];
}

/** `"x" * count`, `[0] * count`: the number beside a text or list as it is written. */
function countOf({ left, right }: BinaryOperation): Expression | undefined {
  const isRepeated = ({ kind }: Expression) => kind === 'String' || kind === 'List' || kind === 'Tuple';
  if (isRepeated(left)) return right;
  return isRepeated(right) ? left : undefined;
}

/** A number that a visitor sent, as it is or worked on, and that nothing compares. */
function isUnlimited(project: Project, node: Expression, site: Site): boolean {
  if (!isSent(project, node, site)) return false;
  const parts = walkExpressions(node);
  const owners = parts.flatMap((part) =>
    part.kind === 'Attribute' ? [part.value] : part.kind === 'Call' ? [part.func] : [],
  );
  const names = new Set(
    parts.flatMap((part) => (part.kind === 'Name' && !owners.includes(part) ? [part.id] : [])),
  );
  const mentions = (part: Expression) =>
    walkExpressions(part).some((inner) => inner.kind === 'Name' && names.has(inner.id));
  return !walkExpressions(enclosingFunction(site)?.body ?? []).some((part) => {
    if (part.kind === 'Comparison') return mentions(part);
    return (
      part.kind === 'Call' && LIMITING.test(nameOf(part)) && part.args.some(({ value }) => mentions(value))
    );
  });
}

const LIMITING = /^(?:min|max|len|clamp|clip)$|valid|check|limit|bound|ensure|require/i;

function nameOf({ func }: Call): string {
  return func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
}

function isSent(project: Project, node: Expression, site: Site): boolean {
  const source = assignedOnce(node, site);
  switch (source.kind) {
    case 'Binary':
      if (source.op === '%') return false;
      return [source.left, source.right].some((side) => isSent(project, side, site));
    case 'Call':
      return isNumberSent(project, source, site);
    case 'Name':
      return isUrlNumber(project, source.id, site);
    default:
      return false;
  }
}

/** `int(request.args["n"])`, `request.args.get("n", type=int)`. */
function isNumberSent(project: Project, call: Call, site: Site): boolean {
  const isInt = (argument: Argument | undefined) =>
    argument?.value.kind === 'Name' && argument.value.id === 'int';
  if (call.func.kind === 'Name' && call.func.id === 'int' && call.args[0] !== undefined)
    return walkExpressions(assignedOnce(call.args[0].value, site)).some((part) =>
      isRequest(project, part, site),
    );
  return (
    call.func.kind === 'Attribute' &&
    call.func.attr.id === 'get' &&
    isInt(givenArgument(call, 'type', 2)) &&
    isRequest(project, call.func.value, site)
  );
}

function isRequest(project: Project, node: Expression, site: Site): boolean {
  return (
    node.kind === 'Attribute' &&
    /^(?:args|form|values|json|cookies|headers|get_json)$/.test(node.attr.id) &&
    project.resolver
      .resolve(node, site)
      .some((ref) => 'name' in ref && /^flask\.request\.\w+/.test(String(ref.name)))
  );
}

/** A parameter of a view that its URL rule declares as `<int:…>`. */
function isUrlNumber(project: Project, name: string, site: Site): boolean {
  const view = enclosingFunction(site);
  if (view === undefined || !view.params.some((parameter) => parameter.name.id === name)) return false;
  const owners = site.owners.slice(0, site.owners.indexOf(view));
  return routesOf(project, { kind: 'function', file: site.file, tree: site.tree, owners, node: view }).some(
    ({ rule: path }) =>
      ruleParameters(path ?? '').some(
        (parameter) => parameter.name === name && /^int\b/.test(parameter.converter ?? ''),
      ),
  );
}
