/** Flask-CORS: which sites may read the answers of the app.
 *  @see https://flask-cors.readthedocs.io/en/latest/api.html */
import type { Condition, Library, MisuseRow } from './library';

const ORIGINS = { name: 'origins' } as const;
const RESOURCES = { name: 'resources' } as const;
const ANY = { values: ['*'], pattern: /^(\*|\^?\.[*+]\$?|\^?https?\??:\/\/(\*|\.[*+])\$?)$/ } as const;

const CREDENTIALS: readonly Condition[] = [
  { argument: { name: 'supports_credentials' }, values: [true, 1] },
  { argument: RESOURCES, path: ['*', 'supports_credentials'], values: [true, 1] },
];

/** Each of them opens the app to all sites: said in so many words, or left at the default. */
const written: readonly Condition[] = [
  { argument: ORIGINS, ...ANY },
  { argument: ORIGINS, path: ['*'], ...ANY },
  { argument: RESOURCES, path: ['*', 'origins'], ...ANY },
  { argument: RESOURCES, path: ['*', 'origins', '*'], ...ANY },
];
const noOrigins: Condition = { argument: ORIGINS, values: ['absent'] };
const left: readonly (readonly Condition[])[] = [
  [noOrigins, { argument: RESOURCES, values: ['absent'] }],
  [noOrigins, { argument: RESOURCES, pattern: /./ }],
  [noOrigins, { argument: RESOURCES, path: ['*', 'origins'], values: ['absent'] }],
];

function rows(needed: readonly Condition[]): readonly MisuseRow[] {
  const ways = [...written.map((condition) => [condition]), ...left];
  return ways.flatMap((way): MisuseRow[] => {
    const at = way[0] === noOrigins ? ORIGINS : (way[0] as Condition).argument;
    const when = [...way, ...needed];
    return [
      { kind: 'cors', at, when, unless: CREDENTIALS },
      ...CREDENTIALS.map(
        (credential): MisuseRow => ({ kind: 'corsCredentials', at, when: [...when, credential] }),
      ),
    ];
  });
}

/** `CORS()` alone does nothing: it waits for `init_app`. */
const ON_APP = [{ argument: { position: 0, name: 'app' }, values: ['unknown'] }] as const;

/** Sockets carry the cookies of the page's visitor; the default is the app's own origin.
 *  @see https://flask-socketio.readthedocs.io/en/latest/api.html#flask_socketio.SocketIO */
const ALLOWED = { name: 'cors_allowed_origins' } as const;
const SOCKETS: readonly MisuseRow[] = [
  { kind: 'cors', at: ALLOWED, when: [{ argument: ALLOWED, ...ANY }] },
  { kind: 'cors', at: ALLOWED, when: [{ argument: ALLOWED, path: ['*'], ...ANY }] },
];

export const cors = {
  reference: 'https://flask-cors.readthedocs.io/en/latest/configuration.html',
  aliases: {
    'flask_cors.extension.CORS': 'flask_cors.CORS',
    'flask_cors.decorator.cross_origin': 'flask_cors.cross_origin',
    'flask.ext.cors.CORS': 'flask_cors.CORS',
    'flask.ext.cors.cross_origin': 'flask_cors.cross_origin',
  },
  misuses: {
    'flask_cors.CORS': rows(ON_APP),
    'flask_cors.CORS.init_app': rows([]),
    'flask_cors.cross_origin': rows([]),
    'flask_socketio.SocketIO': SOCKETS,
    'flask_socketio.SocketIO.init_app': SOCKETS,
  },
} as const satisfies Library;
