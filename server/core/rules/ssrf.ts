/** Request data that decides where the server itself sends a request. */
import type { SinkHit, WriteHit } from '../flow/machine';
import { isTainted } from '../flow/values';
import { fixRequest } from './addressFix';
import { flowRule } from './flowRule';
import { decidedPart, type UrlPart } from './urlText';

export const rule = flowRule({
  id: 'ssrf',
  title: 'Server request to an address from a request',
  kind: 'ssrf',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'Your server fetches an address that a visitor chose. From inside your network it reaches what they can’t: ' +
      '`http://localhost:8080/admin`, the database’s console, or `http://169.254.169.254/`, where clouds hand out the ' +
      'keys of the machine.',
    vulnerable: {
      'app.py': `
import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/preview")
def preview():
    url = request.args["url"]
    return requests.get(url, timeout=5).text, 200, {"Content-Type": "text/plain"}
`,
    },
    safe: {
      'app.py': `
import requests
from flask import Flask, abort, request

app = Flask(__name__)
FEEDS = {
    "news": "https://news.example.com/feed.xml",
    "blog": "https://blog.example.com/feed.xml",
}


@app.get("/preview")
def preview():
    url = FEEDS.get(request.args["feed"])
    if url is None:
        abort(404)
    return requests.get(url, timeout=5).text, 200, {"Content-Type": "text/plain"}
`,
    },
    why:
      'The request picks an entry; the addresses are written in your code. Where a visitor’s text goes into the path, ' +
      'write it with `urllib.parse.quote(text, safe="")`, and pass queries with `params=`.',
    limits:
      'Where only the path behind a fixed host depends on the request, the finding is information: `../` in it can reach ' +
      'another address of the same host. What stands behind `?` is not reported. A list of allowed hosts is not enough ' +
      'if such a host redirects: set `allow_redirects=False`.',
    references: [
      {
        title: 'CWE-918: Server-Side Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/918.html',
      },
      {
        title: 'OWASP: SSRF Prevention Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit) => partOf(hit) !== 'query',
  fix: (context, hit) => (partOf(hit) === 'address' ? fixRequest(context, hit) : []),
  severityOf: (hit) => (partOf(hit) === 'address' ? 'error' : 'information'),
  message: (label, hit) =>
    partOf(hit) === 'address'
      ? `Where this request goes depends on \`${label}\`, which a visitor controls.`
      : `The path of this request depends on \`${label}\`, which a visitor controls; the host is fixed.`,
});

function partOf(hit: SinkHit | WriteHit): UrlPart {
  return decidedPart(hit.value, (piece) => isTainted(piece, 'ssrf'));
}
