/** A view that fills in a template with Jinja itself, past Flask's escaping. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import type { MisuseHit } from '../flow/machine';
import { isTainted } from '../flow/values';
import { routesOf } from '../model/routes';
import { unitFacts } from '../model/unitFacts';
import type { Call } from '../syntax/python/ast';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'direct-jinja2-rendering',
  title: 'Page rendered past Flask',
  kind: 'ownRendering',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      '`jinja2.Template` does not escape: that is Flask’s doing, and here Flask is not asked. A value that holds ' +
      '`<script>` becomes a script of the page.',
    vulnerable: {
      'app.py': `
from flask import Flask
from jinja2 import Template

app = Flask(__name__)


@app.get("/hello/<int:n>")
def hello(n):
    return Template("<h1>Hello {{ name }}</h1>").render(name=name_of(n))
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template_string

app = Flask(__name__)


@app.get("/hello/<int:n>")
def hello(n):
    return render_template_string("<h1>Hello {{ name }}</h1>", name=name_of(n))
`,
    },
    why: 'Flask’s own functions escape every value, and know `url_for`, the session and the request.',
    limits:
      'Reported in views only: elsewhere a template may be for a mail or a file. Request data that becomes the template ' +
      'itself is an error of `template-injection`.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      { title: 'Flask: templates', url: 'https://flask.palletsprojects.com/en/stable/templating/' },
    ],
  },
  message: () => 'This page is rendered by Jinja itself, which does not escape the values it shows.',
  accepts: (hit, context) => isInView(hit, context) && !isInjected(hit, context),
  fix: fixRendering,
});

function isInView({ site }: MisuseHit, { project }: FileContext): boolean {
  return site.owners.some(
    (node, depth) =>
      node.kind === 'FunctionDef' &&
      routesOf(project, { ...site, kind: 'function', node, owners: site.owners.slice(0, depth) }).length > 0,
  );
}

function isInjected({ call }: MisuseHit, context: FileContext): boolean {
  return context.sinkHits('template').some((hit) => hit.call === call && isTainted(hit.value, 'template'));
}

/** `Template(text).render(name=…)` → `render_template_string(text, name=…)`. */
function fixRendering(context: FileContext, { call, site }: MisuseHit): readonly FixOutcome[] {
  const source = call?.args[0];
  const render = unitFacts(site.tree).calls.find(
    ({ node }) =>
      node.func.kind === 'Attribute' && node.func.value === call && node.func.attr.id === 'render',
  )?.node;
  if (call === undefined || source === undefined || render === undefined || call.args.length > 1)
    return [refused('the template is made in one place and rendered in another')];
  if (!context.isConstant(site.tree, source.value)) return [refused('the template’s text is not known')];
  if (render.args.some(({ name, star }) => name === undefined && star !== '**'))
    return [refused('the values are passed as one dict')];
  const edits = new EditList();
  const base = context.baseOf(site.tree);
  if (context.module === undefined) return [];
  const request = { from: 'flask', name: 'render_template_string' };
  const imported = ensureImport(context.module, request, { usedAt: base + call.start });
  if (imported.kind === 'refused') return [refused(imported.reason)];
  for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
  edits.replace(base + call.func.start, base + call.func.end, imported.localName);
  joinArguments(edits, base, call, render);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return [{ kind: 'fix', fix: { title: 'Let Flask render it', safety: 'review', edits: all } }];
}

/** `(text).render(` becomes `(text, `. */
function joinArguments(edits: EditList, base: number, call: Call, render: Call): void {
  const [first] = render.args;
  const end = base + call.argsRange.end - 1;
  if (first === undefined) edits.remove(end, base + render.argsRange.end - 1);
  else edits.replace(end, base + first.start, ', ');
}
