/** A layout is looked at with what every page hands over. What a page gave is kept until the page changes, or
 *  something that it reads: after each edit the findings are those from scratch. */
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../../server/core/base/logger';
import type { Analyzer } from '../../../server/core/service/analyzer';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

type Texts = Readonly<Record<string, string>>;

const VIEWS = [
  'from flask import Flask, render_template, request',
  'from texts import clean',
  'app = Flask(__name__)',
  ...['a', 'b', 'c'].flatMap((page) => [
    `@app.route("/${page}")`,
    `def ${page}():`,
    `    return render_template("${page}.html", title="${page}", note=clean(request.args["note"]))`,
  ]),
  '',
].join('\n');

const APP: Texts = {
  'app.py': VIEWS,
  'texts.py': 'def clean(value):\n    return str(int(value))\n',
  'templates/base.html':
    '{% from "macros.html" import bold %}\n<h1>{{ title|safe }}</h1>\n{{ bold(note) }}\n{% block body %}{% endblock %}\n',
  'templates/macros.html': '{% macro bold(text) %}<b>{{ text|safe }}</b>{% endmacro %}\n',
  'templates/part.html': '<i>{{ note|safe }}</i>\n',
  'templates/a.html': '{% extends "base.html" %}\n{% block body %}{% include "part.html" %}{% endblock %}\n',
  'templates/b.html': '{% extends "base.html" %}\n{% block body %}{{ note }}{% endblock %}\n',
  'templates/c.html': '{% extends "base.html" %}\n',
};

/** What is edited, one after the other; undefined removes the file. */
const EDITS: readonly (readonly [file: string, text: string | undefined])[] = [
  ['app.py', VIEWS.replace('title="b"', 'title=request.args["title"]')],
  ['app.py', VIEWS.replace('title="b"', 'title="c"')],
  ['app.py', `# moved\n\n${VIEWS.replace('title="a"', 'title=request.args["t"]')}`],
  ['texts.py', 'def clean(value):\n    return value.strip()\n'],
  ['templates/macros.html', '{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}\n'],
  ['templates/part.html', '<i>{{ title|safe }}</i>\n'],
  [
    'templates/c.html',
    '{% extends "base.html" %}\n{% set title = note %}\n{% block body %}{{ title|safe }}{% endblock %}\n',
  ],
  ['blog/templates/part.html', '{{ note|safe }}\n'],
  ['templates/part.html', undefined],
  ['templates/base.html', '<h2>{{ title|safe }}</h2>\n{% block body %}{{ note|safe }}{% endblock %}\n'],
  ['templates/a.html', '{{ note }}\n'],
  ['texts.py', 'def clean(value):\n    return str(int(value))\n'],
  ['templates/macros.html', undefined],
  ['templates/a.html', APP['templates/a.html']],
];

function analyzerOf(texts: Texts): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => '' });
  for (const [file, text] of Object.entries(texts)) analyzer.setFile(file, text);
  return analyzer;
}

function found(analyzer: Analyzer) {
  return analyzer.checkableFiles().map((file) => [file, analyzer.check(file).findings]);
}

describe('what pages hand to their layout', () => {
  it('is right after every edit of a view, a helper, a page, a layout, a macro and an include', () => {
    const texts: Record<string, string> = { ...APP };
    const analyzer = analyzerOf(texts);
    const nFindings = new Set<string>();
    for (const [file, text] of EDITS) {
      found(analyzer);
      if (text === undefined) {
        delete texts[file];
        analyzer.removeFile(file);
      } else {
        texts[file] = text;
        analyzer.setFile(file, text);
      }
      const now = found(analyzer);
      expect(now, `after the edit of ${file}`).toEqual(found(analyzerOf(texts)));
      nFindings.add(JSON.stringify(now));
    }
    // Every edit is one that matters.
    expect(nFindings.size).toBe(EDITS.length);
  });

  it('counts together, for more pages than are told apart', () => {
    const pages = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const views = (unsafe: string) =>
      [
        'from flask import Flask, render_template, request',
        'app = Flask(__name__)',
        ...pages.flatMap((page) => [
          `@app.route("/${page}")`,
          `def ${page}():`,
          `    return render_template("${page}.html", title=${page === unsafe ? 'request.args["t"]' : '"x"'})`,
        ]),
        '',
      ].join('\n');
    const analyzer = analyzerOf({
      'app.py': views('none'),
      'templates/base.html': '<h1>{{ title|safe }}</h1>\n',
      ...Object.fromEntries(pages.map((page) => [`templates/${page}.html`, '{% extends "base.html" %}\n'])),
    });
    const errors = () =>
      analyzer.check('templates/base.html').findings.filter(({ severity }) => severity === 'error');
    expect(errors()).toEqual([]);
    for (const page of ['p0', 'p29', 'p7']) {
      analyzer.setFile('app.py', views(page));
      expect(errors()).toHaveLength(1);
      analyzer.setFile('app.py', views('none'));
      expect(errors()).toEqual([]);
    }
  });
});
