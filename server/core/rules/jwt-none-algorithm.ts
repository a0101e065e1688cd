/** A token that need not be signed, or that says itself how it is signed. */
import type { MisuseHit } from '../flow/machine';
import { fixOf, setArgument } from './argumentFix';
import { signingCall } from './jwtCalls';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'jwt-none-algorithm',
  title: 'JWT without a fixed algorithm',
  kind: 'unsignedToken',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A JSON web token names in its own head how it was signed, and `none` is a valid answer. An app that issues such ' +
      'tokens, or accepts them, or accepts whatever the token names, believes everything that anybody writes into one.',
    vulnerable: {
      'app.py': `
import os

import jwt


def make_token(user):
    return jwt.encode({"sub": user.id}, "", algorithm="none")


def read_token(token):
    return jwt.decode(token, os.environ["JWT_KEY"], algorithms=["HS256", "none"])
`,
    },
    safe: {
      'app.py': `
import os

import jwt


def make_token(user):
    return jwt.encode({"sub": user.id}, os.environ["JWT_KEY"], algorithm="HS256")


def read_token(token):
    return jwt.decode(token, os.environ["JWT_KEY"], algorithms=["HS256"])
`,
    },
    why: 'The app alone says which algorithm counts. A token that names another one is refused before it is read.',
    limits:
      'A call that names no algorithm is a warning: newer versions of PyJWT refuse it, older ones and python-jose accept ' +
      'every algorithm.',
    references: [
      {
        title: 'CWE-347: Improper Verification of Cryptographic Signature',
        url: 'https://cwe.mitre.org/data/definitions/347.html',
      },
      {
        title: 'RFC 8725: JSON Web Token Best Current Practices',
        url: 'https://www.rfc-editor.org/rfc/rfc8725',
      },
    ],
  },
  message: (hit) =>
    isUnnamed(hit)
      ? 'No algorithm is named, so the token itself says how it is to be checked.'
      : 'The algorithm `none` means no signature, so anybody can write such a token.',
  severityOf: (hit) => (isUnnamed(hit) ? 'warning' : 'error'),
  fix: (context, hit) => {
    const algorithm = signingCall(context, hit.site)?.algorithm ?? '"HS256"';
    return fixOf(
      context,
      { title: `Allow ${algorithm.replace(/["']/g, '')} only`, safety: 'review' },
      (edits) => {
        if (hit.callee.endsWith('encode')) setArgument(context, hit, encodeArgument(hit), algorithm, edits);
        else if (hit.callee.endsWith('JsonWebToken'))
          setArgument(context, hit, { name: 'algorithms', position: 0 }, `[${algorithm}]`, edits);
        else setArgument(context, hit, { name: 'algorithms', position: 2 }, `[${algorithm}]`, edits);
      },
    );
  },
});

function encodeArgument(hit: MisuseHit) {
  return hit.callee.startsWith('jwt') || hit.callee.startsWith('jose')
    ? { name: 'algorithm', position: 2 }
    : {};
}

function isUnnamed({ row }: MisuseHit): boolean {
  return 'when' in row && row.when.some(({ values }) => values?.includes('absent') === true);
}
