/** What the folder's configuration changes in the findings, and that it does so at once. */
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../../server/core/base/logger';
import type { Analyzer } from '../../../server/core/service/analyzer';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

function analyzerOf(files: Readonly<Record<string, string>>): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => 'k'.repeat(64) });
  for (const [file, text] of Object.entries(files)) analyzer.setFile(file, text);
  return analyzer;
}

function found(analyzer: Analyzer, ...files: string[]): string[] {
  const checked = files.length > 0 ? files : analyzer.checkableFiles();
  return checked.flatMap((file) =>
    analyzer
      .check(file)
      .findings.filter(({ severity }) => severity !== 'hint' && severity !== 'information')
      .map(({ ruleId, severity }) => `${file} ${ruleId} ${severity}`),
  );
}

const TEXT = `
from flask import Flask, request
from markupsafe import Markup
from shop.text import clean_html, is_plain

app = Flask(__name__)


@app.get("/a")
def a():
    return Markup(clean_html(request.args["a"]))
`;
const HELPERS = `
import re

def clean_html(text):
    for tag in ["script", "iframe"]:
        text = re.sub(tag, "", text)
    return text


def is_plain(text):
    return len(text) < 80


def run_raw(query):
    return query


def fetch():
    return object()


class Store:
    def find(self, query):
        return query
`;
const APP = { 'app.py': TEXT, 'src/shop/text.py': HELPERS, 'src/shop/__init__.py': '' };
const MARKUP = 'app.py unsafe-markup error';

describe('rows about functions of the project', () => {
  it('make a function a sanitizer, and unmake it', () => {
    const analyzer = analyzerOf(APP);
    expect(found(analyzer)).toEqual([MARKUP]);
    analyzer.setFile('moat.toml', '[sanitizers."shop.text.clean_html"]\nclears = ["html"]\n');
    expect(found(analyzer)).toEqual([]);
    analyzer.setFile('moat.toml', '[sanitizers."shop.text.clean_html"]\nclears = ["sql"]\n');
    expect(found(analyzer)).toEqual([MARKUP]);
    analyzer.setFile('moat.toml', '[sanitizers."other.text.clean_html"]\nclears = ["html"]\n');
    expect(found(analyzer)).toEqual([MARKUP]);
    analyzer.removeFile('moat.toml');
    expect(found(analyzer)).toEqual([MARKUP]);
  });

  it('do not reach into another folder of the same process', () => {
    const strict = analyzerOf(APP);
    const lenient = analyzerOf({ ...APP, 'moat.toml': 'trusted = ["shop.text.clean_html"]\n' });
    for (const _ of [1, 2]) {
      expect(found(strict)).toEqual([MARKUP]);
      expect(found(lenient)).toEqual([]);
      for (const analyzer of [strict, lenient]) analyzer.setFile('app.py', `${TEXT}\n# more\n`);
    }
  });

  it('make a check a guard, with the outcome that proves', () => {
    const guarded = TEXT.replace(
      '    return',
      '    if not is_plain(request.args["a"]):\n        return ""\n    return',
    ).replace('clean_html(request.args["a"])', 'request.args["a"]');
    const row = '[guards."shop.text.is_plain"]\nargument = 0\nclears = "all"\n';
    expect(found(analyzerOf({ ...APP, 'app.py': guarded }))).toEqual([MARKUP]);
    expect(found(analyzerOf({ ...APP, 'app.py': guarded, 'moat.toml': row }))).toEqual([]);
    expect(found(analyzerOf({ ...APP, 'app.py': guarded, 'moat.toml': `${row}outcome = false\n` }))).toEqual([
      MARKUP,
    ]);
  });

  it('make a call a source, a sink, a type, and a method one too', () => {
    const app = `
from flask import Flask, request
from markupsafe import Markup
from shop.text import run_raw, fetch, Store
import shop.text

app = Flask(__name__)


@app.get("/a")
def a():
    run_raw(request.args["a"])
    Store().find(request.args["b"])
    fetch().execute("SELECT " + request.args["c"])
    return Markup(shop.text.fetch())
`;
    const rows = `
[sources]
"shop.text.fetch()" = {}
[sinks]
"shop.text.run_raw" = { kind = "sql", argument = "query" }
"shop.text.Store.find" = { kind = "command", argument = 0 }
`;
    expect(found(analyzerOf({ ...APP, 'app.py': app }))).toEqual(['app.py sql-injection error']);
    expect(found(analyzerOf({ ...APP, 'app.py': app, 'moat.toml': rows.replace('"query"', '0') }))).toEqual([
      'app.py sql-injection error',
      'app.py command-injection error',
      'app.py sql-injection error',
      MARKUP,
    ]);
    const typed = '[types]\n"shop.text.fetch()" = "sqlite3.Connection"\n';
    const report = analyzerOf({ ...APP, 'app.py': app, 'moat.toml': typed }).check('app.py');
    expect(report.findings.find(({ ruleId }) => ruleId === 'sql-injection')?.confidence).toBe('high');
  });

  it('speak of libraries that Moat does not know, and of filters of templates', () => {
    const app = `
from flask import Flask, render_template, request
from markupsafe import Markup
import tidy

app = Flask(__name__)


@app.get("/a")
def a():
    return render_template("a.html", a=request.args["a"], b=tidy.deep.wash(request.args["b"]))
`;
    const files = { 'app.py': app, 'templates/a.html': '{{ a|wash|safe }} {{ b|safe }}' };
    const propagating = 'propagators = ["tidy.deep.wash", "jinja.filters.wash"]\n';
    const rule = 'templates/a.html jinja-safe-filter error';
    expect(found(analyzerOf({ ...files, 'moat.toml': propagating }))).toEqual([rule, rule]);
    const cleaning =
      '[sanitizers]\n"tidy.deep.wash" = { clears = ["html"] }\n"jinja.filters.wash" = { clears = "all" }\n';
    expect(found(analyzerOf({ ...files, 'moat.toml': cleaning }))).toEqual([]);
  });
});

describe('custom rules', () => {
  const app = `
from flask import Flask, request
import legacy
import requests

app = Flask(__name__)


@app.get("/a")
def a():
    legacy.run(request.args["a"])
    legacy.run("constant")
    legacy.open(mode="w")
    legacy.open(mode="r")
    return "ok"
`;
  const config = `
[custom-rules.no-legacy-run]
message = "\`legacy.run\` runs what it gets."
severity = "error"
kind = "command"
sinks = { "legacy.run" = { argument = 0 } }

[custom-rules.no-legacy-write]
message = "Nothing writes there."
misuses = { "legacy.open" = { when = [{ argument = "mode", values = ["w"] }], at = "mode" } }
`;

  it('report calls by what reaches them, and by their arguments', () => {
    const analyzer = analyzerOf({ 'app.py': app, 'moat.toml': config });
    expect(found(analyzer)).toEqual(['app.py no-legacy-run error', 'app.py no-legacy-write warning']);
    const [first, second] = analyzer.check('app.py').findings;
    expect(first?.message).toBe('`legacy.run` runs what it gets.');
    expect(first?.path.length).toBeGreaterThan(1);
    expect(app.slice(second?.range.start, second?.range.end)).toBe('"w"');
    expect(analyzer.rules().map(({ id }) => id)).toContain('no-legacy-run');
  });

  it('have severities and suppressions like all others', () => {
    const severities = `[rules]\nno-legacy-run = "off"\n[per-path]\n"app.py" = { no-legacy-write = "error" }\n`;
    expect(found(analyzerOf({ 'app.py': app, 'moat.toml': config + severities }))).toEqual([
      'app.py no-legacy-write error',
    ]);
    const suppressed = app.replace('["a"])\n', '["a"])  # moat: ignore[no-legacy-run] old\n');
    expect(found(analyzerOf({ 'app.py': suppressed, 'moat.toml': config }))).toEqual([
      'app.py no-legacy-write warning',
    ]);
  });

  it('leave what Moat knows of the call as it is', () => {
    const query = app
      .replace('import legacy', 'import sqlite3, legacy')
      .replace('"ok"', 'sqlite3.connect("a").execute(request.args["q"])');
    const own = `[custom-rules.no-execute]\nmessage = "No."\nkind = "sql"\nsinks = { "sqlite3.Connection.execute" = { argument = 0 } }\n`;
    expect(found(analyzerOf({ 'app.py': query, 'moat.toml': own }))).toEqual([
      'app.py no-execute warning',
      'app.py sql-injection error',
    ]);
  });
});

describe('what is checked and how bad it is', () => {
  const APP_ONLY = { 'app.py': TEXT, 'shop/text.py': HELPERS, 'shop/views/b.py': TEXT };
  const both = [MARKUP, 'shop/views/b.py unsafe-markup error'];

  it.each([
    ['', both],
    ['exclude = ["shop"]', [MARKUP]],
    ['include = ["shop"]', [both[1]]],
    ['enable = false', []],
    ['[rules]\n"*" = "off"', []],
    [
      '[rules]\n"*" = "off"\nunsafe-markup = "warning"',
      both.map((line) => line?.replace('error', 'warning')),
    ],
    ['[per-path]\n"shop/**" = "off"', [MARKUP]],
    ['[per-path]\n"shop/**" = "off"\n"shop/views/**" = { unsafe-markup = "default" }', both],
  ])('%j', (text, expected) => {
    expect(found(analyzerOf({ ...APP_ONLY, 'moat.toml': text }), 'app.py', 'shop/views/b.py')).toEqual(
      expected,
    );
  });

  it('hints go as a group', () => {
    const app = 'A = 1  # moat: ignore\n';
    expect(analyzerOf({ 'app.py': app }).check('app.py').findings).toHaveLength(1);
    expect(analyzerOf({ 'app.py': app, 'moat.toml': 'hints = false' }).check('app.py').findings).toEqual([]);
  });

  it('settings lie on top of the file', () => {
    const analyzer = analyzerOf({ ...APP_ONLY, 'moat.toml': '[rules]\nunsafe-markup = "off"\n' });
    expect(found(analyzer)).toEqual([]);
    analyzer.configure({ ruleSeverities: { 'unsafe-markup': 'warning' }, exclude: ['shop'] });
    expect(found(analyzer)).toEqual([MARKUP.replace('error', 'warning')]);
  });

  it('names of CSRF tokens', () => {
    const files = { 'templates/a.html': '<form method="post"><input name="_form_key"></form>' };
    const rule = 'templates/a.html jinja-form-missing-csrf-token warning';
    expect(found(analyzerOf(files))).toEqual([rule]);
    expect(found(analyzerOf({ ...files, 'moat.toml': 'csrf-tokens = ["_form_key"]' }))).toEqual([]);
  });

  it('comments of other tools count unless they are not to', () => {
    const app = TEXT.replace('["a"]))\n', '["a"]))  # nosec\n');
    expect(found(analyzerOf({ ...APP, 'app.py': app }))).toEqual([]);
    expect(found(analyzerOf({ ...APP, 'app.py': app, 'moat.toml': 'foreign-suppressions = false' }))).toEqual(
      [MARKUP],
    );
  });
});

describe('bad configuration', () => {
  it('never stops the check', () => {
    for (const text of ['[', 'rules = 1', '[rules]\nx = 1', '\0', '[a]\n[a]', `a = ${'['.repeat(5000)}`]) {
      const analyzer = analyzerOf({ ...APP, 'moat.toml': text });
      expect(found(analyzer, 'app.py')).toEqual([MARKUP]);
      expect(analyzer.check('moat.toml').findings.map(({ ruleId }) => ruleId)).toContain(
        'invalid-configuration',
      );
    }
  });

  it('keeps what counted before while the file is half typed', () => {
    const analyzer = analyzerOf({ ...APP, 'moat.toml': '[rules]\nunsafe-markup = "off"\n' });
    expect(found(analyzer, 'app.py')).toEqual([]);
    analyzer.editFile('moat.toml', [{ range: { start: 0, end: 0 }, newText: 'exclude = [' }]);
    expect(found(analyzer, 'app.py')).toEqual([]);
    expect(found(analyzer, 'moat.toml')).not.toEqual([]);
  });

  it('is found from scratch and after edits alike', () => {
    const edited = analyzerOf({ ...APP, 'moat.toml': 'hints = true\n' });
    found(edited);
    edited.setFile('moat.toml', 'hint = true\n');
    edited.removeFile('app.py');
    edited.setFile('app.py', TEXT);
    expect(found(edited)).toEqual(found(analyzerOf({ ...APP, 'moat.toml': 'hint = true\n' })));
  });
});

describe('suppressions that nobody can judge yet', () => {
  it('are judged when every file has been looked at', () => {
    const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => '' });
    for (let i = 0; i < 30; i++) analyzer.setFile(`m${i}.py`, `x = ${i}\n`);
    analyzer.setFile('app.py', 'A = 1  # moat: ignore\n');
    expect(analyzer.check('app.py', undefined, 'file').findings).toEqual([]);
    while (analyzer.solveNext());
    expect(analyzer.staleFiles()).toEqual(['app.py']);
    expect(analyzer.check('app.py', undefined, 'file').findings).toHaveLength(1);
    expect(analyzer.staleFiles()).toEqual([]);
  });
});
