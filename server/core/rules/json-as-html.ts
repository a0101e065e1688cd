/** A view that sends JSON and says that it is HTML. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { wordsOf } from '../knowledge/sensitiveNames';
import { routesOf } from '../model/routes';
import type { Owned } from '../model/unitFacts';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import type { FixOutcome, Rule } from './rule';
import type { UnitContext } from './unitContext';
import { callAt } from './unitNodes';

const DUMPS = new Set(['json.dumps', 'simplejson.dumps', 'ujson.dumps', 'flask.json.dumps']);

export const rule = {
  id: 'json-as-html',
  title: 'JSON sent as HTML',
  kind: 'jsonAsHtml',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A text that a view returns is sent as `text/html`. If the JSON holds a visitor’s `<script>`, a browser that opens the ' +
      'address reads it as a page and runs the script.',
    vulnerable: {
      'app.py': `
import json

from flask import Flask

app = Flask(__name__)


@app.get("/books")
def books():
    return json.dumps(all_books())
`,
    },
    safe: {
      'app.py': `
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/books")
def books():
    return jsonify(all_books())
`,
    },
    why: '`jsonify` sends the same data as `application/json`, which no browser reads as a page.',
    limits:
      'Views with decorators of your own that may set the type, and resources of API extensions, are left alone. A type that ' +
      'is set for all answers in another place is not seen.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      { title: 'Flask: jsonify', url: 'https://flask.palletsprojects.com/en/stable/api/#flask.json.jsonify' },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    const calls = jsonCalls(unit.tree);
    if (calls.length === 0) return;
    for (const { node, owners } of unit.facts.functions)
      for (const call of calls)
        if (owners.length < 2 && isReturned(node, call) && isJson(unit, call, [...owners, node]))
          if (isPlainView(unit, node, owners))
            yield {
              range: call,
              message: 'This JSON is sent as HTML, so a browser may read it as a page.',
              confidence: 'high',
            };
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    return found === undefined ? [] : fixJson(context, found.node, context.baseOf(found.site.tree));
  },
} satisfies Rule;

function jsonCalls(tree: UnitTree): readonly Call[] {
  return unitFacts(tree)
    .calls.map(({ node }) => node)
    .filter(
      ({ func }) =>
        (func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '') === 'dumps',
    );
}

function isReturned(view: FunctionDef, call: Call): boolean {
  const isOpen = (node: { readonly kind?: string }) => node.kind !== 'FunctionDef' && node.kind !== 'Lambda';
  return walk(view.body, isOpen).some(
    (node) => node.kind === 'Return' && node.value && bodyOf(node.value) === call,
  );
}

/** What is sent; headers may say what it is, so those with headers do not count. */
function bodyOf(node: Expression): Expression | undefined {
  if (node.kind !== 'Tuple') return node;
  return node.elements.length === 2 && node.elements[1]?.kind === 'Number' ? node.elements[0] : undefined;
}

function isJson(unit: UnitContext, call: Call, owners: Owned<Call>['owners']): boolean {
  return unit.resolve(call.func, owners).some((ref) => ref.kind === 'external' && DUMPS.has(ref.name));
}

const TYPING = new Set([
  'json',
  'content',
  'mime',
  'mimetype',
  'produces',
  'representation',
  'response',
  'returns',
  'api',
]);

/** A function with a route, without decorators that may make something else of what it returns. */
function isPlainView(unit: UnitContext, node: FunctionDef, owners: Owned<FunctionDef>['owners']): boolean {
  if (owners.some(({ kind }) => kind === 'ClassDef')) return false;
  const isChanged = node.decorators.some(({ expression }) => {
    const callee = expression.kind === 'Call' ? expression.func : expression;
    const name = callee.kind === 'Attribute' ? callee.attr.id : callee.kind === 'Name' ? callee.id : '';
    return wordsOf(name).some((word) => TYPING.has(word));
  });
  const ref = { kind: 'function', file: unit.file, tree: unit.tree, node, owners } as const;
  return !isChanged && routesOf(unit.project, ref).length > 0;
}

/** How the text is laid out; the data is the same without. */
const LAYOUT = new Set(['indent', 'separators', 'sort_keys', 'ensure_ascii']);

function fixJson(context: FileContext, call: Call, base: number): readonly FixOutcome[] {
  const [data, ...options] = call.args;
  if (context.module === undefined || data === undefined || data.name !== undefined || data.star !== '')
    return [];
  if (options.some(({ name }) => name === undefined || !LAYOUT.has(name.id)))
    return [
      {
        kind: 'refused',
        reason: 'no fix is written, because the data is made into JSON in a way of its own',
      },
    ];
  const imported = ensureImport(
    context.module,
    { from: 'flask', name: 'jsonify' },
    { usedAt: base + call.start },
  );
  if (imported.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${imported.reason}` }];
  const edits = new EditList();
  for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
  edits.replace(base + call.func.start, base + call.func.end, imported.localName);
  const last = options.at(-1);
  if (last !== undefined) edits.remove(base + data.end, base + Math.max(last.end, last.value.end));
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  const safety = options.length === 0 ? 'safe' : 'review';
  return [{ kind: 'fix', fix: { title: 'Send it with `jsonify`', safety, edits: all } }];
}
