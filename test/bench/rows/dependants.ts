/** Edit of a helper that changes what it does to data → findings of every file that depends on it. */
import type { BenchOptions } from '../bench';
import { createEngine, elapsedMs } from '../engine';
import { generateApp, HELPER_LINE, HELPER_LINE_CHANGED } from '../generator/app';
import { judge, type Row, toSamples } from '../row';

const FILE = 'app/helpers/common_0.py';
const N_EDITS = 40;
const N_WARM_UP = 4;
/** No more edits after this long, but always enough for a p95 that means something. */
const MAX_MS = 20_000; // ms
const MIN_EDITS = N_WARM_UP + 10;

export function measureDependants({ isFull }: BenchOptions): readonly Row[] {
  return [measureSize(20_000, MAX_MS), measureSize(200_000, isFull ? MAX_MS * 5 : MAX_MS)];
}

function measureSize(nLines: number, maxMs: number): Row {
  const { files, nPythonLines } = generateApp(nLines);
  const engine = createEngine(files);
  for (const file of engine.checkableFiles()) engine.check(file);
  const timesMs: number[] = [];
  let nStale = 0;
  const startMs = performance.now();
  for (let i = 0; i < N_EDITS; i++) {
    if (i >= MIN_EDITS && performance.now() - startMs > maxMs) break;
    const [from, to] = i % 2 === 0 ? [HELPER_LINE, HELPER_LINE_CHANGED] : [HELPER_LINE_CHANGED, HELPER_LINE];
    const start = (files[FILE] ?? '').indexOf(HELPER_LINE);
    const edit = { range: { start, end: start + from.length }, newText: to };
    timesMs.push(
      elapsedMs(() => {
        engine.editFile(FILE, [edit]);
        engine.check(FILE);
        const stale = engine.staleFiles(FILE);
        nStale = Math.max(nStale, stale.length);
        for (const file of stale) engine.check(file);
      }),
    );
  }
  return judge({
    what: `edit → findings of dependent files, ${lines(nPythonLines)}`,
    unit: 'ms',
    budget: 150,
    measured: toSamples(timesMs.slice(N_WARM_UP)),
    note: `${timesMs.length - N_WARM_UP} edits; up to ${nStale} files checked again`,
  });
}

function lines(n: number): string {
  return `${Math.round(n / 1000)}k lines`;
}
