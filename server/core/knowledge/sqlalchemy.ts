/** SQLAlchemy 1.3 to 2 and Flask-SQLAlchemy. */
import type { Library } from './library';

const EXECUTE = {
  kind: 'sql',
  argument: { position: 0, name: 'statement' },
  parameters: { position: 1, name: 'parameters' },
  paramStyle: 'bind',
} as const;
const SESSION_EXECUTE = { ...EXECUTE, parameters: { position: 1, name: 'params' } } as const;
const TEXT = {
  kind: 'sql',
  argument: { position: 0, name: 'text' },
  paramStyle: 'bind',
  isTextWrapper: true,
} as const;

const CLAUSE = { kind: 'sql', argument: { position: 0, name: 'text' }, isClause: true } as const;

export const sqlalchemy = {
  reference: 'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text',
  aliases: {
    'sqlalchemy.sql.text': 'sqlalchemy.text',
    'sqlalchemy.sql.expression.text': 'sqlalchemy.text',
    'flask_sqlalchemy.SQLAlchemy.text': 'sqlalchemy.text',
    'flask_sqlalchemy.SQLAlchemy.update': 'sqlalchemy.update',
    'flask_sqlalchemy.SQLAlchemy.insert': 'sqlalchemy.insert',
    'sqlalchemy.sql.literal_column': 'sqlalchemy.literal_column',
    'sqlalchemy.sql.expression.literal_column': 'sqlalchemy.literal_column',
    'flask_sqlalchemy.SQLAlchemy.literal_column': 'sqlalchemy.literal_column',
    'sqlalchemy.sql.expression.TextClause': 'sqlalchemy.TextClause',
    'sqlalchemy.schema.DDL': 'sqlalchemy.DDL',
    'sqlalchemy.engine.create_engine': 'sqlalchemy.create_engine',
    'sqlalchemy.Engine': 'sqlalchemy.engine.Engine',
    'sqlalchemy.Connection': 'sqlalchemy.engine.Connection',
    'flask.ext.sqlalchemy.SQLAlchemy': 'flask_sqlalchemy.SQLAlchemy',
  },
  types: {
    'sqlalchemy.create_engine()': 'sqlalchemy.engine.Engine',
    'sqlalchemy.engine.Engine.connect()': 'sqlalchemy.engine.Connection',
    'sqlalchemy.engine.Engine.begin()': 'sqlalchemy.engine.Connection',
    'sqlalchemy.orm.Session.connection()': 'sqlalchemy.engine.Connection',
    'sqlalchemy.orm.Session.begin()': 'sqlalchemy.orm.Session',
    'sqlalchemy.orm.sessionmaker()': 'sqlalchemy.orm.SessionFactory',
    'sqlalchemy.orm.SessionFactory()': 'sqlalchemy.orm.Session',
    'sqlalchemy.orm.SessionFactory.begin()': 'sqlalchemy.orm.Session',
    'sqlalchemy.orm.scoped_session()': 'sqlalchemy.orm.scoped_session',
    'sqlalchemy.orm.scoped_session()()': 'sqlalchemy.orm.Session',
    'flask_sqlalchemy.SQLAlchemy.session': 'sqlalchemy.orm.Session',
    'flask_sqlalchemy.SQLAlchemy.session()': 'sqlalchemy.orm.Session',
    'flask_sqlalchemy.SQLAlchemy.engine': 'sqlalchemy.engine.Engine',
    'flask_sqlalchemy.SQLAlchemy.get_engine()': 'sqlalchemy.engine.Engine',
    'sqlalchemy.text()': 'sqlalchemy.TextClause',
    'sqlalchemy.TextClause.bindparams()': 'sqlalchemy.TextClause',
    'sqlalchemy.TextClause.columns()': 'sqlalchemy.TextClause',
  },
  bases: { 'sqlalchemy.orm.scoped_session': 'sqlalchemy.orm.Session' },
  sinks: {
    'sqlalchemy.text': TEXT,
    'sqlalchemy.TextClause': TEXT,
    'sqlalchemy.literal_column': CLAUSE,
    'sqlalchemy.DDL': { kind: 'sql', argument: { position: 0, name: 'statement' } },
    'sqlalchemy.engine.Engine.execute': EXECUTE,
    'sqlalchemy.engine.Connection.execute': EXECUTE,
    'sqlalchemy.engine.Connection.scalar': EXECUTE,
    'sqlalchemy.engine.Connection.scalars': EXECUTE,
    'sqlalchemy.engine.Connection.exec_driver_sql': {
      kind: 'sql',
      argument: { position: 0, name: 'statement' },
    },
    'sqlalchemy.orm.Session.execute': SESSION_EXECUTE,
    'sqlalchemy.orm.Session.scalar': SESSION_EXECUTE,
    'sqlalchemy.orm.Session.scalars': SESSION_EXECUTE,
  },
} as const satisfies Library;
