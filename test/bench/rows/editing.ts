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
  let nCut = 0;
  for (const edit of createKeystrokes(text, N_PAIRS, new Random(nLines))) {
    text = applyEdits(text, [edit]);
    ours.push(
      elapsedMs(() => {
        engine.editFile(FILE, [edit]);
        if (engine.check(FILE).cuts.length > 0) nCut++;
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
    note: `${nFindings} findings; ${ours.length - N_WARM_UP} edits${nCut > 0 ? `, ${nCut} of them cut short` : ''}`,
  };
  return [judge(row, RATIO_LIMIT)];
}
