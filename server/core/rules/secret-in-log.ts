/** A password or token is written to the log. */

import { EditList } from '../edits/editList';
import { preferredQuote } from '../edits/pythonText';
import { KNOWLEDGE } from '../knowledge/index';
import { secrecyOf } from '../knowledge/sensitiveNames';
import type { Site } from '../model/scope';
import type { Owned } from '../model/unitFacts';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import { type Disclosure, disclosureOf, type Emitted, emittedBy } from './emitted';
import { refused } from './refused';
import type { FixOutcome, RawFinding, Rule, UnitFinding } from './rule';
import { assignedOnce } from './textParts';
import type { UnitContext } from './unitContext';

export const rule: Rule = {
  id: 'secret-in-log',
  title: 'Secret in the log',
  kind: 'loggedSecret',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Logs are kept for long, copied to other systems and read by many people. A password or token in one of them is ' +
      'known to all of these, and people use the same password in other places, too.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    password = request.form["password"]
    app.logger.info("login of %s with %s", request.form["name"], password)
    return "", 204
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    password = request.form["password"]
    app.logger.info("login of %r, password given: %s", request.form["name"], bool(password))
    return "", 204
`,
    },
    why: 'What you want to know for sure is whether a password was sent, or which fields there were: log that.',
    limits:
      'Secrets are known by their names. What went through a function, such as a hash or a mask, is not reported. A bare ' +
      '`token` may be something else and is an information only.',
    references: [
      {
        title: 'CWE-532: Insertion of Sensitive Information into Log File',
        url: 'https://cwe.mitre.org/data/definitions/532.html',
      },
      {
        title: 'OWASP: Logging Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude',
      },
    ],
  },
  checkUnit: (unit) => loggedSecrets(unit).map(toFinding),
  check: secretFlows,
  fix: fixLogged,
};

interface Logged {
  readonly emitted: Emitted;
  readonly disclosure: Disclosure;
}

const METHODS = /^(?:debug|info|warn|warning|error|exception|critical|fatal|log)$/;
/** Loggers whose type is not known: handed in, or of another library. */
const LOGGER = /^_*(?:app_?|root_?)?(?:log|logger|logging|LOG|LOGGER|lgr)$/;
const PRINTERS = new Set(['builtins.print', 'pprint.pprint', 'sys.stdout.write', 'sys.stderr.write']);

function loggedSecrets(unit: UnitContext): readonly Logged[] {
  if (unit.isTest) return [];
  return unit.facts.calls
    .filter((owned) => isLogCall(owned, unit))
    .flatMap(({ node, owners }) => {
      const site = unit.site(owners);
      const isNumber = numericArguments(node);
      return node.args
        .filter((_, index) => !isNumber(index))
        .flatMap(({ value, name }) => emittedBy(value, name?.id))
        .flatMap((emitted): Logged[] => {
          if (isMasked(assignedOnce(emitted.node, site))) return [];
          const disclosure = disclosureOf(emitted, site, unit);
          return disclosure === undefined ? [] : [{ emitted, disclosure }];
        });
    });
}

const CONVERSION = /%(?:\(\w+\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z])/g;

/** Which arguments the message writes as numbers: counts, whatever they are of. */
function numericArguments({ args }: Call): (index: number) => boolean {
  const [message] = args;
  const text = (message && literalText(message.value)) ?? '';
  const letters = text.includes('%d') ? [...text.matchAll(CONVERSION)].map(([, letter]) => letter) : [];
  return (index) => letters[index - 1] === 'd';
}

function isLogCall({ node, owners }: Owned<Call>, unit: UnitContext): boolean {
  const { func, args } = node;
  if (args.length === 0) return false;
  if (func.kind === 'Name' ? func.id !== 'print' && !METHODS.test(func.id) : func.kind !== 'Attribute')
    return false;
  if (func.kind === 'Attribute' && !METHODS.test(func.attr.id) && !/^(?:pprint|write)$/.test(func.attr.id))
    return false;
  const names = unit
    .resolve(func, owners)
    .flatMap((ref) => (ref.kind === 'external' ? [KNOWLEDGE.canonical(ref.name)] : []));
  if (names.some((name) => KNOWLEDGE.sinks(name).some(({ kind }) => kind === 'log'))) return true;
  if (names.some((name) => PRINTERS.has(name))) return !isCommand({ ...unit.site(owners) });
  if (func.kind !== 'Attribute' || !METHODS.test(func.attr.id)) return false;
  const { value } = func;
  const receiver = value.kind === 'Name' ? value.id : value.kind === 'Attribute' ? value.attr.id : '';
  return LOGGER.test(receiver);
}

/** A secret that the visitor sent and that has another name where it is logged, such as in a helper. */
function* secretFlows(context: FileContext): Generator<RawFinding> {
  if (context.isTest) return;
  for (const { value, site, call, argument } of context.sinkHits('log')) {
    const taint = value.taints.find(({ last, label }) => last !== undefined && isSecretLabel(label));
    if (taint === undefined || walkExpressions(argument).some(isPart)) continue;
    const isSeen = loggedSecrets(context.unit(site.tree)).some(
      ({ emitted: { node } }) => call.start <= node.start && node.end <= call.end,
    );
    if (isSeen) continue;
    const place = { file: context.file, tree: site.tree, range: argument };
    yield {
      range: context.rangeOf(site.tree, argument),
      message: `\`${taint.label}\` is written to the log, where everybody who reads it learns it.`,
      confidence: 'medium',
      path: context.flow(taint, place, 'is written to the log'),
    };
  }
}

/** `request.form["password"]`, `request.form.get("pw", "")`, `form.password.data`. */
function isSecretLabel(label: string): boolean {
  const [, item, method, attribute] =
    /\[["']([\w-]+)["']\]$|\.get\(["']([\w-]+)["'].*\)$|\.(\w+)(?:\.data)?$/.exec(label) ?? [];
  return secrecyOf(item ?? method ?? attribute ?? '') === 'plain';
}

/** `f"{key[:4]}****"` */
function isMasked(node: Expression): boolean {
  const isStars = (inner: Expression) =>
    inner.kind === 'String' &&
    inner.tokens.some(({ pieces }) =>
      pieces.some((piece) => piece.kind === 'Text' && /\*\*|\.\.\.|…/.test(piece.value)),
    );
  return walkExpressions(node).some(isStars) && walkExpressions(node).some(isPart);
}

/** The first characters only. */
function isPart(node: Expression): boolean {
  return node.kind === 'Subscript' && node.index.kind === 'Slice';
}

/** What a command prints is for the person who runs it. */
function isCommand({ owners }: Site): boolean {
  return owners.some(
    (owner) =>
      /^(?:main|cli)$/.test(owner.name.id) ||
      owner.decorators.some(({ expression }) => {
        const decorator = expression.kind === 'Call' ? expression.func : expression;
        return decorator.kind === 'Attribute' && /^(?:command|group|cli)$/.test(decorator.attr.id);
      }),
  );
}

function toFinding({ emitted: { node }, disclosure }: Logged): UnitFinding {
  const { start, end } = node;
  const isVague = disclosure.kind === 'name' ? disclosure.isVague : disclosure.row.isVague === true;
  return {
    range: { start, end },
    message:
      disclosure.kind === 'name'
        ? `\`${disclosure.name}\` is written to the log, where everybody who reads it learns it.`
        : `This writes ${disclosure.row.holds} to the log.`,
    ...(isVague ? { severity: 'information' as const } : {}),
    confidence: isVague ? 'low' : 'medium',
  };
}

function fixLogged(context: FileContext, finding: RawFinding): readonly FixOutcome[] {
  for (const { base, tree } of context.module?.units ?? []) {
    if (finding.range.start < base || finding.range.end > base + tree.length) continue;
    const logged = loggedSecrets(context.unit(tree)).find(
      ({ emitted: { node } }) =>
        node.start + base === finding.range.start && node.end + base === finding.range.end,
    );
    if (logged !== undefined) return [masked(context, base, logged)];
  }
  return [refused('the value comes from elsewhere')];
}

function masked(context: FileContext, base: number, { emitted, disclosure }: Logged): FixOutcome {
  const { node, hole } = emitted;
  const edits = new EditList();
  const written = context.text.slice(base + node.start, base + node.end);
  const names = disclosure.kind === 'whole' && node.kind === 'Attribute' ? disclosure.row.names : undefined;
  if (names !== undefined)
    edits.replace(base + node.start, base + node.end, `list(${written}${names === 'keys' ? '.keys()' : ''})`);
  else if (hole !== undefined) edits.replace(base + hole.start, base + hole.end, '***');
  else {
    const quote = preferredQuote(context.text);
    edits.replace(base + node.start, base + node.end, `${quote}***${quote}`);
  }
  const title = names === undefined ? 'Write `***` in its place' : 'Write the names only';
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return { kind: 'fix', fix: { title, safety: 'review', edits: all } };
}
