/** Connections to servers with an empty password. `None` and a missing argument often mean another way to log in.
 *  @see https://peps.python.org/pep-0249/#connect */
import type { Library, MisuseRow } from './library';

const empty = (position?: number, name = 'password') =>
  ({
    kind: 'emptyPassword',
    at: { name, ...(position === undefined ? {} : { position }) },
    when: [{ argument: { name, ...(position === undefined ? {} : { position }) }, values: [''] }],
  }) as const satisfies MisuseRow;

const MYSQL = [empty(2), empty(2, 'passwd')] as const;

export const emptyPasswords = {
  reference: 'https://peps.python.org/pep-0249/#connect',
  misuses: {
    'pymysql.connect': MYSQL,
    'MySQLdb.connect': MYSQL,
    'mysql.connector.connect': MYSQL,
    'mariadb.connect': empty(),
    'aiomysql.connect': empty(),
    'psycopg2.connect': empty(),
    'psycopg.connect': empty(),
    'psycopg.Connection.connect': empty(),
    'asyncpg.connect': empty(),
    'asyncpg.create_pool': empty(),
    'pymssql.connect': empty(2),
    'oracledb.connect': empty(),
    'pymongo.MongoClient': empty(),
  },
} as const satisfies Library;
