/** Data is encrypted or signed with a key that is written in the code. */
import { writtenSecretRule } from './writtenSecretRule';

export const rule = writtenSecretRule({
  id: 'hardcoded-crypto-key',
  title: 'Encryption key in the code',
  kind: 'cryptoKey',
  severity: 'error',
  fixSafety: 'review',
  secretKind: 'cryptoKey',
  doc: {
    happens:
      'Encryption hides data from those who don’t have the key. A key in the code is in every copy of the repository: ' +
      'whoever gets hold of one can read, and sign, everything.',
    vulnerable: {
      'vault.py': `
from cryptography.fernet import Fernet

KEY = b"1cCPXo9M0Jc6gDRCWZzLXgYfgHC0hLZk9FLUJrFnUQ8="
fernet = Fernet(KEY)
`,
    },
    safe: {
      'vault.py': `
import os

from cryptography.fernet import Fernet

fernet = Fernet(os.environ["ENCRYPTION_KEY"])
`,
    },
    why:
      'The key lives outside of the code. Make a new one, decrypt with the old, encrypt with the new, then forget the ' +
      'old: `MultiFernet` does that step by step.',
    limits:
      'Knows ciphers of cryptography, PyCryptodome and PyNaCl, HMAC, and the signers of itsdangerous; and private keys in ' +
      'PEM form anywhere. The fix keeps the key, since data is encrypted with it. Tests are left alone.',
    references: [
      {
        title: 'CWE-321: Use of Hard-coded Cryptographic Key',
        url: 'https://cwe.mitre.org/data/definitions/321.html',
      },
      { title: 'cryptography: Fernet', url: 'https://cryptography.io/en/latest/fernet/' },
    ],
  },
  message: ({ label }) =>
    label === 'a private key'
      ? 'A private key is written in the code, so everybody who can read the code can use it.'
      : 'The key is written in the code, so everybody who can read the code can decrypt or sign with it.',
});
