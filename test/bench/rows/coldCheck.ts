/** `moat check` of a whole workspace as a process: time and memory, beside Bandit on the same files. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../bench';
import { elapsedMs } from '../engine';
import { withFolder } from '../folder';
import { generateApp } from '../generator/app';
import { judge, type Row, type Samples, toSamples } from '../row';

const N_RUNS = 3;

/** At least three times as fast as Bandit. */
const RATIO_LIMIT = 1 / 3;

/** The promise is for the large workspace; the small one shows what starting costs. */
export async function measureColdCheck(options: BenchOptions): Promise<readonly Row[]> {
  const small = await measureSize(20_000, N_RUNS, undefined, options);
  const large = await measureSize(200_000, options.isFull ? N_RUNS : 1, 6, options);
  return [...small, ...large];
}

function measureSize(
  nLines: number,
  nRuns: number,
  budget: number | undefined,
  { root, python }: BenchOptions,
): Promise<readonly Row[]> {
  const { files, nPythonLines } = generateApp(nLines);
  return withFolder(files, async (folder) => {
    const runs = Array.from({ length: nRuns }, () => runMoat(root, folder));
    const bandit = measureBandit(python, folder, nRuns);
    const size = `${Math.round(nPythonLines / 1000)}k lines`;
    return [
      judge(
        {
          what: `cold check of a workspace, ${size}`,
          unit: 's',
          ...(budget === undefined ? {} : { budget }),
          measured: toSamples(runs.map(({ seconds }) => seconds)),
          anchor: bandit,
          note: `${runs[0]?.nFindings} findings in ${runs[0]?.nFiles} files`,
        },
        RATIO_LIMIT,
      ),
      judge({
        what: `the same, peak memory, ${size}`,
        unit: 'MB',
        budget: 400,
        measured: toSamples(runs.map(({ peakMegabytes }) => peakMegabytes)),
      }),
    ];
  });
}

interface Run {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly nFindings: number;
  readonly nFiles: number;
}

function runMoat(root: string, folder: string): Run {
  const hook = join(folder, 'peak.cjs');
  const peakFile = join(folder, 'peak.txt');
  // maxRSS is in kilobytes on every system.
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`,
  );
  const args = [
    '-r',
    hook,
    join(root, 'dist', 'moat.js'),
    'check',
    folder,
    '--format',
    'json',
    '--fail-on',
    'never',
  ];
  let stdout = '';
  const ms = elapsedMs(() => {
    const result = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
    if (result.status !== 0)
      throw new Error(`moat check ended with ${result.status}: ${result.stderr.slice(0, 300)}`);
    stdout = result.stdout;
  });
  const report = JSON.parse(stdout) as {
    summary: { files: number; hidden: number };
    findings: readonly unknown[];
  };
  return {
    seconds: ms / 1000,
    peakMegabytes: Number(readFileSync(peakFile, 'utf8')) / 1024,
    nFindings: report.findings.length + report.summary.hidden,
    nFiles: report.summary.files,
  };
}

function measureBandit(
  python: string,
  folder: string,
  nRuns: number,
): { readonly what: string; readonly measured?: Samples } {
  const version = spawnSync(python, ['-m', 'bandit', '--version'], { encoding: 'utf8' });
  if (version.status !== 0) return { what: 'Bandit: not installed' };
  const name = `Bandit ${/(\d+\.\d+\.\d+)/.exec(version.stdout)?.[1] ?? ''}`;
  const args = ['-m', 'bandit', '-r', folder, '-q', '-f', 'json', '-o', devNull, '--exit-zero'];
  const seconds = Array.from({ length: nRuns }, () => elapsedMs(() => void spawnSync(python, args)) / 1000);
  return { what: name, measured: toSamples(seconds) };
}
