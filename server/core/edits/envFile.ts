/** Edits of the files round a secret: `.env`, `.env.example` and `.gitignore`. Each takes the present text, or
 *  undefined for a file that does not exist yet. Syntax of `.env` as python-dotenv reads it. */
import type { TextEdit } from '../base/textEdit';
import { answer, type Refusal, refuse } from './outcome';
import { lineEndOf } from './pythonText';

export interface FileEdits {
  readonly kind: 'edits';
  /** True if the file has to be created; the edits then hold its whole text. */
  readonly isNew: boolean;
  /** Empty if nothing has to change. */
  readonly edits: readonly TextEdit[];
}

const KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Values that somebody was meant to replace. */
const PLACEHOLDER =
  /^(?:|change[-_ ]?(?:me|this|it)?|replace[-_ ]?(?:me|this|it)?|to-?do|fix-?me|x{3,}|\.{3}|<[^>]*>|\[[^\]]*\]|your[-_ ].*|(?:my|a|the)[-_ ]?secret(?:[-_ ]?key)?|secret(?:[-_ ]?key)?|dev|example|placeholder|insert[-_ ].*|put[-_ ].*|generate[-_ ].*|none|null)[!.]*$/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value.trim());
}

/** A value as `.env` needs it, or undefined where python-dotenv would read it differently: it replaces
 *  variables in braces behind a dollar sign, in quotes as well. */
export function dotenvQuote(value: string): string | undefined {
  if (value.includes('$\u007b')) return undefined;
  if (/^[\w./:@%+,=-]+$/.test(value)) return value;
  if (!/['\\\r\n]/.test(value)) return `'${value}'`;
  const escaped = value.replace(/["\\]/g, '\\$&').replace(/\r/g, '\\r').replace(/\n/g, '\\n');
  return `"${escaped}"`;
}

function quoteOrRefuse(value: string): string {
  return dotenvQuote(value) ?? refuse('dotenv would replace a part of the value by a variable');
}

/** Sets `key` in a `.env` file. A value that is there stays, unless it is a placeholder. */
export function setEnvValue(text: string | undefined, key: string, value: string): FileEdits | Refusal {
  return answer(() => {
    if (!KEY.test(key)) refuse(`\`${key}\` is no name of a variable`);
    const line = `${key}=${quoteOrRefuse(value)}`;
    if (text === undefined) return created(line);
    const present = findEntry(text, key);
    if (present === undefined) return appended(text, line);
    if (!isPlaceholder(present.value)) return unchanged();
    const range = { start: present.start, end: present.end };
    return edited({ range, newText: `${present.hasEquals ? '' : '='}${quoteOrRefuse(value)}` });
  });
}

/** Mentions `key` in `.env.example` with a value that shows what belongs there. */
export function addEnvExample(text: string | undefined, key: string, example: string): FileEdits | Refusal {
  return answer(() => {
    if (!KEY.test(key)) refuse(`\`${key}\` is no name of a variable`);
    const line = `${key}=${example === '' ? '' : quoteOrRefuse(example)}`;
    if (text === undefined) return created(line);
    return findEntry(text, key) === undefined ? appended(text, line) : unchanged();
  });
}

interface Entry {
  readonly value: string;
  /** Range of the value as written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly hasEquals: boolean;
}

const ENTRY =
  /^[^\S\r\n]*(?:export[^\S\r\n]+)?(?:'([^'\r\n]+)'|([^=#\s]+))[^\S\r\n]*(?:(=)[^\S\r\n]*('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^\r\n]*?(?=[^\S\r\n]+#|[^\S\r\n]*(?:[\r\n]|$)))?)?/gmu;

/** The last entry of that name: it is the one that counts. */
function findEntry(text: string, key: string): Entry | undefined {
  return envEntries(text).findLast((entry) => entry.key === key);
}

/** What a `.env` file sets, in order. */
export function envEntries(text: string): readonly (Entry & { readonly key: string })[] {
  return Array.from(text.matchAll(ENTRY), (match) => {
    const written = match[4] ?? '';
    const end = match.index + match[0].length;
    const isQuoted = /^(['"])[\s\S]*\1$/.test(written) && written.length > 1;
    return {
      key: match[1] ?? match[2] ?? '',
      value: isQuoted ? written.slice(1, -1) : written,
      start: end - written.length,
      end,
      hasEquals: match[3] !== undefined,
    };
  });
}

function created(line: string): FileEdits {
  return { kind: 'edits', isNew: true, edits: [{ range: { start: 0, end: 0 }, newText: `${line}\n` }] };
}

function edited(edit: TextEdit): FileEdits {
  return { kind: 'edits', isNew: false, edits: [edit] };
}

function unchanged(): FileEdits {
  return { kind: 'edits', isNew: false, edits: [] };
}

function appended(text: string, line: string): FileEdits {
  const end = lineEndOf(text);
  const start = text.length;
  const isClosed = text === '' || text === '\uFEFF' || /[\r\n]$/.test(text);
  return edited({ range: { start, end: start }, newText: `${isClosed ? '' : end}${line}${end}` });
}

/** Makes git ignore a file at the top of the repository. */
export function ensureIgnored(text: string | undefined, file: string): FileEdits {
  if (text === undefined) return created(file);
  return isIgnored(text, file) ? unchanged() : appended(text, file);
}

/** True if the patterns of a `.gitignore` beside the file cover it. The last pattern that matches decides.
 *  @see https://git-scm.com/docs/gitignore */
export function isIgnored(text: string, file: string): boolean {
  let isCovered = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    let pattern = line.replace(/(?<!\\)\s+$/, '');
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isNegated = pattern.startsWith('!');
    if (isNegated) pattern = pattern.slice(1);
    if (pattern.endsWith('/')) continue;
    if (toRegExp(pattern)?.test(file) === true) isCovered = !isNegated;
  }
  return isCovered;
}

/** A pattern for files beside the `.gitignore`. Undefined if it cannot match there. */
function toRegExp(pattern: string): RegExp | undefined {
  const plain = pattern.replace(/^(?:\*\*)?\//, '');
  if (plain.includes('/')) return undefined;
  let source = '';
  for (let i = 0; i < plain.length; i++) {
    const character = plain[i] as string;
    const set = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(plain.slice(i)) : null;
    if (set !== null) {
      if (hasReversedRange(set[2] as string)) return undefined;
      source += `[${set[1] === '' ? '' : '^'}${(set[2] as string).replace(/[\\\]]/g, '\\$&')}]`;
      i += set[0].length - 1;
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '\\' && i + 1 < plain.length) source += literal(plain[++i] as string);
    else source += literal(character);
  }
  return new RegExp(`^${source}$`);
}

function literal(character: string): string {
  return /[\w\s]/.test(character) ? character : `\\${character}`;
}

/** `[z-a]`: matches nothing for git, and is an error in a regular expression. */
function hasReversedRange(set: string): boolean {
  return [...set.matchAll(/([\s\S])-([\s\S])/g)].some(([, from, to]) => (from as string) > (to as string));
}
