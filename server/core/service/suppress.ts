/** Applies suppression comments to findings, and tells which comments switch nothing off. */
import { LineIndex } from '../base/lineIndex';
import { contains, type Range } from '../base/range';
import {
  type LineSpan,
  NO_SUPPRESSIONS,
  parseSuppressions,
  type SourceComment,
  type Suppression,
  type SuppressionOptions,
  type Suppressions,
} from '../config/suppressions';
import { bodiesOf } from '../model/unitFacts';
import type { FileContext } from '../rules/context';
import type { RawFinding } from '../rules/rule';
import type { Body, Statement, Unit, UnitTree } from '../syntax/python/ast';

/** What of a file is needed for its comments. */
export interface Commented {
  readonly module?: FileContext['module'] | undefined;
  readonly template?: FileContext['template'] | undefined;
  readonly text: string;
}

export interface FileSuppressions {
  readonly suppressions: Suppressions;
  readonly lines: LineIndex;
}

/** Undefined for the many files without such comments: then their lines need not be counted. */
export function readSuppressions(file: Commented, options: SuppressionOptions): FileSuppressions | undefined {
  if (!mayHoldSuppressions(file)) return undefined;
  const lines = new LineIndex(file.text);
  const suppressions = parseSuppressions(commentsOf(file, lines), options);
  return suppressions === NO_SUPPRESSIONS ? undefined : { suppressions, lines };
}

export interface Suppressed<F> {
  /** What no comment switches off. */
  readonly findings: readonly F[];
  /** What one does, with what its author says. */
  readonly suppressed: readonly { readonly finding: F; readonly reason: string }[];
  readonly unused: readonly UnusedSuppression[];
}

export interface UnusedSuppression {
  readonly range: Range;
  /** The rule that is named for nothing; undefined when the whole comment is. */
  readonly ruleId: string | undefined;
}

/** `isOff` tells rules that do not run here: nobody knows what they would have found. */
export function applySuppressions<F extends RawFinding & { readonly ruleId: string }>(
  file: Commented,
  read: FileSuppressions | undefined,
  findings: readonly F[],
  isOff: (ruleId: string) => boolean,
): Suppressed<F> {
  if (read === undefined) return { findings, suppressed: [], unused: [] };
  const { suppressions, lines } = read;
  /** Rules that each comment has switched off. */
  const used = new Map<Suppression, Set<string>>();
  const suppressed: { finding: F; reason: string }[] = [];
  const left = findings.filter((finding) => {
    const { ruleId, range } = finding;
    const matching = suppressions.matching(ruleId, linesOf(file, lines, range), spanOf(lines, range));
    const [first] = matching;
    if (first !== undefined) suppressed.push({ finding, reason: first.reason });
    for (const suppression of matching)
      used.set(suppression, (used.get(suppression) ?? new Set()).add(ruleId));
    return matching.length === 0;
  });
  const unused = suppressions.all
    .filter(({ tool }) => tool === 'moat')
    .flatMap((one) => unusedOf(file.text, one, used.get(one) ?? new Set(), isOff));
  return { findings: left, suppressed, unused };
}

function unusedOf(
  text: string,
  { rules, range }: Suppression,
  used: ReadonlySet<string>,
  isOff: (ruleId: string) => boolean,
): readonly UnusedSuppression[] {
  const whole = { range: commentAround(text, range), ruleId: undefined };
  if (rules === undefined) return used.size === 0 ? [whole] : [];
  const idle = rules.filter(({ id }) => !used.has(id) && !isOff(id) && id !== 'unused-suppression');
  if (idle.length === rules.length) return [whole];
  return idle.map(({ id, range: place }) => ({ range: place, ruleId: id }));
}

/** The whole comment, if nothing else stands in it. */
function commentAround(text: string, { start, end }: Range): Range {
  const before = /(?:\{#[-+]?|#)\s*$/.exec(text.slice(Math.max(0, start - 8), start));
  if (before === null) return { start, end };
  const after = before[0].startsWith('{')
    ? (/^\s*[-+]?#\}/.exec(text.slice(end, end + 200))?.[0].length ?? 0)
    : 0;
  return { start: start - before[0].length, end: end + after };
}

function spanOf(lines: LineIndex, { start, end }: Range): LineSpan {
  return { first: lines.lineOf(start), last: lines.lineOf(end) };
}

const SUPPRESSION = /moat\s*:|nosec|noqa|nosem|NOSONAR/i;
const suppressingTrees = new WeakMap<UnitTree, boolean>();

export function mayHoldSuppressions({ module, template, text }: Commented): boolean {
  if (template?.comments.some(({ content }) => SUPPRESSION.test(content))) return true;
  return (module?.units ?? []).some(({ base, tree }) => {
    let isSuppressing = suppressingTrees.get(tree);
    if (isSuppressing === undefined) {
      isSuppressing =
        tree.comments.some((comment) => SUPPRESSION.test(comment.text)) ||
        commentsInStrings(text.slice(base, base + tree.length), tree).length > 0;
      suppressingTrees.set(tree, isSuppressing);
    }
    return isSuppressing;
  });
}

/** Jinja's comments for Moat in the strings of a unit. What stands behind a `#` of Python is no string. */
function commentsInStrings(text: string, { comments }: UnitTree): readonly Range[] {
  if (!text.includes('{#')) return [];
  return [...text.matchAll(/\{#(?:(?!#\}).)*?\bmoat\s*:(?:(?!#\}).)*#\}/gs)]
    .map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
    .filter(({ start }) => !comments.some((one) => one.start <= start + 1 && start < one.end));
}

function commentsOf({ module, template, text }: Commented, lines: LineIndex): SourceComment[] {
  const toComment = ({ start, end }: Range): SourceComment => {
    const line = lines.lineOf(start);
    const endLine = lines.lineOf(end);
    const before = text.slice(lines.lineStart(line), start);
    const after = text.slice(end, lines.lineStart(endLine + 1));
    const isOwnLine = before.trim() === '' && after.trim() === '';
    return { line, endLine, text: text.slice(start, end), start, isOwnLine };
  };
  const python = (module?.units ?? []).flatMap(({ base, tree }) =>
    tree.comments.map(({ start, end }) => toComment({ start: base + start, end: base + end })),
  );
  const inStrings = (module?.units ?? []).flatMap(({ base, tree }) =>
    commentsInStrings(text.slice(base, base + tree.length), tree).map(({ start, end }) => ({
      ...toComment({ start: base + start, end: base + end }),
      isInString: true,
    })),
  );
  return [...python, ...inStrings, ...(template?.comments ?? []).map(toComment)];
}

function linesOf(file: Commented, lines: LineIndex, range: Range): LineSpan {
  return spanOf(lines, statementRange(file, range));
}

/** The statement a finding is in; of a compound one only its head. In templates the finding itself. */
export function statementRange({ module }: Pick<Commented, 'module'>, range: Range): Range {
  const unit = module === undefined ? undefined : unitAround(module.units, range);
  if (unit === undefined) return range;
  const { base, tree } = unit;
  const found = innermost(tree.body, { start: range.start - base, end: range.end - base });
  return found === undefined ? range : { start: found.start + base, end: found.end + base };
}

/** The first unit that holds a range. They stand in order, and a file can have thousands, with a finding in each. */
function unitAround(units: readonly Unit[], range: Range): Unit | undefined {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const unit = units[middle];
    if (unit !== undefined && unit.base + unit.tree.length < range.end) low = middle + 1;
    else high = middle;
  }
  const unit = units[low];
  return unit !== undefined && unit.base <= range.start ? unit : undefined;
}

function innermost(body: Body, range: Range): Range | undefined {
  const statement = body.find((candidate: Statement) => contains(candidate, range));
  if (statement === undefined) return undefined;
  const bodies = bodiesOf(statement).filter((inner) => inner.length > 0);
  for (const inner of bodies) {
    const found = innermost(inner, range);
    if (found !== undefined) return found;
  }
  const firstInner = bodies[0]?.[0];
  return firstInner === undefined
    ? statement
    : { start: statement.start, end: Math.max(statement.start, firstInner.start - 1) };
}
