/** What names say about people's accounts: which of them hold a kept password, which an account, which something that
 *  somebody has sent. */
import { isPasswordName, wordsOf } from './sensitiveNames';

const HASH_WORDS = new Set(['hash', 'hashed', 'digest', 'encrypted', 'crypt']);

/** True for names under which the password of an account is kept, in whatever form: `password`, `password_hash`. */
export function isKeptPasswordName(name: string): boolean {
  return isPasswordName(
    wordsOf(name)
      .filter((word) => !HASH_WORDS.has(word))
      .join(' '),
  );
}

const ACCOUNT_WORDS = new Set([
  ...['user', 'users', 'usr', 'account', 'accounts', 'member', 'members', 'customer', 'customers', 'admin'],
  ...[
    'admins',
    'person',
    'people',
    'employee',
    'student',
    'teacher',
    'author',
    'owner',
    'patient',
    'profile',
  ],
]);
const RECORD_WORDS = new Set(['row', 'rows', 'record', 'records', 'rec', 'result', 'entry']);

/** True for names of people's accounts: `user`, `current_user`, `UserModel`; not for `user_form`. */
export function isAccountName(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => ACCOUNT_WORDS.has(word)) && !words.some((word) => INPUT_WORDS.has(word));
}

/** True for names of what a database has answered. */
export function isRecordName(name: string): boolean {
  return wordsOf(name).some((word) => RECORD_WORDS.has(word));
}

const INPUT_WORDS = new Set([
  ...['form', 'data', 'payload', 'body', 'json', 'params', 'args', 'req', 'request', 'auth', 'authorization'],
  ...['credentials', 'creds', 'credential', 'input', 'inputs', 'fields', 'post', 'schema', 'dto'],
]);

/** True for names of what somebody has sent: `form`, `payload`, `user_data`. */
export function isInputName(name: string): boolean {
  return wordsOf(name).some((word) => INPUT_WORDS.has(word));
}
