/** Blocks that are encrypted one by one. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'weak-cipher-mode',
  title: 'Cipher that shows patterns',
  kind: 'cipherMode',
  severity: 'warning',
  doc: {
    happens:
      'ECB encrypts each block for itself: equal blocks look equal when they are encrypted, too. Others see what repeats, ' +
      'and can cut blocks out and put them together in another order.',
    vulnerable: {
      'vault.py': `
from Crypto.Cipher import AES


def encrypt(key, data):
    return AES.new(key, AES.MODE_ECB).encrypt(data)
`,
    },
    safe: {
      'vault.py': `
from Crypto.Cipher import AES


def encrypt(key, data):
    cipher = AES.new(key, AES.MODE_GCM)
    encrypted, tag = cipher.encrypt_and_digest(data)
    return cipher.nonce + tag + encrypted
`,
    },
    why: 'GCM makes every message look different and notices when somebody has changed it.',
    limits: 'There is no fix: the format of what is stored changes.',
    references: [
      {
        title: 'CWE-327: Use of a Broken or Risky Cryptographic Algorithm',
        url: 'https://cwe.mitre.org/data/definitions/327.html',
      },
      {
        title: 'PyCryptodome: modes of operation',
        url: 'https://pycryptodome.readthedocs.io/en/latest/src/cipher/modern.html',
      },
    ],
  },
  message: () => 'ECB encrypts equal blocks to equal blocks, so others see what repeats.',
});
