/** Calls that wait for another server for as long as it likes when no timeout is given.
 *  @see https://requests.readthedocs.io/en/latest/user/advanced/#timeouts
 *  @see https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen
 *  @see https://docs.python.org/3/library/smtplib.html */
import type { Library, MisuseRow } from './library';

const FOREVER = {
  kind: 'timeout',
  when: [{ argument: { name: 'timeout' }, values: ['absent', null] }],
} as const satisfies MisuseRow;
const URLOPEN = {
  kind: 'timeout',
  when: [{ argument: { position: 2, name: 'timeout' }, values: ['absent', null] }],
} as const satisfies MisuseRow;
/** httpx waits five seconds when nothing is said. */
const SWITCHED_OFF = {
  kind: 'timeout',
  at: { name: 'timeout' },
  when: [{ argument: { name: 'timeout' }, values: [null] }],
} as const satisfies MisuseRow;

export const timeouts = {
  reference: 'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts',
  misuses: {
    'requests.get': FOREVER,
    'requests.options': FOREVER,
    'requests.head': FOREVER,
    'requests.post': FOREVER,
    'requests.put': FOREVER,
    'requests.patch': FOREVER,
    'requests.delete': FOREVER,
    'requests.request': FOREVER,
    'requests.Session.get': FOREVER,
    'requests.Session.options': FOREVER,
    'requests.Session.head': FOREVER,
    'requests.Session.post': FOREVER,
    'requests.Session.put': FOREVER,
    'requests.Session.patch': FOREVER,
    'requests.Session.delete': FOREVER,
    'requests.Session.request': FOREVER,
    'urllib.request.urlopen': URLOPEN,
    'httpx.get': SWITCHED_OFF,
    'httpx.post': SWITCHED_OFF,
    'httpx.request': SWITCHED_OFF,
    'httpx.Client': SWITCHED_OFF,
    'httpx.AsyncClient': SWITCHED_OFF,
  },
} as const satisfies Library;
