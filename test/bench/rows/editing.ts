/** Edit → findings of that file, in the engine, beside Ruff on the same text in the same process. */
import { applyEdits } from '../../../server/core/index';
import { createEngine, elapsedMs } from '../engine';
import { generateModule } from '../generator/app';
import { Random } from '../generator/random';
import { createKeystrokes } from '../keystrokes';
import { judge, type Row, toSamples } from '../row';
import { createRuff } from '../ruff';

const FILE = 'app.py';
const N_PAIRS = 150;
/** Left out: the first ones run before the code is compiled. */
const N_WARM_UP = 20;
const RATIO_LIMIT = 2;

export function measureEditing(nLines: number, budgetMs: number): readonly Row[] {
  let text = generateModule(nLines);
  const engine = createEngine({ [FILE]: text });
  const ruff = createRuff();
  const nFindings = engine.check(FILE).findings.length;
  if (nFindings === 0) throw new Error('the generated module has no findings');
  const ours: number[] = [];
  const theirs: number[] = [];
  const isBroken: boolean[] = [];
  let nCut = 0;
  for (const edit of createKeystrokes(text, N_PAIRS, new Random(nLines))) {
    text = applyEdits(text, [edit]);
    ours.push(
      elapsedMs(() => {
        engine.editFile(FILE, [edit]);
        const report = engine.check(FILE);
        isBroken.push(report.isCarriedOver);
        if (report.cuts.length > 0) nCut++;
      }),
    );
    theirs.push(elapsedMs(() => ruff.check(text)));
  }
  const row: Row = {
    what: `edit → findings of the file, ${nLines.toLocaleString('en')} lines`,
    unit: 'ms',
    budget: budgetMs,
    measured: toSamples(ours.slice(N_WARM_UP)),
    anchor: { what: `${ruff.name}, rules S`, measured: toSamples(theirs.slice(N_WARM_UP)) },
    note: `${nFindings} findings; ${describe(ours, isBroken)}${nCut > 0 ? `; ${nCut} edits cut short` : ''}`,
  };
  return [judge(row, RATIO_LIMIT)];
}

/** Edits that leave the file whole and those after which it does not parse cost differently. */
function describe(timesMs: readonly number[], isBroken: readonly boolean[]): string {
  const part = (wanted: boolean) => {
    const samples = toSamples(timesMs.filter((_, index) => index >= N_WARM_UP && isBroken[index] === wanted));
    if (samples.n === 0) return '0 edits';
    return `${samples.n} edits (${samples.median.toFixed(1)} / ${samples.p95.toFixed(1)} ms)`;
  };
  return `${part(false)} leave it whole, ${part(true)} break it`;
}
