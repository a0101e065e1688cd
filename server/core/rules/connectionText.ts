/** Reads the password out of an address or a list of connection settings: `mysql://app:pw@db/shop`,
 *  `host=db user=app password=pw`, `SERVER=db;UID=app;PWD=pw`. */
import { HOLE } from './literals';

export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** A database or a broker, rather than a web or mail server. */
  readonly isDatabase: boolean;
  readonly isLocal: boolean;
  /** Name of the environment variable that usually holds such an address. */
  readonly variable: string;
}

const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/([^\s:/@]*):([^\s/]+)@([^\s/:?,]*)/i;

/** Schemes without what comes behind `+`. */
const VARIABLES: Readonly<Record<string, string>> = {
  redis: 'REDIS_URL',
  rediss: 'REDIS_URL',
  mongodb: 'MONGO_URI',
  amqp: 'AMQP_URL',
  amqps: 'AMQP_URL',
  pyamqp: 'AMQP_URL',
};
const DATABASES =
  /^(?:postgres|postgresql|cockroachdb|mysql|mariadb|mssql|oracle|redis|rediss|mongodb|amqps?|pyamqp|clickhouse|neo4j|bolt|snowflake|redshift|db2|firebird|cassandra|couchdb|influxdb|elasticsearch|sqlserver|jdbc)/i;

/** A regular expression for such addresses: `mysql://(.+?):(.+?)@`. */
const IN_PATTERN = /\.[+*]|\(\?|\[\^|\\[wdS][+*{]/;

export function credentialsIn(text: string): Credentials | undefined {
  if (text.includes('://')) return addressIn(text);
  return /[;= ]/.test(text) ? settingsIn(text) : undefined;
}

function addressIn(text: string): Credentials | undefined {
  const [, scheme = '', user = '', password = '', host = ''] = ADDRESS.exec(text) ?? [];
  if (scheme === '' || password.includes(HOLE) || IN_PATTERN.test(user + password)) return undefined;
  const [plain = ''] = scheme.toLowerCase().split('+');
  return {
    user,
    password,
    isDatabase: DATABASES.test(plain),
    isLocal: isLocalHost(host),
    variable: VARIABLES[plain] ?? (DATABASES.test(plain) ? 'DATABASE_URL' : 'SERVICE_URL'),
  };
}

const SETTING = /(?:^|[;\s])(?:password|pwd)\s*=\s*('[^']*'|[^\s;]+)/i;
const PLACE = /(?:^|[;\s])(?:host|server|dbname|database|data source|dsn|driver|user|uid)\s*=\s*([^\s;]+)/i;

function settingsIn(text: string): Credentials | undefined {
  const [, password] = SETTING.exec(text) ?? [];
  const [, place] = PLACE.exec(text) ?? [];
  if (password === undefined || place === undefined || text.includes('\n')) return undefined;
  if (password.includes(HOLE)) return undefined;
  const [, user = ''] = /(?:^|[;\s])(?:user|uid|user id)\s*=\s*([^\s;]+)/i.exec(text) ?? [];
  const [, host = ''] = /(?:^|[;\s])(?:host|server)\s*=\s*([^\s;]+)/i.exec(text) ?? [];
  const isLocal = isLocalHost(host);
  return {
    user,
    password: password.replace(/^'|'$/g, ''),
    isDatabase: true,
    isLocal,
    variable: 'DATABASE_URL',
  };
}

function isLocalHost(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|db|postgres|mysql|redis|mongo|rabbitmq|)$/i.test(
    host,
  );
}
