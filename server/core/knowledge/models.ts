/** Models of databases: whoever chooses the names of their fields writes all of them.
 *  @see https://flask-sqlalchemy.readthedocs.io/en/stable/models/
 *  @see https://docs.mongoengine.org/guide/defining-documents.html */
import type { Library } from './library';

const FIELDS = {
  kind: 'massAssignment',
  argument: 'spread',
  element: 'keys',
  effect: 'decides which fields are set',
} as const;
const VALUES = {
  kind: 'massAssignment',
  argument: { position: 0, name: 'values' },
  element: 'keys',
  effect: 'decides which columns are written',
} as const;
const NAMED = [FIELDS, { ...VALUES, argument: { position: 0 } }] as const;
const QUERY = 'sqlalchemy.orm.Query';

export const models = {
  reference: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html',
  aliases: {
    'sqlalchemy.ext.declarative.declarative_base': 'sqlalchemy.orm.declarative_base',
    'sqlalchemy.orm.decl_api.DeclarativeBase': 'sqlalchemy.orm.DeclarativeBase',
    'flask_mongoengine.Document': 'mongoengine.Document',
    'flask_mongoengine.MongoEngine.Document': 'mongoengine.Document',
    'flask_mongoengine.MongoEngine.EmbeddedDocument': 'mongoengine.EmbeddedDocument',
  },
  types: {
    'sqlalchemy.update()': 'sqlalchemy.Update',
    'sqlalchemy.Update.where()': 'sqlalchemy.Update',
    'sqlalchemy.insert()': 'sqlalchemy.Insert',
    'sqlalchemy.orm.declarative_base()': 'sqlalchemy.orm.DeclarativeBase',
    'sqlalchemy.orm.Session.query()': QUERY,
    'flask_sqlalchemy.SQLAlchemy.Model.query': QUERY,
    'sqlalchemy.orm.Query.filter()': QUERY,
    'sqlalchemy.orm.Query.filter_by()': QUERY,
    'sqlalchemy.orm.Query.where()': QUERY,
    'sqlalchemy.orm.Query.join()': QUERY,
    'sqlalchemy.orm.Query.outerjoin()': QUERY,
    'sqlalchemy.orm.Query.order_by()': QUERY,
    'sqlalchemy.orm.Query.options()': QUERY,
    'sqlalchemy.orm.Query.with_for_update()': QUERY,
  },
  sinks: {
    'flask_sqlalchemy.SQLAlchemy.Model': FIELDS,
    'sqlalchemy.orm.DeclarativeBase': FIELDS,
    'mongoengine.Document': FIELDS,
    'mongoengine.EmbeddedDocument': FIELDS,
    'peewee.Model': FIELDS,
    'peewee.Model.create': FIELDS,
    'sqlalchemy.orm.Query.update': VALUES,
    'sqlalchemy.Update.values': NAMED,
    'sqlalchemy.Insert.values': NAMED,
    'builtins.setattr': {
      kind: 'massAssignment',
      argument: { position: 1 },
      effect: 'decides which attribute is set',
    },
  },
} as const satisfies Library;
