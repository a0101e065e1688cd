/** A Jinja environment that does not escape. */

import type { TextEdit } from '../base/textEdit';
import { ensureImport } from '../edits/addImport';
import type { MisuseHit } from '../flow/machine';
import { unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import { fixOption } from './optionFix';
import type { FixOutcome } from './rule';
import { writtenTo } from './unitNodes';

const TITLE = 'Escape values in HTML';

export const rule = misuseRule({
  id: 'jinja-env-autoescape-off',
  title: 'Jinja environment without escaping',
  kind: 'autoescape',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'Flask’s templates escape values by themselves; an environment that you make with Jinja does not. A visitor who is ' +
      'called `<script>…</script>` runs that script in the page of everybody who sees the name.',
    vulnerable: {
      'pages.py': `
from jinja2 import Environment, FileSystemLoader

pages = Environment(loader=FileSystemLoader("pages"))


def profile(user):
    return pages.get_template("profile.html").render(user=user)
`,
    },
    safe: {
      'pages.py': `
from jinja2 import Environment, FileSystemLoader, select_autoescape

pages = Environment(loader=FileSystemLoader("pages"), autoescape=select_autoescape())


def profile(user):
    return pages.get_template("profile.html").render(user=user)
`,
    },
    why:
      '`select_autoescape()` escapes in templates that are named like HTML or XML, and in those that are made from a text, ' +
      'and leaves plain-text files as they are.',
    limits:
      'A warning where Moat cannot see which templates are loaded. Environments with brackets of their own (LaTeX, SQL), or ' +
      'whose templates are all named as something else than HTML, and tests are left alone.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      { title: 'Jinja: autoescaping', url: 'https://jinja.palletsprojects.com/en/stable/api/#autoescaping' },
    ],
  },
  message: ({ callee }) =>
    callee.startsWith('flask.') || callee.endsWith('.autoescape')
      ? 'Escaping is switched off for all templates of this environment.'
      : 'Templates of this environment do not escape the values they show.',
  accepts: (hit, context) => hit.call === undefined || isFlasks(hit) || loads(context) !== 'other',
  severityOf(hit, context) {
    if (hit.call === undefined || isFlasks(hit) || loads(context) === 'html') return 'error';
    // The sandbox is for texts that people write, such as queries; few of them are pages.
    return hit.callee.includes('.sandbox.') ? 'information' : 'warning';
  },
  fix(context, hit) {
    if (hit.call === undefined) return fixWrite(context, hit);
    if (isFlasks(hit))
      return fixOption(context, hit, { name: 'autoescape', value: 'True', title: TITLE, safety: 'safe' });
    const choice = autoescaper(context, hit);
    if ('refused' in choice) return [{ kind: 'refused', reason: choice.refused }];
    return fixOption(context, hit, {
      name: 'autoescape',
      position: 16,
      value: `${choice.name}()`,
      title: TITLE,
      safety: 'safe',
      more: choice.edits,
    });
  },
});

function isFlasks({ callee }: MisuseHit): boolean {
  return callee.startsWith('flask.');
}

/** What the templates are that this file loads by name. */
function loads(context: FileContext): 'html' | 'other' | 'unknown' {
  const names = (context.module?.units ?? []).flatMap(({ tree }) =>
    unitFacts(tree).calls.flatMap(({ node }) => {
      const isLoad = node.func.kind === 'Attribute' && node.func.attr.id === 'get_template';
      return isLoad && node.args[0] ? [literalText(node.args[0].value)] : [];
    }),
  );
  if (names.some((name) => name !== undefined && /\.(x?html?|xml|svg)(\.|$)/i.test(name))) return 'html';
  const isOther = names.every((name) => name !== undefined && /\.\w+$/.test(name));
  return names.length > 0 && isOther ? 'other' : 'unknown';
}

/** `select_autoescape`, or `jinja2.select_autoescape` where the module is imported as a whole. */
function autoescaper(
  context: FileContext,
  { call, site }: MisuseHit,
): { name: string; edits: readonly TextEdit[] } | { refused: string } {
  const base = context.baseOf(site.tree);
  const func = call?.func;
  if (func?.kind === 'Attribute' && func.value.kind === 'Name' && isJinja(context, func.value, site))
    return { name: `${func.value.id}.select_autoescape`, edits: [] };
  if (context.module === undefined || call === undefined) return { refused: 'no fix is written here' };
  const request = { from: 'jinja2', name: 'select_autoescape' };
  const imported = ensureImport(context.module, request, { usedAt: base + call.start });
  if (imported.kind === 'refused') return { refused: `no fix is written, because ${imported.reason}` };
  return { name: imported.localName, edits: imported.edits };
}

function isJinja({ project }: FileContext, node: Expression, site: MisuseHit['site']): boolean {
  return project.resolver.resolve(node, site).some((ref) => ref.kind === 'external' && ref.name === 'jinja2');
}

/** `app.jinja_env.autoescape = False`: Flask's own choice comes back. */
function fixWrite(context: FileContext, { site, place }: MisuseHit): readonly FixOutcome[] {
  const value = writtenTo(site.tree, place);
  if (value === undefined) return [];
  const base = context.baseOf(site.tree);
  const owner = place.kind === 'Attribute' ? place.value : undefined;
  const isApps = owner?.kind === 'Attribute' && owner.attr.id === 'jinja_env';
  const app = isApps ? context.text.slice(base + owner.value.start, base + owner.value.end) : undefined;
  const newText = app === undefined ? 'True' : `${app}.select_jinja_autoescape`;
  const edit = { range: { start: base + value.start, end: base + value.end }, newText };
  const edits = [{ file: context.file, isNew: false, edits: [edit] }];
  return [{ kind: 'fix', fix: { title: TITLE, safety: 'safe', edits } }];
}
