import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';

describe('moat completion', () => {
  it.each(['bash', 'zsh', 'fish'])('knows commands, options, values and rules in %s', (shell) => {
    const { stdout, exitCode } = runMoat(['completion', shell]);
    expect(exitCode).toBe(0);
    for (const word of [
      'check',
      'baseline',
      'changed-since',
      'gitlab',
      'information',
      'evil-call',
      'completion',
    ])
      expect(stdout).toContain(word);
  });

  it.runIf(process.platform !== 'win32')('completes in bash', () => {
    const { stdout } = runMoat(['completion', 'bash']);
    const complete = (...words: string[]) => {
      const script = `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _moat; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const outcome = spawnSync('bash', ['-c', script, 'bash', ...words], {
        cwd: createFolder(),
        encoding: 'utf8',
      });
      expect(outcome.stderr).toBe('');
      return outcome.stdout.trim().split('\n');
    };
    expect(complete('moat', 'mer')).toEqual(['merge']);
    expect(complete('moat', 'check', '--changed')).toEqual(['--changed-since', '--changed']);
    expect(complete('moat', 'check', '--fail-on', 'n')).toEqual(['never']);
    expect(complete('moat', 'check', '--format', 'git')).toEqual(['github', 'gitlab']);
    expect(complete('moat', 'explain', 'mur')).toEqual(['murmur-call']);
  });

  it.each([[[]], [['tcsh']], [['bash', 'zsh']]])('asks for one shell: %j', (args) => {
    const outcome = runMoat(['completion', ...args]);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain('Name one shell: bash, zsh, fish.');
  });
});

describe('the help of every command', () => {
  it('says how to call it, and fits a terminal', () => {
    const overview = runMoat(['--help']).stdout;
    const names = [...overview.matchAll(/^ {2}moat (\S+)/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(7);
    for (const name of names) {
      const { stdout } = runMoat([name, '--help']);
      expect(stdout).toContain(`Usage: moat ${name}`);
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });
});
