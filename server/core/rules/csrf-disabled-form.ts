/** A form of Flask-WTF is told not to check its token. */

import { booleanOf, givenArgument } from '../edits/callArguments';
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import type { Site } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, ClassDef, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Rule } from './rule';

export const rule = {
  id: 'csrf-disabled-form',
  title: 'Form that does not check its CSRF token',
  kind: 'csrf',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A page of somebody else can hold a hidden copy of this form that is sent as soon as one of your users ' +
      'opens that page. The forms of Flask-WTF refuse it, because the copy has no token; this one is told to ' +
      'take it.',
    vulnerable: {
      'forms.py': `
from flask_wtf import FlaskForm
from wtforms import StringField


class EmailForm(FlaskForm):
    email = StringField()

    class Meta:
        csrf = False
`,
    },
    safe: {
      'forms.py': `
from flask_wtf import FlaskForm
from wtforms import StringField


class EmailForm(FlaskForm):
    email = StringField()
`,
    },
    why:
      'Without the switch the form writes a token with `{{ form.hidden_tag() }}` and `validate_on_submit()` ' +
      'checks it.',
    limits:
      'Forms that only search (filled from `request.args`, or named for it) need no token, nor do forms inside ' +
      'of another form. Where `CSRFProtect` checks every request anyway, it is only mentioned.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'Flask-WTF: CSRF protection',
        url: 'https://flask-wtf.readthedocs.io/en/latest/csrf/',
      },
    ],
  },
  *checkUnit({ file, isTest, project, facts, site }) {
    if (isTest) return;
    const switches = [
      ...facts.classes.flatMap(({ node, owners }) => switchOfClass(project, node, site(owners)) ?? []),
      ...facts.calls.flatMap(({ node, owners }) => switchOfCall(project, node, site(owners)) ?? []),
    ];
    const resources = new Set(
      facts.calls.flatMap(({ node, owners }) =>
        isInResource(project, site(owners)) ? (switchIn(node) ?? []) : [],
      ),
    );
    const isChecked = switches.length > 0 && project.apps.factsOf(file).capabilities.has('csrf');
    for (const value of switches)
      yield {
        range: value,
        message: isChecked
          ? 'This form does not check its CSRF token; only `CSRFProtect` still does.'
          : 'This form does not check its CSRF token, so another site can send it in the name of your users.',
        ...(isChecked || resources.has(value) ? { severity: 'information' } : {}),
        confidence: 'high',
      };
  },
  fix: (context, { range }) => [
    {
      kind: 'fix',
      fix: {
        title: 'Check the CSRF token of this form',
        // A page without the token would have its form refused.
        safety: 'review',
        edits: [{ file: context.file, isNew: false, edits: [{ range, newText: 'True' }] }],
      },
    },
  ],
} satisfies Rule;

/** Programs that use a REST resource log in with each request, and have no page to take a token from. */
function isInResource(project: Project, site: Site): boolean {
  return site.owners.some((owner, index) => {
    if (owner.kind !== 'ClassDef') return false;
    const ref: ClassRef = { ...site, kind: 'class', node: owner, owners: site.owners.slice(0, index) };
    return project.resolver.bases(ref).library.some((name) => /\.Resource$/.test(name));
  });
}

const BASES = new Set(['flask_wtf.FlaskForm', 'flask_wtf.form.FlaskForm', 'flask_wtf.Form']);

/** `class Meta: csrf = False` inside of a form. */
function switchOfClass(project: Project, node: ClassDef, site: Site): Expression | undefined {
  const form = site.owners.at(-1);
  if (node.name.id !== 'Meta' || form?.kind !== 'ClassDef') return undefined;
  const value = node.body.flatMap((one) =>
    one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === 'csrf')
      ? [one.value]
      : [],
  )[0];
  if (booleanOf(value) !== false) return undefined;
  const ref: ClassRef = { ...site, kind: 'class', node: form, owners: site.owners.slice(0, -1) };
  return isForm(project, ref) && !isSearch(form.name.id) && !isNested(project, ref) ? value : undefined;
}

/** `EmailForm(meta={"csrf": False})`, `EmailForm(csrf_enabled=False)`. */
function switchOfCall(project: Project, node: Call, site: Site): Expression | undefined {
  const value = switchIn(node);
  if (booleanOf(value) !== false || isReadFromUrl(project, node, site)) return undefined;
  const isOfForm = project.resolver.resolve(node, site).some((ref) => {
    if (ref.kind === 'instance') return BASES.has(ref.name);
    return ref.kind === 'object' && isForm(project, ref.class) && !isSearch(ref.class.node.name.id);
  });
  return isOfForm ? value : undefined;
}

function switchIn(node: Call): Expression | undefined {
  const old = givenArgument(node, 'csrf_enabled')?.value;
  const meta = givenArgument(node, 'meta')?.value;
  if (old !== undefined || meta?.kind !== 'Dict') return old;
  return meta.entries.find(({ key }) => key !== undefined && literalText(key) === 'csrf')?.value;
}

function isReadFromUrl(project: Project, node: Call, site: Site): boolean {
  const data = givenArgument(node, 'formdata', 0)?.value;
  if (data === undefined) return false;
  return project.resolver
    .resolve(data, site)
    .some((ref) => ref.kind === 'external' && ref.name === 'flask.request.args');
}

function isForm(project: Project, ref: ClassRef): boolean {
  return project.resolver.bases(ref).library.some((name) => BASES.has(name));
}

/** A search changes nothing, and a token in its URL would be shown around. */
function isSearch(name: string): boolean {
  return wordsOf(name).some((word) => word === 'search' || word === 'filter');
}

/** A form inside of another one is checked with it: `FormField(AddressForm)`. */
function isNested(project: Project, { file, node }: ClassRef): boolean {
  return (project.module(file)?.units ?? []).some(({ tree }) =>
    unitFacts(tree).calls.some(
      ({ node: { func, args } }) =>
        ((func.kind === 'Name' && func.id === 'FormField') ||
          (func.kind === 'Attribute' && func.attr.id === 'FormField')) &&
        args[0]?.value.kind === 'Name' &&
        args[0].value.id === node.name.id,
    ),
  );
}
