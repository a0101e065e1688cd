/** A start value of a cipher that is the same each time. */

import { misuseRule } from './misuseRule';
import { refused } from './refused';

export const rule = misuseRule({
  id: 'static-iv',
  title: 'Fixed start value of a cipher',
  kind: 'staticIv',
  severity: 'warning',
  doc: {
    happens:
      'The start value (IV, nonce) makes equal messages look different. When it is the same each time, equal beginnings ' +
      'look equal, and with GCM or CTR two messages are enough to read both and to forge more.',
    vulnerable: {
      'vault.py': `
from Crypto.Cipher import AES


def encrypt(key, data):
    return AES.new(key, AES.MODE_CBC, b"0000000000000000").encrypt(data)
`,
    },
    safe: {
      'vault.py': `
import os

from Crypto.Cipher import AES


def encrypt(key, data):
    iv = os.urandom(16)
    return iv + AES.new(key, AES.MODE_CBC, iv).encrypt(data)
`,
    },
    why: 'A random start value is no secret: it is stored in front of the message and taken from there to decrypt.',
    limits: 'Reported where messages are decrypted as well, since one side cannot change without the other.',
    references: [
      {
        title: 'CWE-329: Generation of Predictable IV with CBC Mode',
        url: 'https://cwe.mitre.org/data/definitions/329.html',
      },
      {
        title: 'cryptography: symmetric encryption',
        url: 'https://cryptography.io/en/latest/hazmat/primitives/symmetric-encryption/',
      },
    ],
  },
  message: () => 'This start value is the same each time, so equal messages look equal.',
  fix: () => [refused('the value has to be kept with what is encrypted, to decrypt it later')],
});
