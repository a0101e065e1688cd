/** The fix of a form without a token: the form object writes it, or a hidden input of its own. */
import { firstInElement } from '../edits/insertHtml';
import type { Project } from '../model/project';
import { scopeOf } from '../model/scopes';
import type { HtmlForm, JinjaExpression } from '../syntax/jinja/ast';
import { walkExpression, walkNodes } from '../syntax/jinja/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';

/** What of the extensions for CSRF the project uses. */
interface Protection {
  readonly hasForms: boolean;
  /** Name of the hidden input that is looked at; undefined: nothing looks. */
  readonly tokenName?: string;
}

export function fixFormToken(context: FileContext, form: HtmlForm): readonly FixOutcome[] {
  const isRaw = walkNodes(context.template?.body ?? []).some(
    (node) => node.kind === 'Raw' && node.start <= form.open.start && form.open.end <= node.end,
  );
  if (isRaw) return [refused('Jinja does not read a raw block')];
  const protection = protectionOf(context.project);
  const object = protection.hasForms ? formObject(form) : undefined;
  const isXml = form.inputs.some((tag) => tag.isSelfClosing);
  const name = protection.tokenName ?? 'csrf_token';
  const html =
    object === undefined
      ? `<input type="hidden" name="${name}" value="{{ csrf_token() }}"${isXml ? ' /' : ''}>`
      : `{{ ${object}.hidden_tag() }}`;
  const edit = firstInElement(context.text, form.open, html);
  const title = object === undefined ? 'Add a CSRF token' : `Add \`${object}.hidden_tag()\``;
  // Without an extension that gives it, `csrf_token()` does not exist.
  const isThere = object !== undefined || protection.tokenName !== undefined;
  const edits = [{ file: context.file, isNew: false, edits: [edit] }];
  return [{ kind: 'fix', fix: { title, safety: isThere ? 'safe' : 'review', edits } }];
}

/** The variable whose fields the form shows: `form` in `{{ form.name(class="wide") }}` and `{{ field(form.name) }}`. */
function formObject(form: HtmlForm): string | undefined {
  for (const { expression } of form.outputs)
    for (const node of walkExpression(expression)) {
      const name = node.kind === 'Attribute' ? nameOf(node.object) : undefined;
      if (name !== undefined && /form$/i.test(name)) return name;
    }
  return undefined;
}

function nameOf(node: JinjaExpression): string | undefined {
  return node.kind === 'Name' ? node.name : undefined;
}

const PROTECTORS: ReadonlyMap<string, string> = new Map([
  ['flask_wtf.CSRFProtect', 'csrf_token'],
  ['flask_wtf.CsrfProtect', 'csrf_token'],
  ['flask_wtf.csrf.CSRFProtect', 'csrf_token'],
  ['flask_wtf.csrf.CsrfProtect', 'csrf_token'],
  ['flask_seasurf.SeaSurf', '_csrf_token'],
]);

function protectionOf(project: Project): Protection {
  let hasForms = false;
  let tokenName: string | undefined;
  for (const file of project.pythonFiles())
    for (const { tree } of project.module(file)?.units ?? [])
      for (const bindings of scopeOf(tree).bindings.values())
        for (const binding of bindings) {
          if (binding.kind !== 'import' || binding.level > 0) continue;
          hasForms ||= binding.module === 'flask_wtf' || binding.module.startsWith('flask_wtf.');
          tokenName ??= PROTECTORS.get(`${binding.module}.${binding.member ?? ''}`);
        }
  return { hasForms, ...(tokenName === undefined ? {} : { tokenName }) };
}
