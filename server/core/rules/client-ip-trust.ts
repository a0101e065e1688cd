/** An address that the visitor writes into a header decides about rights. */
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Comparison, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk, walkStatements } from '../syntax/python/walk';
import { lastName } from './passwordRoles';
import type { Rule } from './rule';
import { assignedOnce } from './textParts';

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
    for (const { node, owners } of facts.comparisons)
      if (isDecision(project, node, site(owners)))
        yield {
          range: node,
          message: 'This check trusts an address that the visitor can write into a header.',
          confidence: 'medium',
        };
  },
} satisfies Rule;

function isDecision(project: Project, { left, ops, comparators }: Comparison, site: Site): boolean {
  const [right] = comparators;
  if (right === undefined || ops.length > 1) return false;
  const isEqual = ops[0] === '==' || ops[0] === '!=';
  if (!isEqual && ops[0] !== 'in' && ops[0] !== 'not in') return false;
  const isFor = (sent: Expression, known: Expression) =>
    namesAddresses(known, site) && isForwarded(project, sent, site);
  return isFor(left, right) || (isEqual && isFor(right, left));
}

/** Addresses as written, or a list of them by its name. */
function namesAddresses(node: Expression, site: Site): boolean {
  const source = assignedOnce(node, site);
  const texts = walk(source).flatMap((part) => (part.kind === 'String' ? (literalText(part) ?? []) : []));
  if (texts.some((text) => /^(?:\d{1,3}\.){1,3}\d{0,3}(?:\/\d+)?$|^::1$|^localhost$/.test(text))) return true;
  return (
    texts.length === 0 &&
    /(?:^|_)(?:ip|ips|addr|addrs|addresses|networks?)(?:_|$)/i.test(lastName(node) ?? '')
  );
}

const FORWARDED =
  /^(?:HTTP_)?(?:X[-_](?:Forwarded[-_]For|Real[-_]IP|Client[-_]IP)|True[-_]Client[-_]IP|Client[-_]IP)$/i;

/** The header, or what is left of it after `split` and the like; also from a function of the project. */
function isForwarded(project: Project, node: Expression, site: Site, depth = 0): boolean {
  const source = assignedOnce(node, site);
  const parts = walk(source);
  const reads = parts.some((part) => part.kind === 'String' && FORWARDED.test(literalText(part) ?? ''));
  if (reads)
    return parts.some((part) => part.kind === 'Attribute' && /^(?:headers|environ)$/.test(part.attr.id));
  if (source.kind !== 'Call' || depth > 2) return false;
  return project.resolver.resolve(source.func, site).some((ref) => {
    if (ref.kind !== 'function') return false;
    const inside: Site = { file: ref.file, tree: ref.tree, owners: [...ref.owners, ref.node] };
    return walkStatements(ref.node.body).some(
      (statement) =>
        statement.kind === 'Return' &&
        statement.value !== undefined &&
        isForwarded(project, statement.value, inside, depth + 1),
    );
  });
}
