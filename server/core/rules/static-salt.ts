/** A salt that is the same for everybody. */

import { misuseRule } from './misuseRule';
import { refused } from './refused';

export const rule = misuseRule({
  id: 'static-salt',
  title: 'Same salt for all passwords',
  kind: 'staticSalt',
  severity: 'warning',
  doc: {
    happens:
      'The salt makes equal passwords look different, so that every guess has to be tried for every account anew. With ' +
      'one salt for all a guess is tried for all of them at once, and equal passwords show.',
    vulnerable: {
      'passwords.py': `
import hashlib


def hash_password(password):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), b"pepper-and-salt", 600_000)
`,
    },
    safe: {
      'passwords.py': `
from werkzeug.security import generate_password_hash


def hash_password(password):
    return generate_password_hash(password)
`,
    },
    why: '`generate_password_hash` makes a random salt for each password and keeps it inside of the hash.',
    limits:
      'A key that is made from one password of the operator may have a fixed salt: there is only one of them.',
    references: [
      {
        title: 'CWE-760: Use of a One-Way Hash with a Predictable Salt',
        url: 'https://cwe.mitre.org/data/definitions/760.html',
      },
      {
        title: 'OWASP: Password Storage Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#salting',
      },
    ],
  },
  message: () => 'This salt is the same for everybody, so all hashes can be attacked at once.',
  fix: () => [refused('the salt has to be kept with the hash, to check it later')],
});
