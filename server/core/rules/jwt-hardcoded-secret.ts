/** Tokens are signed with a key that is written in the code. */
import { writtenSecretRule } from './writtenSecretRule';

export const rule = writtenSecretRule({
  id: 'jwt-hardcoded-secret',
  title: 'Key of JSON Web Tokens in the code',
  kind: 'secret',
  severity: 'error',
  fixSafety: 'review',
  secretKind: 'tokenKey',
  isOwnKey: true,
  doc: {
    happens:
      'The signature is all that makes a token trustworthy. Whoever reads the key in the code can sign tokens of their ' +
      'own, for any user and with any rights.',
    vulnerable: {
      'tokens.py': `
import jwt


def token_for(user):
    return jwt.encode({"sub": str(user.id)}, "cinnamon", algorithm="HS256")
`,
    },
    safe: {
      'tokens.py': `
import os

import jwt


def token_for(user):
    return jwt.encode({"sub": str(user.id)}, os.environ["JWT_SECRET_KEY"], algorithm="HS256")
`,
    },
    why:
      'The key lives outside of the code and is long and random, so that nobody can know or guess it. With a new key all ' +
      'tokens that are out become invalid: their owners log in once more.',
    limits: 'Knows PyJWT, python-jose and Authlib. Public keys are left alone, and so are tests.',
    references: [
      { title: 'CWE-798: Hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      {
        title: 'OWASP: JSON Web Token Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html',
      },
      { title: 'PyJWT: usage', url: 'https://pyjwt.readthedocs.io/en/stable/usage.html' },
    ],
  },
  message: () =>
    'These tokens are signed with a key that is written in the code, so everybody who can read the code can forge them.',
});
