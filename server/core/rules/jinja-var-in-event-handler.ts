/** `onclick="f('{{ x }}')"`: the browser decodes the HTML escapes before it runs the JavaScript. */

import type { OutputHit } from '../flow/templates';
import { isIdentifier } from './identifierOutputs';
import { outputRule } from './outputRule';
import { refused } from './refused';
import { fixWithJson, isMarked, scriptKind } from './scriptOutputs';

export const rule = outputRule({
  id: 'jinja-var-in-event-handler',
  title: 'Template output inside an event handler',
  kind: 'script',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'In `onclick="show(\'{{ name }}\')"` the browser first turns `&#39;` back into a quote and then runs the result. ' +
      "Jinja’s escaping is undone, and a name such as `'); steal('` runs as code.",
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '<button onclick="greet(\'{{ name }}\')">Hello</button>\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '<button onclick="greet({{ name|tojson|forceescape }})">Hello</button>\n',
    },
    why:
      '`tojson` writes a JavaScript value with its own quotes; `forceescape` writes those as `&#34;`, so that they do not ' +
      'end the attribute. After the browser has decoded them, the value is still one string.',
    limits:
      'A `data-` attribute that the script reads (`button.dataset.name`) is as safe and easier to read. `:name`, `@name`, ' +
      '`x-…` and `v-…` attributes of Alpine and Vue are JavaScript, too. Numbers and constants are not reported.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'OWASP: Cross Site Scripting Prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit) => (isHandler(hit) || isScriptAddress(hit)) && !isMarked(hit),
  kindOf: (hit) => (isScriptAddress(hit) ? 'link' : scriptKind(hit)),
  message: (label) => `\`${label}\`, which a visitor controls, is written into an event handler.`,
  unknown: (hit) => ({
    severity: isIdentifier(hit) ? 'hint' : 'information',
    message: 'The browser decodes what Jinja escapes here, and runs it as JavaScript.',
  }),
  effect: 'is written into JavaScript in an attribute',
  fix(context, hit, isProven) {
    const place = hit.output.context;
    if (isScriptAddress(hit) || place.kind !== 'attribute')
      return [refused('`javascript:` addresses are decoded once more')];
    return fixWithJson(context, hit, { within: place.valueRange, isProven });
  },
});

function isHandler({ output: { context } }: OutputHit): boolean {
  return context.kind === 'attribute' && context.role === 'eventHandler';
}

function isScriptAddress({ output: { context } }: OutputHit): boolean {
  return context.kind === 'attribute' && context.role === 'url' && /^\s*javascript:/i.test(context.prefix);
}
