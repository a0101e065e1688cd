/** What an app keeps of what a safe app promises: broken by findings, kept with evidence only, else not to be told. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../server/core/config/config';
import { RULES } from '../../../server/core/generated/registry';
import { worded } from '../../../server/core/service/checklistTexts';
import { practiceOf } from '../../../server/core/service/practices';
import { analyzerOf, analyzerOfFolder, at, rowLine, rowsOf } from './overviewOf';

const line = (app: string, id: string) => {
  const analyzer = analyzerOf({ 'app.py': app });
  return rowLine(analyzer, rowsOf(analyzer)[id]);
};

const FLASK = 'from flask import Flask, render_template, request, session\napp = Flask(__name__)\n';

describe('a row', () => {
  it('is broken by a finding, with the finding to click, and kept again without it', () => {
    const broken = `import sqlite3\n${FLASK}
@app.get("/find")
def find():
    name = request.args["name"]
    return str(sqlite3.connect("x").execute(f"SELECT * FROM t WHERE n = '{name}'").fetchall())
`;
    const analyzer = analyzerOf({ 'app.py': broken });
    const row = rowsOf(analyzer)['queries-parametrized'];
    expect(rowLine(analyzer, row)).toBe('fail: Places to mend: 1.');
    expect(row?.findings.map(({ ruleId }) => ruleId)).toEqual(['sql-injection']);
    expect(rowLine(analyzer, rowsOf(analyzer)['input-validated'])).toBe(
      'fail: Input gets unchecked into queries or pages: 1. The next two rows show where. (app.py:8)',
    );
    const mended = broken.replace(
      `f"SELECT * FROM t WHERE n = '{name}'"`,
      '"SELECT * FROM t WHERE n = ?", (name,)',
    );
    analyzer.setFile('app.py', mended);
    expect(rowLine(analyzer, rowsOf(analyzer)['queries-parametrized'])).toBe(
      'pass: Queries: 1. None is put together from input. (app.py:8)',
    );
    expect(rowLine(analyzer, rowsOf(analyzer)['input-validated'])).toMatch(
      /^pass: Routes that read input: 1\./,
    );
  });

  it('stays open when a comment accepts the finding only if nothing speaks for it', () => {
    const app = `${FLASK}app.secret_key = "a-key-that-is-written"  # moat: ignore[hardcoded-secret-key] a demo\n`;
    expect(line(app, 'key-managed')).toBe(
      'unknown: `SECRET_KEY` is set, but the code does not show where it comes from. (app.py:3)',
    );
  });

  it('is not kept when its rules are switched off', () => {
    const app = `import sqlite3\n${FLASK}
@app.get("/find")
def find():
    sqlite3.connect("x").execute("SELECT " + request.args["name"])
`;
    const analyzer = analyzerOf({ 'app.py': app });
    analyzer.configure({ ...DEFAULT_CONFIG, ruleSeverities: { 'sql-injection': 'off' } });
    expect(rowLine(analyzer, rowsOf(analyzer)['queries-parametrized'])).toMatch(
      /^unknown: The settings switch off/,
    );
  });

  it('has nothing to check where the app does nothing of the kind', () => {
    const rows = Object.values(rowsOf(analyzerOf({ 'app.py': FLASK })));
    const idle = rows.filter(({ isIdle }) => isIdle === true).map(({ id }) => id);
    expect(idle).toEqual([
      'input-validated',
      'queries-parametrized',
      'templates-escape',
      'headers-set',
      'csrf-on',
      'cookies-flagged',
      'login-guarded',
      'passwords-hashed',
      'extensions-set-up',
    ]);
  });
});

describe('headers', () => {
  const lines = (app: string) => {
    const analyzer = analyzerOf({ 'app.py': app });
    return (rowsOf(analyzer)['headers-set']?.lines ?? []).map(({ name, status, places }) =>
      `${status} ${name} ${places.map((one) => at(analyzer, one)).join()}`.trim(),
    );
  };
  const PAGE = '\n@app.get("/")\ndef home():\n    return render_template("x.html")\n';

  it('come from Talisman', () => {
    const app = `from flask_talisman import Talisman\n${FLASK}Talisman(app)\n${PAGE}`;
    expect(lines(app)).toHaveLength(5);
    for (const one of lines(app)) expect(one).toMatch(/^pass .* app.py:4$/);
  });

  it('are told one by one where a hook sets some', () => {
    const app = `${FLASK}
@app.after_request
def harden(response):
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
${PAGE}`;
    expect(lines(app)).toEqual([
      'fail Content-Security-Policy',
      'pass X-Content-Type-Options app.py:7',
      'pass X-Frame-Options app.py:6',
      'fail Referrer-Policy',
      'fail Strict-Transport-Security',
    ]);
  });

  it('that Talisman is told to leave out are not called set', () => {
    const app = `from flask_talisman import Talisman\n${FLASK}Talisman(app, content_security_policy=None)\n${PAGE}`;
    for (const one of lines(app)) expect(one).toMatch(/^unknown/);
    const analyzer = analyzerOf({ 'app.py': app });
    const extensions = rowsOf(analyzer)['extensions-set-up'];
    expect(extensions?.status).toBe('fail');
    expect(extensions?.lines?.map(({ name, status }) => `${name} ${status}`)).toEqual(['Talisman fail']);
  });
});

describe('evidence', () => {
  it.each([
    [
      'key-managed',
      'import os\nfrom flask import Flask\napp = Flask(__name__)\napp.secret_key = os.environ["KEY"]\n',
      'pass: The secret key comes from outside the code. (app.py:4)',
    ],
    [
      'key-rotation',
      `${FLASK}import os\napp.config["SECRET_KEY_FALLBACKS"] = [os.environ["OLD"]]\n`,
      'pass: `SECRET_KEY_FALLBACKS` lets old sessions live on when the key changes. (app.py:4)',
    ],
    [
      'csrf-on',
      `from flask_wtf import CSRFProtect\n${FLASK}csrf = CSRFProtect()\ncsrf.init_app(app)\n`,
      'pass: `CSRFProtect` checks every request that changes something. (app.py:5)',
    ],
    [
      'cookies-flagged',
      `${FLASK}app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")\n@app.get("/")\ndef home():\n    session["x"] = 1\n    return ""\n`,
      'pass: The settings mark the session cookie `Secure` and `SameSite`. (app.py:3, app.py:3)',
    ],
    [
      'passwords-hashed',
      `from werkzeug.security import generate_password_hash\n${FLASK}\ndef store(password):\n    return generate_password_hash(password)\n`,
      'pass: Passwords go through a slow hash with a salt. (app.py:6)',
    ],
    [
      'https-enforced',
      `from flask_talisman import Talisman\n${FLASK}Talisman(app)\n`,
      'pass: `Talisman` sends visitors to HTTPS. (app.py:4)',
    ],
    [
      'https-enforced',
      FLASK,
      'unknown: Nothing in the code enforces HTTPS. A server in front of the app may.',
    ],
    [
      'debug-off',
      FLASK,
      'pass: Nothing in the code switches the debugger on or shows errors to visitors. (app.py:2)',
    ],
    [
      'debug-off',
      `${FLASK}app.config.from_envvar("SETTINGS")\n`,
      'unknown: Settings are loaded from outside the code, where Moat cannot see them. (app.py:2)',
    ],
  ])('of %s is shown with its place', (id, app, expected) => {
    expect(line(app, id)).toBe(expected);
  });

  it('of an extension that is made and never set up speaks against it', () => {
    const app = `from flask_wtf import CSRFProtect\n${FLASK}csrf = CSRFProtect()\n`;
    const analyzer = analyzerOf({ 'app.py': app });
    const row = rowsOf(analyzer)['extensions-set-up'];
    expect(row?.status).toBe('fail');
    expect(row?.lines?.map(({ name, places }) => [name, places.map((one) => at(analyzer, one))])).toEqual([
      ['CSRFProtect', ['app.py:4']],
    ]);
  });
});

it('keeps the apps of one folder apart', () => {
  const analyzer = analyzerOf({
    'shop/app.py': `${FLASK}app.run(debug=True)\n`,
    'blog/app.py': FLASK,
    'blog/templates/x.html': '<a href={{ request.args.x }}>',
  });
  const statuses = analyzer
    .checklists()
    .map(({ place, rows }) => [place.file, rows.find(({ id }) => id === 'debug-off')?.status]);
  expect(statuses).toEqual([
    ['blog/app.py', 'pass'],
    ['shop/app.py', 'fail'],
  ]);
});

it('is empty where there is no app', () => {
  expect(analyzerOf({ 'tool.py': 'print(1)\n' }).checklists()).toEqual([]);
});

const APPS = join(import.meta.dirname, '..', '..', 'apps');
const folders = readdirSync(APPS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const isTwin = (name: string) => name.endsWith('-insecure');
const wellMade = folders.filter((name) => folders.includes(`${name}-insecure`));

describe.each(wellMade)('the well-made app %s', (name) => {
  const rows = Object.values(rowsOf(analyzerOfFolder(`test/apps/${name}`)));

  it('breaks nothing, and what is not told has a reason', () => {
    expect(rows.filter(({ status }) => status === 'fail')).toEqual([]);
    for (const row of rows) expect(worded(row.reason)).toMatch(/^\p{Lu}.*\.$|^`.*\.$|nothing to check\.$/u);
    expect(rows.filter(({ status }) => status === 'pass').length).toBeGreaterThanOrEqual(6);
  });
});

describe.each(folders.map((name) => `test/apps/${name}`))('in %s', (folder) => {
  const rows = Object.values(rowsOf(analyzerOfFolder(folder)));

  it('nothing is kept without a place that shows it', () => {
    for (const row of rows) {
      const parts = row.lines ?? [];
      if (row.status === 'pass' && parts.length === 0) expect(row.places, row.id).not.toEqual([]);
      for (const part of parts) if (part.status === 'pass') expect(part.places, part.name).not.toEqual([]);
    }
  });

  it('every finding that is more than a hint is in a broken row', () => {
    const analyzer = analyzerOfFolder(folder);
    const inRows = rowsOf(analyzer);
    const listed = Object.values(inRows).flatMap(({ findings }) => findings);
    for (const row of Object.values(inRows))
      if (row.findings.some(({ severity }) => severity !== 'hint')) expect(row.status, row.id).toBe('fail');
    const found = analyzer.checkableFiles().flatMap((file) => analyzer.check(file).findings);
    const missing = found.filter(
      ({ fingerprint, file }) =>
        !/(^|\/)tests?\//.test(file) && !listed.some((one) => one.fingerprint === fingerprint),
    );
    expect(missing.map(({ ruleId, file }) => `${ruleId} ${file}`)).toEqual([]);
  });
});

describe('the twins', () => {
  it.each(folders.filter(isTwin))('%s breaks most of what the well-made app keeps', (name) => {
    const rows = Object.values(rowsOf(analyzerOfFolder(`test/apps/${name}`)));
    expect(rows.filter(({ status }) => status === 'fail').length).toBeGreaterThanOrEqual(8);
  });
});

it('has a row for every rule that is about the app', () => {
  const without = RULES.filter(({ kind }) => practiceOf(kind) === undefined);
  expect([...new Set(without.map(({ kind }) => kind))]).toEqual(['upkeep']);
});
