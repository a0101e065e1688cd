/** Whether a fix has proven itself: its finding is gone, and nothing worse than a hint has come. */
import type { FileReport, Finding } from '../core/index';

/** Why it has not, in words, or undefined. The reports are those of all files that the fix touches. */
export function failureOf(
  fixed: Finding,
  before: readonly FileReport[],
  after: readonly FileReport[],
): string | undefined {
  if (after.some(({ isCarriedOver }, index) => isCarriedOver && before[index]?.isCarriedOver !== true))
    return 'not fixed, because the file would not parse afterwards';
  const was = before.flatMap(({ findings }) => findings);
  const is = after.flatMap(({ findings }) => findings);
  const ofRule = (findings: readonly Finding[]) =>
    findings.filter(({ ruleId, file }) => ruleId === fixed.ruleId && file === fixed.file).length;
  if (ofRule(is) >= ofRule(was)) return 'not fixed, because the fix would not have made it go away';
  const newcomer = newcomersIn(was, is, fixed)[0];
  return newcomer === undefined
    ? undefined
    : `not fixed, because it would have led to another finding, ${newcomer.ruleId}`;
}

/** Findings that were not there before. One whose line the fix has changed has another fingerprint than before: it
 *  takes the place of one of its rule that is gone. Mended code may earn a hint that the fault kept back. */
function newcomersIn(was: readonly Finding[], is: readonly Finding[], fixed: Finding): readonly Finding[] {
  const known = new Set(was.map(({ fingerprint }) => fingerprint));
  const left = new Set(is.map(({ fingerprint }) => fingerprint));
  const gone = was
    .filter(({ fingerprint }) => fingerprint !== fixed.fingerprint && !left.has(fingerprint))
    .map(placeOf);
  return is.filter((one) => {
    if (known.has(one.fingerprint)) return false;
    const index = gone.indexOf(placeOf(one));
    if (index >= 0) gone.splice(index, 1);
    return index < 0 && one.severity !== 'hint';
  });
}

function placeOf({ file, ruleId }: Finding): string {
  return `${file} ${ruleId}`;
}
