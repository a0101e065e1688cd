/** Start of the language server → first findings of an open file, beside a process that loads Ruff and checks once. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchOptions } from '../bench';
import { elapsedMs } from '../engine';
import { withFolder } from '../folder';
import { generateModule } from '../generator/app';
import { judge, type Row, toSamples } from '../row';
import { openServer } from '../server';

const N_RUNS = 7;
const FILE = 'app.py';

export function measureStart({ root }: BenchOptions): Promise<readonly Row[]> {
  return withFolder({ [FILE]: generateModule(1000) }, async (folder) => {
    const fromStart: number[] = [];
    const fromReady: number[] = [];
    const anchorMs: number[] = [];
    let nFindings = 0;
    for (let i = 0; i < N_RUNS; i++) {
      const server = await openServer(root, folder, FILE);
      fromStart.push(server.firstFindingsMs);
      fromReady.push(server.readyToFindingsMs);
      nFindings = server.nFindings;
      await server.client.stop();
      anchorMs.push(elapsedMs(() => runRuff(root, join(folder, FILE))));
    }
    const anchor = { what: 'ruff-wasm: load and first check', measured: toSamples(anchorMs) };
    return [
      judge({
        what: 'server ready → first findings, 1,000 lines',
        unit: 'ms',
        budget: 300,
        measured: toSamples(fromReady),
        note: `${nFindings} findings; ${N_RUNS} starts`,
      }),
      {
        what: 'process start → first findings, 1,000 lines',
        unit: 'ms',
        measured: toSamples(fromStart),
        anchor,
      },
    ];
  });
}

function runRuff(root: string, path: string): void {
  const script = `
    const { Workspace } = require('@astral-sh/ruff-wasm-nodejs');
    const workspace = new Workspace({ lint: { select: ['S'] } }, 1);
    workspace.check(require('node:fs').readFileSync(process.argv[1], 'utf8'));`;
  const { status } = spawnSync(process.execPath, ['-e', script, path], { cwd: root });
  if (status !== 0) throw new Error('ruff-wasm did not run');
}
