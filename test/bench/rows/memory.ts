/** Memory of an idle language server that has read a workspace of 1,000 files. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions } from '../bench';
import { withFolder } from '../folder';
import { generateApp } from '../generator/app';
import { judge, type Row, toSamples } from '../row';
import { openServer } from '../server';

const N_FILES = 1000;
const N_SAMPLES = 5;
const INTERVAL_MS = 400; // ms
const MAX_WAIT_MS = 60_000; // ms

export function measureMemory({ root }: BenchOptions): Promise<readonly Row[]> {
  const files = generateFiles();
  return withFolder(files, async (folder) => {
    const { client } = await openServer(root, folder, 'app/__init__.py');
    await untilIdle(client.processId);
    const samples: number[] = [];
    for (let i = 0; i < N_SAMPLES; i++) {
      await sleep(INTERVAL_MS);
      samples.push(megabytesOf(client.processId));
    }
    await client.stop();
    const what = `idle server, ${Object.keys(files).length.toLocaleString('en')} files`;
    return [judge({ what, unit: 'MB', budget: 200, measured: toSamples(samples) })];
  });
}

/** An app of about as many files; one area makes seven. */
function generateFiles(): Readonly<Record<string, string>> {
  let nLines = 1000;
  for (;;) {
    const { files } = generateApp(nLines);
    if (Object.keys(files).length >= N_FILES) return files;
    nLines *= 1.15;
  }
}

/** Processor time that no longer grows tells that the background work is done. */
async function untilIdle(processId: number): Promise<void> {
  const deadlineMs = performance.now() + MAX_WAIT_MS;
  let before = -1;
  for (let nQuiet = 0; nQuiet < 3 && performance.now() < deadlineMs; ) {
    await sleep(INTERVAL_MS);
    const now = cpuTicksOf(processId);
    // Collecting garbage takes a tick now and then.
    nQuiet = now - before <= 1 ? nQuiet + 1 : 0;
    before = now;
  }
}

/** Hundredths of a second; only Linux tells. Elsewhere the wait is a fixed one. */
function cpuTicksOf(processId: number): number {
  if (process.platform !== 'linux') return 0;
  const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function megabytesOf(processId: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' });
  if (status !== 0) throw new Error('this system does not tell the memory of a process');
  return Number(stdout) / 1024;
}
