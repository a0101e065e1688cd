/** A virtual environment with what the apps import, in the user's cache: made once for each requirements.txt. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LabError, mustRun, runProgram } from './process';

export interface Python {
  readonly interpreter: string;
  /** Runs a piece of Python that is given as lines; answers what it prints. */
  run(lines: readonly string[], input?: string): Promise<string>;
}

export async function preparePython(requirements: string): Promise<Python> {
  const folder = await virtualEnvironment(requirements);
  const interpreter = join(folder, 'bin', 'python');
  return {
    interpreter,
    run: async (lines, input = '') =>
      (await mustRun(interpreter, ['-c', lines.join('\n')], { input })).trimEnd(),
  };
}

/** A folder under its final name is complete: it is moved there when everything is installed. The scripts of an
 *  environment name the folder they were made in, so only `python -m` is used. */
async function virtualEnvironment(requirements: string): Promise<string> {
  const host = process.env.MOAT_LAB_PYTHON ?? 'python3';
  const version = await runProgram(host, ['-c', 'import ensurepip, sys; print(sys.version, sys.executable)']);
  if (version.status !== 0)
    throw new LabError(
      `The lab needs Python 3 with venv, and "${host}" is none: install python3 and python3-venv, or name another ` +
        `interpreter in MOAT_LAB_PYTHON.\n${version.stderr}`,
    );
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'moat-lab');
  const hash = createHash('sha256').update(version.stdout).update(readFileSync(requirements)).digest('hex');
  const folder = join(cache, `venv-${hash.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const temporary = `${folder}.tmp-${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    await mustRun(host, ['-m', 'venv', temporary]);
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--retries=5',
    ];
    await mustRun(join(temporary, 'bin', 'python'), [...pip, '-r', requirements]);
    if (!existsSync(folder)) renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}
