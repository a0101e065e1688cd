import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';

describe('the JSON report', () => {
  it('has a stable shape', () => {
    const cwd = createFolder({ 'a.py': 'x = origin\nevil(x)\nmurmur(1)\n', 'b.py': new Uint8Array([0]) });
    const report = JSON.parse(runMoat(['check', '--format', 'json'], { cwd }).stdout);
    expect(report).toEqual({
      schemaVersion: 1,
      tool: { name: 'moat', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      base: cwd,
      summary: { files: 1, hidden: 1, error: 1, warning: 0, information: 0, hint: 1 },
      findings: [
        {
          ruleId: 'evil-call',
          severity: 'error',
          confidence: 'high',
          message: 'This call depends on `evil`.',
          cwe: 'CWE-89',
          owasp: 'A03:2021',
          file: 'a.py',
          start: { line: 2, column: 1 },
          end: { line: 2, column: 5 },
          path: [
            {
              file: 'a.py',
              start: { line: 1, column: 5 },
              end: { line: 1, column: 11 },
              message: '`origin` is read',
            },
            {
              file: 'a.py',
              start: { line: 2, column: 1 },
              end: { line: 2, column: 5 },
              message: '`evil` is called',
            },
          ],
          fingerprint: 'a.py:evil:0',
          fixSafety: 'safe',
        },
      ],
      notes: [{ path: 'b.py', message: 'is a binary file; it was skipped', isFailure: false }],
    });
  });
});

describe('--output', () => {
  it('writes the report to the file and the summary to stderr', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n' });
    const outcome = runMoat(['check', '--format', 'json', '--output', 'out.json'], {
      cwd,
      isTty: true,
      env: { NO_COLOR: '1' },
    });
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
    expect(outcome.stderr).toContain('✖ 1 error in 1 of 1 file');
    expect(outcome.stderr).toContain('Report: out.json');
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).findings).toHaveLength(1);
  });

  it('never puts colors into the file', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n' });
    runMoat(['check', '-o', 'out.txt'], { cwd, isTty: true });
    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).not.toContain('\u001b');
  });

  it('that cannot be written is a failure, and leaves nothing behind', () => {
    const cwd = createFolder({ 'a.py': '' });
    mkdirSync(join(cwd, 'folder'));
    const outcome = runMoat(['check', '--output', 'missing/out.json'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('The report cannot be written to missing/out.json: ENOENT');
    expect(existsSync(join(cwd, 'missing'))).toBe(false);
    expect(runMoat(['check', '--output', 'folder'], { cwd }).exitCode).toBe(2);
  });
});

describe('rules and explain', () => {
  it('lists the rules as a table and as JSON', () => {
    const table = runMoat(['rules']).stdout;
    expect(table).toMatch(/^evil-call +error +CWE-89 +safe +Call of evil$/m);
    expect(table).toMatch(/^murmur-call +hint +CWE-89 +– +Call of murmur$/m);
    const json = JSON.parse(runMoat(['rules', '--format', 'json']).stdout);
    expect(json[0]).toMatchObject({ id: 'evil-call', cwe: 'CWE-89', owasp: 'A03:2021', fixSafety: 'safe' });
  });

  it('shows the doc of a rule', () => {
    const { stdout, exitCode } = runMoat(['explain', 'evil-call']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Whoever calls `evil` gets what they asked for.');
    expect(stdout).toContain('    evil(request.args["q"])');
    expect(stdout).toContain('• Python (https://docs.python.org/3/)');
    expect(runMoat(['explain', 'evil-call', '--format', 'markdown']).stdout).toContain('```python');
  });

  it('--help and --version answer on stdout', () => {
    expect(runMoat(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const argv of [['--help'], ['help'], ['check', '--help'], ['help', 'fix'], ['fix', '-h']])
      expect(runMoat(argv)).toMatchObject({
        exitCode: 0,
        stderr: '',
        stdout: expect.stringContaining('moat'),
      });
  });
});
