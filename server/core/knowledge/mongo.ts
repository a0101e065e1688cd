/** MongoDB: PyMongo, Flask-PyMongo and MongoEngine. A filter is dangerous as a whole: an object in it can hold
 *  operators such as `$ne`.
 *  @see https://flask-pymongo.readthedocs.io/en/latest/, https://docs.mongoengine.org/guide/querying.html,
 *  https://www.mongodb.com/docs/manual/reference/operator/query/where/ */
import type { Library } from './library';

const FILTER = {
  kind: 'nosql',
  argument: { position: 0, name: 'filter' },
  effect: 'becomes part of the database query',
} as const;
const PIPELINE = { ...FILTER, argument: { position: 0, name: 'pipeline' } } as const;
const RAW = { ...FILTER, argument: { name: '__raw__' } } as const;
const SCRIPT = { ...FILTER, effect: 'is run as JavaScript by the database' } as const;
const COLLECTION = 'pymongo.collection.Collection';
const DATABASE = 'pymongo.database.Database';

export const mongo = {
  reference: 'https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html',
  aliases: {
    'pymongo.Connection': 'pymongo.MongoClient',
    'pymongo.mongo_client.MongoClient': 'pymongo.MongoClient',
    'pymongo.collection.AsyncCollection': COLLECTION,
    'flask_pymongo.wrappers.Collection': COLLECTION,
    'flask_pymongo.wrappers.Database': DATABASE,
    'flask_mongoengine.Document': 'mongoengine.Document',
    'flask_mongoengine.MongoEngine.Document': 'mongoengine.Document',
    'flask_mongoengine.MongoEngine.DynamicDocument': 'mongoengine.Document',
    'mongoengine.DynamicDocument': 'mongoengine.Document',
    'bson.ObjectId': 'bson.objectid.ObjectId',
  },
  types: {
    'flask_pymongo.PyMongo.db': DATABASE,
    'flask_pymongo.PyMongo.cx': 'pymongo.MongoClient',
    'pymongo.MongoClient.*': DATABASE,
    'pymongo.MongoClient[]': DATABASE,
    'pymongo.MongoClient.get_database()': DATABASE,
    'pymongo.MongoClient.get_default_database()': DATABASE,
    'pymongo.database.Database.*': COLLECTION,
    'pymongo.database.Database[]': COLLECTION,
    'pymongo.database.Database.get_collection()': COLLECTION,
    'pymongo.collection.Collection.find()': 'pymongo.cursor.Cursor',
    'pymongo.collection.Collection.*': COLLECTION,
    'pymongo.collection.Collection[]': COLLECTION,
  },
  sinks: {
    'pymongo.cursor.Cursor.where': { ...SCRIPT, argument: { position: 0, name: 'code' } },
    'pymongo.collection.Collection.find': FILTER,
    'pymongo.collection.Collection.find_one': FILTER,
    'pymongo.collection.Collection.find_one_or_404': FILTER,
    'pymongo.collection.Collection.find_one_and_delete': FILTER,
    'pymongo.collection.Collection.find_one_and_replace': FILTER,
    'pymongo.collection.Collection.find_one_and_update': FILTER,
    'pymongo.collection.Collection.find_raw_batches': FILTER,
    'pymongo.collection.Collection.count': FILTER,
    'pymongo.collection.Collection.count_documents': FILTER,
    'pymongo.collection.Collection.delete_many': FILTER,
    'pymongo.collection.Collection.delete_one': FILTER,
    'pymongo.collection.Collection.remove': FILTER,
    'pymongo.collection.Collection.replace_one': FILTER,
    'pymongo.collection.Collection.update': FILTER,
    'pymongo.collection.Collection.update_many': FILTER,
    'pymongo.collection.Collection.update_one': FILTER,
    'pymongo.collection.Collection.distinct': { ...FILTER, argument: { position: 1, name: 'filter' } },
    'pymongo.collection.Collection.aggregate': PIPELINE,
    'pymongo.collection.Collection.map_reduce': { ...SCRIPT, argument: { position: 0, name: 'map' } },
    'pymongo.database.Database.command': { ...FILTER, argument: { position: 0, name: 'command' } },
    'pymongo.database.Database.eval': { ...SCRIPT, argument: { position: 0, name: 'code' } },
    'bson.Code': { ...SCRIPT, argument: { position: 0, name: 'code' } },
    'mongoengine.Document.objects': RAW,
    'mongoengine.Document.objects.filter': RAW,
    'mongoengine.Document.objects.aggregate': PIPELINE,
    'mongoengine.Document.objects.where': { ...SCRIPT, argument: { position: 0, name: 'where_clause' } },
    'mongoengine.Document.objects.exec_js': { ...SCRIPT, argument: { position: 0, name: 'code' } },
    'mongoengine.Q': RAW,
  },
  sanitizers: {
    'bson.objectid.ObjectId': { clears: 'all', label: 'parsed as an ObjectId' },
  },
  /** A text or a number is no object, so it can hold no operator. */
  guards: {
    'builtins.isinstance': { argument: { position: 0 }, clears: ['nosql'] },
  },
} as const satisfies Library;
