/** Who is on the other end of a connection: options that switch the check of certificates off.
 *  @see https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification
 *  @see https://www.python-httpx.org/advanced/ssl/
 *  @see https://docs.python.org/3/library/ssl.html */
import type { Library, MisuseRow } from './library';

const UNVERIFIED = {
  kind: 'tlsVerification',
  at: { name: 'verify' },
  when: [{ argument: { name: 'verify' }, values: [false] }],
} as const satisfies MisuseRow;

/** aiohttp: `verify_ssl` is the older name. @see https://docs.aiohttp.org/en/stable/client_advanced.html */
const AIOHTTP = [
  { kind: 'tlsVerification', at: { name: 'ssl' }, when: [{ argument: { name: 'ssl' }, values: [false] }] },
  {
    kind: 'tlsVerification',
    at: { name: 'verify_ssl' },
    when: [{ argument: { name: 'verify_ssl' }, values: [false] }],
  },
] as const satisfies readonly MisuseRow[];

/** @see https://urllib3.readthedocs.io/en/stable/advanced-usage.html#custom-tls-certificates */
const URLLIB3 = [
  {
    kind: 'tlsVerification',
    at: { name: 'cert_reqs' },
    when: [
      { argument: { name: 'cert_reqs' }, pattern: /^(CERT_)?NONE$/, values: [0], refs: ['ssl.CERT_NONE'] },
    ],
  },
  {
    kind: 'tlsVerification',
    at: { name: 'assert_hostname' },
    when: [{ argument: { name: 'assert_hostname' }, values: [false] }],
  },
] as const satisfies readonly MisuseRow[];

const off = (name: string, ...values: readonly (string | boolean | null)[]): MisuseRow => ({
  kind: 'tlsVerification',
  at: { name },
  when: [{ argument: { name }, values, refs: ['ssl.CERT_NONE'] }],
});

const UNVERIFIED_CONTEXT = { kind: 'sslContext', when: [] } as const satisfies MisuseRow;

/** @see https://docs.python.org/3/library/ssl.html#ssl.SSLContext */
const OLD_PROTOCOLS = [
  'ssl.PROTOCOL_SSLv2',
  'ssl.PROTOCOL_SSLv3',
  'ssl.PROTOCOL_TLSv1',
  'ssl.PROTOCOL_TLSv1_1',
  'OpenSSL.SSL.SSLv2_METHOD',
  'OpenSSL.SSL.SSLv3_METHOD',
  'OpenSSL.SSL.TLSv1_METHOD',
  'OpenSSL.SSL.TLSv1_1_METHOD',
] as const;
const OLD_VERSIONS = [
  'ssl.TLSVersion.SSLv3',
  'ssl.TLSVersion.TLSv1',
  'ssl.TLSVersion.TLSv1_1',
  'ssl.TLSVersion.MINIMUM_SUPPORTED',
] as const;

const oldProtocol = (name: string, position?: number): MisuseRow => {
  const argument = position === undefined ? { name } : { name, position };
  return {
    kind: 'tlsVersion',
    at: argument,
    when: [{ argument, refs: [...OLD_PROTOCOLS, ...OLD_VERSIONS] }],
  };
};

export const tls = {
  reference: 'https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification',
  aliases: {
    'requests.session': 'requests.Session',
    'requests.sessions.Session': 'requests.Session',
    'requests.api.get': 'requests.get',
    'requests.api.post': 'requests.post',
  },
  types: {
    'ssl.create_default_context()': 'ssl.SSLContext',
    'ssl._create_unverified_context()': 'ssl.SSLContext',
    'ssl._create_stdlib_context()': 'ssl.SSLContext',
    'urllib3.util.create_urllib3_context()': 'ssl.SSLContext',
    'urllib3.util.ssl_.create_urllib3_context()': 'ssl.SSLContext',
  },
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
    'httpx.HTTPTransport': UNVERIFIED,
    'aiohttp.TCPConnector': AIOHTTP,
    'aiohttp.request': AIOHTTP,
    'aiohttp.ClientSession.get': AIOHTTP,
    'aiohttp.ClientSession.options': AIOHTTP,
    'aiohttp.ClientSession.head': AIOHTTP,
    'aiohttp.ClientSession.post': AIOHTTP,
    'aiohttp.ClientSession.put': AIOHTTP,
    'aiohttp.ClientSession.patch': AIOHTTP,
    'aiohttp.ClientSession.delete': AIOHTTP,
    'aiohttp.ClientSession.request': AIOHTTP,
    'aiohttp.ClientSession.ws_connect': AIOHTTP,
    'urllib3.PoolManager': URLLIB3,
    'urllib3.ProxyManager': URLLIB3,
    'urllib3.HTTPSConnectionPool': URLLIB3,
    'urllib3.connection_from_url': URLLIB3,
    'httplib2.Http': off('disable_ssl_certificate_validation', true),
    'boto3.client': UNVERIFIED,
    'boto3.resource': UNVERIFIED,
    'boto3.Session.client': UNVERIFIED,
    'boto3.Session.resource': UNVERIFIED,
    'elasticsearch.Elasticsearch': off('verify_certs', false),
    'redis.Redis': off('ssl_cert_reqs', 'none', null),
    'redis.StrictRedis': off('ssl_cert_reqs', 'none', null),
    'redis.from_url': off('ssl_cert_reqs', 'none', null),
    'redis.Redis.from_url': off('ssl_cert_reqs', 'none', null),
    'pymongo.MongoClient': [off('tlsAllowInvalidCertificates', true), off('tlsInsecure', true)],
    'ldap3.Tls': off('validate'),
    'ssl._create_unverified_context': UNVERIFIED_CONTEXT,
    'ssl.SSLContext': oldProtocol('protocol', 0),
    // Gone since Python 3.12. Without `cert_reqs` nothing is checked.
    'ssl.wrap_socket': [
      oldProtocol('ssl_version'),
      {
        kind: 'sslContext',
        when: [
          {
            argument: { name: 'cert_reqs', position: 4 },
            values: ['absent', 0],
            refs: ['ssl.CERT_NONE'],
          },
        ],
        // A server asks its clients for no certificate.
        unless: [{ argument: { name: 'server_side', position: 3 }, values: [true, 'unknown'] }],
      },
    ],
    'ssl.get_server_certificate': oldProtocol('ssl_version', 1),
    'OpenSSL.SSL.Context': oldProtocol('method', 0),
    'urllib3.util.create_urllib3_context': [
      oldProtocol('ssl_version', 0),
      oldProtocol('ssl_minimum_version'),
    ],
    'urllib3.util.ssl_.create_urllib3_context': [
      oldProtocol('ssl_version', 0),
      oldProtocol('ssl_minimum_version'),
    ],
  },
  misuseWrites: {
    'requests.Session.verify': { kind: 'tlsVerification', values: [false] },
    'ssl.SSLContext.check_hostname': { kind: 'sslContext', values: [false] },
    'ssl.SSLContext.verify_mode': { kind: 'sslContext', values: [0], refs: ['ssl.CERT_NONE'] },
    'ssl._create_default_https_context': { kind: 'sslContext', refs: ['ssl._create_unverified_context'] },
    'ssl.SSLContext.minimum_version': { kind: 'tlsVersion', refs: OLD_VERSIONS },
  },
} as const satisfies Library;
