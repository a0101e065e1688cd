import { type Dirent, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';

/** Every case has a healthy neighbor, whose finding must be there whatever happens to the other file. */
function checkBeside(files: Readonly<Record<string, string | Uint8Array>>) {
  const outcome = runMoat(['check'], { cwd: createFolder({ 'zz.py': 'evil(1)\n', ...files }) });
  expect(outcome.stdout).toContain('zz.py:1:1: error [evil-call]');
  expect(outcome.exitCode).toBe(1);
  return outcome;
}

const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );

describe('a file that cannot be read as text is skipped with a note', () => {
  it.each([
    ['binary', bytes('x = 1', 0, 0, 7), 'a.py is a binary file; it was skipped'],
    [
      'not UTF-8',
      bytes('# caf', 0xe9, '\n'),
      'a.py is not valid UTF-8, and names no other encoding; it was skipped',
    ],
    [
      'UTF-16',
      bytes(0xff, 0xfe, 'e', 0, 'v', 0),
      'a.py is UTF-16 (little-endian), not UTF-8; it was skipped',
    ],
    [
      'of an unknown encoding',
      bytes('# coding: klingon\n', 0xe9),
      'a.py says that its encoding is klingon, which is unknown or does not fit its bytes; it was skipped',
    ],
    [
      'huge',
      new Uint8Array(10 * 1024 * 1024).fill(0x20),
      'a.py has 10 MB, the limit is 2 MB; it was skipped',
    ],
  ])('%s', (_, content, note) => {
    expect(checkBeside({ 'a.py': content }).stderr).toBe(`note: ${note}\n`);
  });
});

describe('a file in an unusual form is checked', () => {
  it.each([
    ['Latin-1 with a coding comment', bytes('# -*- coding: latin-1 -*-\n# ', 0xe9, '\nevil(1)\n'), 3, 1],
    [
      'a coding comment in the second line',
      bytes('#!/usr/bin/python\n# vim: set fileencoding=ISO-8859-1 :\nx="', 0xe9, '"; evil(1)\n'),
      3,
      8,
    ],
    [
      'Shift JIS with a coding comment',
      bytes('# coding: shift_jis\nx = "', 0x90, 0x94, '"; evil(1)\n'),
      2,
      10,
    ],
    ['a byte order mark, which is not part of the text', bytes(0xef, 0xbb, 0xbf, 'evil(1)\n'), 1, 1],
    ['CR LF line ends', bytes('a = 1\r\nevil(1)\r\n'), 2, 1],
    ['lone CR line ends', bytes('a = 1\rb = 2\r  evil(1)\r'), 3, 3],
    ['no line end at all', bytes('evil(1)'), 1, 1],
  ])('%s', (_, content, line, column) => {
    const outcome = checkBeside({ 'a.py': content });
    expect(outcome.stdout).toContain(`a.py:${line}:${column}: error [evil-call]`);
    expect(outcome.stderr).toBe('');
  });
});

describe('a folder', () => {
  const denied =
    (name: string) =>
    (path: string): readonly Dirent[] => {
      if (path.endsWith(name))
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      return readdirSync(path, { withFileTypes: true });
    };

  it('without read permission is skipped with a note', () => {
    const cwd = createFolder({ 'zz.py': 'evil(1)\n', 'locked/a.py': 'evil(1)\n' });
    const outcome = runMoat(['check'], { cwd, engine: { readFolder: denied('locked') } });
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toBe('note: locked cannot be read: no permission; the folder was skipped\n');
  });

  it('without read permission that was asked for is a failure', () => {
    const cwd = createFolder({ 'locked/a.py': 'evil(1)\n' });
    const outcome = runMoat(['check', 'locked'], { cwd, engine: { readFolder: denied('locked') } });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toBe('failure: locked cannot be read: no permission; nothing in it was checked\n');
  });

  it('that links to itself or out of the root is not walked in circles, nor left', () => {
    const outside = createFolder({ 'a.py': 'evil(1)\n' });
    const cwd = createFolder({ 'pkg/zz.py': 'evil(1)\n' });
    symlinkSync(cwd, join(cwd, 'pkg', 'loop'), 'dir');
    symlinkSync(outside, join(cwd, 'outside'), 'dir');
    symlinkSync(join(outside, 'a.py'), join(cwd, 'linked.py'));
    expect(runMoat(['check'], { cwd }).stdout).toContain('1 error in 1 of 1 file');
  });

  it('named like a file is no file', () => {
    const cwd = createFolder({ 'zz.py': 'evil(1)\n' });
    mkdirSync(join(cwd, 'folder.py'));
    expect(runMoat(['check'], { cwd })).toMatchObject({ exitCode: 1, stderr: '' });
  });
});

describe('a file', () => {
  it('that vanishes between listing and reading is noted', () => {
    const cwd = createFolder({ 'zz.py': 'evil(1)\n' });
    const readFolder = (path: string): readonly Dirent[] => {
      const entries = readdirSync(path, { withFileTypes: true });
      const [entry] = entries;
      return entry === undefined
        ? entries
        : [...entries, Object.assign(Object.create(entry), { name: 'gone.py' })];
    };
    const outcome = runMoat(['check'], { cwd, engine: { readFolder } });
    expect(outcome).toMatchObject({ exitCode: 1, stderr: 'note: gone.py does not exist; it was skipped\n' });
  });

  it('that was named but cannot be read is a failure', () => {
    const cwd = createFolder({ 'a.py': bytes(0, 1, 2) });
    const outcome = runMoat(['check', 'a.py'], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toBe('failure: a.py is a binary file; it was not checked\n');
  });

  it('that does not parse, or was cut short, is noted', () => {
    const outcome = checkBeside({ 'a.py': 'half(', 'b.py': 'long(' });
    expect(outcome.stderr).toBe(
      'note: a.py does not parse; findings in it may be missing\n' +
        'note: b.py was followed only in part: it is too long\n',
    );
  });
});
