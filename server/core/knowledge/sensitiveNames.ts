/** What names say about the values they hold. A name is cut into words, so that `passwordHash` is not a password
 *  and `tokenizer` is no token. */

import { MAX_REMEMBERED } from './table';

/** The same names are asked about by one rule after the other. */
const remembered = new Map<string, readonly string[]>();

/** `userPassword`, `user_password`, `USER-PASSWORD` → `user`, `password`. */
export function wordsOf(name: string): readonly string[] {
  let words = remembered.get(name);
  if (words === undefined) {
    if (remembered.size > MAX_REMEMBERED) remembered.clear();
    words = splitWords(name);
    remembered.set(name, words);
  }
  return words;
}

function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const PASSWORD_WORDS = new Set(['password', 'passwd', 'pwd', 'passphrase', 'passcode', 'pass', 'pw']);
/** With one of these a name is about a password and does not hold one in plain text. */
const ABOUT_PASSWORDS = new Set([
  ...['hash', 'hashed', 'hashes', 'hasher', 'digest', 'encrypted', 'crypt', 'bcrypt', 'salt', 'checksum'],
  ...[
    'field',
    'label',
    'form',
    'url',
    'link',
    'reset',
    'change',
    'changed',
    'policy',
    'min',
    'max',
    'length',
  ],
  ...[
    'len',
    'error',
    'errors',
    'message',
    'msg',
    'hint',
    'help',
    'required',
    'prompt',
    'placeholder',
    'title',
  ],
  ...['file', 'path', 'column', 'name', 'key', 'validator', 'regex', 'pattern', 'strength', 'score', 'type'],
  ...[
    'expired',
    'expires',
    'expiry',
    'age',
    'at',
    'date',
    'count',
    'attempts',
    'is',
    'has',
    'check',
    'verify',
  ],
  ...[
    'enabled',
    'disabled',
    'template',
    'view',
    'route',
    'page',
    'id',
    'by',
    'env',
    'var',
    'correct',
    'valid',
  ],
]);

/** True for names that hold a password in plain text: `password`, `user_pwd`, `newPassword`. */
export function isPasswordName(name: string): boolean {
  const words = wordsOf(name);
  // `user_pass`, not `pass_number` or `pass_through`.
  const isNamed = words.some(
    (word, index) => PASSWORD_WORDS.has(word) && (word !== 'pass' || index === words.length - 1),
  );
  return isNamed && !words.some((word) => ABOUT_PASSWORDS.has(word));
}

/** Words of services: `DB_PASSWORD` holds a password, `FIELD_PASSWORD` names one. */
const SERVICE_WORDS = new Set([
  ...[
    'db',
    'database',
    'sql',
    'mysql',
    'mariadb',
    'postgres',
    'postgresql',
    'pg',
    'mssql',
    'oracle',
    'mongo',
  ],
  ...['mongodb', 'redis', 'rabbitmq', 'amqp', 'broker', 'elastic', 'elasticsearch', 'mail', 'smtp', 'imap'],
  ...[
    'email',
    'ftp',
    'sftp',
    'ssh',
    'ldap',
    'admin',
    'root',
    'master',
    'default',
    'superuser',
    'basic',
    'proxy',
  ],
]);

/** True for names of a password to some service: `DB_PASSWORD`, `admin_pw`. */
export function isServicePasswordName(name: string): boolean {
  return isPasswordName(name) && wordsOf(name).some((word) => SERVICE_WORDS.has(word));
}

/** `pass` and `pw` have other meanings as well. */
export function isVaguePasswordName(name: string): boolean {
  return !wordsOf(name).some((word) => word !== 'pass' && word !== 'pw' && PASSWORD_WORDS.has(word));
}

const TOKEN_NAME = new RegExp(
  `(?:^|_)(?:${[
    '(?:api|app|application|client|consumer|webhook|signing|shared|access|auth|oauth|bot)_?secret(?:_?key)?',
    '(?:api|access|auth|service|account|private|encryption|license|subscription|secret_access)_?key',
    '(?:api|access|auth|refresh|bearer|bot|oauth|session|id|personal|deploy|service)_?token',
    'jwt|bearer|credentials?',
  ].join('|')})$`,
);
const VAGUE_TOKEN_NAME = /(?:^|_)(?:token|secret)$/;
/** With one of these a token or key opens no door. */
const ABOUT_TOKENS = new Set([
  ...[
    'csrf',
    'xsrf',
    'page',
    'next',
    'continuation',
    'sync',
    'pad',
    'eos',
    'bos',
    'unk',
    'sep',
    'cls',
    'mask',
  ],
  ...[
    'stop',
    'start',
    'end',
    'public',
    'publishable',
    'site',
    'field',
    'header',
    'cookie',
    'param',
    'parameter',
  ],
]);

/** Whether a name holds a token or key: `vague` for a bare `token` or `secret`, which may be other things too. */
export function tokenNameKind(name: string): 'plain' | 'vague' | undefined {
  const words = wordsOf(name);
  if (words.some((word) => ABOUT_TOKENS.has(word))) return undefined;
  const joined = words.join('_');
  if (TOKEN_NAME.test(joined)) return 'plain';
  return VAGUE_TOKEN_NAME.test(joined) ? 'vague' : undefined;
}

const CARD_NAME =
  /(?:^|_)(?:cvv2?|cvc2?|ssn|social_security_number|(?:credit_?)?card_?(?:number|num|no)|credit_?card|otp|otp_code|totp_secret|secret_key|pin_code)$/;

/** How sure it is that a name holds what nobody else may read: passwords, tokens, keys, numbers of cards. */
export function secrecyOf(name: string): 'plain' | 'vague' | undefined {
  if (isPasswordName(name)) return /^pass$/i.test(name) ? 'vague' : 'plain';
  return CARD_NAME.test(wordsOf(name).join('_')) ? 'plain' : tokenNameKind(name);
}

const PREFERENCE_WORDS = new Set([
  ...[
    'theme',
    'lang',
    'language',
    'locale',
    'timezone',
    'tz',
    'dark',
    'darkmode',
    'consent',
    'banner',
    'sidebar',
  ],
  ...[
    'layout',
    'sort',
    'sorting',
    'seen',
    'dismissed',
    'color',
    'colour',
    'font',
    'currency',
    'tour',
    'cookies',
    'collapsed',
  ],
]);

/** True for names of what a visitor likes, which is no secret: `theme`, `preferred_language`. */
export function isPreferenceName(name: string): boolean {
  return wordsOf(name).some((word) => PREFERENCE_WORDS.has(word));
}

const LOGIN_WORDS = new Set([
  ...[
    'session',
    'sessionid',
    'sess',
    'sid',
    'token',
    'auth',
    'jwt',
    'remember',
    'login',
    'access',
    'refresh',
  ],
  ...['user', 'userid', 'username', 'uid', 'admin', 'password', 'apikey', 'sso', 'account'],
]);

/** With one of these a name is about a login: `next_page_after_login`. */
const ABOUT_LOGINS = new Set([
  'next',
  'page',
  'after',
  'redirect',
  'return',
  'url',
  'message',
  'count',
  'attempts',
]);

/** True for names of what stands for a person who has logged in: `session_id`, `authToken`, `remember_me`. */
export function isLoginName(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.some((word) => LOGIN_WORDS.has(word)) &&
    !words.some((word) => ABOUT_LOGINS.has(word)) &&
    !isForgeryTokenName(name)
  );
}

/** True for tokens against forged requests, which scripts of the page have to read: `csrf_token`, `XSRF-TOKEN`. */
export function isForgeryTokenName(name: string): boolean {
  return wordsOf(name).some((word) => /^(csrf|xsrf)/.test(word));
}
