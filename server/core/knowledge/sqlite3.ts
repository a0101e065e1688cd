/** sqlite3 of the standard library. */
import type { Library } from './library';

const QUERY = {
  kind: 'sql',
  argument: { position: 0, name: 'sql' },
  parameters: { position: 1, name: 'parameters' },
  paramStyle: 'qmark',
  dialect: 'sqlite',
} as const;
const SCRIPT = { kind: 'sql', argument: { position: 0, name: 'sql_script' } } as const;

export const sqlite3 = {
  reference: 'https://docs.python.org/3/library/sqlite3.html',
  aliases: { 'sqlite3.dbapi2.connect': 'sqlite3.connect' },
  types: {
    'sqlite3.connect()': 'sqlite3.Connection',
    'sqlite3.Connection.cursor()': 'sqlite3.Cursor',
    'sqlite3.Connection.execute()': 'sqlite3.Cursor',
    'sqlite3.Connection.executemany()': 'sqlite3.Cursor',
    'sqlite3.Cursor.execute()': 'sqlite3.Cursor',
    'sqlite3.Cursor.connection': 'sqlite3.Connection',
  },
  sinks: {
    'sqlite3.Connection.execute': QUERY,
    'sqlite3.Connection.executemany': QUERY,
    'sqlite3.Connection.executescript': SCRIPT,
    'sqlite3.Cursor.execute': QUERY,
    'sqlite3.Cursor.executemany': QUERY,
    'sqlite3.Cursor.executescript': SCRIPT,
  },
} as const satisfies Library;
