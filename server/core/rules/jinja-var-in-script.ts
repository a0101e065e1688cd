/** `<script>var a = "{{ x }}"`: HTML escapes mean nothing to JavaScript. */

import type { OutputHit } from '../flow/templates';
import { scriptLanguage } from '../syntax/jinja/scriptState';
import { isIdentifier } from './identifierOutputs';
import { outputRule } from './outputRule';
import { refused } from './refused';
import { fixWithJson, isMarked, scriptKind } from './scriptOutputs';

export const rule = outputRule({
  id: 'jinja-var-in-script',
  title: 'Template output inside a script',
  kind: 'script',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Jinja escapes for HTML, but inside `<script>` the browser reads JavaScript. There a backslash, a line break, a ' +
      'backtick or a bare word is enough to leave the string or to be code, and `&#39;` just shows up as garbage.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/search")
def search():
    return render_template("search.html", q=request.args.get("q", ""))
`,
      'templates/search.html': '<script>\n  const query = "{{ q }}";\n</script>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/search")
def search():
    return render_template("search.html", q=request.args.get("q", ""))
`,
      'templates/search.html': '<script>\n  const query = {{ q|tojson }};\n</script>\n',
    },
    why:
      '`tojson` writes a JavaScript value, with its quotes, and escapes what would end the string or the script. Numbers, ' +
      'lists and dictionaries work the same way.',
    limits:
      'Numbers, constants, `url_for(…)` and `csrf_token()` are not reported. Scripts whose `type` is not JavaScript ' +
      '(JSON, templates of other engines) are left alone. Where Moat cannot see what a value is, it tells so; between quotes, ' +
      'or if its name says that the app makes it (`event.id`, `menu_id`, `total`, `form.title.name`), it gives a hint only. ' +
      'What is not defined has no JSON: give it a `default`.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: the tojson filter',
        url: 'https://flask.palletsprojects.com/en/stable/templating/#standard-filters',
      },
    ],
  },
  accepts: (hit) => isInCode(hit) && !isMarked(hit),
  kindOf: scriptKind,
  message: (label) => `\`${label}\`, which a visitor controls, is written into JavaScript.`,
  unknown: (hit) => {
    const { context } = hit.output;
    if (context.kind === 'script' && context.isInComment) return undefined;
    return {
      severity: isIdentifier(hit) || isQuoted(hit) ? 'hint' : 'information',
      message: 'This value is escaped for HTML, but stands in JavaScript.',
    };
  },
  effect: 'is written into JavaScript',
  fix(context, hit, isProven) {
    const place = hit.output.context;
    if (place.kind === 'script' && place.isInComment) return [refused('the value stands in a comment')];
    return fixWithJson(context, hit, { within: { start: 0, end: context.text.length }, isProven });
  },
});

function isInCode({ output: { context } }: OutputHit): boolean {
  return context.kind === 'script' && scriptLanguage(context.type) === 'javascript';
}

/** Inside quotes, escaping for HTML leaves a backslash and a line break: a nuisance, seldom a way in. */
function isQuoted({ output: { context } }: OutputHit): boolean {
  return context.kind === 'script' && (context.stringQuote === '"' || context.stringQuote === "'");
}
