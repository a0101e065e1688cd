/** Whether a text is a secret somebody uses, or a word, a label, a path, a pattern, a place to fill in. Judged by
 *  its shape alone; what it is kept as is the caller's business. */
import { isPasswordName, tokenNameKind, wordsOf } from '../knowledge/sensitiveNames';
import { TOKEN_SHAPES } from '../knowledge/tokenShapes';
import { HOLE } from './literals';

/** What a known service's token is, such as "a GitHub token"; undefined for other texts and for examples. */
export function tokenLabel(written: string): string | undefined {
  const token = written.replace(/^(?:Bearer|token|Token|Basic|Bot) /, '');
  if (token.length < 18 || token.length > 2_000 || /\s/.test(token)) return undefined;
  const shape = TOKEN_SHAPES.find(({ pattern }) => pattern.test(token));
  return shape === undefined || isExample(token) ? undefined : shape.label;
}

/** Tokens in documentation: the word itself, or a run that no generator makes. */
function isExample(text: string): boolean {
  return (
    /example|sample|placeholder|dummy|fake|redacted|your|xxxx|(.)\1{5}|\.\.\.|…/i.test(text) ||
    entropyOf(text) < 2.5
  );
}

/** Bits per character by Shannon's formula: words have about 3, random base64 of 40 characters about 4.8. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const BLANKS =
  /^(?:change.?(?:me|this|it).*|replace.?(?:me|this|it|with).*|.*\b(?:your|my)[-_ ].*|to.?do|fix.?me|.*(?:example|placeholder|redacted|dummy|sample|insert|goes.?here).*|none|null|nil|n\/a|undefined|empty|unset|disabled|not.?set|unknown|default)[!.]*$/i;

/** True for texts that are there to be filled in, masked, or built at run time. */
export function isBlank(text: string): boolean {
  const plain = text.trim();
  return (
    plain === '' ||
    /^[*x•.\-_#]+$/i.test(plain) ||
    plain.includes(HOLE) ||
    /\$\{|\{\{|\{%|%\(\w+\)s|%s|\{\w*\}|<[^>]*>|\$\(|^\$[A-Z_]+$|^%\w+%$|^\[.*\]$/.test(plain) ||
    BLANKS.test(plain)
  );
}

/** Words that stand where a password may stand and are none: types, messages, states. */
const OTHER_WORDS = new Set([
  ...['string', 'str', 'text', 'required', 'optional', 'hidden', 'invalid', 'missing', 'wrong', 'incorrect'],
  ...[
    'yes',
    'no',
    'true',
    'false',
    'on',
    'off',
    'ok',
    'fail',
    'failed',
    'success',
    'bytes',
    'varchar',
    'any',
  ],
  ...[
    'strong',
    'weak',
    'medium',
    'ask',
    'prompt',
    'plain',
    'basic',
    'bearer',
    'login',
    'user',
    'username',
    'email',
  ],
]);

/** True for texts that name or describe: `new_password`, `auth.password`, `#password`, `Enter your password`. */
export function isWording(text: string): boolean {
  return (
    /\s\S+\s/.test(text) ||
    /[^\p{ASCII}]/u.test(text) ||
    OTHER_WORDS.has(text.toLowerCase().replace(/[!.?:]+$/, '')) ||
    isCode(text) ||
    (namesSecret(text) && wordsOf(text).length > 1)
  );
}

/** `password`, `api_key`, `csrf-token`, `X-Api-Key`: the name of a secret, not one. */
export function namesSecret(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z_.:\-[\] ]*$/.test(text)) return false;
  return isPasswordName(text) || tokenNameKind(text) !== undefined || ABOUT_SECRETS.test(text);
}

const ABOUT_SECRETS =
  /(?:^|[_.\-: ])(?:password|passwd|passphrase|secret|token|key|pass|auth|credentials?)s?(?:$|[_.\-: [\]])/i;

const CODE = [
  // paths, files, addresses
  /^(?:\.{0,2}\/|~|[A-Za-z]:\\)/,
  /^[\w.+-]+:\/\//,
  /\.(?:py|html?|txt|json|ya?ml|env|cfg|ini|pem|key|crt|log|js|css|md|xml|toml|sql)$/i,
  /^[\w.+-]+@[\w-]+\.\w+$/,
  // selectors, markup, patterns, queries, formats, dotted names
  /^[#.][A-Za-z_-]+$/,
  /<\/?\w+/,
  /^\^|\\[dwsb]|\(\?|\[[\w\\-]+\][+*{]|\.\*/,
  /^(?:select|insert|update|delete)\s/i,
  /^[a-z_]+(?:\.[a-z_]+)+$/,
  // what an import string names: `package.module:Class`
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+:[A-Za-z_]\w*$/,
  /^--?[a-z][\w-]*$/,
  /^[a-z]+\/[a-z+.-]+$/,
  // hashes of passwords
  /^\$(?:2[abxy]?|argon2\w*|pbkdf2[\w-]*|5|6|y|scrypt)\$|^(?:pbkdf2|scrypt|argon2|bcrypt)[:$]/,
];

export function isCode(text: string): boolean {
  return CODE.some((pattern) => pattern.test(text));
}

/** More than a word: digits, signs or capitals inside it. */
export function looksChosen(text: string): boolean {
  return /\d|[^A-Za-z0-9_\-. ]/.test(text) || /[a-z][A-Z]/.test(text);
}

/** Letters and digits mixed as a generator mixes them. */
export function looksGenerated(text: string, minLength: number): boolean {
  if (text.length < minLength || /\s/.test(text) || isCode(text)) return false;
  if (/^\d+(?:[.:/-]\d+)*$/.test(text) || /^(?:pk_|[A-Z]{2}\d{1,4}$)/.test(text)) return false;
  const isMixed = /[A-Za-z]/.test(text) && /\d/.test(text);
  return (isMixed && entropyOf(text) >= 2.5) || (text.length >= 20 && entropyOf(text) >= 4);
}
