import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { createFolder, runMoat, writeFiles } from './runMoat';
import { validateSarif } from './sarifSchema';

const BASELINE = 'moat-baseline.json';
const check = (cwd: string, ...args: string[]) =>
  runMoat(['check', '--baseline', BASELINE, ...args], { cwd });

/** An app whose findings are all in its baseline. */
function createApp(
  files: Readonly<Record<string, string>> = { 'a.py': 'evil(1)\nodd(2)\nmurmur(3)\n', 'b.py': 'evil(4)\n' },
) {
  const cwd = createFolder(files);
  expect(runMoat(['baseline'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  return cwd;
}

describe('moat baseline', () => {
  it('writes down what is there, so that nothing is left to report', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nodd(2)\nmurmur(3)\n' });
    expect(runMoat(['baseline'], { cwd })).toEqual({
      exitCode: 0,
      stdout: '✔ moat-baseline.json: 3 known findings\n',
      stderr: '',
    });
    const outcome = check(cwd, '--min-severity', 'hint', '--fail-on', 'hint');
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toBe('✔ No findings in 1 file (7 ms)\n  3 known findings in moat-baseline.json\n');
  });

  it('never replaces a baseline unasked', () => {
    const cwd = createApp();
    const before = readFileSync(join(cwd, BASELINE), 'utf8');
    writeFiles(cwd, { 'c.py': 'evil(9)\n' });
    const outcome = runMoat(['baseline'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('--prune takes out what is mended; --update takes in new findings too');
    expect(readFileSync(join(cwd, BASELINE), 'utf8')).toBe(before);
  });

  it('takes in new findings with --update, and out what is mended', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': 'evil(1)\nmurmur(3)\nevil(8)\nevil(9)\n' });
    expect(runMoat(['baseline', '--update'], { cwd }).stdout).toBe(
      '✔ moat-baseline.json: 5 known findings, 2 new taken in, 1 mended and taken out\n',
    );
    expect(check(cwd).exitCode).toBe(0);
  });

  it('takes out what is mended with --prune, and nothing in', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': 'evil(1)\nmurmur(3)\nevil(8)\n' });
    expect(runMoat(['baseline', '--prune'], { cwd }).stdout).toBe(
      '✔ moat-baseline.json: 3 known findings, 1 mended and taken out, 1 new not taken in\n',
    );
    expect(check(cwd).exitCode).toBe(1);
  });

  it('keeps what it was not asked to look at', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': '', 'b.py': '' });
    runMoat(['baseline', '--prune', 'a.py'], { cwd });
    expect(readFileSync(join(cwd, BASELINE), 'utf8')).toContain('"file":"b.py"');
    expect(readFileSync(join(cwd, BASELINE), 'utf8')).not.toContain('"file":"a.py"');
    writeFiles(cwd, { 'a.py': 'evil(7)\n' });
    runMoat(['baseline', '--update', 'a.py'], { cwd });
    expect(readFileSync(join(cwd, BASELINE), 'utf8')).toContain('"file":"b.py"');
  });

  it('is not written when something could not be checked', () => {
    const cwd = createFolder({ 'a.py': 'crash(1)\n', 'b.py': 'evil(1)\n' });
    const outcome = runMoat(['baseline'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('Not everything could be checked; moat-baseline.json was not written.');
  });

  it.each([
    [['--update', '--prune'], '--update and --prune do not go together'],
    [['--prune'], 'There is no baseline moat-baseline.json'],
    [['--output='], '--output needs the name of a file'],
    [['--output', 'no/such/folder.json'], 'no/such/folder.json could not be written'],
  ])('says what is wrong with %j', (args, message) => {
    const outcome = runMoat(['baseline', ...args], { cwd: createFolder() });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });

  it('may lie elsewhere, and means the same from everywhere', () => {
    const cwd = createFolder({ 'app/a.py': 'evil(1)\n', 'ci/x': '' });
    runMoat(['baseline', 'app', '--output', 'ci/known.json'], { cwd });
    expect(readFileSync(join(cwd, 'ci/known.json'), 'utf8')).toContain('"file":"../app/a.py"');
    const codes = [
      runMoat(['check', '--baseline', 'ci/known.json'], { cwd }),
      runMoat(['check', 'app/a.py', '--baseline', 'ci/known.json'], { cwd }),
      runMoat(['check', '--baseline', '../ci/known.json'], { cwd: join(cwd, 'app') }),
    ].map(({ exitCode, stdout }) => [exitCode, stdout.includes('1 known finding in')]);
    expect(codes).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
  });
});

describe('moat check --baseline', () => {
  it('reports and fails for what is new only', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': 'new()\n\n  evil(1)\nodd(2)\nmurmur(3)\nevil(5)\n' });
    const outcome = check(cwd);
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stdout).toContain('a.py:6:1: error [evil-call]');
    expect(outcome.stdout).toContain('✖ 1 error in 1 of 2 files');
    expect(outcome.stdout).toContain('4 known findings in moat-baseline.json');
  });

  it('follows renamed files', () => {
    const cwd = createApp();
    renameSync(join(cwd, 'a.py'), join(cwd, 'renamed.py'));
    expect(check(cwd)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('says how many entries are mended, but not those of files it does not look at', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': 'evil(1)\n' });
    rmSync(join(cwd, 'b.py'));
    expect(check(cwd).stdout).toContain(
      '3 of moat-baseline.json are mended: moat baseline --prune takes them out',
    );
    const other = createApp();
    writeFiles(other, { 'b.py': '' });
    expect(check(other, 'a.py').stdout).not.toContain('mended');
    expect(check(other, '--exclude', 'b.py').stdout).not.toContain('mended');
  });

  it('tells programs about it', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'a.py': 'evil(1)\nodd(2)\nevil(5)\n' });
    const report = JSON.parse(check(cwd, '--format', 'json').stdout);
    expect(report.findings).toHaveLength(1);
    expect(report.baseline).toMatchObject({
      file: BASELINE,
      known: 3,
      stale: [
        {
          ruleId: 'murmur-call',
          file: 'a.py',
          count: 1,
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
    });
  });

  it('marks new and known results in SARIF; known ones are there only when asked for', () => {
    const cwd = createApp();
    writeFiles(cwd, { 'b.py': 'evil(4)\nevil(5)\n' });
    const states = (...args: string[]) =>
      validateSarif(JSON.parse(check(cwd, '--format', 'sarif', ...args).stdout)).results?.map(
        ({ baselineState, suppressions }) => [baselineState, suppressions?.[0]?.kind],
      );
    expect(states()).toEqual([['new', undefined]]);
    expect(states('--include-known')).toEqual([
      ['new', undefined],
      ...Array.from({ length: 4 }, () => ['unchanged', 'external']),
    ]);
  });

  it.each([
    [
      undefined,
      'The baseline moat-baseline.json does not exist. "moat baseline --output moat-baseline.json" writes it.',
    ],
    ['{', 'The baseline moat-baseline.json cannot be used. It is no JSON'],
    ['[]', 'cannot be used. It is no baseline'],
  ])('that cannot be read fails, and is not taken for empty: %j', (text, message) => {
    const cwd = createFolder({ 'a.py': '', ...(text === undefined ? {} : { [BASELINE]: text }) });
    const outcome = check(cwd);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });

  it('that is damaged in part is told, and the rest counts', () => {
    const cwd = createApp({ 'a.py': 'evil(1)\n' });
    const raw = JSON.parse(readFileSync(join(cwd, BASELINE), 'utf8'));
    writeFiles(cwd, { [BASELINE]: JSON.stringify({ ...raw, findings: [...raw.findings, 7] }) });
    expect(check(cwd)).toMatchObject({
      exitCode: 0,
      stderr: 'note: moat-baseline.json is damaged. Entry 2 cannot be read and are left out.\n',
    });
  });

  it('is the one that the project names, unless the call names another', () => {
    const cwd = createFolder({
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n',
      'moat.toml': 'baseline = "ci/known.json"\n',
      'ci/x': '',
    });
    const options = { cwd, engine: { rules: RULES, createAnalyzer } };
    expect(runMoat(['check'], options)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(runMoat(['baseline', '--output', 'ci/known.json'], options).exitCode).toBe(0);
    expect(runMoat(['check'], options).stdout).toContain('in ci/known.json');
    writeFiles(cwd, { 'empty.json': '{ "version": 1, "findings": [] }' });
    expect(runMoat(['check', '--baseline', 'empty.json', '--fail-on', 'warning'], options).exitCode).toBe(1);
  });
});
