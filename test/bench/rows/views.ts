/** What the views add to an edit, in the engine: the lenses of its file, then checklist and attack surface. In between
 *  the server checks the other files in slices, as it does without views. */
import { applyEdits } from '../../../server/core/index';
import { createEngine, elapsedMs } from '../engine';
import { generateApp } from '../generator/app';
import { Random } from '../generator/random';
import { createKeystrokes } from '../keystrokes';
import { judge, type Row, toSamples } from '../row';

const N_PAIRS = 60;
/** Left out: the first ones run before the code is compiled. */
const N_WARM_UP = 10;

export function measureViews(nLines: number, budgetMs: number): readonly Row[] {
  const { files } = generateApp(nLines);
  const engine = createEngine(files);
  const file = Object.keys(files).find((path) => /blueprints\/(?!__init__).*\.py$/.test(path));
  if (file === undefined) throw new Error('the generated app has no views');
  let text = files[file] ?? '';
  const first = elapsedMs(() => {
    engine.checklists();
    engine.attackSurface();
  });
  const lenses: number[] = [];
  const views: number[] = [];
  for (const edit of createKeystrokes(text, N_PAIRS, new Random(nLines))) {
    text = applyEdits(text, [edit]);
    engine.editFile(file, [edit]);
    engine.check(file);
    lenses.push(cpuMs(() => void engine.routesIn(file)));
    for (const other of engine.checkableFiles()) engine.check(other);
    views.push(
      cpuMs(() => {
        engine.checklists();
        engine.attackSurface();
      }),
    );
  }
  const rowOf = (what: string, times: readonly number[], note: string) =>
    judge({
      what: `edit → ${what}, ${nLines.toLocaleString('en')} lines, CPU time`,
      unit: 'ms',
      budget: budgetMs,
      measured: toSamples(times.slice(N_WARM_UP)),
      note,
    });
  return [
    rowOf('code lenses', lenses, 'beside the check of the file'),
    rowOf('checklist and attack surface', views, `the first time ${first.toFixed(0)} ms, with all checks`),
  ];
}

/** These are short, and waiting for a busy machine is not their cost. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
