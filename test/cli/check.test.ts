import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';

describe('exit code of check', () => {
  it('is 0 when nothing was found', () => {
    const cwd = createFolder({ 'app.py': 'good(1)\n' });
    expect(runMoat(['check'], { cwd })).toEqual({
      exitCode: 0,
      stdout: '✔ No findings in 1 file (7 ms)\n',
      stderr: '',
    });
  });

  it('is 1 for an error', () => {
    expect(runMoat(['check'], { cwd: createFolder({ 'app.py': 'evil(1)\n' }) }).exitCode).toBe(1);
  });

  it('is 0 for a warning, unless --fail-on says otherwise', () => {
    const cwd = createFolder({ 'app.py': 'odd(1)\n' });
    expect(runMoat(['check'], { cwd }).exitCode).toBe(0);
    expect(runMoat(['check', '--fail-on', 'warning'], { cwd }).exitCode).toBe(1);
    expect(runMoat(['check', '--fail-on=hint'], { cwd }).exitCode).toBe(1);
  });

  it('is 0 for an error with --fail-on never', () => {
    const cwd = createFolder({ 'app.py': 'evil(1)\n' });
    expect(runMoat(['check', '--fail-on', 'never'], { cwd }).exitCode).toBe(0);
  });

  it('counts findings that --min-severity hides', () => {
    const cwd = createFolder({ 'app.py': 'odd(1)\n' });
    const outcome = runMoat(['check', '--min-severity', 'error', '--fail-on', 'warning'], { cwd });
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stdout).toContain('1 milder finding not shown');
  });

  it('is 2 for a path that does not exist, and says which', () => {
    const cwd = createFolder();
    const outcome = runMoat(['check', 'nowhere'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(`There is no file or folder "nowhere" in ${cwd}`);
  });

  it.each([
    [
      ['check', '--format', 'xml'],
      '--format cannot be "xml". Use text, json, sarif, github, gitlab or junit.',
    ],
    [
      ['check', '--min-severity', 'bad'],
      '--min-severity cannot be "bad". Use error, warning, information or hint.',
    ],
    [['check', '--fail-on', 'always'], 'Use error, warning, information, hint or never.'],
    [['check', '--fromat', 'json'], 'There is no option --fromat here. Did you mean --format?'],
    [['check', '--format'], "Option '-f, --format <value>' argument missing."],
    [['check', '--output='], '--output needs the name of a file.'],
    [['chekc'], 'There is no command "chekc". Did you mean "moat check"?'],
    [['explain', 'evil-cal'], 'There is no rule "evil-cal". Did you mean evil-call?'],
    [['explain'], 'Name one rule'],
    [['fix', '--rule', 'xyz'], 'There is no rule "xyz". "moat rules" lists all rules.'],
    [['fix', '--kind', 'assist'], '--kind cannot be "assist". Use safe or review.'],
    [['rules', '--format', 'yaml'], '--format cannot be "yaml". Use text or json.'],
    [['lsp'], 'An editor starts it as "moat lsp --stdio"'],
    [[], 'moat check'],
  ])('is 2 for the mistaken call %j', (argv, message) => {
    const outcome = runMoat(argv, { cwd: createFolder() });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });

  it('is 2 when a file cannot be checked because of a fault in Moat, and the other findings are there', () => {
    const cwd = createFolder({ 'a.py': 'crash(1)\n', 'b.py': 'evil(1)\n' });
    const outcome = runMoat(['check'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(
      'failure: a.py could not be checked because of a fault in Moat (the toy broke)',
    );
    expect(outcome.stdout).toContain('b.py:1:1: error [evil-call]');
  });

  it('is 2 when a file cannot be read because of a fault in Moat, and the other findings are there', () => {
    const outcome = runMoat(['check'], { cwd: createFolder({ 'a.py': 'choke(1)\n', 'b.py': 'evil(1)\n' }) });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(
      'failure: a.py could not be read because of a fault in Moat (the toy choked)',
    );
    expect(outcome.stdout).toContain('b.py:1:1: error [evil-call]');
  });

  it.each([
    [{ 'a.py': 'choke(1)\n' }, '✖ Nothing could be checked ('],
    [
      { 'a.py': 'crash(1)\n', 'b.py': 'good(1)\n' },
      '✖ No findings in 1 file, but not all could be checked (',
    ],
  ])('is no good news for %j', (files, summary) => {
    expect(runMoat(['check'], { cwd: createFolder(files) }).stdout).toContain(summary);
  });

  it('is 2 when a rule failed', () => {
    const outcome = runMoat(['check'], { cwd: createFolder({ 'a.py': 'log(1)\n' }) });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toBe('failure: rule log-call failed: no toy\n');
  });
});

describe('paths of check', () => {
  const app = {
    'app.py': 'evil(1)\n',
    'pkg/views.py': 'evil(2)\n',
    'pkg/templates/a.html': '{{ evil(3) }}\n',
  };
  const placesOf = (stdout: string) => [...stdout.matchAll(/^(\S+):\d+:\d+: /gm)].map((match) => match[1]);

  it('are the current folder by default', () => {
    const { stdout } = runMoat(['check'], { cwd: createFolder(app) });
    expect(placesOf(stdout)).toEqual(['app.py', 'pkg/templates/a.html', 'pkg/views.py']);
  });

  it('may be a file: only its findings are reported, though the app around it is loaded', () => {
    const { stdout } = runMoat(['check', 'pkg/views.py'], { cwd: createFolder(app) });
    expect(placesOf(stdout)).toEqual(['pkg/views.py']);
    expect(stdout).toContain('in 1 of 1 file');
  });

  it('of a file outside the current folder lead to the app around it', () => {
    const folder = createFolder(app);
    const { stdout } = runMoat(['check', '--format', 'json', `${folder}/pkg/views.py`]);
    expect(JSON.parse(stdout)).toMatchObject({ base: folder, findings: [{ file: 'pkg/views.py' }] });
  });

  it('may overlap without a finding being told twice', () => {
    const { stdout } = runMoat(['check', '.', 'pkg', 'app.py', 'app.py'], { cwd: createFolder(app) });
    expect(placesOf(stdout)).toEqual(['app.py', 'pkg/templates/a.html', 'pkg/views.py']);
  });

  it('of several folders are reported relative to what they have in common', () => {
    const cwd = createFolder({ 'x/a.py': 'evil(1)', 'y/b.py': 'evil(1)', 'z/c.py': 'evil(1)' });
    const { stdout } = runMoat(['check', '--format', 'json', 'y', 'x'], { cwd });
    const report = JSON.parse(stdout);
    expect(report.base).toBe(cwd);
    expect(report.findings.map(({ file }: { file: string }) => file)).toEqual(['y/b.py', 'x/a.py']);
  });

  it('that name no checkable file are noted, without failing', () => {
    const cwd = createFolder({ ...app, 'README.md': '# evil()\n' });
    const outcome = runMoat(['check', 'README.md'], { cwd });
    expect(outcome).toMatchObject({
      exitCode: 0,
      stderr: 'note: README.md is no Python file or template; it was not checked\n',
    });
  });

  it('skip installed packages and caches', () => {
    const cwd = createFolder({
      'app.py': 'good(1)\n',
      'node_modules/a.py': 'evil(1)\n',
      '.venv/lib/a.py': 'evil(1)\n',
      'my-env/pyvenv.cfg': 'home = /usr/bin\n',
      'my-env/lib/a.py': 'evil(1)\n',
      'lib/site-packages/a.py': 'evil(1)\n',
    });
    expect(runMoat(['check'], { cwd }).exitCode).toBe(0);
  });

  it('with --exclude get no findings', () => {
    const { stdout } = runMoat(['check', '--exclude', 'app.py'], { cwd: createFolder(app) });
    expect(placesOf(stdout)).toEqual(['pkg/templates/a.html', 'pkg/views.py']);
  });

  it('that hold nothing to check say so', () => {
    const outcome = runMoat(['check'], { cwd: createFolder({ 'a.txt': '' }) });
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toContain('Nothing to check: there are no Python files or templates here');
  });
});
