/** Request data that decides where the browser is sent. */
import type { SinkHit } from '../flow/machine';
import { activeTaints, type Taint } from '../flow/values';
import { fixRedirect } from './addressFix';
import { flowRule } from './flowRule';
import { sourceOf } from './sourceOf';
import { decidedPart } from './urlText';

export const rule = flowRule({
  id: 'open-redirect',
  title: 'Redirect to an address from a request',
  kind: 'redirect',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'Somebody sends round a link to your site, `https://your-site/login?next=https://your-slte.example`. People see ' +
      'your name, log in, and are passed on to a copy of your site that asks for their password “again”.',
    vulnerable: {
      'app.py': `
from flask import Flask, redirect, request

app = Flask(__name__)


@app.post("/login")
def login():
    return redirect(request.args.get("next", "/"))
`,
    },
    safe: {
      'app.py': `
from flask import Flask, redirect, request, url_for

app = Flask(__name__)
TARGETS = {"cart": "/cart", "orders": "/account/orders"}


@app.get("/")
def index():
    return "", 204


@app.post("/login")
def login():
    return redirect(TARGETS.get(request.args.get("next"), url_for("index")))
`,
    },
    why:
      'Every address that people can be sent to is written in your code. If any page of yours may be the target, let ' +
      'only addresses without a host through: `urlsplit(target).netloc == ""` and no scheme.',
    limits:
      'A fixed path in front, such as `"/users/" + name`, keeps people on your site and is not reported; `"/" + name` is, ' +
      'because `//other.example` is an address of another host. `request.url` and the like are what the visitor asked ' +
      'for anyway. Going back to `request.referrer` is shown as information.',
    references: [
      { title: 'CWE-601: Open Redirect', url: 'https://cwe.mitre.org/data/definitions/601.html' },
      {
        title: 'OWASP: Unvalidated Redirects Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html',
      },
    ],
  },
  accepts: leadsAnywhere,
  counts: isOthers,
  severityOf: (_hit, taint) => (isReferer(taint) ? 'information' : 'error'),
  fix: fixRedirect,
  message: (label) => `Where this redirect leads depends on \`${label}\`, which a visitor controls.`,
});

/** The page that led here: whoever writes it has the visitor already. */
function isReferer(taint: Taint): boolean {
  return sourceOf(taint) === 'the Referer header' || /(?:\b|_)referr?er\b/i.test(taint.label);
}

/** What a browser says of its own request; nobody can put words into another person's. */
const OWN_SOURCES = new Set(['the address of this request', 'the Host header']);

function isOthers(taint: Taint): boolean {
  return !OWN_SOURCES.has(sourceOf(taint)) && !/\brequest\.(path|full_path)$/.test(taint.label);
}

function leadsAnywhere(hit: SinkHit): boolean {
  return decidedPart(hit.value, (piece) => activeTaints(piece, 'redirect').some(isOthers)) === 'address';
}
