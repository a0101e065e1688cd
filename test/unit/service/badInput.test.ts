/** Code that nobody writes by hand, or that was made to be slow: every check ends, and says what it left out. */
import { describe, expect, it } from 'vitest';
import type { Logger } from '../../../server/core/base/logger';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

type Files = Readonly<Record<string, string>>;

/** Far more than any of these takes; without its bound each would take minutes, or end in a full stack. */
const MAX_MS = 60_000; // ms

const HEAD = `import sqlite3
from flask import Flask, render_template, request

app = Flask(__name__)
db = sqlite3.connect("app.db")
`;
const RENDERING = `${HEAD}
@app.get("/")
def view():
    return render_template("t0.html", q=request.args["q"])
`;

/** Every case has a query at its end that request data reaches. */
const view = (...lines: readonly string[]) =>
  `${HEAD}\n@app.get("/")\ndef view():\n    q = request.args["q"]\n${lines.map((line) => `    ${line}\n`).join('')}    db.execute("SELECT 1 " + q)\n`;

const times = (n: number, make: (index: number) => string): string[] =>
  Array.from({ length: n }, (_, index) => make(index));

const templates = (n: number, make: (index: number) => string): Files =>
  Object.fromEntries(times(n, make).map((text, index) => [`templates/t${index}.html`, text]));

const nested = (n: number, line: (indent: string, index: number) => string) =>
  times(n, (index) => line(' '.repeat(index), index)).join('\n    ');

function check(files: Files) {
  const errors: string[] = [];
  const logger: Logger = { info: () => {}, warn: () => {}, error: (message) => errors.push(message) };
  const analyzer = createAnalyzer({ logger, createSecret: () => 'k'.repeat(64) });
  const startMs = performance.now();
  for (const [file, text] of Object.entries(files)) analyzer.setFile(file, text);
  const reports = analyzer.checkableFiles().map((file) => analyzer.check(file));
  expect(performance.now() - startMs).toBeLessThan(MAX_MS);
  return {
    errors,
    found: reports.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)),
    cuts: reports.flatMap(({ cuts }) => cuts),
  };
}

const FOLLOWED: Readonly<Record<string, () => Files>> = {
  '3,000 branches': () => ({
    'app.py': view(...times(3000, (i) => `if q != "${i}":\n        x${i % 7} = q + "${i}"`)),
  }),
  'a chain of 900 elif': () => ({
    'app.py': view('if q == "a":\n        x = 1', ...times(900, (i) => `elif q != "${i}":\n        x = q`)),
  }),
  'a test that is part of itself': () => ({
    'app.py': view('if q:', '    ok = ok and q == "a"', 'if ok:', '    one = 1'),
  }),
  'tests that are parts of each other': () => ({
    'app.py': view('while q:', '    a = b and q', '    b = a or q', '    if b and a:', '        one = 1'),
  }),
  'a dict with 20,000 keys': () => ({
    'app.py': view(
      `d = {${times(20_000, (i) => `"k${i}": ${i}`).join(', ')}}`,
      'x = d.get(q)',
      'e = dict(d)',
    ),
  }),
  '5,000 keys written one by one': () => ({
    'app.py': view('d = {}', ...times(5000, (i) => `d["k${i}"] = q`)),
  }),
  'a concatenation of 2,000 terms': () => ({
    'app.py': view(`db.execute(${times(2000, (i) => `"a${i}" + q`).join(' + ')})`),
  }),
  'a text that doubles sixty times': () => ({
    'app.py': view('x0 = "ab"', ...times(60, (i) => `x${i + 1} = x${i} + x${i}`), 'db.execute(x60 + q)'),
  }),
  '5,000 brackets in each other': () => ({
    'app.py': `${view()}x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`,
  }),
  '95 blocks in each other': () => ({
    'app.py': view(
      nested(95, (indent, i) => `${indent}if q != "${i}":`),
      `${' '.repeat(95)}db.execute(q)`,
    ),
  }),
  'modules that import each other in circles': () =>
    Object.fromEntries(
      times(40, (i) => `m${i}.py`).map((file, i) => [
        file,
        `from m${(i + 1) % 40} import *\nfrom m${(i + 7) % 40} import x as y\nx = y\n${view()}`,
      ]),
    ),
  'a chain of 2,000 names': () => ({
    'app.py': `x0 = "a"\n${times(2000, (i) => `x${i + 1} = x${i}\n`).join('')}${view('y = x2000')}`,
  }),
  'classes that inherit from each other': () => ({
    'app.py': `class A(B):\n    def f(self): return self.f(super().f())\n\nclass B(A):\n    x = A().x\n\n${view('A().f(B().x)')}`,
  }),
  '300 classes that inherit one from the other': () => ({
    'app.py': `${times(300, (i) => `class C${i}(${i === 0 ? 'object' : `C${i - 1}`}):\n    def f${i}(self): return self.f${i - 1}()\n`).join('')}${view('C299().f299()')}`,
  }),
  '10,000 findings in one file': () => ({
    'app.py': view(...times(10_000, (i) => `db.execute("SELECT ${i} " + q)`)),
  }),
};

const CUT: Readonly<Record<string, { readonly files: () => Files; readonly cut: RegExp }>> = {
  '500 functions that call each other': {
    files: () => ({
      'app.py': `${times(500, (i) => `def f${i}(a, n=0):\n    if n > ${i}:\n        return f${(i + 1) % 500}(a + "x", n)\n    return f${(i * 7 + 3) % 500}(a, n + 1)\n`).join('')}${view('f0(q)')}`,
    }),
    cut: /in part only, .*: `f\d+`, `f\d+`, `f\d+` and \d+ more$/,
  },
  '16 loops in each other': {
    files: () => ({
      'app.py': view(
        nested(16, (indent, i) => `${indent}for x${i} in q:`),
        `${' '.repeat(16)}db.execute(x3)`,
      ),
    }),
    cut: /in part only, .*: `view`$/,
  },
  'a conditional of 2,000 parts': {
    files: () => ({ 'app.py': view(`x = ${times(2000, (i) => `q if q == ${i} else `).join('')}q`) }),
    cut: /in part only, .*: `view`$/,
  },
  'a line of 5 million characters': {
    files: () => ({ 'app.py': `x = "${'a'.repeat(5_000_000)}"\n` }),
    cut: /^It is too long to be read: 5000007 characters/,
  },
  'a template of 5 million characters': {
    files: () => ({ 'app.py': RENDERING, 'templates/t0.html': '<p>{{ q|safe }}</p>\n'.repeat(250_000) }),
    cut: /^It is too long to be read: 5000000 characters/,
  },
  'templates that include each other in circles': {
    files: () => ({
      'app.py': RENDERING,
      ...Object.fromEntries(
        times(16, (i) => `templates/t${i}.html`).map((file, i) => [
          file,
          `${times(6, (k) => `{% include "t${(i + k + 1) % 16}.html" %}`).join('')}{{ q|safe }}`,
        ]),
      ),
    }),
    cut: /^It was followed in part only: templates pull in each other/,
  },
};

describe('bad input', () => {
  for (const [name, files] of Object.entries(FOLLOWED))
    it(`${name}: findings, and no fault`, () => {
      const { errors, found } = check(files());
      expect(errors).toEqual([]);
      expect(found).toContain('sql-injection');
    });

  for (const [name, { files, cut }] of Object.entries(CUT))
    it(`${name}: says what was left out`, () => {
      const { errors, cuts } = check(files());
      expect(errors).toEqual([]);
      expect(cuts).toContainEqual(expect.stringMatching(cut));
    });

  it('a template that extends itself ends', () => {
    const { errors, cuts } = check({
      'app.py': RENDERING,
      'templates/t0.html': '{% extends "t0.html" %}{% block x %}{{ super() }}{{ q|safe }}{% endblock %}',
    });
    expect([...errors, ...cuts]).toEqual([]);
  });

  it('60 templates that all import each other are followed', () => {
    const { errors, cuts, found } = check({
      'app.py': RENDERING,
      ...templates(60, (i) => {
        const imports = times(6, (k) => `{% import "t${(i * 7 + k) % 60}.html" as m${k} %}`);
        return `${imports.join('')}{% macro a(x) %}{{ m1.a(x)|safe }}{% endmacro %}{{ q|safe }}`;
      }),
    });
    expect([...errors, ...cuts]).toEqual([]);
    expect(found).toContain('jinja-safe-filter');
  });

  it('notes stand with the file that they are about, each time it is checked', () => {
    const analyzer = createAnalyzer({
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      createSecret: () => '',
    });
    const { files } = CUT['16 loops in each other'] as (typeof CUT)[string];
    analyzer.setFile('a.py', 'x = 1\n');
    analyzer.setFile('b.py', files()['app.py'] as string);
    expect(analyzer.check('a.py').cuts).toEqual([]);
    expect(analyzer.check('b.py').cuts).toHaveLength(1);
    analyzer.setFile('a.py', 'x = 2\n');
    expect(analyzer.check('b.py').cuts).toHaveLength(1);
  });
});
