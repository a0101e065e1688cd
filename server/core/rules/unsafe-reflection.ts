/** Request data that chooses a module to import or an attribute to use. */
import type { SinkHit, WriteHit } from '../flow/machine';
import { textParts } from '../flow/values';
import { enclosingFunction } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { flowRule } from './flowRule';
import { writtenName } from './literals';

const MODULE = 'chooses the module that is imported';

export const rule = flowRule({
  id: 'unsafe-reflection',
  title: 'Module or attribute chosen by a visitor',
  kind: 'reflection',
  severity: 'error',
  doc: {
    happens:
      'The visitor chooses which module is imported or which attribute is used, not only among those you had in mind. ' +
      'Importing runs code; `getattr(user, "password_hash")` shows what was never meant to be shown, and ' +
      '`getattr(obj, name)()` calls any method there is.',
    vulnerable: {
      'app.py': `
import importlib

from flask import Flask, request

app = Flask(__name__)


@app.post("/export")
def export():
    exporter = importlib.import_module("exporters." + request.form["format"])
    return exporter.run()
`,
    },
    safe: {
      'app.py': `
from exporters import as_csv, as_json
from flask import Flask, abort, request

app = Flask(__name__)
EXPORTERS = {"csv": as_csv.run, "json": as_json.run}


@app.post("/export")
def export():
    name = request.form["format"]
    if name not in EXPORTERS:
        abort(400)
    return EXPORTERS[name]()
`,
    },
    why: 'The dict holds everything a visitor may choose. Whatever else they send is not in it.',
    limits:
      'Moat does not know which attributes an object has, so a `getattr` on an object that holds nothing secret is ' +
      'reported too, as a warning; as an information where it is a class and what it gives, such as a column, is not called. A check against a constant list or dict before it is understood, and ' +
      'so are names with a fixed beginning, such as `"handle_" + name`.',
    references: [
      {
        title: 'CWE-470: Use of Externally-Controlled Input to Select Classes or Code',
        url: 'https://cwe.mitre.org/data/definitions/470.html',
      },
    ],
  },
  accepts: (hit, context) => !isPrefixed(hit) && !isOfEnum(hit, context),
  severityOf: (hit) => (hit.row.effect === MODULE ? 'error' : mayRun(hit) ? 'warning' : 'information'),
  message: (label, hit) =>
    hit.row.effect === MODULE
      ? `The module that is imported here depends on \`${label}\`, which a visitor controls.`
      : `The attribute that is used here depends on \`${label}\`, which a visitor controls.`,
});

/** `User`, `self.model`, `cls.__model__` */
const CLASS_NAME = /^(?:[A-Z]\w*[a-z]\w*|_*(?:\w+_)?(?:model|model_class|entity)_*)$/;

/** What is chosen of a class is called or handed out, not just a column to sort by: `getattr(Tasks, name)()`, but not
 *  `order_by(getattr(User, name))`. */
function mayRun(hit: SinkHit | WriteHit): boolean {
  if (!('call' in hit) || !/(?:^|\.)getattr$/.test(hit.callee)) return true;
  const { call, site } = hit;
  const object = call.args[0]?.value;
  if (object === undefined || !CLASS_NAME.test(writtenName(object) ?? '')) return true;
  const body = enclosingFunction(site)?.body ?? site.tree.body;
  const statements = walkStatements(body);
  const isChosen = (node: Expression | undefined) => node?.start === call.start && node.end === call.end;
  const names = new Set(
    statements.flatMap((statement) =>
      statement.kind === 'Assign' && isChosen(statement.value)
        ? statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []))
        : [],
    ),
  );
  const isMeant = (node: Expression | undefined) =>
    isChosen(node) || (node?.kind === 'Name' && names.has(node.id));
  return (
    statements.some((statement) => statement.kind === 'Return' && isMeant(statement.value)) ||
    walkExpressions(body).some((node) => node.kind === 'Call' && isMeant(node.func))
  );
}

/** `getattr(self, "handle_" + name)`: only what was written to be called that way. */
function isPrefixed({ value, row }: SinkHit): boolean {
  const [first] = value.text === undefined ? [] : textParts(value);
  return row.effect !== MODULE && first !== undefined && 'text' in first && /^[a-z]\w*_$/i.test(first.text);
}

/** `getattr(Color, name)` gives one of the colors. */
function isOfEnum({ call, row, site }: SinkHit, { project }: FileContext): boolean {
  const object = call.args[0]?.value;
  if (row.effect === MODULE || object === undefined) return false;
  return project.resolver
    .resolve(object, site)
    .some(
      (ref) =>
        ref.kind === 'class' &&
        project.resolver.bases(ref).library.some((name) => /^enum\.(?:Int|Str)?(?:Enum|Flag)$/.test(name)),
    );
}
