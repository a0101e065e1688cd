/** `<a title={{ x }}>`: a blank in the value ends it, and what follows becomes attributes. */
import { quoteAttribute, singleQuoteAttribute } from '../edits/jinjaFilter';
import type { OutputHit } from '../flow/templates';
import { filterNames } from '../syntax/jinja/walk';
import type { FileContext } from './context';
import { isIdentifier } from './identifierOutputs';
import { outputRule, outputText } from './outputRule';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export const rule = outputRule({
  id: 'jinja-unquoted-attribute',
  title: 'Template output in an attribute without quotes',
  kind: 'attribute',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Without quotes, a space ends the value of an attribute. Somebody whose nickname is `x onmouseover=alert(1)` adds an ' +
      'event handler of their own to your page. Jinja escapes `<`, `>`, `&` and quotes, but leaves spaces alone.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/search")
def search():
    return render_template("search.html", q=request.args.get("q", ""))
`,
      'templates/search.html': '<input name="q" value={{ q }}>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/search")
def search():
    return render_template("search.html", q=request.args.get("q", ""))
`,
      'templates/search.html': '<input name="q" value="{{ q }}">\n',
    },
    why: 'Between quotes only a quote ends the value, and Jinja writes quotes in data as `&#34;` and `&#39;`.',
    limits:
      'Numbers, constants and what `url_for` returns are not reported: there is no space in them. Where Moat cannot see ' +
      'what a value is, it warns, because quotes cost nothing.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: security considerations, XSS',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#cross-site-scripting-xss',
      },
    ],
  },
  accepts: (hit) => {
    const { context } = hit.output;
    return (
      (context.kind === 'attribute' && context.quote === '') || context.kind === 'tag' || endsByJson(hit)
    );
  },
  message: (label, hit) =>
    hit.output.context.kind === 'tag'
      ? `\`${label}\`, which a visitor controls, is written where attributes stand.`
      : endsByJson(hit)
        ? `\`tojson\` writes double quotes, which end this attribute, and \`${label}\` goes on behind it.`
        : `\`${label}\`, which a visitor controls, is written into an attribute without quotes.`,
  unknown: (hit) => {
    const { context } = hit.output;
    if (endsByJson(hit))
      return { severity: 'information', message: '`tojson` writes double quotes, which end this attribute.' };
    return context.kind === 'attribute'
      ? {
          severity: isIdentifier(hit) ? 'hint' : 'warning',
          message: `The value of \`${context.name}\` has no quotes: a space in it adds attributes.`,
        }
      : undefined;
  },
  effect: 'is written into an attribute without quotes',
  fix: fixQuotes,
});

function fixQuotes(context: FileContext, hit: OutputHit): readonly FixOutcome[] {
  const place = hit.output.context;
  const result =
    place.kind === 'attribute'
      ? (endsByJson(hit) ? singleQuoteAttribute : quoteAttribute)(context.text, place)
      : {
          kind: 'refused' as const,
          reason: `\`${outputText(context, hit)}\` is not the value of an attribute`,
        };
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Put quotes around the value', safety: 'safe', edits } }];
}

/** `data-x="{{ x|tojson }}"`: `tojson` escapes `<`, `>`, `&` and `'`, and its result is not escaped again. */
function endsByJson({ output: { context, expression } }: OutputHit): boolean {
  if (context.kind !== 'attribute' || context.quote !== '"' || context.role === 'eventHandler') return false;
  return filterNames(expression).find((name) => !/^(?:e|escape|safe)$/.test(name)) === 'tojson';
}
