/** Names of response headers and cookies. Werkzeug rejects line breaks in header values, but not in names.
 *  @see https://flask.palletsprojects.com/en/stable/api/#flask.Response.set_cookie */
import type { Library } from './library';

const HEADERS = 'werkzeug.datastructures.Headers';
const NAME = {
  kind: 'header',
  argument: { position: 0, name: 'key' },
  effect: 'becomes the name of a response header',
} as const;
const COOKIE = { ...NAME, effect: 'becomes the name of a cookie' } as const;

const COOKIE_VALUE = {
  kind: 'trust',
  argument: { position: 1, name: 'value' },
  effect: 'becomes the value of a cookie',
} as const;

export const headers = {
  reference: 'https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.Headers',
  aliases: {
    'flask.wrappers.Response': 'flask.Response',
    'flask.helpers.make_response': 'flask.make_response',
    'werkzeug.Response': 'flask.Response',
    'werkzeug.wrappers.Response': 'flask.Response',
    'werkzeug.Headers': HEADERS,
  },
  types: {
    'flask.make_response()': 'flask.Response',
    'flask.Response.headers': HEADERS,
  },
  writes: {
    'werkzeug.datastructures.Headers[]': {
      kind: 'header',
      effect: 'becomes the name of a response header',
      part: 'key',
    },
  },
  sinks: {
    'werkzeug.datastructures.Headers.add': NAME,
    'werkzeug.datastructures.Headers.add_header': NAME,
    'werkzeug.datastructures.Headers.set': NAME,
    'werkzeug.datastructures.Headers.setdefault': NAME,
    'flask.Response.set_cookie': [COOKIE, COOKIE_VALUE],
  },
} as const satisfies Library;
