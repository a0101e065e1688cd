/** Arguments of libraries that take a secret: whoever knows it can sign, decrypt or log in.
 *  @see https://pyjwt.readthedocs.io/en/stable/api.html, https://python-jose.readthedocs.io/en/latest/jwt/api.html
 *  @see https://docs.authlib.org/en/latest/jose/jwt.html, https://cryptography.io/en/latest/fernet/
 *  @see https://www.pycryptodome.org/src/cipher/cipher, https://docs.python.org/3/library/hmac.html
 *  @see https://itsdangerous.palletsprojects.com/en/stable/, https://docs.python.org/3/library/smtplib.html */
import type { ArgumentRef } from './library';

export type SecretUse = 'password' | 'tokenKey' | 'cryptoKey';

export interface SecretArgument {
  readonly use: SecretUse;
  readonly argument: ArgumentRef;
  /** Name of the environment variable that a fix proposes where the code has no name for the value. */
  readonly variable: string;
}

const password = (variable: string, position: number | undefined, name: string): SecretArgument => ({
  use: 'password',
  argument: position === undefined ? { name } : { position, name },
  variable,
});
const tokenKey = (position: number): SecretArgument => ({
  use: 'tokenKey',
  argument: { position, name: 'key' },
  variable: 'JWT_SECRET_KEY',
});
const cryptoKey = (name: string, variable = 'ENCRYPTION_KEY', position = 0): SecretArgument => ({
  use: 'cryptoKey',
  argument: { position, name },
  variable,
});

const CIPHERS = ['AES', 'DES', 'DES3', 'Blowfish', 'CAST', 'ARC2', 'ARC4', 'ChaCha20', 'Salsa20'];
const ALGORITHMS = [
  'AES',
  'AES128',
  'AES256',
  'TripleDES',
  'Camellia',
  'Blowfish',
  'ChaCha20',
  'ARC4',
  'SM4',
];
const AEADS = ['AESGCM', 'AESCCM', 'AESSIV', 'AESOCB3', 'AESGCMSIV', 'ChaCha20Poly1305'];
const SIGNERS = [
  'Signer',
  'TimestampSigner',
  'Serializer',
  'TimedSerializer',
  'URLSafeSerializer',
  'URLSafeTimedSerializer',
  'JSONWebSignatureSerializer',
  'TimedJSONWebSignatureSerializer',
];
const PRIMITIVES = 'cryptography.hazmat.primitives';

const rows = (names: readonly string[], row: SecretArgument): readonly [string, SecretArgument][] =>
  names.map((name) => [name, row]);

/** By canonical name of what is called. */
export const SECRET_ARGUMENTS: ReadonlyMap<string, SecretArgument> = new Map([
  ...rows(
    ['jwt.encode', 'jwt.decode', 'jwt.decode_complete', 'jwt.PyJWT.encode', 'jwt.PyJWT.decode'],
    tokenKey(1),
  ),
  ...rows(['jose.jwt.encode', 'jose.jwt.decode', 'jose.jws.sign', 'jose.jws.verify'], tokenKey(1)),
  ...rows(['authlib.jose.jwt.encode', 'authlib.jose.JsonWebToken.encode'], tokenKey(2)),
  ...rows(['authlib.jose.jwt.decode', 'authlib.jose.JsonWebToken.decode'], tokenKey(1)),
  ...rows(['cryptography.fernet.Fernet'], cryptoKey('key')),
  ...rows(
    CIPHERS.flatMap((name) => [`Crypto.Cipher.${name}.new`, `Cryptodome.Cipher.${name}.new`]),
    cryptoKey('key'),
  ),
  ...rows(
    [
      ...ALGORITHMS.map((name) => `${PRIMITIVES}.ciphers.algorithms.${name}`),
      ...AEADS.map((name) => `${PRIMITIVES}.ciphers.aead.${name}`),
    ],
    cryptoKey('key'),
  ),
  ...rows(['hmac.new', 'hmac.digest', 'hmac.HMAC', `${PRIMITIVES}.hmac.HMAC`], cryptoKey('key', 'HMAC_KEY')),
  ...rows(['Crypto.Hash.HMAC.new', 'Cryptodome.Hash.HMAC.new'], cryptoKey('key', 'HMAC_KEY')),
  ...rows(['nacl.secret.SecretBox', 'nacl.signing.SigningKey', 'nacl.public.PrivateKey'], cryptoKey('key')),
  ...rows(
    SIGNERS.flatMap((name) => [
      `itsdangerous.${name}`,
      `itsdangerous.url_safe.${name}`,
      `itsdangerous.timed.${name}`,
    ]),
    cryptoKey('secret_key', 'SECRET_KEY'),
  ),
  ...rows(
    ['werkzeug.security.generate_password_hash', 'flask_bcrypt.generate_password_hash'],
    password('ADMIN_PASSWORD', 0, 'password'),
  ),
  ...rows(['flask_bcrypt.Bcrypt.generate_password_hash'], password('ADMIN_PASSWORD', 0, 'password')),
  ...rows(['smtplib.SMTP.login', 'smtplib.SMTP_SSL.login'], password('SMTP_PASSWORD', 1, 'password')),
  ...rows(['imaplib.IMAP4.login', 'imaplib.IMAP4_SSL.login'], password('IMAP_PASSWORD', 1, 'password')),
  ...rows(['poplib.POP3.pass_', 'poplib.POP3_SSL.pass_'], password('POP3_PASSWORD', 0, 'pswd')),
  ...rows(['ftplib.FTP', 'ftplib.FTP_TLS'], password('FTP_PASSWORD', 2, 'passwd')),
  ...rows(['ftplib.FTP.login', 'ftplib.FTP_TLS.login'], password('FTP_PASSWORD', 1, 'passwd')),
  ...rows(['MySQLdb.connect', 'pymysql.connect'], password('DB_PASSWORD', 2, 'password')),
  ...rows(
    ['mysql.connector.connect', 'psycopg2.connect', 'psycopg.connect', 'asyncpg.connect', 'oracledb.connect'],
    password('DB_PASSWORD', undefined, 'password'),
  ),
  ...rows(['pymongo.MongoClient'], password('MONGO_PASSWORD', undefined, 'password')),
  ...rows(['redis.Redis', 'redis.StrictRedis'], password('REDIS_PASSWORD', undefined, 'password')),
  ...rows(['pika.PlainCredentials'], password('RABBITMQ_PASSWORD', 1, 'password')),
  ...rows(['paramiko.SSHClient.connect'], password('SSH_PASSWORD', 3, 'password')),
  ...rows(['ldap3.Connection'], password('LDAP_PASSWORD', 2, 'password')),
  ...rows(['requests.auth.HTTPBasicAuth', 'httpx.BasicAuth'], password('API_PASSWORD', 1, 'password')),
]);
