/** `moat check` of a whole workspace as a process: time and memory, beside Bandit on the same files. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../bench';
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
          anchor: bandit.anchor,
          note: `${runs[0]?.nFindings} findings in ${runs[0]?.nFiles} files; CPU time ${cpuNote(runs, bandit.cpuSeconds)}`,
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
  /** User CPU time of the process, with compiling and collecting garbage beside it. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly nFindings: number;
  readonly nFiles: number;
}

/** Writes what the process used when it ends. `maxRSS`, in kilobytes, begins with the memory of whoever started the process, so
 *  Linux is asked for the peak of the process itself. */
function usageHook(usageFile: string): string {
  return `
const fs = require('node:fs');
process.on('exit', () => {
  const usage = process.resourceUsage();
  try {
    usage.maxRSS = Number(/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    // Not Linux.
  }
  fs.writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(usage));
});`;
}

function runMoat(root: string, folder: string): Run {
  const hook = join(folder, 'usage.cjs');
  const usageFile = join(folder, 'usage.json');
  writeFileSync(hook, usageHook(usageFile));
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
  const startMs = performance.now();
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  const ms = performance.now() - startMs;
  if (result.status !== 0)
    throw new Error(`moat check ended with ${result.status}: ${result.stderr.slice(0, 300)}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  const report = JSON.parse(result.stdout) as {
    summary: { files: number; hidden: number };
    findings: readonly unknown[];
  };
  return {
    seconds: ms / 1000,
    cpuSeconds: usage.userCPUTime / 1_000_000,
    peakMegabytes: usage.maxRSS / 1024,
    nFindings: report.findings.length + report.summary.hidden,
    nFiles: report.summary.files,
  };
}

interface Bandit {
  readonly anchor: { readonly what: string; readonly measured?: Samples };
  readonly cpuSeconds: number | undefined;
}

/** Runs Bandit and prints the CPU time of its process: of the shell's children, there is only this one. */
const RUN = `import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime)`;

function measureBandit(python: string, folder: string, nRuns: number): Bandit {
  const version = spawnSync(python, ['-m', 'bandit', '--version'], { encoding: 'utf8' });
  if (version.status !== 0) return { anchor: { what: 'Bandit: not installed' }, cpuSeconds: undefined };
  const what = `Bandit ${/(\d+\.\d+\.\d+)/.exec(version.stdout)?.[1] ?? ''}`;
  const args = ['-m', 'bandit', '-r', folder, '-q', '-f', 'json', '-o', devNull, '--exit-zero'];
  const seconds: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < nRuns; i++) {
    const startMs = performance.now();
    const { stdout } = spawnSync(python, ['-c', RUN, python, ...args], { encoding: 'utf8' });
    seconds.push((performance.now() - startMs) / 1000);
    cpu.push(Number(stdout));
  }
  return { anchor: { what, measured: toSamples(seconds) }, cpuSeconds: toSamples(cpu).median };
}

function cpuNote(runs: readonly Run[], banditSeconds: number | undefined): string {
  const own = toSamples(runs.map(({ cpuSeconds }) => cpuSeconds)).median;
  return banditSeconds === undefined
    ? `${own.toFixed(1)} s`
    : `${own.toFixed(1)} s, of Bandit ${banditSeconds.toFixed(1)} s: ${(own / banditSeconds).toFixed(2)}×`;
}
