/** Reports for CI services, and several of them at once. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { createFolder, runMoat, writeFiles } from './runMoat';
import { validateSarif } from './sarifSchema';

const lines = (name: string, n: number) =>
  Array.from({ length: n }, (_, index) => `${name}(${index})\n`).join('');

describe('the report for GitHub', () => {
  const github = (files: Readonly<Record<string, string>>, env = {}, args: readonly string[] = []) =>
    runMoat(['check', '--format', 'github', ...args], { cwd: createFolder(files), env });

  it('is workflow commands, with the way of the data', () => {
    const { stdout, exitCode } = github({ 'a.py': 'x = origin\nevil(x)\n' });
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')[0]).toBe(
      '::error file=a.py,line=2,endLine=2,col=1,endColumn=5,title=Moat%3A evil-call::This call depends on `evil`.' +
        '%0A%0A1. a.py:1 `origin` is read%0A2. a.py:2 `evil` is called',
    );
  });

  it.runIf(process.platform !== 'win32')('lets no name of a file make a command, nor break one', () => {
    const { stdout } = github({ 'a,b:c 100%\n::error::x.py': `${lines('evil', 12)}` });
    expect(stdout).toContain('::error file=a%2Cb%3Ac 100%25%0A%3A%3Aerror%3A%3Ax.py,line=1,');
    const commands = stdout.split('\n').filter((line) => line.trimStart().startsWith('::'));
    expect(commands).toHaveLength(10);
  });

  it('keeps to what GitHub shows: the worst first, the rest as text', () => {
    const { stdout } = github({ 'a.py': lines('odd', 11) + lines('evil', 12) }, {}, [
      '--min-severity',
      'hint',
    ]);
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(commands.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(commands[0]).toMatch(/^::error file=a\.py,line=12,/);
    expect(stdout).toContain('  a.py:22:1: error [evil-call]');
    expect(stdout).toContain('  a.py:11:1: warning [odd-call]');
    expect(stdout).toContain('✖ 12 errors, 11 warnings in 1 of 1 file');
  });

  it('has paths from the top of the checkout, wherever the command runs', () => {
    const cwd = createFolder({ 'backend/app.py': 'evil(1)\n' });
    const { stdout } = runMoat(['check', '--format', 'github'], {
      cwd: join(cwd, 'backend'),
      env: { GITHUB_WORKSPACE: cwd },
    });
    expect(stdout).toContain('::error file=backend/app.py,');
  });

  it('adds a table to the page of the job, without Markdown of other people', () => {
    const summary = join(createFolder(), 'summary.md');
    const env = {
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'abc',
    };
    github({ 'a b|[x](y)<i>.py': 'evil(1)\n' }, env);
    const text = readFileSync(summary, 'utf8');
    expect(text).toContain('## Moat');
    expect(text).toContain(
      '| error | evil-call | [a b\\|\\[x\\](y)&lt;i>.py:1](https://github.com/o/r/blob/abc/a%20b%7C%5Bx%5D(y)%3Ci%3E.py#L1) |',
    );
    github({ 'a.py': '' }, env);
    expect(readFileSync(summary, 'utf8').split('## Moat')).toHaveLength(3);
  });

  it('keeps the page below what GitHub takes', () => {
    const summary = join(createFolder(), 'summary.md');
    github({ 'a.py': lines('stubborn', 18_000) }, { GITHUB_STEP_SUMMARY: summary });
    const text = readFileSync(summary, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\d+ findings more: see the log/);
  });

  it('fails, with a reason, when the page cannot be written', () => {
    const outcome = github({ 'a.py': '' }, { GITHUB_STEP_SUMMARY: '/nowhere/x.md' });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('The job summary cannot be written to /nowhere/x.md');
  });
});

describe('the report for GitLab', () => {
  it('has what GitLab asks for, and fingerprints that are unique', () => {
    const app = { 'a.py': 'evil(1)\nodd(2)\nnote(3)\nmurmur(4)\n' };
    const cwd = createFolder({ 'x/a.py': app['a.py'], 'y/a.py': app['a.py'] });
    const argv = ['check', 'x', 'y', '--format', 'gitlab', '--min-severity', 'hint'];
    const issues: Record<string, unknown>[] = JSON.parse(runMoat(argv, { cwd }).stdout);
    expect(issues[0]).toEqual({
      description: 'This call depends on `evil`.',
      check_name: 'evil-call',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'critical',
      location: { path: 'x/a.py', lines: { begin: 1, end: 1 } },
    });
    expect(issues.slice(0, 4).map(({ severity }) => severity)).toEqual([
      'critical',
      'major',
      'minor',
      'info',
    ]);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(8);
  });

  it('is an empty list when nothing was found', () => {
    expect(runMoat(['check', '--format', 'gitlab'], { cwd: createFolder({ 'a.py': '' }) }).stdout).toBe(
      '[]\n',
    );
  });
});

describe('the report as JUnit', () => {
  it('is a failed case for every finding, in XML that holds any name', () => {
    const name = process.platform === 'win32' ? 'a&b.py' : 'a"&<\u0001>.py';
    const { stdout } = runMoat(['check', '--format', 'junit'], {
      cwd: createFolder({ [name]: 'evil(1)\nodd(2)\n' }),
    });
    expect(stdout).toContain('<testsuites name="moat" tests="2" failures="2">');
    expect(stdout).toContain('message="This call depends on `evil`."');
    if (process.platform !== 'win32')
      expect(stdout).toContain('file="a&quot;&amp;&lt;\uFFFD&gt;.py" line="1"');
  });

  it('is a passed case when nothing was found, so that no service takes it for broken', () => {
    const { stdout } = runMoat(['check', '--format', 'junit'], { cwd: createFolder({ 'a.py': '' }) });
    expect(stdout).toContain('tests="1" failures="0"');
  });
});

describe('SARIF', () => {
  it('holds no more results than code scanning takes, and says so', () => {
    const cwd = createFolder({ 'a.py': lines('murmur', 24_995) + lines('evil', 20) });
    const { stdout } = runMoat(['check', '--format', 'sarif', '--min-severity', 'hint'], { cwd });
    // Not held against the schema, which compares every two results.
    const run: Run = JSON.parse(stdout).runs[0];
    expect(run.results).toHaveLength(25_000);
    expect(run.results?.filter(({ ruleId }) => ruleId === 'evil-call')).toHaveLength(20);
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain(
      '15 of the mildest findings',
    );
  }, 60_000);
});

describe('several reports', () => {
  it('come from one run, beside the text on standard output', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n' });
    const outcome = runMoat(['check', '--output', 'sarif=a.sarif', '--output', 'gitlab=b.json'], { cwd });
    expect(outcome.stdout).toContain('a.py:1:1: error [evil-call]');
    expect(outcome.stderr).toBe('  Report: a.sarif\n  Report: b.json\n');
    validateSarif(JSON.parse(readFileSync(join(cwd, 'a.sarif'), 'utf8')));
    expect(JSON.parse(readFileSync(join(cwd, 'b.json'), 'utf8'))).toHaveLength(1);
  });

  it('are written though one of them cannot be', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n' });
    mkdirSync(join(cwd, 'folder'));
    const outcome = runMoat(['check', '--output', 'sarif=folder', '--output', 'json=b.json'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('The report cannot be written to folder');
    expect(outcome.stdout).toContain('a.py:1:1: error');
    expect(existsSync(join(cwd, 'b.json'))).toBe(true);
  });

  it.each([
    [['--output', 'sarf=x'], 'there is no format "sarf". Did you mean sarif?'],
    [['--output', 'sarif='], '--output needs the name of a file.'],
    [['--output', 'a', '--output', 'b'], 'names two files without a format'],
    [['--statistics', '--format', 'json'], '--statistics goes with --format text only'],
    [['--color', 'maybe'], '--color cannot be "maybe". Use auto, always or never.'],
  ])('%j is a mistake', (args, message) => {
    const outcome = runMoat(['check', ...args], { cwd: createFolder() });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});

describe('how much is said', () => {
  const files = { 'a.py': 'evil(1)\nodd(2)\nevil(3)\n', 'b.py': new Uint8Array([0]) };

  it('--quiet leaves findings and failures', () => {
    const cwd = createFolder(files);
    const outcome = runMoat(['check', '--quiet'], { cwd });
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout).not.toContain('✖');
    expect(outcome.stdout).toContain('a.py:1:1: error');
    writeFiles(cwd, { 'a.py': '' });
    expect(runMoat(['check', '-q'], { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    writeFiles(cwd, { 'a.py': 'crash(1)' });
    expect(runMoat(['check', '-q'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('failure:'),
    });
  });

  it('--statistics counts by rule', () => {
    const { stdout, exitCode } = runMoat(['check', '--statistics'], { cwd: createFolder(files) });
    expect(exitCode).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "     2  evil-call  Call of evil
           1  odd-call   Call of odd

      ✖ 2 errors, 1 warning in 1 of 1 file (7 ms)
        2 can be fixed safely: moat fix --dry-run shows how
      "
    `);
  });

  it('--list-files lists what would be checked', () => {
    const cwd = createFolder({ 'a.py': 'crash(1)', 'x/b.html': '', 'x/c.txt': '', 'd.py': '' });
    expect(runMoat(['check', '--list-files', '--exclude', 'd.py'], { cwd })).toEqual({
      exitCode: 0,
      stdout: 'a.py\nx/b.html\n',
      stderr: '',
    });
  });

  it('--color counts more than the environment', () => {
    const cwd = createFolder(files);
    const hasColor = (...args: Parameters<typeof runMoat>) => runMoat(...args).stdout.includes('\u001b[');
    expect(hasColor(['check', '--color', 'always'], { cwd, env: { NO_COLOR: '1' } })).toBe(true);
    expect(hasColor(['check', '--color', 'never'], { cwd, env: { FORCE_COLOR: '1' }, isTty: true })).toBe(
      false,
    );
    expect(hasColor(['check', '--color', 'auto'], { cwd })).toBe(false);
  });
});

describe('text from standard input', () => {
  const check = (cwd: string, stdin: string | Uint8Array, ...args: string[]) =>
    runMoat(['check', ...args], { cwd, stdin });

  it('stands for the file, within the app around it', () => {
    const cwd = createFolder({ 'app.py': 'evil(1)\n', 'b.py': 'good(1)\n' });
    const outcome = check(cwd, 'x\nevil(2)\n', '--stdin-filename', 'b.py', '-');
    expect(outcome.stdout).toContain('b.py:2:1: error [evil-call]');
    expect(outcome.stdout).toContain('1 error in 1 of 1 file');
    expect(readFileSync(join(cwd, 'b.py'), 'utf8')).toBe('good(1)\n');
  });

  it('may be a file that is not there yet', () => {
    const outcome = check(createFolder({ 'app.py': '' }), 'evil(2)\n', '--stdin-filename', 'new/b.py', '-');
    expect(outcome.stdout).toContain('new/b.py:1:1: error [evil-call]');
  });

  it('that is none is a failure', () => {
    const outcome = check(createFolder(), new Uint8Array([0]), '--stdin-filename', 'b.py', '-');
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('b.py is a binary file');
  });

  it.each([[['-']], [['--stdin-filename', 'a.py']], [['--stdin-filename', 'a.py', '-', 'b.py']]])(
    'needs a name and a dash: %j',
    (args) => {
      const outcome = check(createFolder({ 'b.py': '' }), '', ...args);
      expect(outcome.exitCode).toBe(2);
      expect(outcome.stderr).toContain('needs a name and a dash');
    },
  );
});
