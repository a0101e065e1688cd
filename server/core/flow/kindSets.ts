/** Sets of sink kinds as bit masks, and what else may be proven of a text: facts that do not make it safe alone. */
import { SINK_KINDS, type SinkKind } from '../knowledge/kinds';

/** Kinds of sinks that a text is safe for, and facts about it. */
export type KindSet = number;

const KIND_NAMES = Object.keys(SINK_KINDS) as SinkKind[];
export const ALL_KINDS: KindSet = 2 ** KIND_NAMES.length - 1;

/** `noParent`: no `..` in it. `relative`: no slash in front. `rooted`: a slash in front. `oneSlash`: not two of them.
 *  `noQuote`: every single quote is gone, or doubled as SQL wants it. `noDouble`, `noTag`: no double quote, no `<`.
 *  `shellWord`: safe for a shell for the only reason that it was quoted, so not inside quotes that are there already.
 *  A set has 32 bits, for kinds and facts together: sets are made, compared and cut by bitwise operations alone. */
export const FACT_NAMES = [
  'noParent',
  'relative',
  'rooted',
  'oneSlash',
  'noQuote',
  'noDouble',
  'noTag',
  'shellWord',
] as const;
export type Fact = (typeof FACT_NAMES)[number];

const BITS: ReadonlyMap<SinkKind | Fact, KindSet> = new Map(
  [...KIND_NAMES, ...FACT_NAMES].map((name, index) => [name, 1 << index]),
);

export function kindSet(kinds: readonly (SinkKind | Fact)[] | 'all'): KindSet {
  return kinds === 'all' ? ALL_KINDS : kinds.reduce((set, kind) => set | (BITS.get(kind) ?? 0), 0);
}

/** Everything that can be proven. */
export const ALL_PROOFS: KindSet = kindSet([...KIND_NAMES, ...FACT_NAMES]);

const BELOW = kindSet(['noParent', 'relative']);
const LOCAL = kindSet(['rooted', 'oneSlash']);
const PATH = kindSet(['path']);
const REDIRECT = kindSet(['redirect']);
const ESCAPED = kindSet(['noDouble', 'noTag']);
const HTML = kindSet(['html']);

/** Adds what the facts of a set prove together: neither `..` nor a slash in front keeps a path in its folder, one
 *  slash in front and not two keep an address on its host, and without `<` and double quotes a text opens no tag and
 *  leaves no attribute. */
export function withImplied(set: KindSet): KindSet {
  let implied = set;
  if ((set & BELOW) === BELOW) implied |= PATH;
  if ((set & LOCAL) === LOCAL) implied |= REDIRECT;
  if ((set & ESCAPED) === ESCAPED) implied |= HTML;
  return implied;
}

export function hasFacts(set: KindSet): boolean {
  return (set & ~ALL_KINDS) !== 0;
}

const AHEAD = kindSet(['relative', 'rooted', 'oneSlash']);
const NO_PARENT = kindSet(['noParent']);
const NO_QUOTE = kindSet(['noQuote']);
const QUOTED = kindSet(['sql', 'xpath']);
const NO_DOUBLE = kindSet(['noDouble']);
const NO_TAG = kindSet(['noTag']);
const COMMAND = kindSet(['command']);
const SHELL_WORD = kindSet(['shellWord']);

/** What holds for a value behind `before` in a built text: nothing that looks at its start, unless it stands first;
 *  without `..` it stays below the folder in front of it, without quotes inside the SQL or XPath text around it, without `<`
 *  in the text between tags. What was quoted for a shell is open again inside other quotes: its own end them. */
export function placedBehind(set: KindSet, before: string | undefined): KindSet {
  if (!hasFacts(set) || before === undefined) return set;
  let placed = set & ~AHEAD;
  if ((set & NO_PARENT) !== 0) placed |= PATH;
  if ((set & NO_QUOTE) !== 0 && isInsideQuotes(before)) placed |= QUOTED;
  if ((set & NO_TAG) !== 0 && before.lastIndexOf('<') <= before.lastIndexOf('>')) placed |= HTML;
  if ((set & SHELL_WORD) !== 0 && isInsideShellQuotes(before)) placed &= ~COMMAND;
  return placed;
}

/** What a whole text keeps of the facts about one of its parts. */
export function keptWith(set: KindSet, literals: string): KindSet {
  if (!hasFacts(set)) return set;
  let kept = set;
  if (literals.includes("'")) kept &= ~NO_QUOTE;
  if (literals.includes('"')) kept &= ~NO_DOUBLE;
  if (literals.includes('<')) kept &= ~NO_TAG;
  if (literals.includes('..')) kept &= ~NO_PARENT;
  return kept;
}

function isInsideQuotes(before: string): boolean {
  let isInside = false;
  for (const char of before) if (char === "'") isInside = !isInside;
  return isInside;
}

/** What opens or ends quotes in a shell, or hides what would. */
const SHELL_TOKEN = /\\[\s\S]|\$\(|["'()]|(?<![^\s;&|(])#/g;

/** Whether a shell that has read so much is between quotes. Inside double ones, `$(` starts afresh. */
function isInsideShellQuotes(before: string): boolean {
  const open: string[] = [];
  const tokens = new RegExp(SHELL_TOKEN);
  for (let match = tokens.exec(before); match !== null; match = tokens.exec(before)) {
    const [token] = match;
    const innermost = open.at(-1);
    const isQuoted = innermost === "'" || innermost === '"';
    // Nothing but an apostrophe ends an apostrophe's text, also not an escaped one.
    if (innermost === "'" ? token.endsWith("'") : token === (innermost === '(' ? ')' : innermost)) open.pop();
    else if (innermost === "'") continue;
    else if (token === '$(' || (token === '(' && !isQuoted)) open.push('(');
    else if (token === '"' || (token === "'" && !isQuoted)) open.push(token);
    else if (token === '#' && !isQuoted) tokens.lastIndex = lineEnd(before, match.index);
  }
  return open.at(-1) === "'" || open.at(-1) === '"';
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** What it proves that a text does not contain a piece. */
const ABSENT: Readonly<Record<string, KindSet>> = {
  '..': NO_PARENT,
  '../': NO_PARENT,
  '/': kindSet(['path', 'relative', 'templateName']),
  "'": NO_QUOTE,
  '"': NO_DOUBLE,
  '<': NO_TAG,
  '\n': kindSet(['header', 'log']),
  '\r\n': kindSet(['header', 'log']),
};

export function provenByAbsence(piece: string): KindSet {
  return ABSENT[piece] ?? 0;
}
