/** A pattern that can take forever for a text that a visitor sends. */
import type { SinkHit } from '../flow/machine';
import { patternsOf } from '../flow/regularExpressions';
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { isExponential } from '../syntax/regex/ambiguity';
import type { FileContext } from './context';
import { flowRule } from './flowRule';
import type { Rule } from './rule';

const onRequests = flowRule({
  id: 'redos',
  title: 'Pattern that can take forever',
  kind: 'trust',
  about: 'slowPattern',
  severity: 'warning',
  doc: {
    happens:
      'In `(a+)+$` the same text can be cut up in many ways, and all of them are tried before the pattern gives up. With ' +
      'thirty letters and one wrong sign at the end a single request keeps a worker busy for hours.',
    vulnerable: {
      'app.py': `
import re

from flask import Flask, request

app = Flask(__name__)


@app.get("/name")
def name():
    return {"ok": bool(re.match(r"^([a-z]+\\s?)*$", request.args["name"]))}
`,
    },
    safe: {
      'app.py': `
import re

from flask import Flask, request

app = Flask(__name__)


@app.get("/name")
def name():
    return {"ok": bool(re.match(r"^[a-z]+(\\s[a-z]+)*$", request.args["name"]))}
`,
    },
    why:
      'Each text can be cut up in one way only: a further word needs a space in front. A limit for the length, checked ' +
      'first, helps as well.',
    limits:
      'Reported are patterns whose time doubles with each character. Those that are merely slow for very long texts are not.',
    references: [
      {
        title: 'CWE-1333: Inefficient Regular Expression',
        url: 'https://cwe.mitre.org/data/definitions/1333.html',
      },
      {
        title: 'OWASP: Regular expression Denial of Service',
        url: 'https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS',
      },
    ],
  },
  only: 'is what the pattern is tried on',
  accepts: isSlow,
  message: (label) => `This pattern may take exponential time for \`${label}\`, which a visitor controls.`,
});

export const rule: Rule = {
  ...onRequests,
  /** Validators of forms are only ever tried on what visitors send. */
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const { name, call } of unit.libraryCalls()) {
      const pattern = name === 'wtforms.validators.Regexp' ? call.args[0]?.value : undefined;
      if (pattern !== undefined && isExponential(literalText(pattern) ?? '', false))
        yield {
          range: pattern,
          message: 'This pattern may take exponential time for what visitors enter.',
          confidence: 'high',
        };
    }
  },
};

function isSlow({ callee, call, site }: SinkHit, context: FileContext): boolean {
  const isCompiled = callee.startsWith('re.Pattern.');
  const pattern: Expression | undefined =
    isCompiled && call.func.kind === 'Attribute' ? call.func.value : call.args[0]?.value;
  const value = pattern && context.valueOf(site.tree, pattern);
  const isWhole = callee.endsWith('.fullmatch');
  return value !== undefined && patternsOf(value).some((text) => isExponential(text, isWhole));
}
