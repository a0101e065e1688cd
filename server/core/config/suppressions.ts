/** Comments that switch findings off: Moat's own, and those of other tools.
 *  `# moat: ignore[rule-id, …] reason` holds on its line, on any line of the statement, and from the line above;
 *  `# moat: ignore-file[…]` for the whole file. Without brackets they mean every rule. */

/** A comment of a source file. Lines count from 0. */
export interface SourceComment {
  readonly line: number;
  /** Last line of the comment; differs from `line` only in templates. */
  readonly endLine?: number;
  /** With or without its delimiters. */
  readonly text: string;
  /** Nothing but the comment stands on its lines. Only such comments speak for the line below. */
  readonly isOwnLine: boolean;
}

export interface LineSpan {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

export interface Suppression {
  readonly line: number;
  readonly scope: 'line' | 'file';
  /** Rule ids, or undefined for every rule. */
  readonly ruleIds: readonly string[] | undefined;
  /** Why, as the author wrote it; `''` if nothing is said. */
  readonly reason: string;
  /** `moat`, or the name of the other tool whose comment it is. */
  readonly tool: 'moat' | 'nosec' | 'noqa' | 'nosemgrep' | 'NOSONAR';
}

export interface Suppressions {
  /** In the order of the file. */
  readonly all: readonly Suppression[];
  /** The one that switches a finding off, if any. `lines` are those of the finding's statement. */
  find(ruleId: string, lines: LineSpan): Suppression | undefined;
}

export interface SuppressionOptions {
  /** Honor `# nosec`, `# noqa: S…`, `# nosemgrep` and `# NOSONAR`. */
  readonly honorOtherTools: boolean;
}

export const NO_SUPPRESSIONS: Suppressions = { all: [], find: () => undefined };

export function parseSuppressions(
  comments: readonly SourceComment[],
  options: SuppressionOptions = { honorOtherTools: true },
): Suppressions {
  const entries: Entry[] = [];
  const ownLines = new Set<number>();
  for (const comment of comments) {
    const last = comment.endLine ?? comment.line;
    if (comment.isOwnLine) for (let line = comment.line; line <= last; line++) ownLines.add(line);
    const suppression = parseComment(comment, options);
    if (suppression !== undefined) entries.push({ suppression, first: comment.line, last });
  }
  if (entries.length === 0) return NO_SUPPRESSIONS;
  for (const entry of entries) if (ownLines.has(entry.first)) entry.last = lineBelow(entry.last, ownLines);
  return {
    all: entries.map((entry) => entry.suppression),
    find: (ruleId, lines) => entries.find((entry) => applies(entry, ruleId, lines))?.suppression,
  };
}

interface Entry {
  readonly suppression: Suppression;
  readonly first: number;
  /** Last line that the comment speaks for, inclusive. */
  last: number;
}

function applies({ suppression, first, last }: Entry, ruleId: string, lines: LineSpan): boolean {
  if (suppression.ruleIds !== undefined && !suppression.ruleIds.includes(ruleId)) return false;
  return suppression.scope === 'file' || (first <= lines.last && lines.first <= last);
}

/** A comment on its own line speaks for the first line below that is no such comment. */
function lineBelow(line: number, ownLines: ReadonlySet<number>): number {
  let below = line + 1;
  while (ownLines.has(below)) below++;
  return below;
}

function parseComment(comment: SourceComment, options: SuppressionOptions): Suppression | undefined {
  return parseOwn(comment) ?? (options.honorOtherTools ? parseOther(comment) : undefined);
}

const OWN = /(?:^|[\s#])moat\s*:\s*ignore(-file)?(?![\w-])\s*(?:\[([^\]]*)\])?([\s\S]*)$/i;

function parseOwn({ line, text }: SourceComment): Suppression | undefined {
  const match = OWN.exec(stripDelimiters(text));
  if (match === null) return undefined;
  const ids = match[2]
    ?.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const reason = (match[3] ?? '').replace(/^[\s:,–—-]+/, '').trim();
  return { line, scope: match[1] === undefined ? 'line' : 'file', ruleIds: ids, reason, tool: 'moat' };
}

/** What other tools' comments look like. Bandit, Ruff (only its security codes), Semgrep, Sonar. */
const OTHER_TOOLS = [
  { tool: 'nosec', pattern: /(?:^|[\s#])nosec\b/i },
  { tool: 'noqa', pattern: /(?:^|[\s#])noqa\s*:\s*(?:[A-Z]+\d+[,\s]+)*S\d/i },
  { tool: 'nosemgrep', pattern: /(?:^|[\s#])nosem(?:grep)?\b/i },
  { tool: 'NOSONAR', pattern: /(?:^|[\s#])NOSONAR\b/ },
] as const;

function parseOther({ line, text }: SourceComment): Suppression | undefined {
  const found = OTHER_TOOLS.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  return { line, scope: 'line', ruleIds: undefined, reason: '', tool: found.tool };
}

function stripDelimiters(text: string): string {
  return text
    .trim()
    .replace(/^\{#[-+]?/, '')
    .replace(/[-+]?#\}$/, '')
    .replace(/^#+/, '');
}
