/** Edit of something that others use → findings of every file that depends on it: a helper of Python that changes what
 *  it does to data, and the layout that all templates extend. */
import type { Analyzer } from '../../../server/core/index';
import type { BenchOptions } from '../bench';
import { createEngine } from '../engine';
import { generateApp, HELPER_LINE, HELPER_LINE_CHANGED } from '../generator/app';
import { judge, type Row, toSamples } from '../row';

interface Edited {
  readonly what: string;
  readonly file: string;
  readonly line: string;
  readonly changed: string;
  /** Of the dependent files, as many are checked as an editor shows at once; the others follow when it is idle. */
  readonly nShown: number;
}

const EDITED: readonly Edited[] = [
  {
    what: 'a helper',
    file: 'app/helpers/common_0.py',
    line: HELPER_LINE,
    changed: HELPER_LINE_CHANGED,
    nShown: Number.POSITIVE_INFINITY,
  },
  {
    what: 'the layout of all pages',
    file: 'app/templates/base.html',
    line: '  {% block content %}{% endblock %}',
    changed: '  <main>{% block content %}{% endblock %}</main>',
    nShown: 10,
  },
];
const N_EDITS = 40;
const N_WARM_UP = 4;
/** No more edits after this long, but always enough for a p95 that means something. */
const MAX_MS = 15_000; // ms
const MIN_EDITS = N_WARM_UP + 10;

export function measureDependants({ isFull }: BenchOptions): readonly Row[] {
  return [...measureSize(20_000, MAX_MS), ...measureSize(200_000, isFull ? MAX_MS * 5 : MAX_MS)];
}

function measureSize(nLines: number, maxMs: number): readonly Row[] {
  const { files, nPythonLines } = generateApp(nLines);
  const engine = createEngine(files);
  for (const file of engine.checkableFiles()) engine.check(file);
  return EDITED.map((edited) => measure(engine, files[edited.file] ?? '', edited, maxMs, nPythonLines));
}

function measure(engine: Analyzer, text: string, edited: Edited, maxMs: number, nPythonLines: number): Row {
  const { what, file, line, changed, nShown } = edited;
  const start = text.indexOf(line);
  if (start < 0) throw new Error(`${file} does not hold the line that is edited`);
  const timesMs: number[] = [];
  const cpuMs: number[] = [];
  let nStale = 0;
  const startMs = performance.now();
  for (let i = 0; i < N_EDITS; i++) {
    if (i >= MIN_EDITS && performance.now() - startMs > maxMs) break;
    const [from, to] = i % 2 === 0 ? [line, changed] : [changed, line];
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    engine.editFile(file, [{ range: { start, end: start + from.length }, newText: to }]);
    engine.check(file);
    const stale = engine.staleFiles(file);
    nStale = Math.max(nStale, stale.length);
    for (const other of stale.slice(0, nShown)) engine.check(other);
    timesMs.push(performance.now() - before);
    cpuMs.push(process.cpuUsage(cpuBefore).user / 1000);
    // Not measured: else the next edit would find them old already.
    for (const other of stale.slice(nShown)) engine.check(other);
  }
  const cpu = toSamples(cpuMs.slice(N_WARM_UP)).median;
  return judge({
    what: `edit of ${what} → findings of dependent files, ${lines(nPythonLines)}`,
    unit: 'ms',
    budget: 150,
    measured: toSamples(timesMs.slice(N_WARM_UP)),
    note: `${cpu.toFixed(0)} ms CPU; ${timesMs.length - N_WARM_UP} edits; ${Math.min(nShown, nStale)} of ${nStale} stale files checked again`,
  });
}

function lines(n: number): string {
  return `${Math.round(n / 1000)}k lines`;
}
