import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';

const check = (files: Readonly<Record<string, string>>, options: Parameters<typeof runMoat>[1] = {}) =>
  runMoat(['check'], { cwd: createFolder(files), ...options });

describe('the text report', () => {
  it('shows the place, the code and the path', () => {
    const { stdout } = check({ 'pkg/app.py': 'def view():\n    x = origin\n    return evil(x)\n' });
    expect(stdout).toMatchInlineSnapshot(`
      "pkg/app.py:3:12: error [evil-call] This call depends on \`evil\`.
          3 │     return evil(x)
            │            ^^^^
             1. pkg/app.py:2:9   \`origin\` is read
             2. pkg/app.py:3:12  \`evil\` is called

      ✖ 1 error in 1 of 1 file (7 ms)
        1 can be fixed safely: moat fix --dry-run shows how
      "
    `);
  });

  it('counts what it shows, and says what it hides', () => {
    const { stdout } = check({ 'a.py': 'evil(1)\nodd(2)\nodd(3)\nmurmur(4)\nnote(5)\n', 'b.py': '' });
    expect(stdout.split('\n').slice(-4).join('\n')).toMatchInlineSnapshot(`
      "✖ 1 error, 2 warnings in 1 of 2 files (7 ms)
        2 milder findings not shown; see them with --min-severity hint
        1 can be fixed safely: moat fix --dry-run shows how
      "
    `);
  });

  it('puts the carets under wide characters and tabs', () => {
    const { stdout } = check({ 'a.py': '\tx = "数字😀e\u0301"; evil(x)\n' });
    expect(stdout.split('\n').slice(1, 3).join('\n')).toMatchInlineSnapshot(`
      "    1 │     x = "数字😀é"; evil(x)
            │                    ^^^^"
    `);
  });

  it('keeps the marked part of a long line in sight', () => {
    const line = `x = "${'a'.repeat(300)}"; evil(x); y = "${'b'.repeat(300)}"`;
    const { stdout } = check({ 'a.py': `${line}\n` }, { columns: 80 });
    const [, code = '', carets = ''] = stdout.split('\n');
    expect(code.length).toBeLessThanOrEqual(80);
    expect(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('evil');
  });

  it('lets nothing of the code steer the terminal', () => {
    const { stdout } = check({ 'a.py': 'x = "\u001b[2J\u202e"; evil(x)\n' });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
    const [, code = '', carets = ''] = stdout.split('\n');
    expect(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('evil');
  });

  it('has colors on a terminal only, and obeys NO_COLOR and FORCE_COLOR', () => {
    const files = { 'a.py': 'evil(1)\n' };
    const hasColor = (options: Parameters<typeof runMoat>[1]) =>
      check(files, options).stdout.includes('\u001b[');
    expect(hasColor({})).toBe(false);
    expect(hasColor({ isTty: true })).toBe(true);
    expect(hasColor({ isTty: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(hasColor({ isTty: true, env: { TERM: 'dumb' } })).toBe(false);
    expect(hasColor({ env: { FORCE_COLOR: '1' } })).toBe(true);
  });

  it('shows progress on a terminal when it takes long, and wipes it away', () => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}.py`, '']));
    const slow = check(files, { isTty: true, tickMs: 150 });
    expect(slow.stderr).toContain('Checking 1/9 f1.py');
    expect(slow.stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(check(files, { isTty: true, tickMs: 1 }).stderr).toBe('');
    expect(check(files, { tickMs: 150 }).stderr).toBe('');
  });

  it('says how long it will still take, once that can be told, and nothing in CI', () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.py`, '']));
    const slow = check(files, { isTty: true, tickMs: 150 });
    expect(slow.stderr).toMatch(/Checking 20\/40, \d+ s left: f/);
    expect(slow.stderr).not.toMatch(/Checking 39\/40, /);
    expect(check(files, { isTty: true, tickMs: 150, env: { CI: 'true' } }).stderr).toBe('');
  });
});
