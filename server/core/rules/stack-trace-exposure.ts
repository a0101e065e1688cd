/** What an error says is sent to the visitor. */

import type { SinkHit } from '../flow/machine';
import { EXCEPTION_LABEL } from '../knowledge/exceptions';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { fixExposure } from './exposureFix';
import { flowRule } from './flowRule';
import { writtenName } from './literals';
import { sourceOf } from './sourceOf';

export const rule = flowRule({
  id: 'stack-trace-exposure',
  title: 'Error details sent to the visitor',
  kind: 'exposure',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Errors are written for developers. They name files, tables, queries, hosts and versions, which is what an ' +
      'attacker needs for the next step; whoever can cause errors can ask the app how it works inside.',
    vulnerable: {
      'app.py': `
from flask import Flask
from orders import load_order

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    try:
        return load_order(number)
    except Exception as error:
        return {"error": str(error)}, 500
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from orders import load_order

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    try:
        return load_order(number)
    except Exception:
        app.logger.exception("Cannot load order %d", number)
        return {"error": "The order cannot be loaded"}, 500
`,
    },
    why: 'The log has all that a developer needs, and the visitor is told what matters to them.',
    limits:
      'Counts for `Exception`, for errors of the system and for those of databases and HTTP clients. What is raised for ' +
      'people, such as a failed validation, may be shown. Code that runs in debug mode only is left alone.',
    references: [
      {
        title: 'CWE-209: Generation of Error Message Containing Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/209.html',
      },
      {
        title: 'OWASP: Error Handling Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html',
      },
      { title: 'Flask: handling errors', url: 'https://flask.palletsprojects.com/en/stable/errorhandling/' },
    ],
  },
  accepts: (hit, context) => !context.isTest && !isForDevelopers(hit) && isFirst(hit, context),
  counts: (taint) => sourceOf(taint) === EXCEPTION_LABEL,
  severityOf: (hit) => ('call' in hit && isOfBase(hit.argument) ? 'hint' : 'warning'),
  message: (label) => `The visitor is sent what the error \`${label}\` says, which is made for developers.`,
  fix: fixExposure,
});

/** What a call sends is not sent once more by returning its result. */
function isFirst(hit: SinkHit, context: FileContext): boolean {
  if (hit.callee !== 'return') return true;
  const keys = new Set(hit.value.taints.map(({ sourceKey }) => sourceKey));
  return !context
    .sinkHits('exposure')
    .some(
      ({ callee, value }) =>
        callee !== 'return' &&
        value.taints.some(({ sourceKey }) => sourceKey.startsWith('!') && keys.has(sourceKey)),
    );
}

/** `return super().get()`: the answer of the base class, which is where it has to be mended, once. */
function isOfBase(node: Expression): boolean {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return false;
  const { value } = node.func;
  return value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'super';
}

/** `if app.debug:` stands around it. */
function isForDevelopers({ site, call }: SinkHit): boolean {
  const owner = site.owners.at(-1);
  return walkStatements(owner?.body ?? site.tree.body).some(
    (statement) =>
      statement.kind === 'If' &&
      statement.body.some(({ start, end }) => start <= call.start && call.end <= end) &&
      mentionsDebug(statement.test),
  );
}

function mentionsDebug(test: Expression): boolean {
  return walkExpressions(test).some((node) => /^(?:FLASK_)?debug$/i.test(writtenName(node) ?? ''));
}
