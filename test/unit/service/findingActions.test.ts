/** Actions on findings: each, once made, does what it says, wherever the finding stands. */
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../../server/core/base/logger';
import { applyEdits } from '../../../server/core/base/textEdit';
import type { Analyzer } from '../../../server/core/service/analyzer';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';
import type { FindingAction } from '../../../server/core/service/findingActions';

type Files = Readonly<Record<string, string>>;

function analyzerOf(files: Files): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => 'k'.repeat(64) });
  for (const [file, text] of Object.entries(files)) analyzer.setFile(file, text);
  return analyzer;
}

function actionsOn(analyzer: Analyzer, file: string, ruleId: string): readonly FindingAction[] {
  const finding = analyzer.check(file).findings.find((one) => one.ruleId === ruleId);
  return finding === undefined ? [] : analyzer.actionsFor(file, finding.fingerprint);
}

/** The files with the action made; the reason's place is shown as `|`. */
function made(files: Files, file: string, ruleId: string, key: string): Files {
  const action = actionsOn(analyzerOf(files), file, ruleId).find((one) => one.key === key);
  if (action === undefined) throw new Error(`There is no action ${key}`);
  const after: Record<string, string> = { ...files };
  for (const edit of action.edits) {
    expect(edit.isNew).toBe(files[edit.file] === undefined);
    after[edit.file] = applyEdits(files[edit.file] ?? '', edit.edits);
  }
  const left = analyzerOf(after).check(file).findings;
  expect(left.map((one) => one.ruleId)).not.toContain(key === 'hint' ? '' : ruleId);
  if (action.reasonAt !== undefined) {
    const { file: at, offset } = action.reasonAt;
    after[at] = `${after[at]?.slice(0, offset)}|${after[at]?.slice(offset)}`;
  }
  return after;
}

const HEAD = `import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def find():
    db = sqlite3.connect("a.db")
    name = request.args["name"]
`;

function lineWith(statement: string, key = 'ignore-line'): string | undefined {
  const files = { 'app.py': `${HEAD}${statement}    return "ok"\n` };
  const after = made(files, 'app.py', 'sql-injection', key)['app.py'];
  return after?.slice(HEAD.length, after.length - '    return "ok"\n'.length);
}

describe('ignoring a finding where it is', () => {
  it.each([
    [
      `    db.execute("SELECT " + name)\n`,
      `    db.execute("SELECT " + name)  # moat: ignore[sql-injection] |\n`,
    ],
    [
      `    db.execute("SELECT " + name)  # the name\n`,
      `    db.execute("SELECT " + name)  # the name  # moat: ignore[sql-injection] |\n`,
    ],
    [
      `    db.execute("SELECT " + name)  # moat: ignore[weak-hash] why\n`,
      `    db.execute("SELECT " + name)  # moat: ignore[weak-hash] why  # moat: ignore[sql-injection] |\n`,
    ],
    [
      `    db.execute(\n        "SELECT " + name,\n    )\n`,
      `    db.execute(\n        "SELECT " + name,  # moat: ignore[sql-injection] |\n    )\n`,
    ],
    [
      `    db.execute(f"""\n        SELECT * FROM u WHERE n = '{name}'\n    """)\n`,
      `    db.execute(f"""\n        SELECT * FROM u WHERE n = '{name}'\n    """)  # moat: ignore[sql-injection] |\n`,
    ],
    [
      `    db.execute(f"""\n        SELECT * FROM u WHERE n = '{name}'\n    """,\n    (1,))\n`,
      `    db.execute(f"""\n        SELECT * FROM u WHERE n = '{name}'\n    """,  # moat: ignore[sql-injection] |\n    (1,))\n`,
    ],
    [
      `    db.execute("SELECT " + \\\n        name)\n`,
      `    db.execute("SELECT " + \\\n        name)  # moat: ignore[sql-injection] |\n`,
    ],
    [
      `    for row in db.execute("SELECT " + name):\n        print(row)\n`,
      `    for row in db.execute("SELECT " + name):  # moat: ignore[sql-injection] |\n        print(row)\n`,
    ],
  ])('%j', (statement, expected) => {
    // A comment that names rules takes the new one in.
    const joined = statement.includes('ignore[weak-hash]')
      ? expected.replace(
          'ignore[weak-hash] why  # moat: ignore[sql-injection] |',
          'ignore[weak-hash, sql-injection] why',
        )
      : expected;
    expect(lineWith(statement)).toBe(joined);
  });

  it('in a template, around tags and in scripts', () => {
    const app = `${HEAD}    return render_template("a.html", a=name)\n`.replace(
      'import Flask,',
      'import Flask, render_template,',
    );
    const page = (text: string) =>
      made(
        { 'app.py': app, 'templates/a.html': text },
        'templates/a.html',
        'jinja-safe-filter',
        'ignore-line',
      )['templates/a.html'];
    expect(page('<p>{{ a|safe }}</p>\n<p>b</p>\n')).toBe(
      '<p>{{ a|safe }}</p> {# moat: ignore[jinja-safe-filter] |#}\n<p>b</p>\n',
    );
    expect(page('<p>{{ a|safe }}</p> {# moat: ignore[jinja-var-in-script] why #}\n')).toBe(
      '<p>{{ a|safe }}</p> {# moat: ignore[jinja-var-in-script, jinja-safe-filter] why #}\n',
    );
    expect(page('<p>\n  {{ a|safe\n     |trim }}\n</p>\n')).toContain(
      '{# moat: ignore[jinja-safe-filter] |#}',
    );
  });

  it('in the whole file, behind a shebang and the encoding', () => {
    const text = `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n${HEAD}    db.execute("SELECT " + name)\n    return ""\n`;
    const after = made({ 'app.py': text }, 'app.py', 'sql-injection', 'ignore-file')['app.py'];
    expect(after?.split('\n')[2]).toBe('# moat: ignore-file[sql-injection] |');
  });
});

describe('telling the configuration', () => {
  const text = `${HEAD}    db.execute("SELECT " + name)\n    return ""\n`;

  it('switches a rule off, softens it, and leaves a folder alone', () => {
    expect(made({ 'app.py': text }, 'app.py', 'sql-injection', 'off')['moat.toml']).toBe(
      '[rules]\nsql-injection = "off"\n',
    );
    const project = { 'app.py': text, 'pyproject.toml': '[project]\nname = "x"\n' };
    expect(made(project, 'app.py', 'sql-injection', 'off')['pyproject.toml']).toBe(
      '[project]\nname = "x"\n\n[tool.moat.rules]\nsql-injection = "off"\n',
    );
    const both = { ...project, 'moat.toml': '[rules]\n' };
    expect(made(both, 'app.py', 'sql-injection', 'hint')['moat.toml']).toBe(
      '[rules]\nsql-injection = "hint"\n',
    );
    expect(made({ 'shop/a/app.py': text }, 'shop/a/app.py', 'sql-injection', 'folder')['moat.toml']).toBe(
      '[per-path."shop/a/**"]\nsql-injection = "off"\n',
    );
  });

  it('does not offer to trust what a known library gives, where data comes from', () => {
    const files = {
      'app.py': `from flask import Flask, request
from markupsafe import Markup
app = Flask(__name__)
@app.post("/")
def index():
    text = request.form.get("text", "")
    return Markup(text)
`,
    };
    const titles = actionsOn(analyzerOf(files), 'app.py', 'unsafe-markup').map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => /sanitizer|Trust/.test(title))).toEqual([]);
  });

  it('treats a function of the project or of a library on the path as a sanitizer, or trusts it', () => {
    const app = `from flask import Flask, request
from markupsafe import Markup
from shop.text import clean_html

app = Flask(__name__)


@app.get("/")
def show():
    return Markup(clean_html(request.args["a"]))
`;
    const helper = 'def clean_html(text):\n    return text.replace("<script>", "")\n';
    const files = { 'app.py': app, 'shop/text.py': helper };
    expect(actionsOn(analyzerOf(files), 'app.py', 'unsafe-markup').map(({ title }) => title)).toEqual([
      'Ignore `unsafe-markup` here, with a reason',
      'Ignore `unsafe-markup` in this file',
      'Treat `clean_html()` as a sanitizer, in moat.toml',
      'Trust what `clean_html()` gives, in moat.toml',
      'Show `unsafe-markup` as a hint, in moat.toml',
      'Switch `unsafe-markup` off in moat.toml',
    ]);
    expect(made(files, 'app.py', 'unsafe-markup', 'sanitizer shop.text.clean_html')['moat.toml']).toBe(
      '[sanitizers]\n"shop.text.clean_html" = { clears = ["html"] }\n',
    );
    expect(made(files, 'app.py', 'unsafe-markup', 'trusted shop.text.clean_html')['moat.toml']).toBe(
      'trusted = ["shop.text.clean_html"]\n',
    );
    const outside = { 'app.py': app };
    expect(made(outside, 'app.py', 'unsafe-markup', 'sanitizer shop.text.clean_html')['moat.toml']).toContain(
      'clears',
    );
  });

  it('offers no comment where none can stand', () => {
    const analyzer = analyzerOf({ 'moat.toml': 'hint = true\n' });
    expect(actionsOn(analyzer, 'moat.toml', 'invalid-configuration').map(({ key }) => key)).toEqual([
      'hint',
      'off',
    ]);
  });
});
