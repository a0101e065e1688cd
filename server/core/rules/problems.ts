/** Findings about what people write for Moat itself: its configuration and its comments. */
import type { Range } from '../base/range';
import type { FileContext } from './context';
import type { FixOutcome, RawFinding } from './rule';

export interface Problem {
  readonly range: Range;
  readonly message: string;
  /** What probably was meant, to stand in place of `range`. */
  readonly suggestion?: string;
}

export function problemFinding({ range, message }: Problem): RawFinding {
  return { range, message, confidence: 'high', path: [] };
}

/** Puts the suggestion in the place of what is there. */
export function suggestionFix(
  { file }: FileContext,
  problems: readonly Problem[],
  finding: RawFinding,
): readonly FixOutcome[] {
  const { start, end } = finding.range;
  const problem = problems.find(
    ({ range, message }) => range.start === start && range.end === end && message === finding.message,
  );
  const suggestion = problem?.suggestion;
  if (suggestion === undefined) return [];
  const edits = [{ range: finding.range, newText: suggestion }];
  const title = `Write \`${suggestion.replace(/^"|"$/g, '')}\``;
  return [{ kind: 'fix', fix: { title, safety: 'review', edits: [{ file, isNew: false, edits }] } }];
}
