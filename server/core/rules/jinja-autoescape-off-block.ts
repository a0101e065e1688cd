/** `{% autoescape false %}`: everything in the block is written as it is. */
import type { Range } from '../base/range';
import { activeTaints, isUnknownFor } from '../flow/values';
import type { AutoescapeNode, JinjaExpression, Output, TemplateBody } from '../syntax/jinja/ast';
import { bodiesOf, walkNodes } from '../syntax/jinja/walk';
import type { FileContext } from './context';
import { isPage } from './outputRule';
import type { RawFinding, Rule } from './rule';

export const rule = {
  id: 'jinja-autoescape-off-block',
  title: 'Escaping switched off for a block',
  kind: 'autoescape',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'Inside `{% autoescape false %}` Jinja writes every value as it is, also those that somebody adds next year. If one ' +
      'of them holds what a visitor sent, their `<script>` runs in your page.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '{% autoescape false %}\n<h1>Hello {{ name }}</h1>\n{% endautoescape %}\n',
    },
    safe: {
      'app.py': `
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return render_template("hello.html", name=request.args.get("name", ""))
`,
      'templates/hello.html': '{% autoescape true %}\n<h1>Hello {{ name }}</h1>\n{% endautoescape %}\n',
    },
    why: 'Jinja turns `<` into `&lt;` again. A value that is meant to be HTML can be cleaned and marked one by one.',
    limits:
      'A block in which nothing but constants, numbers and escaped values is written is not reported. Plain text, such as ' +
      'the text part of an e-mail, needs no escaping: keep it in a `.txt` file.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask: controlling autoescaping',
        url: 'https://flask.palletsprojects.com/en/stable/templating/#controlling-autoescaping',
      },
    ],
  },
  *checkTemplate(context) {
    if (!isPage(context)) return;
    for (const block of blocksOff(context)) {
      const finding = toFinding(context, block);
      if (finding !== undefined) yield finding;
    }
  },
  fix(context, { range }) {
    const block = blocksOff(context).find(({ value }) => value.start === range.start);
    if (block === undefined) return [];
    const edits = [{ file: context.file, isNew: false, edits: [{ range: { ...range }, newText: 'true' }] }];
    return [{ kind: 'fix', fix: { title: 'Switch escaping on', safety: 'review', edits } }];
  },
} satisfies Rule;

function blocksOff({ template }: FileContext): readonly AutoescapeNode[] {
  const blocks: AutoescapeNode[] = [];
  for (const node of walkNodes(template?.body ?? []))
    if (node.kind === 'Autoescape' && isOff(node.value)) blocks.push(node);
  return blocks;
}

/** What a template says is off is off; a name may be anything. */
function isOff(value: JinjaExpression): boolean {
  return value.kind === 'Literal' && (value.value === false || value.value === null || value.value === 0);
}

/** Outputs that the block rules: those of a block inside it have their own. */
function* outputsOf(body: TemplateBody): Generator<Output> {
  for (const node of body) {
    if (node.kind === 'Output') yield node;
    if (node.kind !== 'Autoescape') for (const inner of bodiesOf(node)) yield* outputsOf(inner);
  }
}

function toFinding(context: FileContext, block: AutoescapeNode): RawFinding | undefined {
  const outputs = new Set(outputsOf(block.body));
  const hits = context.outputs().filter(({ output }) => outputs.has(output));
  const range: Range = { start: block.value.start, end: block.value.end };
  for (const { output, value } of hits) {
    const [taint] = activeTaints(value, 'html');
    if (taint === undefined) continue;
    const place = { file: context.file, range: { start: output.start, end: output.end } };
    return {
      range,
      message: `Escaping is switched off for \`${taint.label}\`, which a visitor controls.`,
      confidence: 'high',
      path: context.flow(taint, place, 'is written into the page without escaping'),
    };
  }
  if (!hits.some(({ value }) => isUnknownFor(value, 'html'))) return undefined;
  return {
    range,
    message: 'Escaping is switched off for everything in this block.',
    severity: 'warning',
    confidence: 'medium',
    path: [],
  };
}
