/** Requests to servers outside without encryption. Names without a dot are those of containers beside this one.
 *  @see https://requests.readthedocs.io/en/latest/api/ */
import type { Library, MisuseRow } from './library';

/** Public hosts: not this machine, not private networks, not names that only a local resolver knows. */
const PUBLIC_HTTP =
  /^http:\/\/(?!localhost\b|127\.|0\.0\.0\.0|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)(?!(?:[\w-]+\.)*[\w-]+\.(?:local|localhost|internal|intranet|test|lan|svc|home|corp|invalid)(?:[:/?#]|$))(?:[^/?#@]*@)?[\w-]+(?:\.[\w-]+)+/i;

const first = { position: 0, name: 'url' } as const;
const FIRST = {
  kind: 'cleartext',
  at: first,
  when: [{ argument: first, start: PUBLIC_HTTP }],
} as const satisfies MisuseRow;
const second = { position: 1, name: 'url' } as const;
const SECOND = {
  kind: 'cleartext',
  at: second,
  when: [{ argument: second, start: PUBLIC_HTTP }],
} as const satisfies MisuseRow;

export const cleartext = {
  reference: 'https://requests.readthedocs.io/en/latest/api/',
  misuses: {
    'requests.get': FIRST,
    'requests.head': FIRST,
    'requests.post': FIRST,
    'requests.put': FIRST,
    'requests.patch': FIRST,
    'requests.delete': FIRST,
    'requests.request': SECOND,
    'requests.Session.get': FIRST,
    'requests.Session.head': FIRST,
    'requests.Session.post': FIRST,
    'requests.Session.put': FIRST,
    'requests.Session.patch': FIRST,
    'requests.Session.delete': FIRST,
    'requests.Session.request': SECOND,
    'httpx.get': FIRST,
    'httpx.head': FIRST,
    'httpx.post': FIRST,
    'httpx.put': FIRST,
    'httpx.patch': FIRST,
    'httpx.delete': FIRST,
    'httpx.request': SECOND,
    'urllib.request.urlopen': FIRST,
    'urllib.request.Request': FIRST,
    'urllib.request.urlretrieve': FIRST,
    'aiohttp.ClientSession.get': FIRST,
    'aiohttp.ClientSession.post': FIRST,
    'aiohttp.ClientSession.put': FIRST,
    'aiohttp.ClientSession.patch': FIRST,
    'aiohttp.ClientSession.delete': FIRST,
  },
} as const satisfies Library;
