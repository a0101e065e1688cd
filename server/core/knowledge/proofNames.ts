/** What names say about values that must not be guessed or compared carelessly: tokens, codes, signatures. */
import { wordsOf } from './sensitiveNames';

const TOKEN_WORDS = new Set([
  ...[
    'token',
    'tokens',
    'otp',
    'totp',
    'password',
    'passwd',
    'passphrase',
    'pwd',
    'secret',
    'secrets',
    'nonce',
  ],
  ...['salt', 'csrf', 'xsrf', 'apikey', 'pin', 'passcode', 'credential', 'voucher'],
]);
/** Codes and keys are random for other reasons as well: these say that somebody has to know them. */
const PROVING_WORDS = new Set([
  ...[
    'reset',
    'verification',
    'verify',
    'confirm',
    'confirmation',
    'activation',
    'activate',
    'auth',
    'login',
  ],
  ...[
    'access',
    'invite',
    'invitation',
    'recovery',
    'backup',
    'security',
    'session',
    'api',
    'private',
    'secret',
    'sms',
  ],
]);
const PROVED_WORDS = new Set(['code', 'codes', 'key', 'id', 'link', 'hash', 'sid', 'string', 'number']);
const OTHER_WORDS = new Set([
  ...[
    'status',
    'page',
    'count',
    'index',
    'length',
    'len',
    'size',
    'name',
    'type',
    'field',
    'url',
    'expiry',
    'expires',
  ],
  ...[
    'ttl',
    'lifetime',
    'timeout',
    'at',
    'time',
    'date',
    'limit',
    'delay',
    'interval',
    'max',
    'min',
    'color',
    'style',
  ],
  ...['parser', 'tokenizer', 'attempts', 'retries', 'created', 'timestamp', 'age'],
]);

/** True for names of what others must not be able to guess: `reset_token`, `otp`, `session_id`. */
export function mustBeUnguessable(name: string): boolean {
  const all = wordsOf(name);
  // The time in `one_time_code` is none.
  const words = all.filter((word, index) => word !== 'time' || all[index - 1] !== 'one');
  if (words.length < all.length && words.some((word) => /^(?:code|pin|key)$/.test(word))) return true;
  if (words.some((word) => OTHER_WORDS.has(word))) return false;
  if (words.some((word) => TOKEN_WORDS.has(word)) || words.join('') === 'sessionid') return true;
  if (words.length === 1 && words[0] === 'code') return true;
  return words.some((word) => PROVING_WORDS.has(word)) && words.some((word) => PROVED_WORDS.has(word));
}

const PROOF =
  /(?:^|_)(?:signature|sig|hmac|mac|token|api_?key|secret|secret_key|access_key|otp|csrf|digest|auth_key)$/;

/** True for names of what proves something when it is sent: `signature`, `x_hub_signature_256`, `api_key`. */
export function isProofName(name: string): boolean {
  const joined = wordsOf(name)
    .filter((word) => !/^(?:\d+|sha\d+|hash|header|value|expected|provided|received|given)$/.test(word))
    .join('_');
  return PROOF.test(joined);
}
