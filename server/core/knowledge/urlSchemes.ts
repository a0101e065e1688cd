/** `urllib` opens files as well: an address that is not known may begin with `file:`.
 *  @see https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen */
import type { Library, MisuseRow } from './library';

const ANY_SCHEME = {
  kind: 'urlScheme',
  at: { position: 0, name: 'url' },
  when: [{ argument: { position: 0, name: 'url' }, values: ['unknown'] }],
  unless: [
    {
      argument: { position: 0, name: 'url' },
      start: /^[a-z][\w+.-]*:/i,
      refs: ['urllib.request.Request'],
    },
  ],
} as const satisfies MisuseRow;

export const urlSchemes = {
  reference: 'https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen',
  misuses: {
    'urllib.request.urlopen': ANY_SCHEME,
    'urllib.request.urlretrieve': ANY_SCHEME,
    'urllib.request.Request': ANY_SCHEME,
    'urllib.request.URLopener.open': ANY_SCHEME,
    'urllib.request.FancyURLopener.open': ANY_SCHEME,
  },
} as const satisfies Library;
