/** A view that sends JSON and says that it is HTML. */
import { ensureImport } from '../edits/addImport';
import { setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { preferredQuote } from '../edits/pythonText';
import { wordsOf } from '../knowledge/sensitiveNames';
import { routesOf } from '../model/routes';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Owned } from '../model/unitFacts';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { walk, walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
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
        if (
          owners.length < 2 &&
          !isConstant(call) &&
          isJson(unit, call, [...owners, node]) &&
          isReturned(unit, node, call, [...owners, node])
        )
          if (isPlainView(unit, node, owners))
            yield {
              range: call,
              message: 'This JSON is sent as HTML, so a browser may read it as a page.',
              confidence: 'high',
            };
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    if (found === undefined) return [];
    const base = context.baseOf(found.site.tree);
    const maker = responseAround(context, found.node, found.site);
    return maker === undefined ? fixJson(context, found.node, base) : fixResponse(context, maker, base);
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

/** `json.dumps({"status": "ok"})`: there is nothing in it that anybody else has written. */
function isConstant({ args }: Call): boolean {
  const [data] = args;
  return (
    data !== undefined &&
    walkExpressions(data.value).every(
      ({ kind }) =>
        kind === 'Dict' || kind === 'List' || kind === 'String' || kind === 'Number' || kind === 'Constant',
    )
  );
}

function isReturned(
  unit: UnitContext,
  view: FunctionDef,
  call: Call,
  owners: Owned<Call>['owners'],
): boolean {
  const isOpen = (node: { readonly kind?: string }) => node.kind !== 'FunctionDef' && node.kind !== 'Lambda';
  return walk(view.body, isOpen).some((node) => {
    if (node.kind !== 'Return' || node.value === undefined) return false;
    const body = bodyOf(node.value);
    return (
      body === call ||
      (body?.kind === 'Call' && madeOf(unit, body, owners) === call) ||
      isNamed(view, body, call)
    );
  });
}

/** What is sent; headers may say what it is, so those with headers do not count. */
function bodyOf(node: Expression): Expression | undefined {
  if (node.kind !== 'Tuple') return node;
  return node.elements.length === 2 && node.elements[1]?.kind === 'Number' ? node.elements[0] : undefined;
}

/** `make_response(…)` and `Response(…)` with nothing that says what it is. */
function madeOf(unit: UnitContext, maker: Call, owners: Owned<Call>['owners']): Expression | undefined {
  const [body, ...others] = maker.args;
  const isBare = others.every(({ name, value }) => name?.id === 'status' || value.kind === 'Number');
  if (body === undefined || body.name !== undefined || body.star !== '' || !isBare) return undefined;
  const isMaker = unit
    .resolve(maker.func, owners)
    .some(
      (ref) =>
        ref.kind === 'external' && (ref.name === 'flask.make_response' || ref.name === 'flask.Response'),
    );
  return isMaker ? body.value : undefined;
}

/** `data = json.dumps(…)` and `return data`, with nothing else that `data` is for. */
function isNamed(view: FunctionDef, body: Expression | undefined, call: Call): boolean {
  if (body?.kind !== 'Name') return false;
  const [binding, ...others] = scopeOf(view).bindings.get(body.id) ?? [];
  const nUses = walk(view.body).filter((node) => node.kind === 'Name' && node.id === body.id).length;
  return others.length === 0 && binding?.kind === 'value' && binding.value === call && nUses === 2;
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
    return [refused('the data is made into JSON in a way of its own')];
  const imported = ensureImport(
    context.module,
    { from: 'flask', name: 'jsonify' },
    { usedAt: base + call.start },
  );
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const edits = new EditList();
  for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
  edits.replace(base + call.func.start, base + call.func.end, imported.localName);
  const last = options.at(-1);
  if (last !== undefined) edits.remove(base + data.end, base + Math.max(last.end, last.value.end));
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  const safety = options.length === 0 ? 'safe' : 'review';
  return [{ kind: 'fix', fix: { title: 'Send it with `jsonify`', safety, edits: all } }];
}

/** The `Response(…)` that the JSON is given to. */
function responseAround({ project }: FileContext, call: Call, site: Site): Call | undefined {
  return unitFacts(site.tree).calls.find(
    ({ node }) =>
      node.args[0]?.value === call &&
      project.resolver
        .resolve(node.func, site)
        .some((ref) => ref.kind === 'external' && ref.name === 'flask.Response'),
  )?.node;
}

function fixResponse(context: FileContext, maker: Call, base: number): readonly FixOutcome[] {
  const quote = preferredQuote(context.text);
  const edits = new EditList();
  setKeyword(context.text, { node: maker, base }, 'mimetype', `${quote}application/json${quote}`, edits);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return [{ kind: 'fix', fix: { title: 'Say that it is JSON', safety: 'safe', edits: all } }];
}
