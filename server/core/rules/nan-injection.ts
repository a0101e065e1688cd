/** A visitor may send `nan`, for which every comparison is false. */
import { givenArgument } from '../edits/callArguments';
import { NUMBER_READ } from '../knowledge/python';
import { enclosingFunction, type Site } from '../model/scope';
import { walkExpressions } from '../syntax/python/walk';
import { flowRule } from './flowRule';
import type { Rule } from './rule';

const read = flowRule({
  id: 'nan-injection',
  title: 'Number that may be nan',
  kind: 'trust',
  about: 'notANumber',
  severity: 'hint',
  doc: {
    happens:
      '`float` reads `nan` and `inf` as well. With `nan` every comparison is false, so `if amount > balance` lets it through, and what is added up with it becomes `nan` too.',
    vulnerable: {
      'app.py': `
from flask import Flask, abort, request

app = Flask(__name__)
BALANCE = 100.0


@app.post("/pay")
def pay():
    amount = float(request.form["amount"])
    if amount > BALANCE:
        abort(400)
    return {"left": BALANCE - amount}
`,
    },
    safe: {
      'app.py': `
import math

from flask import Flask, abort, request

app = Flask(__name__)
BALANCE = 100.0


@app.post("/pay")
def pay():
    amount = float(request.form["amount"])
    if not math.isfinite(amount) or amount > BALANCE:
        abort(400)
    return {"left": BALANCE - amount}
`,
    },
    why: '`math.isfinite` is false for `nan` and both infinities. `0 < amount <= BALANCE` is false for `nan` too. `decimal.Decimal` is the better type for money, but knows `NaN` as well.',
    limits:
      'It is a hint, since often nothing depends on the number. Functions that ask `isfinite` or `isnan`, or compare with two bounds at once, are left alone.',
    references: [
      {
        title: 'CWE-704: Incorrect Type Conversion or Cast',
        url: 'https://cwe.mitre.org/data/definitions/704.html',
      },
      {
        title: 'Python: float',
        url: 'https://docs.python.org/3/library/functions.html#float',
      },
    ],
  },
  only: NUMBER_READ,
  accepts: ({ site }) => !isChecked(site),
  message: (label) => `\`${label}\` may be \`nan\`, for which every comparison is false.`,
});

export const rule = {
  ...read,
  *checkUnit({ isTest, facts, resolve, site }) {
    if (isTest) return;
    for (const { node, owners } of facts.calls) {
      if (node.func.kind !== 'Attribute' || node.func.attr.id !== 'get' || isChecked(site(owners))) continue;
      const type = givenArgument(node, 'type', 2)?.value;
      if (type?.kind !== 'Name' || type.id !== 'float') continue;
      if (resolve(node.func.value, owners).some((ref) => 'name' in ref && SENT.test(String(ref.name))))
        yield {
          range: node,
          message: 'This value may be `nan`, for which every comparison is false.',
          confidence: 'medium',
        };
    }
  },
} satisfies Rule;

const SENT = /^flask\.request\.(?:args|form|values)$/;

function isChecked(site: Site): boolean {
  return walkExpressions(enclosingFunction(site)?.body ?? []).some((node) => {
    if (node.kind === 'Comparison')
      return node.ops.length > 1 && node.ops.every((op) => op.startsWith('<') || op.startsWith('>'));
    const name = node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
    return /^is_?(?:finite|nan)$/.test(name);
  });
}
