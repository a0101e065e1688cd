/** Text marked as safe HTML in Python although it may hold what a visitor sent. */
import type { SinkHit } from '../flow/machine';
import { activeTaints, isUnknownFor } from '../flow/values';
import { unitFacts } from '../model/unitFacts';
import { fixMarkup } from './markupFix';
import type { Rule } from './rule';

export const rule = {
  id: 'unsafe-markup',
  title: 'Unescaped text marked as safe HTML',
  kind: 'html',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      '`Markup(…)` promises to Jinja that a text is safe HTML, so Jinja no longer escapes it. If a visitor’s text is ' +
      'in it, their `<script>` runs in other people’s browsers: it reads what they see and acts in their name.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)

@app.get("/hello")
def hello():
    greeting = Markup(f"<b>{request.args['name']}</b>")
    return render_template("hello.html", greeting=greeting)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)

@app.get("/hello")
def hello():
    greeting = Markup("<b>{}</b>").format(request.args["name"])
    return render_template("hello.html", greeting=greeting)
`,
    },
    why:
      'Only your own tags are marked as safe. `Markup`’s own `format`, `%` and `+` escape every value they put in, so ' +
      '`<` arrives as `&lt;` and is shown, not run.',
    limits:
      'If the value is meant to hold HTML, escaping is not what you want: clean it with nh3 or bleach first, then mark ' +
      'it. Moat takes the result of these as clean.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'MarkupSafe: string formatting',
        url: 'https://markupsafe.palletsprojects.com/en/stable/formatting/',
      },
    ],
  },
  *check(context) {
    for (const hit of context.sinkHits('html')) {
      if (hit.callee !== 'markupsafe.Markup' || isTakenApart(hit)) continue;
      const place = { file: context.file, tree: hit.site.tree, range: hit.call };
      const range = context.rangeOf(hit.site.tree, hit.call);
      const [taint] = activeTaints(hit.value, 'html');
      if (taint !== undefined)
        yield {
          range,
          message: `This text is marked as safe HTML but depends on \`${taint.label}\`, which a visitor controls.`,
          confidence: 'high',
          path: context.flow(taint, place, 'is marked as safe HTML'),
        };
      else if (isUnknownFor(hit.value, 'html'))
        yield {
          range,
          message: 'This text is marked as safe HTML, and Moat cannot see where it comes from.',
          severity: 'information',
          confidence: 'low',
          path: [],
        };
    }
  },
  fix(context, finding) {
    const hit = context.sinkHits('html').find((candidate) => {
      const range = context.rangeOf(candidate.site.tree, candidate.call);
      return range.start === finding.range.start && range.end === finding.range.end;
    });
    return hit === undefined ? [] : fixMarkup(context, hit);
  },
} satisfies Rule;

/** `Markup(text).striptags()` gives plain text again: nothing is marked. */
function isTakenApart({ call, site }: SinkHit): boolean {
  return unitFacts(site.tree).calls.some(
    ({ node: { func } }) =>
      func.kind === 'Attribute' &&
      func.value === call &&
      (func.attr.id === 'striptags' || func.attr.id === 'unescape'),
  );
}
