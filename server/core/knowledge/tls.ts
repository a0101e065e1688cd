/** Who is on the other end of a connection: options that switch the check of certificates off.
 *  @see https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification
 *  @see https://www.python-httpx.org/advanced/ssl/ */
import type { Library, MisuseRow } from './library';

const UNVERIFIED = {
  kind: 'tlsVerification',
  at: { name: 'verify' },
  when: [{ argument: { name: 'verify' }, values: [false] }],
} as const satisfies MisuseRow;

export const tls = {
  reference: 'https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification',
  misuses: {
    'requests.get': UNVERIFIED,
    'requests.options': UNVERIFIED,
    'requests.head': UNVERIFIED,
    'requests.post': UNVERIFIED,
    'requests.put': UNVERIFIED,
    'requests.patch': UNVERIFIED,
    'requests.delete': UNVERIFIED,
    'requests.request': UNVERIFIED,
    'requests.Session.get': UNVERIFIED,
    'requests.Session.options': UNVERIFIED,
    'requests.Session.head': UNVERIFIED,
    'requests.Session.post': UNVERIFIED,
    'requests.Session.put': UNVERIFIED,
    'requests.Session.patch': UNVERIFIED,
    'requests.Session.delete': UNVERIFIED,
    'requests.Session.request': UNVERIFIED,
    'httpx.get': UNVERIFIED,
    'httpx.options': UNVERIFIED,
    'httpx.head': UNVERIFIED,
    'httpx.post': UNVERIFIED,
    'httpx.put': UNVERIFIED,
    'httpx.patch': UNVERIFIED,
    'httpx.delete': UNVERIFIED,
    'httpx.request': UNVERIFIED,
    'httpx.stream': UNVERIFIED,
    'httpx.Client': UNVERIFIED,
    'httpx.AsyncClient': UNVERIFIED,
  },
  misuseWrites: {
    'requests.Session.verify': { kind: 'tlsVerification', values: [false] },
  },
} as const satisfies Library;
