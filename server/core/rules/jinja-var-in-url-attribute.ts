/** `<a href="{{ x }}">`: an address that begins with `javascript:` is code, escaped or not. */
import type { OutputHit } from '../flow/templates';
import { templatePath } from '../flow/templateValues';
import type { FileContext } from './context';
import { outputRule, outputText } from './outputRule';
import { isFreeAddress, textBefore } from './outputUrls';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export const rule = outputRule({
  id: 'jinja-var-in-url-attribute',
  title: 'Address in a page from a request',
  kind: 'link',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'A link to `javascript:alert(1)` runs code when it is clicked, and nothing in it needs escaping. If a visitor can ' +
      'choose the whole address, they can also send your users to a copy of your site.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/done")
def done():
    return render_template("done.html", next=request.args.get("next", "/"))
`,
      'templates/done.html': '<a href="{{ next }}">Continue</a>\n',
    },
    safe: {
      'app.py': `
from urllib.parse import urlsplit

from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/done")
def done():
    target = request.args.get("next", "/")
    if urlsplit(target).scheme not in ("http", "https"):
        target = "/"
    return render_template("done.html", next=target)
`,
      'templates/done.html': '<a href="{{ next }}">Continue</a>\n',
    },
    why: 'With the scheme checked, the address can lead to a page, but cannot be code.',
    limits:
      'An address whose beginning is fixed (`/users/{{ name }}`, `https://…/{{ id }}`, `?q={{ q }}`, `url_for(…)`) is not ' +
      'reported, nor is one of unknown origin. Images and media do not run code: an address of theirs is a hint.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: security considerations, XSS',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#cross-site-scripting-xss',
      },
    ],
  },
  accepts: (hit) => isAddress(hit) && textBefore(hit).trim() === '',
  counts: isFreeAddress,
  severityOf: (hit) => (runsCode(hit) ? 'error' : 'hint'),
  message: (label, hit) =>
    `\`${label}\`, which a visitor controls, decides where this \`${nameOf(hit)}\` leads.`,
  effect: 'is the address in the page',
  fix: (context, hit) => [schemeCheck(context, hit)],
});

/** Addresses of scripts have a rule of their own, and so has code behind `javascript:`. */
function isAddress({ output: { context } }: OutputHit): boolean {
  return context.kind === 'attribute' && context.role === 'url' && context.element !== 'script';
}

/** Elements on which an address is followed as a page, or loaded with the rights of one. */
const FOLLOWED = new Map<string, ReadonlySet<string>>(
  Object.entries({
    href: ['a', 'area', 'base', 'link', 'use'],
    'xlink:href': ['a', 'use'],
    src: ['iframe', 'frame', 'embed'],
    data: ['object'],
    action: ['form'],
    formaction: ['button', 'input'],
    content: ['meta'],
  }).map(([name, elements]) => [name, new Set(elements)]),
);

function runsCode({ output: { context } }: OutputHit): boolean {
  return context.kind === 'attribute' && (FOLLOWED.get(context.name)?.has(context.element) ?? false);
}

function nameOf({ output: { context } }: OutputHit): string {
  return context.kind === 'attribute' ? context.name : '';
}

/** `{{ x }}` → `{{ x if x.startswith((…)) else '#' }}`: a start, since the view may know better what is allowed. */
function schemeCheck(context: FileContext, hit: OutputHit): FixOutcome {
  const { expression, context: place } = hit.output;
  if (templatePath(expression) === undefined || place.kind !== 'attribute')
    return refused('the address is not a plain name');
  const quote = place.quote === "'" ? '"' : "'";
  const schemes = ['https://', 'http://', '/'].map((scheme) => `${quote}${scheme}${quote}`).join(', ');
  const text = outputText(context, hit);
  const { end } = expression;
  const newText = ` if ${text}.startswith((${schemes})) else ${quote}#${quote}`;
  const edits = [{ file: context.file, isNew: false, edits: [{ range: { start: end, end }, newText }] }];
  return { kind: 'fix', fix: { title: 'Check how the address begins', safety: 'assist', edits } };
}
