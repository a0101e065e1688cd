/** No response tells the browser to protect the pages. */
import { insertLine, isFirstOnLine, preferredQuote } from '../edits/pythonText';
import { SECURITY_HEADERS, type SecurityHeader } from '../knowledge/extensions';
import type { AppFacts } from '../model/appFacts';
import { unitFacts } from '../model/unitFacts';
import { walk } from '../syntax/python/walk';
import { addLines } from './appFix';
import type { AppPlace } from './appPlace';
import { appRule, type Lack } from './appRule';
import type { FileContext } from './context';
import type { FileEdit } from './rule';

export const rule = appRule({
  id: 'security-headers-missing',
  title: 'Security headers not set',
  kind: 'headers',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'Browsers can protect a page when its server asks them to: show it in no frame of another site (where a ' +
      'click goes to a button that nobody sees), run scripts from its own server only, take no text for a ' +
      'script, come back over HTTPS only. No response of this app asks for it.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/")
def index():
    return render_template("index.html")
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template

app = Flask(__name__)


@app.after_request
def set_security_headers(response):
    response.headers.setdefault("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response



@app.get("/")
def index():
    return render_template("index.html")
`,
    },
    why:
      'The function runs after every view, and `setdefault` leaves alone what a view has set itself. Flask-' +
      'Talisman does the same in one line. A policy as strict as this one stops scripts and styles that stand in' +
      ' the page or come from elsewhere: move them into files, or name where they come from.',
    limits:
      'It is reported once, where the app is made, and only when the app renders pages. Headers that a server in' +
      ' front of the app adds, such as nginx, cannot be seen. Functions whose headers are not written in the ' +
      'code are taken to set all of them. `X-XSS-Protection` is not asked for: it switched a filter of old browsers, which ' +
      'current ones no longer have.',
    references: [
      {
        title: 'CWE-693: Protection Mechanism Failure',
        url: 'https://cwe.mitre.org/data/definitions/693.html',
      },
      {
        title: 'CWE-1021: Improper Restriction of Rendered UI Layers or Frames',
        url: 'https://cwe.mitre.org/data/definitions/1021.html',
      },
      {
        title: 'Flask: security headers',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#security-headers',
      },
    ],
  },
  toLack,
  fix: (context, app, facts) => {
    const missing = missingHeaders(facts);
    const completed = completedHook(context, missing);
    if (completed !== undefined)
      return [{ kind: 'fix', fix: { title: TITLE, safety: 'review', edits: [completed] } }];
    return addLines(context, app, {
      title: TITLE,
      safety: 'review',
      at: 'setUp',
      lines: (place) => hookLines(context, place, missing),
    });
  },
});

const TITLE = 'Set the missing headers after every request';

/** As they are written, and what they are set to. */
const VALUES: Readonly<Record<SecurityHeader, readonly [name: string, value: string]>> = {
  'content-security-policy': ['Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'"],
  'x-content-type-options': ['X-Content-Type-Options', 'nosniff'],
  'x-frame-options': ['X-Frame-Options', 'DENY'],
  'referrer-policy': ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  'strict-transport-security': ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
};

/** Without one of these a page lacks something; the others alone are left to whoever runs the server. */
const NEEDED: readonly SecurityHeader[] = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
];

function missingHeaders({ headers }: AppFacts): readonly SecurityHeader[] {
  return SECURITY_HEADERS.filter(
    (name) => !headers.has(name) && !(name === 'x-frame-options' && headers.has('frame-ancestors')),
  );
}

function toLack(facts: AppFacts): Lack | undefined {
  const { capabilities, traits } = facts;
  if (!traits.has('page') || capabilities.has('headers')) return undefined;
  if (traits.has('unknownHeaders') || traits.has('unknownSetup')) return undefined;
  const missing = missingHeaders(facts);
  if (!missing.some((name) => NEEDED.includes(name))) return undefined;
  const names = missing.map((name) => `\`${VALUES[name][0]}\``).join(', ');
  return { message: `No response of this app sets ${names}.` };
}

function headerLines(text: string, response: string, missing: readonly SecurityHeader[]): readonly string[] {
  const quote = preferredQuote(text);
  return missing.map((header) => {
    const [name, value] = VALUES[header];
    // The policy has single quotes in it.
    const shown = value.includes("'") ? `"${value}"` : `${quote}${value}${quote}`;
    return `${response}.headers.setdefault(${quote}${name}${quote}, ${shown})`;
  });
}

/** A function that runs after every request and ends with its response takes the rest as well. */
function completedHook(
  { text, file, module }: FileContext,
  missing: readonly SecurityHeader[],
): FileEdit | undefined {
  for (const { base, tree } of module?.units ?? [])
    for (const { node } of unitFacts(tree).functions) {
      const isHook = node.decorators.some(
        ({ expression }) =>
          expression.kind === 'Attribute' && /^after_(?:app_)?request$/.test(expression.attr.id),
      );
      const last = node.body.at(-1);
      const response = node.params[0]?.name.id;
      if (!isHook || last?.kind !== 'Return' || last.value?.kind !== 'Name' || last.value.id !== response)
        continue;
      if (!isFirstOnLine(text, base + last.start)) continue;
      // An early way out would leave the headers off.
      if (walk(node.body).filter(({ kind }) => kind === 'Return').length > 1) continue;
      return {
        file,
        isNew: false,
        edits: [insertLine(text, base + last.start, headerLines(text, response, missing))],
      };
    }
  return undefined;
}

function hookLines(
  { text, project, file }: FileContext,
  { app, isInFunction }: AppPlace,
  missing: readonly SecurityHeader[],
): readonly string[] {
  const isTaken = project.bindingsOf(file, 'set_security_headers').length > 0;
  const lines = [
    `@${app}.after_request`,
    `def ${isTaken ? 'add' : 'set'}_security_headers(response):`,
    ...headerLines(text, 'response', missing).map((line) => `    ${line}`),
    '    return response',
  ];
  return isInFunction ? ['', ...lines] : ['', '', ...lines];
}
