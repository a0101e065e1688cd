/** Flask-SocketIO: what an event handler is given comes from a visitor's browser. */
import type { Library } from './library';

const MESSAGE = { label: 'a socket message', parameters: 'all' } as const;

export const sockets = {
  reference: 'https://flask-socketio.readthedocs.io/en/latest/getting_started.html#receiving-messages',
  handlers: {
    'flask_socketio.SocketIO.on': MESSAGE,
    'flask_socketio.SocketIO.event': MESSAGE,
  },
} as const satisfies Library;
