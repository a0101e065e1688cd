/** MySQL drivers: MySQLdb (mysqlclient), PyMySQL, MySQL Connector/Python, and the Flask extensions around them. */
import type { Library } from './library';

const QUERY = {
  kind: 'sql',
  argument: { position: 0, name: 'query' },
  parameters: { position: 1, name: 'args' },
  paramStyle: 'format',
  dialect: 'mysql',
} as const;
const CONNECTOR = {
  kind: 'sql',
  argument: { position: 0, name: 'operation' },
  parameters: { position: 1, name: 'params' },
  paramStyle: 'format',
  hasNoPercentEscape: true,
  dialect: 'mysql',
} as const;

export const mysql = {
  reference: 'https://pymysql.readthedocs.io/en/latest/modules/cursors.html',
  aliases: {
    'pymysql.Connect': 'pymysql.connect',
    'pymysql.connections.Connection': 'pymysql.Connection',
    'MySQLdb.Connect': 'MySQLdb.connect',
    'MySQLdb.connections.Connection': 'MySQLdb.Connection',
    'MySQLdb.cursors.DictCursor': 'MySQLdb.cursors.Cursor',
    'pymysql.cursors.DictCursor': 'pymysql.cursors.Cursor',
    'pymysql.cursors.SSCursor': 'pymysql.cursors.Cursor',
    'flask_mysqldb.MySQL.connect': 'flask_mysqldb.MySQL.connection',
  },
  types: {
    'pymysql.connect()': 'pymysql.Connection',
    'pymysql.Connection.cursor()': 'pymysql.cursors.Cursor',
    'MySQLdb.connect()': 'MySQLdb.Connection',
    'MySQLdb.Connection.cursor()': 'MySQLdb.cursors.Cursor',
    'mysql.connector.connect()': 'mysql.connector.MySQLConnection',
    'mysql.connector.connection.MySQLConnection': 'mysql.connector.MySQLConnection',
    'mysql.connector.MySQLConnection.cursor()': 'mysql.connector.cursor.MySQLCursor',
    'mysql.connector.pooling.MySQLConnectionPool.get_connection()': 'mysql.connector.MySQLConnection',
    'flask_mysqldb.MySQL.connection': 'MySQLdb.Connection',
    'flaskext.mysql.MySQL.connect()': 'pymysql.Connection',
    'flaskext.mysql.MySQL.get_db()': 'pymysql.Connection',
  },
  sinks: {
    'pymysql.cursors.Cursor.execute': QUERY,
    'pymysql.cursors.Cursor.executemany': QUERY,
    'pymysql.Connection.query': { kind: 'sql', argument: { position: 0, name: 'sql' } },
    'MySQLdb.cursors.Cursor.execute': QUERY,
    'MySQLdb.cursors.Cursor.executemany': QUERY,
    'MySQLdb.Connection.query': { kind: 'sql', argument: { position: 0, name: 'query' } },
    'mysql.connector.cursor.MySQLCursor.execute': CONNECTOR,
    'mysql.connector.cursor.MySQLCursor.executemany': CONNECTOR,
    'mysql.connector.MySQLConnection.cmd_query': { kind: 'sql', argument: { position: 0, name: 'query' } },
  },
  sanitizers: {
    'pymysql.Connection.escape_string': { clears: ['sql'], label: 'escaped by the driver' },
    'pymysql.Connection.escape': { clears: ['sql'], label: 'escaped by the driver' },
    'MySQLdb.Connection.escape_string': { clears: ['sql'], label: 'escaped by the driver' },
  },
} as const satisfies Library;
