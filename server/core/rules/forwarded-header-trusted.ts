/** The address of a visitor is taken from a header that they can write themselves. */
import { ownExpressions } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import { addressDecisions, readsForwarded } from './forwardedHeaders';
import type { Rule } from './rule';

export const rule = {
  id: 'forwarded-header-trusted',
  title: 'Address taken from a header of the visitor',
  kind: 'forwarded',
  severity: 'hint',
  doc: {
    happens:
      '`X-Forwarded-For` is what a proxy writes down, or what a visitor has made up: anybody can send it. Limits, blocks and logs ' +
      'that go by it go by what the visitor likes.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.get("/me")
def me():
    return {"address": request.headers.get("X-Forwarded-For", request.remote_addr)}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)


@app.get("/me")
def me():
    return {"address": request.remote_addr}
`,
    },
    why:
      '`ProxyFix` takes as many entries from the end of the header as there are proxies of yours; what the visitor sent in front of ' +
      'them is ignored. Use it only behind such a proxy.',
    limits:
      'Reading the header only to show or to log it does little harm. Where an address is compared, `client-ip-trust` says so.',
    references: [
      {
        title: 'CWE-348: Use of Less Trusted Source',
        url: 'https://cwe.mitre.org/data/definitions/348.html',
      },
      {
        title: 'Flask: tell Flask it is behind a proxy',
        url: 'https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/',
      },
    ],
  },
  *checkUnit({ isTest, facts, project, site }) {
    if (isTest) return;
    const seen = new Set<Expression>();
    for (const decision of addressDecisions(project, facts, site))
      for (const node of walkExpressions(decision)) seen.add(node);
    // Inner functions come after those around them, and know best what a name stands for.
    for (const { node: owner, owners } of [...facts.functions].reverse())
      for (const node of walkStatements(owner.body).flatMap(ownExpressions).flatMap(walkExpressions)) {
        if (seen.has(node) || !readsForwarded(project, node, site([...owners, owner]))) continue;
        seen.add(node);
        yield { range: node, message: MESSAGE, confidence: 'medium' };
      }
  },
} satisfies Rule;

const MESSAGE = 'Visitors can write this header themselves; `ProxyFix` keeps what your own proxy says.';
