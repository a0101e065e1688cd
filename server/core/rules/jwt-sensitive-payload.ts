/** A token carries what its holder must not read. */
import { isPasswordName } from '../knowledge/sensitiveNames';
import type { Site } from '../model/scope';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Rule, UnitFinding } from './rule';
import { assignedOnce } from './textParts';

export const rule = {
  id: 'jwt-sensitive-payload',
  title: 'Password in a token',
  kind: 'tokenContent',
  severity: 'warning',
  doc: {
    happens:
      'A JSON Web Token is signed, not encrypted: everybody who sees it can read it, in the browser, in logs and in the ' +
      'history. A password or card number inside is given away with it.',
    vulnerable: {
      'tokens.py': `
import jwt


def token(user, key):
    return jwt.encode({"sub": user.id, "password": user.password}, key, algorithm="HS256")
`,
    },
    safe: {
      'tokens.py': `
import jwt


def token(user, key):
    return jwt.encode({"sub": user.id}, key, algorithm="HS256")
`,
    },
    why: 'The token says who the user is. Everything else is looked up where it is needed.',
    limits: 'What a value is, is told by its key. Tokens that are encrypted (JWE) are not looked at.',
    references: [
      {
        title: 'CWE-522: Insufficiently Protected Credentials',
        url: 'https://cwe.mitre.org/data/definitions/522.html',
      },
      { title: 'RFC 7519: JSON Web Token', url: 'https://www.rfc-editor.org/rfc/rfc7519' },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const { name, call, site } of unit.libraryCalls()) {
      const names = PAYLOADS[name];
      if (names !== undefined) yield* found(call, names, site);
    }
  },
} satisfies Rule;

/** The arguments that hold what the token says: position of the first, and names. */
const PAYLOADS: Readonly<Record<string, { readonly position: number; readonly names: readonly string[] }>> = {
  'jwt.encode': { position: 0, names: ['payload'] },
  'jwt.PyJWT.encode': { position: 0, names: ['payload'] },
  'jose.jwt.encode': { position: 0, names: ['claims'] },
  'authlib.jose.jwt.encode': { position: 1, names: ['payload'] },
  'flask_jwt_extended.create_access_token': { position: 0, names: ['identity', 'additional_claims'] },
  'flask_jwt_extended.create_refresh_token': { position: 0, names: ['identity', 'additional_claims'] },
};

function* found(
  { args }: Call,
  { position, names }: { readonly position: number; readonly names: readonly string[] },
  site: Site,
): Generator<UnitFinding> {
  const given = args.filter(({ name }, index) =>
    name === undefined ? index === position : names.includes(name.id),
  );
  for (const { value } of given)
    for (const key of secretKeys(assignedOnce(value, site)))
      yield {
        range: key,
        message: `Everybody who sees this token can read its \`${literalText(key) ?? ''}\`.`,
        confidence: 'medium',
      };
}

const CARD = /^(?:ssn|cvv|cvc|(?:credit_?)?card_?(?:number|no)|iban|pin|private_?key|secret_?key)$/i;

function secretKeys(node: Expression): readonly Expression[] {
  if (node.kind !== 'Dict') return [];
  return node.entries.flatMap(({ key, value }) => {
    const text = key && literalText(key);
    const isSecret = text !== undefined && (isPasswordName(text) || CARD.test(text));
    return [...(isSecret ? [key] : []), ...secretKeys(value)].flatMap((each) => each ?? []);
  });
}
