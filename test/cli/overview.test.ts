/** `moat checklist` and `moat routes` on the demo app. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { createFolder, runMoat } from './runMoat';

const ROOT = join(import.meta.dirname, '..', '..');
const run = (...argv: readonly string[]) =>
  runMoat(argv, { cwd: ROOT, engine: { rules: RULES, createAnalyzer } });

describe('moat checklist', () => {
  it('says of each practice whether the app keeps to it, with places', () => {
    const { stdout, stderr, exitCode } = run('checklist', 'demo');
    expect(stdout).toContain('`create_app()` demo/bookshelf/__init__.py:10\n');
    expect(stdout).toContain('  ✗ Queries are parametrized: Places to mend: 7.\n');
    expect(stdout).toContain('      error demo/bookshelf/auth.py:64 This SQL query depends on');
    expect(stdout).toContain('  ✓ CSRF protection is on: `CSRFProtect` checks every request');
    expect([stderr, exitCode]).toEqual(['', 0]);
  });

  it('exports Markdown and JSON', () => {
    const markdown = run('checklist', 'demo', '--format', 'markdown').stdout;
    expect(markdown).toMatch(
      /^# Security checklist\n\n## `create_app\(\)` \(demo\/bookshelf\/__init__\.py:10\)\n/,
    );
    expect(markdown).toContain('- ✅ **CSRF protection is on**: ');
    const [app] = JSON.parse(run('checklist', 'demo', '-f', 'json').stdout);
    expect(app).toMatchObject({ name: 'create_app', file: 'demo/bookshelf/__init__.py', line: 10 });
    const row = app.rows.find(({ id }: { id: string }) => id === 'queries-parametrized');
    expect(row).toMatchObject({ status: 'fail', findings: { length: 7 } });
    expect(row.findings[0]).toMatchObject({
      ruleId: 'sql-injection',
      file: 'demo/bookshelf/auth.py',
      line: 64,
    });
  });

  it('says so when there is no app, and when it is used wrongly', () => {
    const cwd = createFolder({ 'tool.py': 'print(1)\n' });
    const engine = { rules: RULES, createAnalyzer };
    expect(runMoat(['checklist'], { cwd, engine }).stdout).toBe('No Flask app was found.\n');
    expect(runMoat(['routes'], { cwd, engine }).stdout).toBe('No route was found.\n');
    expect(runMoat(['routes', '-f', 'xml'], { cwd, engine })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--format cannot be "xml". Use text, markdown or json.'),
    });
    expect(runMoat(['checklist', 'nowhere'], { cwd, engine }).exitCode).toBe(2);
  });
});

describe('moat routes', () => {
  it('lists every route with what guards it, what it reads and what was found', () => {
    const { stdout, exitCode } = run('routes', 'demo');
    const lines = stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
    expect(lines[0]).toBe('Methods | URL | View | Log-in | CSRF | Reads | Findings');
    expect(lines).toContain(
      'POST | /books/<int:book_id>/delete | delete (demo/bookshelf/catalog.py:127) | log-in | CSRF checked | URL (book_id)',
    );
    expect(exitCode).toBe(0);
  });

  it('exports Markdown and JSON', () => {
    const markdown = run('routes', 'demo', '-f', 'markdown').stdout;
    expect(markdown).toContain('| GET | `/books/search` | `search` (demo/bookshelf/catalog.py:50) |');
    const routes = JSON.parse(run('routes', 'demo', '-f', 'json').stdout);
    expect(routes).toHaveLength(22);
    expect(routes[0]).toMatchObject({ rule: '/auth/register', methods: ['GET', 'POST'], csrf: 'checked' });
  });
});
