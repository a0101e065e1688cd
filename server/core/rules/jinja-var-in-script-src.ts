/** `<script src="{{ x }}">`: who decides the address decides what runs in the page. */
import type { OutputHit } from '../flow/templates';
import { outputRule } from './outputRule';
import { isFreeAddress, textBefore } from './outputUrls';
import { decidesAddress } from './urlText';

export const rule = outputRule({
  id: 'jinja-var-in-script-src',
  title: 'Address of a script from a request',
  kind: 'link',
  severity: 'error',
  doc: {
    happens:
      'A script runs with all rights of your page, wherever it was loaded from. If a visitor can choose the address, for ' +
      'example by a link that they send round, their code reads and does what the person logged in can.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/")
def index():
    return render_template("index.html", widget=request.args.get("widget", "/static/widget.js"))
`,
      'templates/index.html': '<script src="{{ widget }}"></script>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)
WIDGETS = {"clock": "/static/clock.js", "news": "/static/news.js"}

@app.get("/")
def index():
    return render_template("index.html", widget=WIDGETS.get(request.args.get("widget"), "/static/clock.js"))
`,
      'templates/index.html': '<script src="{{ widget }}"></script>\n',
    },
    why: 'Every script that can be loaded is named in your code; the request only picks one.',
    limits:
      'Where the host is fixed (`/static/{{ name }}.js`, `https://cdn.example/{{ version }}/lib.js`) or the origin is ' +
      'not known, nothing is reported.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'OWASP: Third Party JavaScript Management',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Third_Party_Javascript_Management_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit) => isScriptSource(hit) && decidesAddress(textBefore(hit)),
  counts: isFreeAddress,
  message: (label) => `\`${label}\`, which a visitor controls, decides which script runs in this page.`,
  effect: 'is the address of a script',
});

function isScriptSource({ output: { context } }: OutputHit): boolean {
  return context.kind === 'attribute' && context.role === 'url' && context.element === 'script';
}
