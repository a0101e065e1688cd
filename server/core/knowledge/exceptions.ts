/** What an error message can tell strangers: paths, queries, names of tables, hosts, code. Exceptions that are made for
 *  people, such as a failed validation, are not listed.
 *  @see https://docs.python.org/3/library/exceptions.html, https://docs.sqlalchemy.org/en/20/core/exceptions.html */
import { SENT_TO } from './headers';
import { otherKinds } from './kinds';
import type { Library, SinkRow } from './library';

/** Classes whose messages say how things look inside. */
export const TELLING_EXCEPTIONS: ReadonlySet<string> = new Set(
  [
    ...['BaseException', 'Exception', 'OSError', 'IOError', 'EnvironmentError', 'FileNotFoundError'],
    ...['PermissionError', 'ConnectionError', 'TimeoutError', 'TypeError', 'AttributeError', 'NameError'],
    ...['ImportError', 'ModuleNotFoundError', 'SystemError', 'MemoryError'],
  ].map((name) => `builtins.${name}`),
);

/** Modules of which every exception does. */
export const TELLING_MODULES =
  /^(?:sqlalchemy|sqlite3|psycopg2?|asyncpg|pymysql|MySQLdb|mysql|pymongo|redis|requests|urllib3?|httpx|boto3|botocore|subprocess|smtplib|socket|ssl|ldap3?|jinja2|paramiko|elasticsearch)\./;

/** For the path; rules know a taint of this kind by it. */
export const EXCEPTION_LABEL = 'a caught exception';

const SOURCE = { label: EXCEPTION_LABEL, safeFor: otherKinds('exposure') };
const SENT = { kind: 'exposure', effect: 'is sent to the visitor' } as const;
export const SENT_WHOLE: SinkRow = { ...SENT, argument: 'all' };
export const SENT_FIRST: SinkRow = { ...SENT, argument: { position: 0, name: 'response' } };

export const exceptions = {
  reference: 'https://docs.python.org/3/library/traceback.html',
  types: { 'builtins.Exception.original_exception': 'builtins.Exception' },
  sources: {
    'traceback.format_exc()': SOURCE,
    'traceback.format_exception()': SOURCE,
    'traceback.format_exception_only()': SOURCE,
    'traceback.format_tb()': SOURCE,
    'traceback.format_stack()': SOURCE,
    'sys.exc_info()': SOURCE,
  },
  sinks: {
    'flask.jsonify': SENT_WHOLE,
    'flask.json.jsonify': SENT_WHOLE,
    'flask.make_response': [SENT_FIRST, SENT_TO],
    'flask.Response': [SENT_FIRST, SENT_TO],
    'flask.abort': [
      { ...SENT, argument: { position: 1, name: 'description' } },
      // A response that is sent as it is.
      {
        kind: 'html',
        argument: { position: 0, name: 'code' },
        when: [{ argument: { position: 0, name: 'code' }, refs: ['flask.Response'] }],
        effect: 'is sent to the browser as HTML',
      },
    ],
    'flask_restful.abort': SENT_WHOLE,
    'flask_restx.abort': SENT_WHOLE,
    'flask_restx.Api.abort': SENT_WHOLE,
    'flask_restx.Namespace.abort': SENT_WHOLE,
  },
  writes: { 'flask.Response.data': SENT },
  // What errors of HTTP and of validation are made to say.
  trusted: [
    'code',
    'description',
    'name',
    'status_code',
    'messages',
    'errors',
    'error_code',
    '__class__',
  ].map((attribute) => `builtins.Exception.${attribute}`),
} satisfies Library;
