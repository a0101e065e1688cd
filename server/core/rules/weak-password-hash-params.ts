/** A password is hashed by the right function, told to do too little work. */
import type { MisuseHit } from '../flow/machine';
import { isPasswordName, wordsOf } from '../knowledge/sensitiveNames';
import { walkExpressions } from '../syntax/python/walk';
import { dropArgument, fixOf, setArgument } from './argumentFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'weak-password-hash-params',
  title: 'Password hash with too little work',
  kind: 'weakPasswordParameters',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A password hash protects by being slow: who steals the table has to pay that time for every guess. With few ' +
      'rounds, or with a plain fast hash such as SHA-256, a graphics card tries thousands of millions a second and most ' +
      'passwords are found within a day.',
    vulnerable: {
      'app.py': `
from werkzeug.security import generate_password_hash


def register(user, password):
    user.password_hash = generate_password_hash(password, method="sha256")
`,
    },
    safe: {
      'app.py': `
from werkzeug.security import generate_password_hash


def register(user, password):
    user.password_hash = generate_password_hash(password)
`,
    },
    why:
      'The default of Werkzeug is scrypt with a work factor that its authors raise as machines get faster. The work ' +
      'is written into each hash, so old ones still verify; they get stronger as people log in and are hashed anew.',
    limits:
      'Asked for are at least 100,000 iterations of PBKDF2, 10 rounds of bcrypt, n = 16384 of scrypt, 7 MiB of Argon2. ' +
      'Those are lower limits, not advice. Tests may be fast and are left alone.',
    references: [
      {
        title: 'CWE-916: Use of Password Hash With Insufficient Computational Effort',
        url: 'https://cwe.mitre.org/data/definitions/916.html',
      },
      {
        title: 'OWASP: Password Storage Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
      },
    ],
  },
  message: ({ callee }) =>
    callee.startsWith('werkzeug')
      ? 'This way of hashing is too fast for passwords, so stolen ones are guessed quickly.'
      : 'This password hash does too little work, so stolen passwords are guessed quickly.',
  accepts: ({ call, callee }) => !/^(?:hashlib|cryptography|Crypto)\./.test(callee) || !stretchesKey(call),
  fix: fixParameters,
});

/** Keys and tokens are long and random: nobody guesses them, however fast. */
function stretchesKey(call: MisuseHit['call']): boolean {
  const names = walkExpressions((call?.args ?? []).map(({ value }) => value)).flatMap((node) =>
    node.kind === 'Name' ? [node.id] : node.kind === 'Attribute' ? [node.attr.id] : [],
  );
  return (
    !names.some(isPasswordName) &&
    names.some((name) => wordsOf(name).some((word) => word === 'key' || word === 'token'))
  );
}

/** What to write instead, by what is called. `isStored` says that the work is written into the hash. */
const BETTER: readonly { readonly callee: RegExp; readonly value: string; readonly isStored: boolean }[] = [
  { callee: /^(?:hashlib\.pbkdf2_hmac|.*PBKDF2(?:HMAC)?)$/, value: '600_000', isStored: false },
  { callee: /scrypt/i, value: '2**14', isStored: false },
  { callee: /bcrypt/, value: '12', isStored: true },
  { callee: /^argon2/, value: '65536', isStored: true },
  { callee: /pbkdf2_sha|sha\d+_crypt/, value: '600_000', isStored: true },
];

function fixParameters(context: FileContext, hit: MisuseHit): readonly FixOutcome[] {
  const { row, callee } = hit;
  const argument = 'at' in row ? row.at : undefined;
  if (argument === undefined) return [];
  if (callee.startsWith('werkzeug'))
    return fixOf(context, { title: 'Use the default of Werkzeug', safety: 'safe' }, (edits) => {
      if (argument.name === 'salt_length') setArgument(context, hit, argument, '16', edits);
      else dropArgument(context, hit, argument, edits);
    });
  const better = BETTER.find((candidate) => candidate.callee.test(callee));
  if (better === undefined) return [];
  const safety = better.isStored ? 'safe' : 'review';
  return fixOf(context, { title: `Raise it to ${better.value}`, safety }, (edits) =>
    setArgument(context, hit, argument, better.value, edits),
  );
}
