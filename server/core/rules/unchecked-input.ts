/** A field of a form is stored as it came. A guess by the shape of one view, so it is a hint. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { indentationAt, indentUnitOf, isFirstOnLine, lineEndOf, preferredQuote } from '../edits/pythonText';
import { isAuthDecorator } from '../model/authDecorators';
import type { Project } from '../model/project';
import { isRouteDecorator } from '../model/routes';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Assign, Call, Expression, FunctionDef, Node } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'unchecked-input',
  title: 'Form field stored without a check',
  kind: 'inputValidation',
  severity: 'hint',
  fixSafety: 'assist',
  doc: {
    happens:
      'A form says what you expect, and a request holds what somebody sent: nothing at all, a megabyte of text, a date in the ' +
      'year 99999. What is stored once comes back in pages, mails and exports, long after.',
    vulnerable: {
      'app.py': `
from flask import Flask, redirect, request

from models import Note, db

app = Flask(__name__)


@app.post("/notes")
def add_note():
    title = request.form.get("title", "")
    db.session.add(Note(title=title))
    db.session.commit()
    return redirect("/notes")
`,
      'models.py': `
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80))
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, redirect, request

from models import Note, db

app = Flask(__name__)


@app.post("/notes")
def add_note():
    title = request.form.get("title", "").strip()
    if not title or len(title) > 80:
        abort(400, description="Please give it a title of up to 80 characters.")
    db.session.add(Note(title=title))
    db.session.commit()
    return redirect("/notes")
`,
      'models.py': `
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80))
`,
    },
    why:
      'Text is stripped, has to be there, and is not longer than its column. Which type a value has is only a part of it: length, ' +
      'format and allowed values count as well.',
    limits:
      'Any condition on the value, and any function that it is handed to, counts as a check. Views with decorators that are not ' +
      'known are left alone, and so are values that are only shown: Jinja escapes those.',
    references: [
      { title: 'CWE-20: Improper Input Validation', url: 'https://cwe.mitre.org/data/definitions/20.html' },
      {
        title: 'OWASP: Input Validation Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html',
      },
    ],
  },
  *checkUnit({ isTest, facts, project, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.functions)
      for (const { use, key } of uncheckedUses(project, node, site(owners)))
        yield {
          range: use,
          message: `\`${key}\` is stored as it came: nothing looks at its length or form.`,
          confidence: 'low',
        };
  },
  fix(context, { range }) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const { node, owners } of unitFacts(tree).functions)
        for (const found of uncheckedUses(context.project, node, { file: context.file, tree, owners }))
          if (base + found.use.start === range.start && base + found.use.end === range.end)
            return fixUse(context, found, base);
    return [];
  },
} satisfies Rule;

interface UncheckedUse {
  readonly use: Expression;
  readonly key: string;
  /** Where the field gets a name. */
  readonly made: Assign | undefined;
}

function uncheckedUses(project: Project, view: FunctionDef, at: Site): readonly UncheckedUse[] {
  const isPlain = view.decorators.every(
    ({ expression }) => isRouteDecorator(project, expression, at) || isAuthDecorator(project, expression, at),
  );
  if (view.decorators.length === 0 || !isPlain) return [];
  if (!view.decorators.some(({ expression }) => isRouteDecorator(project, expression, at))) return [];
  const site: Site = { ...at, owners: [...at.owners, view] };
  const nodes = walk(view.body);
  const stored = nodes.flatMap((node) => (node.kind === 'Call' ? storedBy(project, node, site) : []));
  const named = new Map<string, Assign>();
  for (const node of nodes)
    if (node.kind === 'Assign' && node.targets[0]?.kind === 'Name')
      if (fieldOf(project, node.value, site) !== undefined) named.set(node.targets[0].id, node);
  return stored.flatMap((use): UncheckedUse[] => {
    const made = use.kind === 'Name' ? named.get(use.id) : undefined;
    const key = fieldOf(project, made?.value ?? use, site);
    if (key === undefined || isChecked(nodes, use, key, stored)) return [];
    return [{ use, key, made }];
  });
}

/** The key of `request.form["x"]`, `request.form.get("x", "").strip()`. */
function fieldOf(project: Project, node: Expression, site: Site): string | undefined {
  if (node.kind === 'Call' && node.func.kind === 'Attribute') {
    if (node.func.attr.id === 'strip') return fieldOf(project, node.func.value, site);
    const [key] = node.args;
    if (node.func.attr.id !== 'get' || key === undefined || node.args.some(({ name }) => name?.id === 'type'))
      return undefined;
    return isForm(project, node.func.value, site) ? literalText(key.value) : undefined;
  }
  return node.kind === 'Subscript' && isForm(project, node.value, site) ? literalText(node.index) : undefined;
}

function isForm(project: Project, node: Expression, site: Site): boolean {
  return project.resolver
    .resolve(node, site)
    .some((ref) => 'name' in ref && ref.name === 'flask.request.form');
}

const MODEL = /(?:^|\.)(?:Model|DeclarativeBase|declarative_base\(\))$/;

/** What a call puts into a table: the columns of a new object, the parameters of a query. */
function storedBy(project: Project, call: Call, site: Site): readonly Expression[] {
  if (call.func.kind === 'Attribute' && call.func.attr.id === 'execute') {
    const [query, values] = call.args;
    if (!/^\s*(?:insert|update|replace)\b/i.test(literalText(query?.value ?? call.func) ?? '')) return [];
    const node = values?.value;
    if (node?.kind === 'Tuple' || node?.kind === 'List') return node.elements;
    return node?.kind === 'Dict' ? node.entries.map(({ value }) => value) : [];
  }
  if (call.func.kind !== 'Name' && call.func.kind !== 'Attribute') return [];
  const isModel = project.resolver
    .resolve(call.func, site)
    .some(
      (ref) => ref.kind === 'class' && project.resolver.bases(ref).library.some((name) => MODEL.test(name)),
    );
  return isModel ? call.args.flatMap(({ name, value }) => (name === undefined ? [] : [value])) : [];
}

/** Functions that do not look at what they are given. */
const SHOWING =
  /^(?:strip|flash|print|format|render_template|url_for|redirect|jsonify|debug|info|warning|error)$/;

/** The value, or the field of the form, is a part of some condition, or is handed to a function. */
function isChecked(
  nodes: readonly Node[],
  use: Expression,
  key: string,
  stored: readonly Expression[],
): boolean {
  const isIt = (node: Node) =>
    use.kind === 'Name'
      ? node.kind === 'Name' && node.id === use.id
      : node.kind === 'String' && literalText(node) === key;
  const mentions = (node: Node) => walk(node).some(isIt);
  return nodes.some((node) => {
    switch (node.kind) {
      case 'If':
      case 'While':
      case 'Conditional':
      case 'Assert':
        return mentions(node.test);
      case 'Comparison':
      case 'Match':
        return mentions(node.kind === 'Match' ? node.subject : node);
      case 'Call': {
        const { func } = node;
        const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
        // `.get("title")` names the key itself.
        if (SHOWING.test(name) || (name === 'get' && use.kind !== 'Name')) return false;
        return node.args.some(({ value }) => !holdsStored(value, stored) && mentions(value));
      }
      default:
        return false;
    }
  });
}

function holdsStored(node: Node, stored: readonly Expression[]): boolean {
  return stored.some(({ start, end }) => node.start <= start && end <= node.end);
}

/** Characters; the author knows better. */
const LENGTH = 200;

function fixUse(context: FileContext, { made, key }: UncheckedUse, base: number): readonly FixOutcome[] {
  const { text, module, file } = context;
  const [target] = made?.targets ?? [];
  if (module === undefined || made === undefined || target?.kind !== 'Name')
    return [refused('the value has no name that could be checked: assign it first')];
  const start = base + made.start;
  const line = text.slice(base + made.end).search(/[\r\n]|$/);
  if (!isFirstOnLine(text, start) || /[;\\]/.test(text.slice(base + made.end, base + made.end + line)))
    return [refused('the line holds more than this value')];
  const imported = ensureImport(module, { from: 'flask', name: 'abort' }, { usedAt: start });
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const list = new EditList();
  for (const { range, newText } of imported.edits) list.replace(range.start, range.end, newText);
  const quote = preferredQuote(text);
  const { value } = made;
  const whole = text.slice(base + value.start, base + value.end);
  if (!/\.strip\(\)$/.test(whole)) {
    const field =
      value.kind === 'Subscript'
        ? value.value
        : value.kind === 'Call' && value.func.kind === 'Attribute'
          ? value.func.value
          : value;
    const form = text.slice(base + field.start, base + field.end);
    list.replace(
      base + value.start,
      base + value.end,
      `${form}.get(${quote}${key}${quote}, ${quote}${quote}).strip()`,
    );
  }
  const indentation = indentationAt(text, start);
  const end = lineEndOf(text);
  const step = indentUnitOf(text);
  const check = [
    `if not ${target.id} or len(${target.id}) > ${LENGTH}:`,
    `${step}${imported.localName}(400, description=${quote}${key} is missing or too long.${quote})`,
  ];
  list.insert(base + made.end + line, check.map((row) => end + indentation + row).join(''));
  const edits = [{ file, isNew: false, edits: list.finish(text) }];
  return [
    { kind: 'fix', fix: { title: 'Check that it is there and not too long', safety: 'assist', edits } },
  ];
}
