/** The command as a process: pipes that close, signals, and names that nobody would choose. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolder } from './runMoat';

let folder = '';
const bin = () => join(folder, 'moat.js');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moat-process-'));
  await esbuild.build({
    entryPoints: { moat: fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url)) },
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    outdir: folder,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET =
  'from flask import Flask\n\napp = Flask(__name__)\napp.config["SECRET_KEY"] = "not a secret any more"\n';

const moat = (cwd: string, args: readonly string[], input = '') =>
  spawnSync(process.execPath, [bin(), ...args], { cwd, input, encoding: 'utf8' });

describe('the process', () => {
  it.runIf(process.platform !== 'win32')('is content with a reader that has seen enough', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a${index}.py`, SECRET]));
    const cwd = createFolder(many);
    const script = `set -o pipefail; '${process.execPath}' '${bin()}' check | head -n 1; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
    expect(stdout).toMatch(/^a0\.py:4:\d+: error .*\ncode 1\n$/);
    expect(stderr).toBe('');
  });

  it.runIf(process.platform !== 'win32')('ends at once when it is interrupted', async () => {
    const lines = Array.from(
      { length: 4000 },
      (_, index) => `def f${index}(x):\n    return f${index + 1}(x)\n`,
    );
    const cwd = createFolder(
      Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`a${i}.py`, lines.join('')])),
    );
    const child = spawn(process.execPath, [bin(), 'check', '--output', 'out.txt'], { cwd, stdio: 'ignore' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startMs = performance.now();
    child.kill('SIGINT');
    const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
    // A shell tells this as exit code 130.
    expect(signal).toBe('SIGINT');
    expect(performance.now() - startMs).toBeLessThan(2000);
  });

  it('reads one file from standard input', () => {
    const cwd = createFolder({ 'app.py': '' });
    const { stdout, status } = moat(cwd, ['check', '--stdin-filename', 'app.py', '-'], SECRET);
    expect(status).toBe(1);
    expect(stdout).toContain('app.py:4:');
  });
});

describe('files of any name', () => {
  it.runIf(process.platform !== 'win32')('are checked, and named in every report', () => {
    const names = [
      'a b.py',
      '100%.py',
      'größe/数字😀.py',
      "it's.py",
      'new\nline.py',
      '-rf.py',
      '$(x).py',
      'tab\there.py',
    ];
    const cwd = createFolder(Object.fromEntries(names.map((name) => [name, SECRET])));
    const formats = ['json', 'sarif', 'github', 'gitlab', 'junit', 'text'];
    const outputs = formats.flatMap((format) => ['--output', `${format}=${format}.out`]);
    expect(moat(cwd, ['check', ...outputs]).status).toBe(1);
    const report = JSON.parse(readFileSync(join(cwd, 'json.out'), 'utf8'));
    expect(report.findings.map(({ file }: { file: string }) => file).sort()).toEqual(names.toSorted());
    for (const format of formats.slice(1))
      expect(readFileSync(join(cwd, `${format}.out`), 'utf8')).toContain('100%');
    expect(readFileSync(join(cwd, 'text.out'), 'utf8')).toContain('new\u240aline.py:4:');
    for (const name of names) expect(moat(cwd, ['check', '--', name]).status).toBe(1);
  });

  it.runIf(process.platform !== 'win32')('may be links to nowhere, or to themselves', () => {
    const cwd = createFolder({ 'app.py': SECRET });
    symlinkSync('nowhere.py', join(cwd, 'broken.py'));
    symlinkSync('loop.py', join(cwd, 'loop.py'));
    expect(moat(cwd, ['check'])).toMatchObject({ status: 1, stderr: '' });
    const named = moat(cwd, ['check', 'broken.py']);
    expect(named.status).toBe(2);
    expect(named.stderr).toContain('There is no file or folder "broken.py"');
    expect(moat(cwd, ['check', 'loop.py'])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('a folder that cannot be written to', () => {
  it.runIf(process.platform === 'linux')('fails with a reason, and loses nothing else', () => {
    const { status, stdout, stderr } = moat(createFolder({ 'app.py': SECRET }), [
      'check',
      '--output',
      'sarif=/proc/x.sarif',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('The report cannot be written to /proc/x.sarif');
    expect(stdout).toContain('app.py:4:');
  });
});
