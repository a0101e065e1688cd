/** `moat check --changed-since`, on real repositories. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TestRepository } from './git';
import { createFolder, type RunOptions, runMoat } from './runMoat';

const env = { PATH: process.env.PATH, HOME: '/nonexistent' };

function check(cwd: string, args: readonly string[] = ['main'], options: RunOptions = {}) {
  return runMoat(['check', '--format', 'json', '--changed-since', ...args], { cwd, env, ...options });
}

/** `file:line` of what is reported. */
function placesOf(cwd: string, args?: readonly string[]): string[] {
  const outcome = check(cwd, args);
  expect(outcome.stderr).toBe('');
  const { findings } = JSON.parse(outcome.stdout);
  return findings.map(
    ({ file, start }: { file: string; start: { line: number } }) => `${file}:${start.line}`,
  );
}

/** A branch off `main` with the file changed. */
function changed(before: string, after: string, file = 'a.py'): TestRepository {
  const repository = new TestRepository({ [file]: before, 'z.py': 'evil(0)\n' });
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.commit({ [file]: after });
  return repository;
}

describe('findings are reported that lie on', () => {
  it.each([
    ['a new line', 'evil(1)\nx\n', 'evil(1)\nx\nevil(2)\n', ['a.py:3']],
    ['a changed line', 'evil(1)\nevil(2)\n', 'evil(1)\nevil(3)\n', ['a.py:2']],
    ['no line, where only others changed', 'evil(1)\nx\ny\n', 'evil(1)\nx\nz\n', []],
    ['no line, where only line ends changed', 'evil(1)\nx\n', 'evil(1)\r\nx\r\n', []],
    ['a line whose source is new', 'x\ny\nz\nevil(x)\n', 'x = origin\ny\nz\nevil(x)\n', ['a.py:4']],
    ['the line above which a check was taken away', 'check(x)\nevil(x)\n', 'evil(x)\n', ['a.py:1']],
    ['no line, where an empty one was taken away', '\nevil(x)\n', 'evil(x)\n', []],
  ])('%s', (_, before, after, places) => {
    expect(placesOf(changed(before, after).folder)).toEqual(places);
  });

  it('lines that are not committed, or not even known to git', () => {
    const repository = new TestRepository({ 'a.py': 'evil(1)\n', 'b.py': 'evil(1)\n' });
    repository.write({
      'a.py': 'evil(1)\nevil(2)\n',
      'b.py': 'evil(1)\nevil(3)\n',
      'new file.py': 'evil(4)\n',
    });
    repository.git('add', 'a.py');
    expect(placesOf(repository.folder)).toEqual(['a.py:2', 'b.py:2', 'new file.py:1']);
  });

  it('any line of a changed file, with --changed files', () => {
    const { folder } = changed('evil(1)\nx\n', 'evil(1)\ny\n');
    expect(placesOf(folder, ['main', '--changed', 'files'])).toEqual(['a.py:1']);
  });

  it('what changed since the branch began, not on the other branch since', () => {
    const repository = changed('evil(1)\n', 'evil(1)\nevil(2)\n');
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'z.py': 'x\nevil(9)\n' });
    repository.git('checkout', '--quiet', 'topic');
    expect(placesOf(repository.folder)).toEqual(['a.py:2']);
  });
});

describe('a renamed file', () => {
  const old = `${Array.from({ length: 9 }, (_, index) => `line(${index})`).join('\n')}\nevil(1)\n`;

  it('keeps its old lines old, committed or not', () => {
    const repository = new TestRepository({ 'a.py': old, 'b.py': 'other()\n' });
    mkdirSync(join(repository.folder, 'lib'));
    renameSync(join(repository.folder, 'a.py'), join(repository.folder, 'lib/größe 100%.py'));
    repository.write({ 'lib/größe 100%.py': `${old}evil(2)\n` });
    expect(placesOf(repository.folder)).toEqual(['lib/größe 100%.py:11']);
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.commit();
    expect(placesOf(repository.folder)).toEqual(['lib/größe 100%.py:11']);
  });

  it('is new where it is mostly other text', () => {
    const repository = new TestRepository({ 'a.py': old });
    renameSync(join(repository.folder, 'a.py'), join(repository.folder, 'b.py'));
    repository.write({ 'b.py': 'evil(1)\nquite()\ndifferent()\n' });
    expect(placesOf(repository.folder)).toEqual(['b.py:1']);
  });

  it('is followed once; a copy is new', () => {
    const repository = new TestRepository({ 'a.py': old });
    repository.write({ 'copy.py': old });
    expect(placesOf(repository.folder)).toEqual(['copy.py:10']);
  });
});

describe('the checked folder', () => {
  it('may be a part of the repository', () => {
    const repository = new TestRepository({ 'app/a.py': 'evil(1)\n', 'b.py': 'evil(1)\n' });
    repository.write({ 'app/a.py': 'evil(1)\nevil(2)\n', 'b.py': 'evil(1)\nevil(2)\n' });
    expect(placesOf(join(repository.folder, 'app'))).toEqual(['a.py:2']);
    expect(placesOf(repository.folder, ['main', 'app'])).toEqual(['a.py:2']);
  });

  it('is found in spite of what a hook says about its own', () => {
    const { folder } = changed('evil(1)\n', 'evil(2)\n');
    const outcome = check(folder, ['main'], { env: { ...env, GIT_DIR: '.nowhere', GIT_INDEX_FILE: 'x' } });
    expect(JSON.parse(outcome.stdout).findings).toHaveLength(1);
  });
});

describe('what is not reported', () => {
  it('is counted, and does not fail', () => {
    const { folder } = changed('evil(1)\nx\n', 'evil(1)\ny\n');
    const outcome = runMoat(['check', '--changed-since', 'main'], { cwd: folder, env });
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toContain('✔ No findings in 2 files');
    expect(outcome.stdout).toContain('2 findings on lines that have not changed');
  });
});

describe('a mistake is told', () => {
  const repository = () => new TestRepository({ 'a.py': 'evil(1)\n' }).folder;

  it.each([
    ['nowhere', 'git knows no branch, tag or commit "nowhere" here. Fetch it'],
    ['--output=pwned', '--changed-since cannot be "--output=pwned"'],
    ['a b', '--changed-since cannot be "a b"'],
    ['main\u0000x', '--changed-since cannot be'],
    ['', '--changed-since cannot be ""'],
  ])('for the reference %j', (ref, message) => {
    const cwd = repository();
    const outcome = runMoat(['check', `--changed-since=${ref}`], { cwd, env });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });

  it('where there is no repository, or no git', () => {
    const cwd = createFolder({ 'a.py': '' });
    expect(check(cwd).stderr).toContain('is in no git repository');
    const without = check(repository(), ['main'], { env: { PATH: createFolder() } });
    expect(without.stderr).toContain('needs git, which is not installed here');
  });

  it('where the history is cut off, with the remedy', () => {
    const origin = changed('evil(1)\n', 'evil(2)\n');
    origin.git('checkout', '--quiet', '--orphan', 'other');
    origin.commit({ 'a.py': 'x' });
    const clone = createFolder();
    const url = pathToFileURL(origin.folder).href;
    execFileSync('git', ['clone', '--quiet', '--depth=1', '--branch=topic', url, clone], { stdio: 'pipe' });
    expect(check(clone, ['origin/main']).stderr).toContain('fetch-depth: 0');
    execFileSync('git', [
      '-C',
      clone,
      'fetch',
      '--quiet',
      '--depth=1',
      'origin',
      'main:refs/remotes/origin/main',
    ]);
    const outcome = check(clone, ['origin/main']);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('no commit in common');
    expect(outcome.stderr).toContain('fetch-depth: 0');
  });
});

describe('a repository that would like to run something', () => {
  it('runs nothing', () => {
    const repository = changed('evil(1)\n', 'evil(1)\nevil(2)\n');
    const { folder } = repository;
    const trap = join(folder, 'trap.sh');
    const sprung = join(folder, 'sprung');
    writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${sprung}'\nexec cat\n`);
    chmodSync(trap, 0o755);
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'diff.external',
      'diff.t.textconv',
      'diff.t.command',
      'filter.t.clean',
      'filter.t.smudge',
      'filter.t.process',
      'alias.rev-parse',
      'alias.ls-tree',
      'credential.helper',
    ])
      repository.git('config', key, key.startsWith('alias') ? `!'${trap}'` : `'${trap}'`);
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman'])
      writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\necho ${hook} >> '${sprung}'\n`, {
        mode: 0o755,
      });
    writeFileSync(join(folder, '.gitattributes'), '*.py filter=t diff=t\n');
    rmSync(sprung, { force: true });
    expect(placesOf(folder)).toEqual(['a.py:2']);
    expect(existsSync(sprung)).toBe(false);
    // The trap is real: an ordinary look at the changes falls into it.
    repository.git('config', '--unset', 'filter.t.process');
    repository.git('diff', 'main');
    expect(existsSync(sprung)).toBe(true);
  });

  it('fetches nothing that it does not have', () => {
    const origin = changed('evil(1)\n', 'evil(1)\nevil(2)\n');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = createFolder();
    const url = pathToFileURL(origin.folder).href;
    execFileSync('git', ['clone', '--quiet', '--filter=blob:none', '--branch=topic', url, clone], {
      stdio: 'pipe',
    });
    const outcome = check(clone, ['origin/main']);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('Clone the repository without --filter');
  });
});
