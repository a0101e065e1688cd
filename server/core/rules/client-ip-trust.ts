/** An address that the visitor writes into a header decides about rights. */
import { addressDecisions } from './forwardedHeaders';
import type { Rule } from './rule';

export const rule = {
  id: 'client-ip-trust',
  title: 'Right given to an address in a header',
  kind: 'clientAddress',
  severity: 'warning',
  doc: {
    happens:
      '`X-Forwarded-For` is a header like any other. Whoever sends `X-Forwarded-For: 127.0.0.1` passes a check that lets ' +
      'only this machine through.',
    vulnerable: {
      'app.py': `
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/admin")
def admin():
    if request.headers.get("X-Forwarded-For") != "127.0.0.1":
        abort(403)
    return {"ok": True}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)


@app.get("/admin")
def admin():
    if request.remote_addr != "127.0.0.1":
        abort(403)
    return {"ok": True}
`,
    },
    why:
      '`ProxyFix` takes as many addresses from the end of the header as you have proxies; those in front of them are what the ' +
      'visitor wrote. Without a proxy `request.remote_addr` is right by itself.',
    limits:
      'An address alone is a weak proof in any case. Addresses that are only logged or counted are not reported.',
    references: [
      {
        title: 'CWE-290: Authentication Bypass by Spoofing',
        url: 'https://cwe.mitre.org/data/definitions/290.html',
      },
      {
        title: 'Werkzeug: ProxyFix',
        url: 'https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/',
      },
    ],
  },
  *checkUnit({ isTest, project, facts, site }) {
    if (isTest) return;
    for (const node of addressDecisions(project, facts, site))
      yield {
        range: node,
        message: 'This check trusts an address that the visitor can write into a header.',
        confidence: 'medium',
      };
  },
} satisfies Rule;
