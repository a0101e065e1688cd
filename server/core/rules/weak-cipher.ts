/** A cipher that is broken, or whose blocks are too small. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'weak-cipher',
  title: 'Broken cipher',
  kind: 'cipher',
  severity: 'warning',
  doc: {
    happens:
      'DES can be broken by trying all its keys, RC4 gives away what it hides, and ciphers with blocks of 64 bits repeat ' +
      'themselves after some gigabytes. What is encrypted with them can be read by others sooner or later.',
    vulnerable: {
      'vault.py': `
from Crypto.Cipher import DES


def encrypt(key, data):
    return DES.new(key, DES.MODE_EAX).encrypt(data)
`,
    },
    safe: {
      'vault.py': `
from cryptography.fernet import Fernet


def encrypt(key, data):
    return Fernet(key).encrypt(data)
`,
    },
    why: 'Fernet is AES with a check that nobody has changed the data, and leaves nothing to get wrong.',
    limits:
      'There is no fix: data that is stored already has to be decrypted with the old cipher and encrypted with the new one.',
    references: [
      {
        title: 'CWE-327: Use of a Broken or Risky Cryptographic Algorithm',
        url: 'https://cwe.mitre.org/data/definitions/327.html',
      },
      { title: 'cryptography: Fernet', url: 'https://cryptography.io/en/latest/fernet/' },
    ],
  },
  message: () => 'This cipher is broken, so others may be able to read what is encrypted with it.',
});
