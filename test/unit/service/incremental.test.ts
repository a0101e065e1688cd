/** What is found after any edits is what is found in the same texts from scratch, whatever the order of files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../../server/core/base/logger';
import type { Analyzer } from '../../../server/core/service/analyzer';
import type { SurfaceRoute } from '../../../server/core/service/attackSurface';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

const DEMO = join(import.meta.dirname, '..', '..', '..', 'demo');

/** A small app in which nearly every edit matters to another file. */
const SHOP = {
  'shop/__init__.py': [
    'from flask import Flask',
    'from .views import bp',
    'from .extensions import csrf',
    'def create_app():',
    '    app = Flask(__name__)',
    '    app.config.from_object("shop.settings")',
    '    app.config["MAX_CONTENT_LENGTH"] = 1024',
    '    csrf.init_app(app)',
    '    app.register_blueprint(bp)',
    '    return app',
    '',
  ].join('\n'),
  'shop/settings.py': 'SECRET_KEY = "a-key-in-the-code"\nTABLE = "user"\nSESSION_COOKIE_SECURE = False\n',
  'shop/production.py':
    'from .settings import TABLE\nclass ProductionConfig:\n    SESSION_COOKIE_SECURE = True\n',
  'shop/extensions.py': 'from flask_wtf import CSRFProtect\ncsrf = CSRFProtect()\n',
  'shop/headers.py': [
    'from .views import bp',
    '@bp.after_app_request',
    'def harden(response):',
    '    response.headers["X-Frame-Options"] = "DENY"',
    '    return response',
    '',
  ].join('\n'),
  'shop/db.py': [
    'import sqlite3',
    'from .clean import quoted',
    'def connect():',
    '    return sqlite3.connect("shop.db")',
    'def find(name, limit=10):',
    '    return connect().execute("SELECT * FROM user WHERE name = \'" + quoted(name) + "\'").fetchall()',
    '',
  ].join('\n'),
  'shop/clean.py': 'def quoted(text):\n    return text\n\ndef number(text):\n    return int(text)\n',
  'shop/views.py': [
    'from flask import Blueprint, render_template, request, session',
    'from .clean import number, quoted',
    'from .db import find',
    'bp = Blueprint("shop", __name__)',
    '@bp.get("/users")',
    'def users():',
    '    name = request.args.get("name", "")',
    '    return render_template("users.html", users=find(name), name=quoted(name))',
    '@bp.post("/login")',
    'def login():',
    '    session["user"] = request.form["user"]',
    '    return ""',
    '@bp.before_request',
    'def known():',
    '    if "user" not in session:',
    '        return "", 401',
    '@bp.get("/page/<page>")',
    'def page(page):',
    '    return render_template("users.html", users=find(number(page)), name="all")',
    '',
  ].join('\n'),
  'shop/templates/base.html': '<title>{{ name|safe }}</title>{% block body %}{% endblock %}\n',
  'shop/templates/users.html':
    '{% extends "base.html" %}{% block body %}{% for u in users %}{{ u|safe }}{% endfor %}{% endblock %}\n',
};

type Texts = Readonly<Record<string, string>>;

/** Replaces what a random place holds, by a word that is likely to matter. */
interface Change {
  readonly file: number;
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

const WORDS = [
  '',
  '\n',
  ' ',
  '#',
  '"',
  '(',
  'name',
  'quoted',
  'number',
  'find',
  'text',
  'request',
  'return text',
  'int(text)',
  'return number(text)\n',
  'def find(name):\n    return name\n',
  'import sqlite3\n',
  'from .clean import number as quoted\n',
  '|e',
  '{% endif %}',
  '{{ name }}',
  'False',
  'True',
  'session["user"] = 1\n',
  'csrf',
  'import shop.headers\n',
  'url_prefix="/x"',
  '@bp.before_request\n',
  'methods=["POST"]',
  'X-Content-Type-Options',
  'MAX_CONTENT_LENGTH',
];

const change: fc.Arbitrary<Change> = fc.record({
  file: fc.nat(50),
  at: fc.nat(2000),
  length: fc.nat({ max: 12 }),
  text: fc.constantFrom(...WORDS),
});

describe('findings', () => {
  it.each([
    ['a small app', SHOP, 120],
    ['the demo app', readFolder(DEMO), 25],
  ] as const)(
    'of %s are those from scratch after any edits, taken back or not',
    (_, texts, numRuns) => {
      fc.assert(
        fc.property(fc.array(change, { maxLength: 6 }), fc.boolean(), (changes, isTakenBack) => {
          const analyzer = analyzerOf(texts);
          analyzer.checklists();
          const now: Record<string, string> = { ...texts };
          for (const one of changes) apply(analyzer, now, one);
          analyzer.checklists();
          if (isTakenBack)
            for (const [file, text] of Object.entries(texts)) {
              now[file] = text;
              analyzer.setFile(file, text);
            }
          const broken = new Set(brokenFiles(analyzer));
          const without = (all: readonly string[]) =>
            all.filter((line) => !broken.has(line.split(' ')[0] ?? ''));
          const afresh = analyzerOf(now);
          expect(without(findingsOf(analyzer))).toEqual(without(findingsOf(afresh)));
          expect(analyzer.attackSurface().map(withoutFindings)).toEqual(
            afresh.attackSurface().map(withoutFindings),
          );
          if (broken.size === 0) expect(analyzer.checklists()).toEqual(afresh.checklists());
        }),
        { numRuns },
      );
    },
    60_000,
  );

  it('of another file move along with the places in this one', () => {
    const analyzer = analyzerOf(SHOP);
    const stepsInViews = () =>
      analyzer
        .check('shop/db.py')
        .findings.flatMap(({ path }) => path.filter(({ file }) => file === 'shop/views.py'));
    const before = stepsInViews();
    expect(before.length).toBeGreaterThan(0);
    analyzer.editFile('shop/views.py', [{ range: { start: 0, end: 0 }, newText: '# new\n' }]);
    expect(analyzer.staleFiles('shop/views.py')).toContain('shop/db.py');
    expect(stepsInViews().map(({ range }) => range.start)).toEqual(
      before.map(({ range }) => range.start + 6),
    );
  });

  it('do not depend on the order in which files come', () => {
    const expected = findingsOf(analyzerOf(SHOP));
    expect(expected.length).toBeGreaterThan(3);
    const files = Object.keys(SHOP);
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (order) => {
        const shuffled = Object.fromEntries(order.map((file) => [file, SHOP[file as keyof typeof SHOP]]));
        expect(findingsOf(analyzerOf(shuffled))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('go and come back with a file', () => {
    const expected = findingsOf(analyzerOf(SHOP));
    for (const [file, text] of Object.entries(SHOP)) {
      const analyzer = analyzerOf(SHOP);
      findingsOf(analyzer);
      analyzer.removeFile(file);
      const rest = Object.fromEntries(Object.entries(SHOP).filter(([other]) => other !== file));
      expect(findingsOf(analyzer)).toEqual(findingsOf(analyzerOf(rest)));
      analyzer.setFile(file, text);
      expect(findingsOf(analyzer)).toEqual(expected);
    }
  });
});

function analyzerOf(texts: Texts): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => 'k'.repeat(64) });
  for (const [file, text] of Object.entries(texts)) analyzer.setFile(file, text);
  return analyzer;
}

function withoutFindings({ findings: _, ...route }: SurfaceRoute) {
  return route;
}

function apply(analyzer: Analyzer, now: Record<string, string>, { file, at, length, text }: Change): void {
  const files = Object.keys(now);
  const path = files[file % files.length] as string;
  const before = now[path] as string;
  const start = at % (before.length + 1);
  const end = Math.min(start + length, before.length);
  now[path] = before.slice(0, start) + text + before.slice(end);
  analyzer.editFile(path, [{ range: { start, end }, newText: text }]);
}

/** Where a file does not parse, the last good findings stay: these depend on what was there before. */
function brokenFiles(analyzer: Analyzer): readonly string[] {
  return analyzer.checkableFiles().filter((file) => analyzer.check(file).isCarriedOver);
}

/** Every finding with its whole path, as text. */
function findingsOf(analyzer: Analyzer): readonly string[] {
  return analyzer.checkableFiles().flatMap((file) =>
    analyzer.check(file).findings.map(({ ruleId, range, severity, fingerprint, path }) => {
      const steps = path.map((step) => `${step.file}:${step.range.start}-${step.range.end} ${step.message}`);
      return `${file} ${range.start}-${range.end} ${severity} ${ruleId} ${fingerprint} ${steps.join(' > ')}`;
    }),
  );
}

function readFolder(folder: string, below = ''): Texts {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return Object.assign(
    {},
    ...entries.map((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return readFolder(folder, path);
      return /\.(py|html)$/.test(entry.name) ? { [path]: readFileSync(join(folder, path), 'utf8') } : {};
    }),
  );
}
