import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeAnalyzer } from './fakeEngine';
import { createFolder, runMoat, SECRET, writeFiles } from './runMoat';

const readIn = (cwd: string) => (path: string) => readFileSync(join(cwd, path), 'utf8');
const modeIn = (cwd: string) => (path: string) => statSync(join(cwd, path)).mode & 0o777;

describe('fix', () => {
  it('applies safe fixes and says what it did, at the places of the original text', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nevil(2); evil(3)\nodd(4)\n' });
    const outcome = runMoat(['fix'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('good(1)\ngood(2); good(3)\nodd(4)\n');
    expect(outcome).toEqual({
      exitCode: 0,
      stdout:
        '✔ a.py:1:1 [evil-call] Replace evil\n' +
        '✔ a.py:2:1 [evil-call] Replace evil\n' +
        '✔ a.py:2:10 [evil-call] Replace evil\n' +
        '3 findings fixed in 1 file, 1 more with --kind review\n',
      stderr: '',
    });
  });

  it('applies fixes to review when told to', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nodd(4)\n' });
    runMoat(['fix', '--kind', 'review'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('good(1)\neven(4)\n');
  });

  it('leaves fixes that a person finishes to the editor', () => {
    const cwd = createFolder({ 'a.py': 'vague(1)\n' });
    const { stdout } = runMoat(['fix', '--kind', 'review'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('vague(1)\n');
    expect(stdout).toBe(
      '– a.py:1:1 [vague-call] Left to the editor: “Replace vague” writes a start for you to finish\n' +
        'Nothing to fix, 1 not fixed\n',
    );
  });

  it('keeps to the rules and files that were named', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nodd(4)\n', 'b.py': 'evil(1)\n' });
    runMoat(['fix', '--kind', 'review', '--rule', 'odd-call', 'a.py'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('evil(1)\neven(4)\n');
    expect(readIn(cwd)('b.py')).toBe('evil(1)\n');
  });

  it('says why something was not fixed', () => {
    const cwd = createFolder({ 'a.py': 'stubborn(1)\n' });
    const { stdout, exitCode } = runMoat(['fix'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      '– a.py:1:1 [stubborn-call] No fix is written, because it is stubborn\nNothing to fix, 1 not fixed\n',
    );
  });

  it('takes back a fix that does not mend its finding', () => {
    const cwd = createFolder({ 'a.py': 'liar(1)\nevil(1)\n' });
    const { stdout } = runMoat(['fix'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('liar(1)\ngood(1)\n');
    expect(stdout).toContain(
      'a.py:1:1 [liar-call] Not fixed, because the fix would not have made it go away',
    );
  });

  it('takes back a fix that brings another finding, and keeps one that brings a hint', () => {
    const cwd = createFolder({ 'a.py': 'note(1)\ntrade(1)\nmurmur(2); hush(2)\n' });
    const { stdout } = runMoat(['fix'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('note(1)\ntrade(1)\nmurmur(2); murmur(2)\n');
    expect(stdout).toContain(
      'a.py:2:1 [trade-call] Not fixed, because it would have led to another finding, note-call',
    );
  });

  it('takes back a fix after which the file does not parse', () => {
    const cwd = createFolder({ 'a.py': 'clumsy(1)\nevil(1)\n' });
    const { stdout } = runMoat(['fix'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('clumsy(1)\ngood(1)\n');
    expect(stdout).toContain('a.py:1:1 [clumsy-call] Not fixed, because the file would not parse afterwards');
  });

  it('changes nothing the second time', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nkeyed()\n' });
    runMoat(['fix'], { cwd });
    const after = readIn(cwd)('.env');
    expect(runMoat(['fix'], { cwd }).stdout).toBe('Nothing to fix\n');
    expect(readIn(cwd)('.env')).toBe(after);
  });

  it('creates what a fix needs, with the secret for its owner only', () => {
    const cwd = createFolder({ 'a.py': 'keyed()\n', '.gitignore': '*.pyc\n' });
    runMoat(['fix'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('env()\n');
    expect(readIn(cwd)('.env')).toBe(`KEY=${SECRET}\n`);
    expect(readIn(cwd)('.gitignore')).toBe('*.pyc\n.env\n');
    if (process.platform !== 'win32') {
      expect(modeIn(cwd)('.env')).toBe(0o600);
      expect(modeIn(cwd)('.env.example') & 0o400).toBe(0o400);
      expect(modeIn(cwd)('.env.example')).not.toBe(0o600);
    }
  });

  it.each([
    ['CR LF', 'a = 1\r\nevil(1)\r\n', 'a = 1\r\ngood(1)\r\n'],
    ['lone CR', 'a = 1\revil(1)\r', 'a = 1\rgood(1)\r'],
    ['a byte order mark', '\ufeffevil("é")\n', '\ufeffgood("é")\n'],
    ['no last line end', 'evil("数")', 'good("数")'],
  ])('keeps %s', (_, before, after) => {
    const cwd = createFolder({ 'a.py': before });
    runMoat(['fix'], { cwd });
    expect(readFileSync(join(cwd, 'a.py'))).toEqual(Buffer.from(after));
  });

  it('keeps Latin-1', () => {
    const cwd = createFolder({ 'a.py': Buffer.from('# coding: latin-1\nevil("é")\n', 'latin1') });
    runMoat(['fix'], { cwd });
    expect(readFileSync(join(cwd, 'a.py'))).toEqual(Buffer.from('# coding: latin-1\ngood("é")\n', 'latin1'));
  });

  it('leaves a file alone that it could not write back as it was', () => {
    const content = Buffer.concat([
      Buffer.from('# coding: shift_jis\nx = "'),
      Buffer.from([0x90, 0x94]),
      Buffer.from('"; evil(1)\n'),
    ]);
    const cwd = createFolder({ 'a.py': content });
    expect(runMoat(['fix'], { cwd }).stdout).toContain(
      'Not fixed, because a.py cannot be written in its encoding (shift-jis)',
    );
    expect(readFileSync(join(cwd, 'a.py'))).toEqual(content);
  });

  it('keeps permissions and links, and leaves no temporary files', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n', 'elsewhere/real.py': 'evil(2)\n' });
    chmodSync(join(cwd, 'a.py'), 0o755);
    symlinkSync(join(cwd, 'elsewhere', 'real.py'), join(cwd, 'link.py'));
    runMoat(['fix', 'a.py', 'link.py'], { cwd });
    if (process.platform !== 'win32') expect(modeIn(cwd)('a.py')).toBe(0o755);
    expect(lstatSync(join(cwd, 'link.py')).isSymbolicLink()).toBe(true);
    expect(readIn(cwd)('elsewhere/real.py')).toBe('good(2)\n');
    expect(readdirSync(cwd).sort()).toEqual(['a.py', 'elsewhere', 'link.py']);
  });

  it('writes nothing at all when one of the files changed in the meantime', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n', 'b.py': 'evil(1)\n' });
    const outcome = runMoat(['fix'], {
      cwd,
      engine: {
        createAnalyzer: (host) => {
          const analyzer = createFakeAnalyzer(host);
          const checkableFiles = analyzer.checkableFiles.bind(analyzer);
          analyzer.checkableFiles = () => {
            // Somebody saves the file after it was read.
            writeFiles(cwd, { 'b.py': 'evil(1)  # saved\n' });
            return checkableFiles();
          };
          return analyzer;
        },
      },
    });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(
      'failure: b.py was changed in the meantime; run the command again; nothing was changed',
    );
    expect(readIn(cwd)('a.py')).toBe('evil(1)\n');
    expect(readIn(cwd)('b.py')).toBe('evil(1)  # saved\n');
  });

  it('never overwrites a file that it could not read', () => {
    const cwd = createFolder({ 'a.py': 'keyed()\n', '.env': new Uint8Array([0, 1]) });
    const { stdout } = runMoat(['fix'], { cwd });
    expect(stdout).toContain('Not fixed, because that would change .env, which exists but could not be read');
    expect(readIn(cwd)('a.py')).toBe('keyed()\n');
    expect(existsSync(join(cwd, '.gitignore'))).toBe(false);
  });
});

describe('fix --dry-run', () => {
  it('changes nothing, prints the diff on stdout and the rest on stderr', () => {
    const cwd = createFolder({ 'a.py': 'x = 1\nevil(x)\n' });
    const outcome = runMoat(['fix', '--dry-run'], { cwd });
    expect(readIn(cwd)('a.py')).toBe('x = 1\nevil(x)\n');
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toMatchInlineSnapshot(`
      "--- a/a.py
      +++ b/a.py
      @@ -1,2 +1,2 @@
       x = 1
      -evil(x)
      +good(x)
      "
    `);
    expect(outcome.stderr).toContain('1 finding would be fixed in 1 file');
  });

  it('prints a diff that git applies, to what fix would have written', () => {
    const quoted = process.platform === 'win32' ? 'pkg/ü.py' : 'pkg/ü "q".py';
    const filler = Array.from({ length: 30 }, (_, index) => `line_${index} = ${index}`).join('\n');
    const files = {
      'a b.py': `evil(1)\n${filler}\nevil(2)\r\nx = 1\nevil(3)\n${filler}\nevil(4)`,
      [quoted]: 'keyed()\n',
    };
    const dry = createFolder(files);
    const real = createFolder(files);
    const { stdout } = runMoat(['fix', '--dry-run'], { cwd: dry });
    runMoat(['fix'], { cwd: real });
    execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: dry, input: stdout });
    const contents = (cwd: string) => ['a b.py', quoted, '.env', '.gitignore'].map(readIn(cwd));
    expect(contents(dry)).toEqual(contents(real));
    expect(stdout.match(/^@@/gm)).toHaveLength(7);
  });
});
