/** Cookies that a view sets, and what keeps them out of strangers' hands.
 *  @see https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Response.set_cookie */
import type { ArgumentRef, Condition, Library, MisuseRow } from './library';

const SECURE = { position: 6, name: 'secure' } as const;
const HTTP_ONLY = { position: 7, name: 'httponly' } as const;
const SAME_SITE = { position: 8, name: 'samesite' } as const;

/** The cookie is taken away: nothing of it is left to protect. */
const DELETES: readonly Condition[] = [
  { argument: { position: 1, name: 'value' }, values: ['absent', ''] },
  { argument: { position: 2, name: 'max_age' }, below: 1 },
  { argument: { position: 3, name: 'expires' }, values: [0] },
];

const lacks = (
  kind: MisuseRow['kind'],
  argument: ArgumentRef,
  values: NonNullable<Condition['values']>,
  unless: readonly Condition[],
) => ({ kind, at: argument, when: [{ argument, values }], unless }) satisfies MisuseRow;

const flags = (unless: readonly Condition[]) => [
  lacks('cookieSecure', SECURE, ['absent', false, null, 0], unless),
  lacks('cookieHttpOnly', HTTP_ONLY, ['absent', false, null, 0], unless),
  lacks('cookieSameSite', SAME_SITE, ['absent', null, 'None', 'none'], unless),
];

/** A text where a response takes seconds: the jar of a client, `jar.set_cookie(domain, name, value)`. */
const OF_CLIENT: Condition = { argument: { position: 2 }, pattern: /\D/ };

export const cookies = {
  reference: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
  types: {
    'flask.jsonify()': 'flask.Response',
    'flask.redirect()': 'flask.Response',
    'flask.send_file()': 'flask.Response',
    'flask.Flask.make_response()': 'flask.Response',
    'flask.Flask.response_class()': 'flask.Response',
  },
  misuses: {
    'flask.Response.set_cookie': flags(DELETES),
    '*.set_cookie': flags([...DELETES, OF_CLIENT]),
  },
} as const satisfies Library;
