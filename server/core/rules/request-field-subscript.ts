/** `request.form["x"]`: a request without the field is refused with an error page, and nobody chose that. */
import { preferredQuote } from '../edits/pythonText';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Expression, FunctionDef, Node, Subscript } from '../syntax/python/ast';
import { children } from '../syntax/python/children';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';
import { parentsOf } from './unitNodes';

export const rule = {
  id: 'request-field-subscript',
  title: 'Form field read without a default',
  kind: 'inputValidation',
  severity: 'hint',
  fixSafety: 'review',
  doc: {
    happens:
      'A request does not have to hold the fields of your form: anybody can leave one out. `request.form["name"]` then ends ' +
      'the view with `400 Bad Request`, a bare page that tells your visitor nothing.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/greet")
def greet():
    return {"hello": request.form["name"]}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/greet")
def greet():
    return {"hello": request.form.get("name", "")}
`,
    },
    why: 'With a default the view goes on, and its own check can say what is missing.',
    limits:
      'Where the key is checked before or `KeyError` is caught, nothing is said, nor of files and addresses. A bare 400 may be what you want, ' +
      'as in an API: then switch this rule off.',
    references: [
      { title: 'CWE-20: Improper Input Validation', url: 'https://cwe.mitre.org/data/definitions/20.html' },
      {
        title: 'Flask: the request object',
        url: 'https://flask.palletsprojects.com/en/stable/quickstart/#the-request-object',
      },
    ],
  },
  *checkUnit({ isTest, facts, project, site }) {
    if (isTest) return;
    for (const { node: owner, owners } of facts.functions) {
      const inner = site([...owners, owner]);
      const seen = new Set<string | undefined>();
      for (const node of reads(owner)) {
        const key = literalText(node.index);
        if (seen.has(key) || !isField(project, node, inner) || isExpected(owner, node)) continue;
        seen.add(key);
        yield {
          range: node,
          message: `A request without \`${key}\` ends here with a bare error page.`,
          confidence: 'high',
        };
      }
    }
  },
  fix(context, { range }) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node: owner } of unitFacts(tree).functions)
        for (const node of reads(owner))
          if (base + node.start === range.start && base + node.end === range.end)
            return fixRead(context, node, parentsOf(tree, node), base);
    return [];
  },
} satisfies Rule;

const FIELDS = new Set(['form', 'values']);

/** Items with a written key that are read in a function itself, not in those inside of it. */
function reads(owner: FunctionDef): readonly Subscript[] {
  const found: Subscript[] = [];
  const visit = (node: Node, isTarget: boolean) => {
    if (node.kind === 'FunctionDef' && node !== owner) return;
    if (node.kind === 'Subscript' && !isTarget && literalText(node.index) !== undefined) found.push(node);
    const targets: readonly Node[] =
      node.kind === 'Assign' || node.kind === 'Delete'
        ? node.targets
        : node.kind === 'AugmentedAssign' || node.kind === 'AnnotatedAssign'
          ? [node.target]
          : [];
    for (const child of children(node)) visit(child, targets.includes(child));
  };
  for (const statement of owner.body) visit(statement, false);
  return found;
}

function isField(project: Parameters<typeof resolvesTo>[0], { value }: Subscript, site: Site): boolean {
  if (value.kind === 'Attribute' && !FIELDS.has(value.attr.id)) return false;
  if (value.kind !== 'Attribute' && value.kind !== 'Name') return false;
  return resolvesTo(project, value, site);
}

function resolvesTo(project: FileContext['project'], node: Expression, site: Site): boolean {
  return project.resolver
    .resolve(node, site)
    .some((ref) => 'name' in ref && /^flask\.request\.(?:form|values)$/.test(ref.name));
}

/** The key is looked for in this function, or its absence is dealt with. */
function isExpected(owner: FunctionDef, node: Subscript): boolean {
  const key = literalText(node.index);
  return walk(owner.body).some((other) => {
    if (other.kind === 'Comparison')
      return /in$/.test(other.ops[0] ?? '') && (literalText(other.left) ?? key) === key;
    if (other.kind === 'Call' && other.func.kind === 'Attribute' && other.func.attr.id === 'get')
      return other.args[0] !== undefined && literalText(other.args[0].value) === key;
    if (other.kind !== 'Try') return false;
    return (
      other.body.some(({ start, end }) => start <= node.start && node.end <= end) && other.handlers.length > 0
    );
  });
}

/** Functions that an empty text breaks, so that a default would make things worse. */
const CONVERTING = /^(?:int|float|Decimal|UUID|fromisoformat|strptime|loads|b64decode|fromhex)$/;

function fixRead(
  { text, file }: FileContext,
  node: Subscript,
  parents: readonly Node[],
  base: number,
): readonly FixOutcome[] {
  for (const around of parents) {
    if (around.kind !== 'Call') continue;
    const { func } = around;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
    if (CONVERTING.test(name)) return [refused(`\`${name}\` takes no empty text: choose a default yourself`)];
  }
  const key = text.slice(base + node.index.start, base + node.index.end);
  const quote = /^['"]/.test(key) ? key.slice(0, 1) : preferredQuote(text);
  const range = { start: base + node.value.end, end: base + node.end };
  const edits = [{ file, isNew: false, edits: [{ range, newText: `.get(${key}, ${quote}${quote})` }] }];
  return [{ kind: 'fix', fix: { title: 'Read it with an empty default', safety: 'review', edits } }];
}
