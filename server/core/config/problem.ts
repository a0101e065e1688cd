/** What is wrong with a configuration, at its place. */
import { editDistance } from '../base/editDistance';
import type { Range } from '../base/range';

export interface ConfigProblem {
  /** Path of the key, such as `rules.sql-injection`. */
  readonly key: string;
  /** One or two sentences for a person. */
  readonly message: string;
  /** In the text of the file; meaningless for settings of an editor. */
  readonly range: Range;
  /** What probably was meant, to stand in place of `range`. */
  readonly suggestion?: string;
}

/** "There is no …; it is ignored", with the nearest of the known names. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  return `There is no ${what} \`${name}\`; it is ignored.${hint}`;
}

/** The known name within a few typing errors, if there is one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
