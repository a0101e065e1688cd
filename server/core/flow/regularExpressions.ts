/** Compiled patterns and matches as values: a pattern keeps its text, a match the groups that it found. */
import type { Arguments } from './calls';
import { kindsOfCharset, patternFacts, provenByReplacing } from './charsets';
import { container } from './evaluate';
import { listOf } from './foldMethods';
import { CLEAN, changedText, cleared, joinAll, joinTaints, type Value } from './values';

const PATTERN = 're.Pattern';
export const MATCH = 're.Match';
const SOURCE = 'a:pattern';

/** `re.compile(pattern)` */
export function compiledPattern(pattern: Value): Value {
  return {
    taints: [],
    refs: [{ kind: 'instance', name: PATTERN }],
    contents: { entries: new Map([[SOURCE, pattern]]) },
  };
}

/** Texts of a pattern, compiled or not; none when they are not known. */
export function patternsOf(value: Value): readonly string[] {
  const isCompiled = isInstance(value, PATTERN);
  const texts = (isCompiled ? value.contents?.entries.get(SOURCE) : value)?.constants ?? [];
  const known = texts.filter((text) => typeof text === 'string');
  return known.length === texts.length ? known : [];
}

export function isPattern(value: Value): boolean {
  return isInstance(value, PATTERN);
}

function isInstance(value: Value, name: string): boolean {
  return value.refs.some((ref) => ref.kind === 'instance' && ref.name === name);
}

/** Result of a function of `re`, or of the same method of a compiled pattern. */
export function regexCall(method: string, pattern: Value, args: readonly Value[]): Value | undefined {
  const [first, second] = args;
  const patterns = patternsOf(pattern);
  switch (method) {
    case 'match':
    case 'fullmatch':
    case 'search':
      return first === undefined ? undefined : matchOf(first, patterns);
    case 'finditer':
      return first === undefined
        ? undefined
        : container({ entries: new Map(), rest: matchOf(first, patterns) });
    case 'findall':
      return first === undefined ? undefined : foundBy(first, patterns);
    case 'split':
      return first === undefined ? undefined : container({ entries: new Map(), rest: part(first) });
    case 'sub':
    case 'subn':
      return first === undefined || second === undefined
        ? undefined
        : replacedBy(first, second, patterns, method);
    default:
      return undefined;
  }
}

function part(value: Value): Value {
  return changedText({ taints: value.taints, refs: [] });
}

/** What a group, or the whole match, can hold of the text. */
function groupOf(text: Value, patterns: readonly string[], index: number): Value {
  const kinds = patterns.map((pattern) => {
    const charset = patternFacts(pattern)?.groups[index];
    return charset === undefined ? 0 : kindsOfCharset(charset);
  });
  const proven = kinds.length === 0 ? 0 : kinds.reduce((all, one) => all & one);
  return proven === 0 ? part(text) : cleared(part(text), proven);
}

function matchOf(text: Value, patterns: readonly string[]): Value {
  const refs = [{ kind: 'instance', name: MATCH }] as const;
  const facts = patterns.length === 1 ? patternFacts(patterns[0] as string) : undefined;
  if (facts === undefined) return { taints: part(text).taints, refs };
  const groups = facts.groups.map((_, index) => groupOf(text, patterns, index));
  const entries = new Map(groups.map((group, index): [string, Value] => [`i:${index}`, group]));
  for (const [name, index] of facts.names) entries.set(`k:${name}`, groups[index] as Value);
  return { taints: joinTaints(groups), refs, contents: { entries } };
}

function foundBy(text: Value, patterns: readonly string[]): Value {
  const facts = patterns.length === 1 ? patternFacts(patterns[0] as string) : undefined;
  const nGroups = (facts?.groups.length ?? 1) - 1;
  if (facts === undefined || nGroups === 0)
    return container({ entries: new Map(), rest: groupOf(text, patterns, 0) });
  const groups = Array.from({ length: nGroups }, (_, index) => groupOf(text, patterns, index + 1));
  return container({ entries: new Map(), rest: nGroups === 1 ? (groups[0] as Value) : listOf(groups) });
}

function replacedBy(replacement: Value, text: Value, patterns: readonly string[], method: string): Value {
  const kinds = patterns.flatMap((pattern) =>
    (replacement.constants ?? ['\\']).map((known) => provenByReplacing(pattern, String(known))),
  );
  const proven = kinds.length === 0 ? 0 : kinds.reduce((all, one) => all & one);
  const left = proven === 0 ? part(text) : cleared(part(text), proven);
  const result: Value = { taints: joinTaints([left, replacement]), refs: [] };
  return method === 'subn' ? listOf([result, CLEAN]) : result;
}

/** Methods of a match. */
export function matchMethod(method: string, match: Value, args: Arguments): Value | undefined {
  if (!isInstance(match, MATCH)) return undefined;
  const { contents } = match;
  const whole: Value = { taints: match.taints, refs: [] };
  switch (method) {
    case 'group':
    case '__getitem__': {
      if (contents === undefined) return whole;
      const keys = args.all.length === 0 ? [0] : args.all.map(({ constants }) => constants?.[0]);
      const groups = keys.map(
        (key) => contents.entries.get(typeof key === 'number' ? `i:${key}` : `k:${String(key)}`) ?? whole,
      );
      return groups.length === 1 ? groups[0] : listOf(groups);
    }
    case 'groups':
      return contents === undefined ? whole : listOf(numbered(match).slice(1));
    case 'groupdict':
      return contents === undefined ? whole : container({ entries: named(match) });
    case 'start':
    case 'end':
    case 'span':
      return CLEAN;
    case 'expand':
      return joinAll([whole, ...args.all]);
    default:
      return undefined;
  }
}

function numbered({ contents }: Value): readonly Value[] {
  return [...(contents?.entries ?? [])].flatMap(([key, value]) => (key.startsWith('i:') ? [value] : []));
}

function named({ contents }: Value): ReadonlyMap<string, Value> {
  return new Map([...(contents?.entries ?? [])].filter(([key]) => key.startsWith('k:')));
}
