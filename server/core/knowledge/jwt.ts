/** JSON web tokens: PyJWT, python-jose, Authlib. A token is worth what the check of its signature is worth.
 *  @see https://pyjwt.readthedocs.io/en/stable/api.html
 *  @see https://python-jose.readthedocs.io/en/latest/jwt/api.html
 *  @see https://docs.authlib.org/en/latest/jose/jwt.html */
import type { Library, MisuseRow } from './library';

const OPTIONS = { name: 'options', position: 3 } as const;
const ALGORITHMS = { name: 'algorithms', position: 2 } as const;
const IS_UNVERIFIED = { argument: OPTIONS, path: ['verify_signature'], values: [false] } as const;
const NONE = { pattern: /^none$/i, values: [null] } as const;

const UNVERIFIED = [
  { kind: 'unverifiedToken', at: OPTIONS, when: [IS_UNVERIFIED] },
  {
    kind: 'unverifiedToken',
    at: { name: 'verify', position: 2 },
    when: [{ argument: { name: 'verify', position: 2 }, values: [false] }],
    unless: [IS_UNVERIFIED],
  },
] as const satisfies readonly MisuseRow[];

const UNSIGNED_ALLOWED = [
  {
    kind: 'unsignedToken',
    at: ALGORITHMS,
    when: [{ argument: ALGORITHMS, path: ['*'], pattern: /^none$/i }],
  },
  { kind: 'unsignedToken', at: ALGORITHMS, when: [{ argument: ALGORITHMS, pattern: /^none$/i }] },
] as const satisfies readonly MisuseRow[];

/** No algorithm is named: the token itself says which one counts. */
const ANY_ALGORITHM = {
  kind: 'unsignedToken',
  at: ALGORITHMS,
  when: [{ argument: ALGORITHMS, values: [null, 'absent'] }],
  unless: [IS_UNVERIFIED, { argument: { name: 'verify' }, values: [false] }],
} as const satisfies MisuseRow;

const ENCODED = {
  kind: 'unsignedToken',
  at: { name: 'algorithm', position: 2 },
  when: [{ argument: { name: 'algorithm', position: 2 }, ...NONE }],
} as const satisfies MisuseRow;

const AUTHLIB_HEADER = {
  kind: 'unsignedToken',
  at: { name: 'header', position: 0 },
  when: [{ argument: { name: 'header', position: 0 }, path: ['alg'], pattern: /^none$/i }],
} as const satisfies MisuseRow;
const AUTHLIB_ALGORITHMS = {
  kind: 'unsignedToken',
  at: { name: 'algorithms', position: 0 },
  when: [{ argument: { name: 'algorithms', position: 0 }, path: ['*'], pattern: /^none$/i }],
} as const satisfies MisuseRow;

const DECODED = [...UNVERIFIED, ...UNSIGNED_ALLOWED, ANY_ALGORITHM];

export const jwt = {
  reference: 'https://pyjwt.readthedocs.io/en/stable/api.html',
  aliases: {
    'jwt.api_jwt.decode': 'jwt.decode',
    'jwt.api_jwt.encode': 'jwt.encode',
    'jwt.api_jwt.decode_complete': 'jwt.decode_complete',
    'jwt.api_jwt.PyJWT': 'jwt.PyJWT',
  },
  misuses: {
    'jwt.decode': DECODED,
    'jwt.decode_complete': DECODED,
    'jwt.PyJWT.decode': DECODED,
    'jwt.encode': ENCODED,
    'jwt.PyJWT.encode': ENCODED,
    'jose.jwt.decode': DECODED,
    'jose.jwt.encode': ENCODED,
    'jose.jwt.get_unverified_claims': { kind: 'unverifiedToken', when: [] },
    'jose.jws.verify': [
      {
        kind: 'unverifiedToken',
        at: { name: 'verify', position: 3 },
        when: [{ argument: { name: 'verify', position: 3 }, values: [false] }],
      },
    ],
    'authlib.jose.jwt.encode': AUTHLIB_HEADER,
    'authlib.jose.JsonWebToken': AUTHLIB_ALGORITHMS,
    'authlib.jose.JsonWebToken.encode': AUTHLIB_HEADER,
    'joserfc.jwt.encode': AUTHLIB_HEADER,
    'joserfc.jwt.decode': UNSIGNED_ALLOWED,
  },
} as const satisfies Library;
