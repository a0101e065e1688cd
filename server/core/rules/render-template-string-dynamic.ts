/** Template source whose origin is not known. */
import { isTainted, isUnknownFor } from '../flow/values';
import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';

const RENDERERS = new Set(['flask.render_template_string', 'flask.stream_template_string']);

export const rule = {
  id: 'render-template-string-dynamic',
  title: 'Template text of unknown origin',
  kind: 'template',
  severity: 'hint',
  doc: {
    happens:
      'Whoever can write the text of a template can run Python on your server. Here the text is put together while the ' +
      'app runs, and Moat cannot see who has a say in it.',
    vulnerable: {
      'app.py': `
from flask import Flask, render_template_string

app = Flask(__name__)


def show(layout):
    return render_template_string(layout)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, render_template_string

app = Flask(__name__)
LAYOUT = "<h1>{{ title }}</h1>"


def show(title):
    return render_template_string(LAYOUT, title=title)
`,
    },
    why: 'The text is fixed, and what changes is handed over beside it. Jinja shows it and never runs it.',
    limits:
      'A hint: it may well be that only you write these texts. Request data that reaches a template is an error of ' +
      '`template-injection` instead.',
    references: [
      {
        title: 'CWE-1336: Special elements in a template engine',
        url: 'https://cwe.mitre.org/data/definitions/1336.html',
      },
      {
        title: 'Flask: render_template_string',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.render_template_string',
      },
    ],
  },
  *check(context: FileContext): Generator<RawFinding> {
    if (context.isTest) return;
    for (const { callee, value, site, argument } of context.sinkHits('template')) {
      if (!RENDERERS.has(callee) || isTainted(value, 'template') || !isUnknownFor(value, 'template'))
        continue;
      yield {
        range: context.rangeOf(site.tree, argument),
        message: 'This template’s source is put together while the app runs, and Moat cannot see from what.',
        confidence: 'low',
        path: [],
      };
    }
  },
} satisfies Rule;
