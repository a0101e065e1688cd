/** `|safe` on a value that may hold what a visitor sent. */
import type { Range } from '../base/range';
import type { MarkHit } from '../flow/templates';
import { activeTaints, isUnknownFor } from '../flow/values';
import type { JinjaFilter } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { isFormField } from './formFields';
import { isPage } from './outputRule';
import type { RawFinding, Rule } from './rule';
import { fixSafeFilter } from './safeFilterFix';

export const rule = {
  id: 'jinja-safe-filter',
  title: 'Template output not escaped (`|safe`)',
  kind: 'html',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Jinja escapes every value by itself; `|safe` switches that off for one value. If a visitor can decide what the ' +
      'value holds, their `<script>` becomes part of your page and runs for everybody who opens it.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '<h1>Hello {{ name|safe }}</h1>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '<h1>Hello {{ name }}</h1>\n',
    },
    why:
      'Without `|safe`, Jinja turns `<` into `&lt;`, `"` into `&#34;` and so on. The browser shows the characters and ' +
      'never reads them as tags.',
    limits:
      'Is the value meant to hold HTML, such as a comment with bold text? Then clean it in the view with nh3 or ' +
      'bleach; Moat sees that and stays silent. Values whose origin is unknown are shown as information only, and what ' +
      'fields of WTForms write is left alone.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: controlling autoescaping',
        url: 'https://flask.palletsprojects.com/en/stable/templating/#controlling-autoescaping',
      },
    ],
  },
  *checkTemplate(context) {
    // Plain text is escaped nowhere, and nobody reads it as a page.
    for (const mark of isPage(context) ? context.marks() : []) {
      const finding = toFinding(context, mark);
      if (finding !== undefined) yield finding;
    }
  },
  fix(context, finding) {
    const mark = context.marks().find(({ filter }) => rangeOf(filter).start === finding.range.start);
    return mark === undefined ? [] : fixSafeFilter(context, mark);
  },
} satisfies Rule;

/** `|safe`, with the bar: the value before it may be long and is not what is wrong. */
function rangeOf(filter: JinjaFilter): Range {
  return { start: filter.pipeOffset, end: filter.end };
}

function toFinding(context: FileContext, { filter, value }: MarkHit): RawFinding | undefined {
  const range = rangeOf(filter);
  const [taint] = activeTaints(value, 'html');
  if (taint !== undefined)
    return {
      range,
      message: `\`|${filter.name}\` switches escaping off for a value that depends on \`${taint.label}\`, which a visitor controls.`,
      confidence: 'high',
      path: context.flow(taint, { file: context.file, range }, 'is written into the page without escaping'),
    };
  // What a filter of the project marks, its own code tells.
  if (!isUnknownFor(value, 'html') || filter.name !== 'safe') return undefined;
  const body = context.template?.body;
  if (filter.input !== undefined && body !== undefined && isFormField(filter.input, body)) return undefined;
  return {
    range,
    message: '`|safe` switches escaping off, and Moat cannot see where the value comes from.',
    severity: 'information',
    confidence: 'low',
    path: [],
  };
}
