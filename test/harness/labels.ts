/** Reads the labels at the ends of a fixture's lines and takes them off again.
 *  Python and most files write `# error: [id] "part of the message"`, templates `{# error: [id] "…" #}`.
 *  The analyzer never sees a label, so one may stand behind a line of a multi-line string as well. */
import { SEVERITIES, type Severity } from '../../server/core/rules/rule';

export type Label =
  /** A finding of this rule and severity begins on the line; its message contains `part`. */
  | { readonly kind: 'finding'; readonly severity: Severity; readonly ruleId: string; readonly part: string }
  /** A step before the last one of some finding's path lies on the line. */
  | { readonly kind: 'source' }
  /** A known miss: the rule should report the line and does not yet. */
  | { readonly kind: 'missing'; readonly ruleId: string; readonly why: string }
  /** Known noise: the rule reports the line and should not. */
  | { readonly kind: 'spurious'; readonly ruleId: string; readonly why: string }
  /** A finding on the line is refused a fix, with a reason that contains `part`. */
  | { readonly kind: 'refused'; readonly part: string };

export interface LabeledLine {
  /** The line without its labels and the white space before them. */
  readonly text: string;
  readonly labels: readonly Label[];
  /** Said when the line holds something that looks like a label and is none. */
  readonly problem?: string;
}

export type LabelStyle = 'hash' | 'jinja';

/** Templates carry Jinja comments; everything else that Moat reads has `#` comments. */
export function labelStyleOf(path: string): LabelStyle {
  return /\.(html?|xml|xhtml|svg|jinja2?|j2|txt|md)$/i.test(path) && !/requirements[^/]*\.txt$/.test(path)
    ? 'jinja'
    : 'hash';
}

export function readLabels(line: string, style: LabelStyle): LabeledLine {
  const opener = style === 'jinja' ? '{#' : '#';
  for (let at = line.indexOf(opener); at >= 0; at = line.indexOf(opener, at + opener.length)) {
    const labels = parseRun(line.slice(at), style);
    if (labels !== undefined) return withProblem(line.slice(0, at).trimEnd(), labels, style);
  }
  return withProblem(line, [], style);
}

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const ID = String.raw`\[[a-z][a-z0-9-]*\]`;
/** One label's words, without the comment marks around them. */
const LABEL = [
  `(?<severity>error|warning|info|hint):\\s*(?<id>${ID})(?:\\s*(?<part>${QUOTED}))?`,
  `(?<source>source)`,
  `(?<known>missing|spurious):\\s*(?<knownId>${ID})\\s+(?<why>\\S.*?)`,
  `refused:\\s*(?<reason>${QUOTED})`,
].join('|');
const HASH_LABEL = new RegExp(
  `^#\\s*(?:${LABEL})\\s*(?=$|#\\s*(?:error|warning|info|hint|source|missing|spurious|refused)\\b)`,
);
const JINJA_LABEL = new RegExp(`^\\{#\\s*(?:${LABEL})\\s*#\\}\\s*`);
const LOOKS_LIKE_LABEL = new RegExp(
  `#\\s*(?:(?:error|errors|warning|warn|info|information|hint|missing|spurious|refused)\\b\\s*:|\\w+\\s*:?\\s*${ID})`,
);

/** Labels that fill `text` to its end, or undefined when it is an ordinary comment or code. */
function parseRun(text: string, style: LabelStyle): readonly Label[] | undefined {
  const pattern = style === 'jinja' ? JINJA_LABEL : HASH_LABEL;
  const labels: Label[] = [];
  let rest = text.trimEnd();
  while (rest !== '') {
    const groups = pattern.exec(rest);
    if (groups === null) return undefined;
    labels.push(toLabel(groups.groups ?? {}));
    rest = rest.slice(groups[0].length);
  }
  return labels;
}

function toLabel(groups: Readonly<Record<string, string | undefined>>): Label {
  const { severity, id, part, known, knownId, why, reason } = groups;
  if (severity !== undefined) {
    return { kind: 'finding', severity: toSeverity(severity), ruleId: bare(id), part: unquoted(part) };
  }
  if (known === 'missing') return { kind: 'missing', ruleId: bare(knownId), why: why ?? '' };
  if (known === 'spurious') return { kind: 'spurious', ruleId: bare(knownId), why: why ?? '' };
  if (reason !== undefined) return { kind: 'refused', part: unquoted(reason) };
  return { kind: 'source' };
}

function toSeverity(word: string): Severity {
  return SEVERITIES.find((severity) => severity.startsWith(word)) ?? 'error';
}

function bare(id: string | undefined): string {
  return (id ?? '').slice(1, -1);
}

function unquoted(quoted: string | undefined): string {
  return (quoted ?? '""').slice(1, -1).replace(/\\(.)/g, '$1');
}

function withProblem(text: string, labels: readonly Label[], style: LabelStyle): LabeledLine {
  const mark = style === 'jinja' ? text.indexOf('{#') : text.indexOf('#');
  if (mark < 0 || !LOOKS_LIKE_LABEL.test(text.slice(mark))) return { text, labels };
  return { text, labels, problem: `this looks like a label but cannot be read: ${text.slice(mark).trim()}` };
}
