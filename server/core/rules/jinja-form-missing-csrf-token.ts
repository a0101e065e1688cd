/** A form that changes something and sends no token: another site can have it sent. */
import { hasToken } from '../model/formTokens';
import type { HtmlForm, HtmlTag } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { fixFormToken } from './formTokenFix';
import { attributeOf, attributeText, isAbsolute } from './htmlTags';
import { isPage } from './outputRule';
import type { Rule } from './rule';

export const rule = {
  id: 'jinja-form-missing-csrf-token',
  title: 'Form without a CSRF token',
  kind: 'csrf',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A page of somebody else can hold a hidden copy of this form and send it as soon as one of your users opens that ' +
      'page. Their browser adds the session cookie, so your app believes that they wanted it.',
    vulnerable: {
      'templates/email.html':
        '<form method="post" action="/email">\n  <input name="email">\n  <button>Save</button>\n</form>\n',
      'app.py': `
from flask import Flask
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)
`,
    },
    safe: {
      'templates/email.html':
        '<form method="post" action="/email">\n' +
        '  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">\n' +
        '  <input name="email">\n  <button>Save</button>\n</form>\n',
      'app.py': `
from flask import Flask
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)
`,
    },
    why:
      'The token is a secret that belongs to the session. Other sites cannot read it, and without it Flask-WTF refuses ' +
      'the request.',
    limits:
      'Forms with `method="get"` change nothing and need no token; forms that lead to another site must not send one. A ' +
      'token that a macro, an included template or a form object writes is seen. `csrf_token()` exists once ' +
      '`CSRFProtect(app)` is set up.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      { title: 'Flask-WTF: CSRF protection', url: 'https://flask-wtf.readthedocs.io/en/latest/csrf/' },
    ],
  },
  *checkTemplate(context) {
    if (context.isOfOtherEngine()) return;
    for (const form of unprotectedForms(context))
      yield {
        range: { start: form.open.start, end: form.open.end },
        message: 'This form sends no CSRF token, so another site can send it in the name of your users.',
        ...(mayLeadAway(context, form) ? { severity: 'information' as const } : {}),
        confidence: 'medium',
        path: [],
      };
  },
  fix(context, finding) {
    const form = unprotectedForms(context).find(({ open }) => open.start === finding.range.start);
    return form === undefined ? [] : fixFormToken(context, form);
  },
} satisfies Rule;

function unprotectedForms(context: FileContext): readonly HtmlForm[] {
  const { template, project, file } = context;
  if (template === undefined || !isPage(context)) return [];
  return template.forms.filter(
    (form) =>
      form.close !== undefined &&
      isPosted(context, form) &&
      !leadsAway(context, form.open) &&
      !form.open.attributes.some(({ name }) => BY_SCRIPT.test(name)) &&
      !hasToken(project, file, template, form),
  );
}

/** `action="{{ settings.gateway }}"`: an address that is not of this app's making, as far as anybody can tell. */
function mayLeadAway(context: FileContext, { open }: HtmlForm): boolean {
  const action = attributeText(context, attributeOf(open, 'action'));
  return /^\{\{-?\s*(?!request\b)\w+(?:\.\w+|\[["']\w+["']\])+\s*-?\}\}$/.test(action);
}

/** A script of Angular, Vue or Alpine sends it, and the browser never does. */
const BY_SCRIPT = /^(?:(?:data-)?ng-submit|\(ngsubmit\)|(?:@|v-on:|x-on:)submit\.prevent)/;

/** The method of the form, or of a button in it. */
function isPosted(context: FileContext, form: HtmlForm): boolean {
  if (form.method === 'post') return true;
  if (form.method === undefined) return false;
  return form.inputs.some(
    (tag) => attributeText(context, attributeOf(tag, 'formmethod')).toLowerCase() === 'post',
  );
}

/** An address with a host of its own: the token is nothing that another site should get. */
function leadsAway(context: FileContext, open: HtmlTag): boolean {
  return isAbsolute(attributeText(context, attributeOf(open, 'action')));
}
