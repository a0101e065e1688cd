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

const LOCATION = {
  kind: 'redirect',
  argument: { position: 1 },
  when: [{ argument: { position: 0 }, pattern: /^location$/i }],
  effect: 'is where the browser is sent',
} as const;
export const SENT_TO = {
  kind: 'redirect',
  argument: { position: 2, name: 'headers' },
  element: 'location',
  // With these, an address says where something is that was made.
  unless: [{ argument: { position: 1, name: 'status' }, values: [200, 201, 202] }],
  effect: LOCATION.effect,
} as const;
const NAMED = [NAME, LOCATION] as const;

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
    'flask.Flask.response_class': 'flask.Response',
  },
  types: {
    'flask.make_response()': 'flask.Response',
    'flask.Response.headers': HEADERS,
  },
  // A name of Moat's own: a response that is no page.
  bases: { 'flask.DataResponse': 'flask.Response' },
  writes: {
    'werkzeug.datastructures.Headers[]': {
      kind: 'header',
      effect: 'becomes the name of a response header',
      part: 'key',
    },
  },
  sinks: {
    'werkzeug.datastructures.Headers.add': NAMED,
    'werkzeug.datastructures.Headers.add_header': NAMED,
    'werkzeug.datastructures.Headers.set': NAMED,
    'werkzeug.datastructures.Headers.setdefault': NAMED,
    'werkzeug.datastructures.Headers.update': { ...SENT_TO, argument: { position: 0 }, unless: [] },
    'werkzeug.datastructures.Headers.extend': { ...SENT_TO, argument: { position: 0 }, unless: [] },
    'flask.Response.set_cookie': [COOKIE, COOKIE_VALUE],
  },
} as const satisfies Library;
