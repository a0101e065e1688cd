/** Regular expressions: `re` and its drop-in `regex`. @see https://pypi.org/project/regex/ */
import type { Library, MisuseRow } from './library';

const PATTERN = {
  kind: 'regex',
  argument: { position: 0, name: 'pattern' },
  effect: 'is used as a regular expression',
} as const;

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
    're.search': PATTERN,
    're.match': PATTERN,
    're.fullmatch': PATTERN,
    're.findall': PATTERN,
    're.finditer': PATTERN,
    're.split': PATTERN,
    're.sub': PATTERN,
    're.subn': PATTERN,
  },
  misuses: { 're.sub': TAGS, 're.subn': TAGS },
  sanitizers: {
    're.escape': { clears: ['regex'], label: 'escaped for a regular expression' },
    'fnmatch.translate': { clears: ['regex'], label: 'translated from a file name pattern' },
  },
} as const satisfies Library;
