/** What names say about the values they hold. A name is cut into words, so that `passwordHash` is not a password
 *  and `tokenizer` is no token. */

/** `userPassword`, `user_password`, `USER-PASSWORD` → `user`, `password`. */
export function wordsOf(name: string): readonly string[] {
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
  return words.some((word) => PASSWORD_WORDS.has(word)) && !words.some((word) => ABOUT_PASSWORDS.has(word));
}
