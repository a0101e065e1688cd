/** PostgreSQL drivers: psycopg2, psycopg 3 and their pools. */
import type { Library } from './library';

const QUERY = {
  kind: 'sql',
  argument: { position: 0, name: 'query' },
  parameters: { position: 1, name: 'vars' },
  paramStyle: 'format',
  dialect: 'postgresql',
} as const;
const QUERY3 = { ...QUERY, parameters: { position: 1, name: 'params' } } as const;

export const postgres = {
  reference: 'https://www.psycopg.org/psycopg3/docs/basic/params.html',
  types: {
    'psycopg2.connect()': 'psycopg2.extensions.connection',
    'psycopg2.extensions.connection.cursor()': 'psycopg2.extensions.cursor',
    'psycopg2.pool.SimpleConnectionPool.getconn()': 'psycopg2.extensions.connection',
    'psycopg2.pool.ThreadedConnectionPool.getconn()': 'psycopg2.extensions.connection',
    'psycopg.connect()': 'psycopg.Connection',
    'psycopg.Connection.connect()': 'psycopg.Connection',
    'psycopg.AsyncConnection.connect()': 'psycopg.Connection',
    'psycopg.Connection.cursor()': 'psycopg.Cursor',
    'psycopg.Connection.execute()': 'psycopg.Cursor',
    'psycopg.Cursor.execute()': 'psycopg.Cursor',
    'psycopg_pool.ConnectionPool.connection()': 'psycopg.Connection',
    'psycopg_pool.ConnectionPool.getconn()': 'psycopg.Connection',
  },
  bases: {
    'psycopg2.extras.DictCursor': 'psycopg2.extensions.cursor',
    'psycopg2.extras.RealDictCursor': 'psycopg2.extensions.cursor',
    'psycopg2.extras.NamedTupleCursor': 'psycopg2.extensions.cursor',
    'psycopg2.pool.PersistentConnectionPool': 'psycopg2.pool.SimpleConnectionPool',
  },
  sinks: {
    'psycopg2.extensions.cursor.execute': QUERY,
    'psycopg2.extensions.cursor.executemany': { ...QUERY, parameters: { position: 1, name: 'vars_list' } },
    'psycopg2.extensions.cursor.mogrify': QUERY,
    'psycopg2.extras.execute_values': { kind: 'sql', argument: { position: 1, name: 'sql' } },
    'psycopg2.extras.execute_batch': { kind: 'sql', argument: { position: 1, name: 'sql' } },
    'psycopg.Connection.execute': QUERY3,
    'psycopg.Cursor.execute': QUERY3,
    'psycopg.Cursor.executemany': QUERY3,
    'psycopg.Cursor.stream': QUERY3,
    'psycopg2.sql.SQL': { kind: 'sql', argument: { position: 0, name: 'string' } },
    'psycopg.sql.SQL': { kind: 'sql', argument: { position: 0, name: 'obj' } },
  },
  sanitizers: {
    'psycopg2.sql.Identifier': { clears: ['sql'], label: 'quoted as an identifier' },
    'psycopg2.sql.Literal': { clears: ['sql'], label: 'quoted as a literal' },
    'psycopg.sql.Identifier': { clears: ['sql'], label: 'quoted as an identifier' },
    'psycopg.sql.Literal': { clears: ['sql'], label: 'quoted as a literal' },
    'psycopg2.sql.SQL': { clears: ['sql'], label: 'composed' },
    'psycopg.sql.SQL': { clears: ['sql'], label: 'composed' },
  },
} as const satisfies Library;
