/** The development server: its debugger, and the addresses it listens at.
 *  @see https://flask.palletsprojects.com/en/stable/api/#flask.Flask.run
 *  @see https://werkzeug.palletsprojects.com/en/stable/serving/
 *  @see https://flask-socketio.readthedocs.io/en/latest/api.html#flask_socketio.SocketIO.run */
import type { ArgumentRef, Library, MisuseRow } from './library';

const DEBUG = { position: 2, name: 'debug' } as const;
const HOST = { position: 0, name: 'host' } as const;
const SOCKET_HOST = { position: 1, name: 'host' } as const;

/** Every text but the empty one is true. */
const debugs = (argument: ArgumentRef) =>
  ({
    kind: 'debug',
    at: argument,
    when: [{ argument, values: [true, 1], pattern: /./s }],
  }) satisfies MisuseRow;

const listens = (argument: ArgumentRef, path?: readonly string[]) =>
  ({
    kind: 'publicBinding',
    at: argument,
    when: [{ argument, pattern: /^(0\.0\.0\.0|::|\[::\])$/, ...(path && { path }) }],
  }) satisfies MisuseRow;

const RUN = [debugs(DEBUG), debugs({ name: 'use_debugger' }), listens(HOST)];
const FIRST = { position: 0 } as const;

export const servers = {
  reference: 'https://flask.palletsprojects.com/en/stable/server/',
  aliases: {
    'werkzeug.run_simple': 'werkzeug.serving.run_simple',
    'werkzeug.DebuggedApplication': 'werkzeug.debug.DebuggedApplication',
    'connexion.App': 'connexion.FlaskApp',
    'connexion.apps.flask.FlaskApp': 'connexion.FlaskApp',
    'connexion.apps.flask_app.FlaskApp': 'connexion.FlaskApp',
  },
  bases: { 'apiflask.APIFlask': 'flask.Flask', 'flask_openapi3.OpenAPI': 'flask.Flask' },
  types: { 'socket.socket()': 'socket.socket' },
  misuses: {
    'flask.Flask.run': RUN,
    '*.app.run': RUN,
    '*.application.run': RUN,
    'flask_socketio.SocketIO.run': [debugs({ name: 'debug' }), listens(SOCKET_HOST)],
    'connexion.FlaskApp.run': [debugs({ name: 'debug' }), listens({ name: 'host' })],
    'werkzeug.debug.DebuggedApplication': {
      kind: 'debugger',
      at: { position: 1, name: 'evalex' },
      when: [{ argument: { position: 1, name: 'evalex' }, values: [true, 1] }],
    },
    'werkzeug.serving.run_simple': [
      {
        kind: 'debugger',
        at: { position: 4, name: 'use_debugger' },
        when: [{ argument: { position: 4, name: 'use_debugger' }, values: [true, 1] }],
        unless: [{ argument: { position: 5, name: 'use_evalex' }, values: [false] }],
      },
      listens({ position: 0, name: 'hostname' }),
    ],
    'wsgiref.simple_server.make_server': listens(HOST),
    'http.server.HTTPServer': listens(FIRST, ['0']),
    'http.server.ThreadingHTTPServer': listens(FIRST, ['0']),
    'socketserver.TCPServer': listens(FIRST, ['0']),
    'socketserver.ThreadingTCPServer': listens(FIRST, ['0']),
    'socket.socket.bind': [
      listens(FIRST, ['0']),
      {
        kind: 'publicBinding',
        at: FIRST,
        when: [{ argument: FIRST, path: ['0'], values: [''] }],
        // Port 0 asks for one that is free.
        unless: [{ argument: FIRST, path: ['1'], values: [0] }],
      },
    ],
  },
} as const satisfies Library;
