/** Python text to Moat's tree: the only way in. Total: never throws, and says in `problems` what it could not read.
 *
 *  A file is cut into units (units.ts), and each unit's tree depends on that unit's text alone. So half-typed code
 *  harms its own unit only, and an edit re-reads only the units it touches (incremental.ts). The parser behind it is
 *  pyright's; only this folder knows. */
import { parseSource } from '../../generated/pyrightParser';
import type { Comment, Module, Statement, SyntaxProblem, Unit, UnitTree } from './ast';
import { TRIPLE_QUOTES } from './looseStrings';
import { lowerStatements } from './lowerStatement';
import { MAX_DEPTH, withoutDeepBrackets, withoutDeepLines } from './nesting';
import { mapOffsets, tidyRanges } from './offsets';
import type { PySource, PyToken } from './pyright';
import { isStructural } from './pyrightKinds';
import { type Repair, repair } from './repair';
import { exactly } from './source';
import { splitUnits, type UnitSpan } from './units';

/** UTF-16 units. Longer files are data; reading one would take seconds. */
export const MAX_LENGTH = 1_000_000;
/** So many show that more than a line is misread. */
const MANY_PROBLEMS = 8;

export function parsePython(text: string): Module {
  if (text.length > MAX_LENGTH) return tooLong(text);
  const { units, isClean } = splitUnits(text);
  return toModule(
    text,
    units.map((span) => ({ base: span.start, tree: parseUnit(text.slice(span.start, span.end), span) })),
    isClean,
  );
}

/** Joins units into a module; problems of the units become absolute. */
export function toModule(text: string, units: readonly Unit[], isClean: boolean): Module {
  const problems: SyntaxProblem[] = [];
  for (const { base, tree } of units) {
    for (const { start, end, message } of tree.problems)
      problems.push({ start: start + base, end: end + base, message });
  }
  return { text, units, problems, isClean };
}

export function tooLong(text: string): Module {
  const message = `File is too long to be read as Python: ${text.length} characters, at most ${MAX_LENGTH}`;
  const problems = [{ start: 0, end: 0, message }];
  const tree: UnitTree = { length: text.length, body: [], comments: [], problems, isRepaired: false };
  return toModule(text, [{ base: 0, tree }], false);
}

/** The tree of one unit. Depends on `text` alone: `span` only says what splitting found out about it. */
export function parseUnit(text: string, span: Pick<UnitSpan, 'depth' | 'isOpen'>): UnitTree {
  const tree = readUnit(text, span, span.isOpen ? repair(text, false) : undefined);
  if (tree.problems.length < MANY_PROBLEMS || !TRIPLE_QUOTES.test(text)) return tree;
  // Prose read as code: an earlier string was left open, and all after it is turned inside out.
  const doubted = repair(text, true);
  if (doubted.open.length === 0) return tree;
  const other = readUnit(text, span, doubted);
  return other.problems.length < tree.problems.length ? { ...other, isRepaired: span.isOpen } : tree;
}

function readUnit(text: string, span: Pick<UnitSpan, 'depth'>, fixed: Repair | undefined): UnitTree {
  const problems: SyntaxProblem[] = [];
  let source = fixed?.text ?? text;
  for (const { offset, closer } of fixed?.open ?? []) {
    const message = /['"]/.test(closer) ? 'String is not closed' : `Missing ${closer}`;
    problems.push({ start: offset, end: Math.min(offset + 1, text.length), message });
  }
  if (span.depth > MAX_DEPTH) {
    source = withoutDeepBrackets(source);
    problems.push({ start: 0, end: 0, message: `Brackets nest deeper than ${MAX_DEPTH} levels` });
  }
  try {
    return finish(text, source, problems, fixed);
  } catch {
    return readAgain(text, source, problems, fixed);
  }
}

/** The parser recurses, so `not not …` thousands of times overflows its stack. The rest may do without that line. */
function readAgain(
  text: string,
  source: string,
  problems: SyntaxProblem[],
  fixed: Repair | undefined,
): UnitTree {
  const all = { start: 0, end: text.length };
  const told = [...problems, { ...all, message: 'Code nests too deeply' }];
  try {
    return finish(text, withoutDeepLines(source), told, fixed);
  } catch {
    const body: Statement[] = [{ kind: 'ErrorStatement', children: [], ...all }];
    return { length: text.length, body, comments: [], problems: told, isRepaired: fixed !== undefined };
  }
}

function finish(
  text: string,
  source: string,
  problems: SyntaxProblem[],
  fixed: Repair | undefined,
): UnitTree {
  const parsed: PySource = parseSource(source);
  const body = lowerStatements({ text: source, tokens: parsed.tokens }, parsed.statements);
  const comments = readComments(parsed.tokens);
  for (const error of parsed.errors) {
    if (!isStructural(error.key)) continue;
    const start = fixed ? fixed.toOriginal(error.start) : error.start;
    const end = fixed ? fixed.toOriginal(error.start + error.length) : error.start + error.length;
    problems.push({
      start: Math.min(start, text.length),
      end: Math.min(end, text.length),
      message: inWords(error.key),
    });
  }
  if (fixed) mapOffsets([body, comments], fixed.toOriginal);
  if (problems.length > 0) tidyRanges(body, text.length);
  return {
    length: text.length,
    body,
    comments,
    problems: exactly(problems),
    isRepaired: fixed !== undefined,
  };
}

function readComments(tokens: readonly PyToken[]): readonly Comment[] {
  const comments: Comment[] = [];
  for (const token of tokens) {
    for (const { start, length, value } of token.comments ?? []) {
      comments.push({ start: start - 1, end: start + length, text: `#${value}` });
    }
  }
  return exactly(comments);
}

/** `expectedCloseParen` to `Expected close paren`. */
function inWords(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
