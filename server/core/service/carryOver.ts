/** While a file does not parse, what was found where it does not parse stays, moved along with the edits. */
import { contains, type Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import type { Finding } from '../rules/rule';
import type { Module } from '../syntax/python/ast';

/** The range after an edit; undefined when the edit replaced all of it. */
export function movedRange(range: Range, edit: TextEdit): Range | undefined {
  const { start, end } = edit.range;
  const delta = edit.newText.length - (end - start);
  if (end <= range.start && !(start === end && start === range.start && range.start === range.end))
    return { start: range.start + delta, end: range.end + delta };
  if (start >= range.end) return range;
  if (start <= range.start && end >= range.end) return undefined;
  if (start >= range.start && end <= range.end) return { start: range.start, end: range.end + delta };
  return start < range.start
    ? { start: start + edit.newText.length, end: range.end + delta }
    : { start: range.start, end: start };
}

export function movedFindings(findings: readonly Finding[], edit: TextEdit): readonly Finding[] {
  return findings.flatMap((finding) => {
    const range = movedRange(finding.range, edit);
    if (range === undefined) return [];
    const path = finding.path.map((step) =>
      step.file === finding.file ? { ...step, range: movedRange(step.range, edit) ?? range } : step,
    );
    return [{ ...finding, range, path }];
  });
}

/** Fresh findings where the file parses, the last good ones in the statements that do not. */
export function mergedFindings(
  module: Module,
  fresh: readonly Finding[],
  lastGood: readonly Finding[],
): readonly Finding[] {
  const broken = brokenRanges(module);
  const isBroken = (finding: Finding) => broken.some((range) => contains(range, finding.range));
  const kept = [...fresh.filter((finding) => !isBroken(finding)), ...lastGood.filter(isBroken)];
  return kept.sort((a, b) => a.range.start - b.range.start || (a.ruleId < b.ruleId ? -1 : 1));
}

/** Top-level statements with a syntax problem in them. */
function brokenRanges(module: Module): Range[] {
  return module.units
    .map(({ base, tree }) => ({ start: base, end: base + tree.length }))
    .filter((unit) =>
      module.problems.some((problem) => problem.start <= unit.end && problem.end >= unit.start),
    );
}
