/** Applies suppression comments to findings. */
import { LineIndex } from '../base/lineIndex';
import { contains, type Range } from '../base/range';
import { parseSuppressions, type SourceComment, type Suppressions } from '../config/suppressions';
import { bodiesOf } from '../model/unitFacts';
import type { FileContext } from '../rules/context';
import type { RawFinding } from '../rules/rule';
import type { Body, Statement, UnitTree } from '../syntax/python/ast';

/** Leaves out what a comment switches off. */
export function withoutSuppressed<F extends RawFinding & { readonly ruleId: string }>(
  context: FileContext,
  findings: readonly F[],
): readonly F[] {
  const filter = createSuppressionFilter(context);
  return findings.filter((finding) => !filter.isSuppressed(finding.ruleId, finding));
}

interface SuppressionFilter {
  isSuppressed(ruleId: string, finding: RawFinding): boolean;
}

/** Reads the comments of a file only when there is something to suppress. */
function createSuppressionFilter(context: FileContext): SuppressionFilter {
  let prepared: { readonly lines: LineIndex; readonly suppressions: Suppressions } | undefined;
  return {
    isSuppressed(ruleId, finding) {
      if (!mayHoldSuppressions(context)) return false;
      prepared ??= prepare(context);
      const span = statementRange(context, finding.range);
      const lines = { first: prepared.lines.lineOf(span.start), last: prepared.lines.lineOf(span.end) };
      return prepared.suppressions.find(ruleId, lines) !== undefined;
    },
  };
}

const SUPPRESSION = /moat:|nosec|noqa|nosemgrep|NOSONAR/;
const suppressingTrees = new WeakMap<UnitTree, boolean>();

/** Most files have no such comment; then their lines need not be counted. */
function mayHoldSuppressions(context: FileContext): boolean {
  if (context.template?.comments.some(({ content }) => SUPPRESSION.test(content))) return true;
  return (context.module?.units ?? []).some(({ tree }) => {
    let isSuppressing = suppressingTrees.get(tree);
    if (isSuppressing === undefined) {
      isSuppressing = tree.comments.some(({ text }) => SUPPRESSION.test(text));
      suppressingTrees.set(tree, isSuppressing);
    }
    return isSuppressing;
  });
}

function prepare(context: FileContext): { lines: LineIndex; suppressions: Suppressions } {
  const lines = new LineIndex(context.text);
  return { lines, suppressions: parseSuppressions(commentsOf(context, lines)) };
}

function commentsOf(context: FileContext, lines: LineIndex): SourceComment[] {
  const { module, template, text } = context;
  const toComment = (range: Range, content: string): SourceComment => {
    const line = lines.lineOf(range.start);
    const endLine = lines.lineOf(range.end);
    const before = text.slice(lines.lineStart(line), range.start);
    const after = text.slice(range.end, lines.lineStart(endLine + 1));
    return { line, endLine, text: content, isOwnLine: before.trim() === '' && after.trim() === '' };
  };
  const python = (module?.units ?? []).flatMap(({ base, tree }) =>
    tree.comments.map((comment) =>
      toComment({ start: base + comment.start, end: base + comment.end }, comment.text),
    ),
  );
  return [...python, ...(template?.comments ?? []).map((comment) => toComment(comment, comment.content))];
}

/** The statement a finding is in; of a compound one only its head. In templates the finding itself. */
function statementRange(context: FileContext, range: Range): Range {
  for (const { base, tree } of context.module?.units ?? []) {
    if (!contains({ start: base, end: base + tree.length }, range)) continue;
    const local = { start: range.start - base, end: range.end - base };
    const found = innermost(tree.body, local);
    return found === undefined ? range : { start: found.start + base, end: found.end + base };
  }
  return range;
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
