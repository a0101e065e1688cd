/** Comments that switch findings off: Moat's own, and those of other tools.
 *
 *    moat: ignore[rule-id, …] reason       on the line, on any line of the statement, from the line above
 *    moat: ignore-file[rule-id, …] reason  in the whole file
 *    moat: off[rule-id, …] reason          from here to the next `moat: on`, or to the end
 *
 *  Without brackets they mean every rule. What does not keep to this switches nothing off and is a problem. */
import type { Range } from '../base/range';
import { nearestName } from './problem';

/** A comment of a source file. Lines count from 0. */
export interface SourceComment {
  readonly line: number;
  /** Last line of the comment; differs from `line` only in templates. */
  readonly endLine?: number;
  /** With or without its delimiters. */
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly start: number;
  /** Nothing but the comment stands on its lines. Only such comments speak for the line below. */
  readonly isOwnLine: boolean;
  /** It stands in a template that is a string of Python, and speaks for lines of the template only. */
  readonly isInString?: boolean;
}

export interface LineSpan {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

export interface SuppressedId {
  readonly id: string;
  readonly range: Range;
}

export interface Suppression {
  readonly line: number;
  readonly scope: 'line' | 'file' | 'block';
  /** Rules, or undefined for every rule. */
  readonly rules: readonly SuppressedId[] | undefined;
  /** Why, as the author wrote it; `''` if nothing is said. */
  readonly reason: string;
  /** `moat`, or the name of the other tool whose comment it is. */
  readonly tool: 'moat' | 'nosec' | 'noqa' | 'nosemgrep' | 'NOSONAR';
  /** From `moat:` to the end of the reason. */
  readonly range: Range;
}

export interface SuppressionProblem {
  readonly range: Range;
  readonly message: string;
  /** What probably was meant, to stand in place of `range`. */
  readonly suggestion?: string;
}

export interface Suppressions {
  /** In the order of the file. */
  readonly all: readonly Suppression[];
  readonly problems: readonly SuppressionProblem[];
  /** Those that switch a finding off. `lines` are those of the finding's statement, `own` those of itself. */
  matching(ruleId: string, lines: LineSpan, own?: LineSpan): readonly Suppression[];
}

export interface SuppressionOptions {
  /** Honor `# nosec`, `# noqa: S…`, `# nosemgrep` and `# NOSONAR`. */
  readonly honorOtherTools: boolean;
  readonly ruleIds: readonly string[];
}

export const NO_SUPPRESSIONS: Suppressions = { all: [], problems: [], matching: () => [] };

export function parseSuppressions(
  comments: readonly SourceComment[],
  options: SuppressionOptions,
): Suppressions {
  const entries: Entry[] = [];
  const problems: SuppressionProblem[] = [];
  const ownLines = new Set<number>();
  for (const comment of comments) {
    const last = comment.endLine ?? comment.line;
    if (comment.isOwnLine) for (let line = comment.line; line <= last; line++) ownLines.add(line);
    const own = parseOwn(comment, options.ruleIds);
    if (own === undefined) {
      const suppression = options.honorOtherTools ? parseOther(comment) : undefined;
      if (suppression !== undefined)
        entries.push({ suppression, first: comment.line, last, isInString: false });
      continue;
    }
    problems.push(...own.problems);
    if (own.keyword === 'on') closeBlocks(entries, own, comment.line);
    if (own.suppression === undefined) continue;
    const isBlock = own.suppression.scope === 'block';
    entries.push({
      suppression: own.suppression,
      first: comment.line,
      last: isBlock ? Number.POSITIVE_INFINITY : last,
      isInString: comment.isInString === true,
    });
  }
  if (entries.length === 0 && problems.length === 0) return NO_SUPPRESSIONS;
  for (const entry of entries)
    if (entry.suppression.scope === 'line' && ownLines.has(entry.first))
      entry.last = lineBelow(entry.last, ownLines);
  return {
    all: entries.map((entry) => entry.suppression),
    problems,
    matching: (ruleId, lines, own = lines) =>
      entries
        .filter((entry) => applies(entry, ruleId, entry.isInString ? own : lines))
        .map((entry) => entry.suppression),
  };
}

interface Entry {
  readonly suppression: Suppression;
  readonly first: number;
  /** Last line that the comment speaks for, inclusive. */
  last: number;
  readonly isInString: boolean;
}

interface OwnComment {
  readonly keyword: Keyword;
  readonly suppression: Suppression | undefined;
  readonly ids: readonly SuppressedId[] | undefined;
  readonly problems: readonly SuppressionProblem[];
}

const KEYWORDS = ['ignore', 'ignore-file', 'off', 'on'] as const;
type Keyword = (typeof KEYWORDS)[number];
const SCOPES = { ignore: 'line', 'ignore-file': 'file', off: 'block' } as const;

function applies({ suppression, first, last }: Entry, ruleId: string, lines: LineSpan): boolean {
  const { rules, scope } = suppression;
  if (rules !== undefined && !rules.some(({ id }) => id === ruleId)) return false;
  return scope === 'file' || (first <= lines.last && lines.first <= last);
}

/** `moat: on` ends what is open; with ids only what names no others. */
function closeBlocks(entries: readonly Entry[], { ids }: OwnComment, line: number): void {
  for (const entry of entries) {
    const { scope, rules } = entry.suppression;
    if (scope !== 'block' || entry.last !== Number.POSITIVE_INFINITY) continue;
    const isMeant = ids === undefined || rules?.every(({ id }) => ids.some((one) => one.id === id)) === true;
    if (isMeant) entry.last = line;
  }
}

/** A comment on its own line speaks for the first line below that is no such comment. */
function lineBelow(line: number, ownLines: ReadonlySet<number>): number {
  let below = line + 1;
  while (ownLines.has(below)) below++;
  return below;
}

const OWN = /(^|[\s#{-])(moat\s*:\s*([A-Za-z-]+))/i;
const IDS = /^\s*\[([^\]]*)(\]?)/;

function parseOwn({ line, text, start }: SourceComment, ruleIds: readonly string[]): OwnComment | undefined {
  const match = OWN.exec(text);
  if (match === null) return undefined;
  const [whole, before = '', head = '', word = ''] = match;
  const at = match.index + before.length;
  const end = text.replace(/\s*(?:[-+]?#\})?\s*$/, '').length;
  const range = { start: start + at, end: start + Math.max(end, at + head.length) };
  const keyword = KEYWORDS.find((one) => one === word.toLowerCase());
  const refused = (message: string, place: Range, suggestion?: string): OwnComment => ({
    keyword: keyword ?? 'ignore',
    suppression: undefined,
    ids: [],
    problems: [{ range: place, message, ...(suggestion === undefined ? {} : { suggestion }) }],
  });
  if (keyword === undefined) {
    const nearest = nearestName(word.toLowerCase(), KEYWORDS.slice(0, 3));
    if (nearest === undefined) return undefined;
    const wordEnd = start + at + head.length;
    const place = { start: wordEnd - word.length, end: wordEnd };
    return refused(
      `Moat does not know \`moat: ${word}\`, so nothing is ignored. Did you mean \`${nearest}\`?`,
      place,
      nearest,
    );
  }
  const rest = text.slice(match.index + whole.length, Math.max(end, match.index + whole.length));
  const list = IDS.exec(rest);
  const reason = (list === null ? rest : rest.slice(list[0].length)).replace(/^[\s:,–—-]+/, '').trim();
  if (list === null) {
    const named = /^[a-z][a-z0-9-]*/.exec(reason)?.[0] ?? '';
    if (ruleIds.includes(named)) {
      const fixed = `${head}[${named}]${reason.slice(named.length)}`;
      return refused(
        `Rule ids stand in brackets: \`${keyword}[${named}]\`. Nothing is ignored here.`,
        range,
        fixed,
      );
    }
    return {
      keyword,
      suppression: toSuppression(keyword, line, undefined, reason, range),
      ids: undefined,
      problems: [],
    };
  }
  if (list[2] === '')
    return refused('The list of rule ids is not closed by `]`, so nothing is ignored.', range);
  const idsStart = start + match.index + whole.length + list[0].indexOf('[') + 1;
  const written = idsIn(list[1] ?? '', idsStart);
  if (written.length === 0) return refused('The brackets name no rule, so nothing is ignored.', range);
  const known = written.filter(({ id }) => ruleIds.includes(id));
  const problems = written.filter(({ id }) => !ruleIds.includes(id)).map((id) => unknownId(id, ruleIds));
  const suppression = known.length === 0 ? undefined : toSuppression(keyword, line, known, reason, range);
  return { keyword, suppression, ids: known, problems };
}

function toSuppression(
  keyword: Keyword,
  line: number,
  rules: readonly SuppressedId[] | undefined,
  reason: string,
  range: Range,
): Suppression | undefined {
  return keyword === 'on' ? undefined : { line, scope: SCOPES[keyword], rules, reason, tool: 'moat', range };
}

function idsIn(list: string, start: number): SuppressedId[] {
  return [...list.matchAll(/[^,\s][^,]*/g)].map((match) => {
    const id = match[0].trimEnd();
    return { id, range: { start: start + match.index, end: start + match.index + id.length } };
  });
}

function unknownId({ id, range }: SuppressedId, ruleIds: readonly string[]): SuppressionProblem {
  const nearest = nearestName(id, ruleIds);
  const message = `There is no rule \`${id}\`, so this ignores nothing.`;
  return nearest === undefined
    ? { range, message }
    : { range, message: `${message} Did you mean \`${nearest}\`?`, suggestion: nearest };
}

/** What other tools' comments look like. Bandit, Ruff (only its security codes), Semgrep, Sonar. */
const OTHER_TOOLS = [
  { tool: 'nosec', pattern: /(?:^|[\s#])nosec\b/i },
  { tool: 'noqa', pattern: /(?:^|[\s#])noqa\s*:\s*(?:[A-Z]+\d+[,\s]+)*S\d/i },
  { tool: 'nosemgrep', pattern: /(?:^|[\s#])nosem(?:grep)?\b/i },
  { tool: 'NOSONAR', pattern: /(?:^|[\s#])NOSONAR\b/ },
] as const;

function parseOther({ line, text, start }: SourceComment): Suppression | undefined {
  const found = OTHER_TOOLS.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  const range = { start, end: start + text.length };
  return { line, scope: 'line', rules: undefined, reason: '', tool: found.tool, range };
}
