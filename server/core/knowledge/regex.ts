/** Regular expressions: `re` and its drop-in `regex`. @see https://pypi.org/project/regex/ */
import type { Library, MisuseRow } from './library';

const PATTERN = {
  kind: 'regex',
  argument: { position: 0, name: 'pattern' },
  effect: 'is used as a regular expression',
} as const;

/** The text that a pattern is tried on. */
const TRIED = { kind: 'trust', effect: 'is what the pattern is tried on' } as const;
const SECOND = { ...TRIED, argument: { position: 1, name: 'string' } } as const;
const THIRD = { ...TRIED, argument: { position: 2, name: 'string' } } as const;
const SEARCHED = [PATTERN, SECOND] as const;
const REPLACED = [PATTERN, THIRD] as const;
const OWN_FIRST = { ...TRIED, argument: { position: 0, name: 'string' } } as const;
const OWN_SECOND = { ...TRIED, argument: { position: 1, name: 'string' } } as const;

/** Patterns for tags: what a browser takes for a tag is not what they find. */
const TAGS = {
  kind: 'tagPattern',
  at: { position: 0, name: 'pattern' },
  when: [
    {
      argument: { position: 0, name: 'pattern' },
      // `<[^>]*>`, `<.*?>`, `<script.*?</script>`
      pattern: /^(?:\(\?[a-z]+\))?\(?<(?:\[\^<?>\]|\.|\/?\\?s?\*?(?:script|style|iframe))/i,
    },
    // What is taken out, not what is looked for.
    { argument: { position: 1, name: 'repl' }, values: ['', ' '] },
  ],
} as const satisfies MisuseRow;

export const regex = {
  reference: 'https://docs.python.org/3/library/re.html',
  aliases: {
    'regex.compile': 're.compile',
    'regex.search': 're.search',
    'regex.match': 're.match',
    'regex.fullmatch': 're.fullmatch',
    'regex.findall': 're.findall',
    'regex.finditer': 're.finditer',
    'regex.split': 're.split',
    'regex.sub': 're.sub',
    'regex.subn': 're.subn',
    'regex.escape': 're.escape',
  },
  types: {
    're.compile()': 're.Pattern',
    're.match()': 're.Match',
    're.search()': 're.Match',
    're.fullmatch()': 're.Match',
    're.Pattern.match()': 're.Match',
    're.Pattern.search()': 're.Match',
    're.Pattern.fullmatch()': 're.Match',
  },
  sinks: {
    're.compile': PATTERN,
    're.search': SEARCHED,
    're.Pattern.search': OWN_FIRST,
    're.match': SEARCHED,
    're.Pattern.match': OWN_FIRST,
    're.fullmatch': SEARCHED,
    're.Pattern.fullmatch': OWN_FIRST,
    're.findall': SEARCHED,
    're.Pattern.findall': OWN_FIRST,
    're.finditer': SEARCHED,
    're.Pattern.finditer': OWN_FIRST,
    're.split': SEARCHED,
    're.Pattern.split': OWN_FIRST,
    're.sub': REPLACED,
    're.Pattern.sub': OWN_SECOND,
    're.subn': REPLACED,
    're.Pattern.subn': OWN_SECOND,
  },
  misuses: { 're.sub': TAGS, 're.subn': TAGS },
  sanitizers: {
    're.escape': { clears: ['regex'], label: 'escaped for a regular expression' },
    'fnmatch.translate': { clears: ['regex'], label: 'translated from a file name pattern' },
  },
} as const satisfies Library;
