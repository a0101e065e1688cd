/** Finds the secrets that are written in a unit and says which rule each belongs to, so that none is reported
 *  twice: a known token first, then an address with a password in it, then what a name tells. */

import { givenArgument } from '../edits/callArguments';
import { SECRET_ARGUMENTS, type SecretUse } from '../knowledge/secretArguments';
import { SECRET_CONFIG_KEYS } from '../knowledge/secrets';
import {
  isPasswordName,
  isServicePasswordName,
  isVaguePasswordName,
  tokenNameKind,
  wordsOf,
} from '../knowledge/sensitiveNames';
import { PRIVATE_KEY } from '../knowledge/tokenShapes';
import type { Site } from '../model/scope';
import { originOf } from '../model/valueOrigin';
import type { Expression, StringExpression } from '../syntax/python/ast';
import { credentialsIn } from './connectionText';
import { bareLiteral, HOLE, type Literal, literalsOf, writtenName } from './literals';
import {
  isBlank,
  isCode,
  isWording,
  looksChosen,
  looksGenerated,
  namesSecret,
  tokenLabel,
} from './secretText';
import type { UnitContext } from './unitContext';

export type SecretKind = 'password' | 'token' | 'url' | 'tokenKey' | 'cryptoKey' | 'fallback';

export interface WrittenSecret {
  readonly kind: SecretKind;
  /** Where the finding stands, in the unit. */
  readonly place: Expression;
  /** What a fix replaces, and where: the literal itself unless it is only handed on here. */
  readonly node: Expression;
  readonly literal: StringExpression;
  readonly site: Site;
  /** Name of the environment variable it should come from. */
  readonly variable: string;
  /** How sure it is that this is a secret in use. */
  readonly certainty: 'high' | 'medium' | 'low';
  /** What it is, for the message: `a GitHub token`, or the name it is kept under. */
  readonly label: string;
}

const cache = new WeakMap<UnitContext, readonly WrittenSecret[]>();

export function writtenSecrets(unit: UnitContext): readonly WrittenSecret[] {
  const known = cache.get(unit);
  if (known !== undefined) return known;
  const secrets = isQuiet(unit) ? [] : [...named(unit), ...handedOver(unit)];
  cache.set(unit, secrets);
  return secrets;
}

function isQuiet({ isTest, file }: UnitContext): boolean {
  return isTest || /(?:^|\/)(?:docs?|fixtures?|testing|node_modules|site-packages|migrations)\//.test(file);
}

function named(unit: UnitContext): WrittenSecret[] {
  return literalsOf(unit.tree).flatMap((literal) => {
    if (literal.text.length < 3 || isForTests(literal)) return [];
    const found = classify(literal);
    if (found === undefined) return [];
    const { node, owners, fallback } = literal;
    const place = fallback?.whole ?? node;
    return [{ ...found, place, node: place, literal: node, site: unit.site(owners) }];
  });
}

function isForTests({ owners, name }: Literal): boolean {
  const names = [...owners.map((owner) => owner.name.id), name ?? ''];
  return names.some((each) =>
    wordsOf(each).some((word) => /^(?:test|tests|testing|mock|fake|dummy|example|sample)$/.test(word)),
  );
}

type Classified = Pick<WrittenSecret, 'kind' | 'variable' | 'certainty' | 'label'>;

function classify(literal: Literal): Classified | undefined {
  const { text } = literal;
  const token = tokenLabel(text);
  if (token !== undefined)
    return { kind: 'token', label: token, variable: variableOf(literal, 'API_TOKEN'), certainty: 'high' };
  if (PRIVATE_KEY.test(text))
    return {
      kind: 'cryptoKey',
      label: 'a private key',
      variable: variableOf(literal, 'PRIVATE_KEY'),
      certainty: 'high',
    };
  const url = classifyUrl(literal);
  if (url !== undefined || text.includes(HOLE)) return url;
  if (literal.name === undefined) return undefined;
  return classifyPassword(literal, literal.name) ?? classifyToken(literal, literal.name);
}

function classifyUrl(literal: Literal): Classified | undefined {
  const found = credentialsIn(literal.text);
  if (found === undefined || isBlank(found.password)) return undefined;
  if (
    /^(?:user|username|usr|login)$/i.test(found.user) &&
    /^(?:pass|passwd|password|pw|pwd|secret)$/i.test(found.password)
  )
    return undefined;
  const isDefault =
    found.isLocal &&
    (found.password === found.user || /^(?:password|guest|secret|root|admin)$/.test(found.password));
  if (literal.fallback !== undefined && isDefault) return undefined;
  const isSpare = literal.fallback !== undefined;
  const certainty = isDefault || (isSpare && found.isLocal) ? 'low' : isSpare ? 'medium' : 'high';
  const variable = variableOf(literal, found.variable);
  return { kind: found.isDatabase ? 'url' : 'password', label: 'address', variable, certainty };
}

function classifyPassword(literal: Literal, name: string): Classified | undefined {
  const { text, position, siblings, fallback } = literal;
  if (!isPasswordName(name) || isBlank(text) || isWording(text)) return undefined;
  const isStrong = position === 'compared' || isServicePasswordName(name);
  if (namesSecret(text) && !isStrong) return undefined;
  if (isVaguePasswordName(name) && !isStrong && !looksChosen(text)) return undefined;
  const isLoose = position === 'item' || position === 'keyword';
  // `{"user": "Benutzer", "password": "Passwort"}`: what a form says.
  if (isLoose && /^[A-Z][a-z]+$/.test(text)) return undefined;
  if (isLoose && !isStrong && !looksChosen(text) && !hasAccount(siblings)) return undefined;
  if (fallback !== undefined && (namesSecret(text) || !looksChosen(text))) return undefined;
  return {
    kind: fallback === undefined ? 'password' : 'fallback',
    label: name,
    variable: variableOf(literal, 'APP_PASSWORD'),
    certainty: 'medium',
  };
}

/** Whom a password belongs to, or where it opens a door. */
function hasAccount(siblings: readonly string[]): boolean {
  return siblings.some((name) =>
    /^(?:user|username|user_?name|login|account|email|host|hostname|server|db|database|dbname|uid|admin)$/i.test(
      name,
    ),
  );
}

function classifyToken(literal: Literal, name: string): Classified | undefined {
  const { text, position, fallback } = literal;
  const kind = tokenNameKind(name);
  if (kind === undefined || isSigningName(name) || isBlank(text) || isWording(text) || namesSecret(text))
    return undefined;
  if (position === 'compared' && kind === 'vague' && !looksGenerated(text, 6)) return undefined;
  if (!looksGenerated(text, kind === 'plain' ? 8 : 12)) return undefined;
  return {
    kind: fallback === undefined ? 'token' : 'fallback',
    label: name,
    variable: variableOf(literal, 'API_TOKEN'),
    certainty: 'medium',
  };
}

/** Keys of the app itself, which have rules of their own where they are used. */
function isSigningName(name: string): boolean {
  return SECRET_CONFIG_KEYS.has(name.toUpperCase()) || /^jwt$/.test(wordsOf(name)[0] ?? '');
}

/** The name the code has for it, in upper case; what is proposed where that says too little. */
export function variableOf({ name, fallback }: Literal, proposed: string): string {
  if (fallback?.variable !== undefined) return fallback.variable;
  if (name === 'SQLALCHEMY_DATABASE_URI') return 'DATABASE_URL';
  const words = wordsOf(name ?? '');
  return words.length > 1 ? words.join('_').toUpperCase() : proposed;
}

const KINDS_OF_USE: Readonly<Record<SecretUse, SecretKind>> = {
  password: 'password',
  tokenKey: 'tokenKey',
  cryptoKey: 'cryptoKey',
};

/** Literals that reach an argument for a secret, also by way of a constant of another module. */
function handedOver(unit: UnitContext): WrittenSecret[] {
  if (unit.facts.calls.length === 0) return [];
  return unit.libraryCalls().flatMap(({ name, call, site }): WrittenSecret[] => {
    const row = SECRET_ARGUMENTS.get(name);
    if (row === undefined) return [];
    const { name: keyword, position } = row.argument;
    const value = givenArgument(call, keyword ?? '', position)?.value;
    if (value === undefined) return [];
    const origin = originOf(unit.project, value, site);
    if (origin.kind !== 'literal' && origin.kind !== 'fallback') return [];
    const literal = origin.kind === 'literal' ? origin.node : origin.literal;
    const seen =
      literalsOf(origin.site.tree).find(({ node }) => node === literal) ??
      bareLiteral(literal, literal === value ? undefined : writtenName(value));
    if (isBlank(seen.text) || isForTests(seen) || /PUBLIC KEY/.test(seen.text)) return [];
    // Known by its name or shape where it is written: reported there.
    const known = classify(seen);
    if (known !== undefined && (row.use === 'password' || known.kind === 'cryptoKey')) return [];
    if (row.use === 'password' && isCode(seen.text)) return [];
    const proposed = variableOf(seen, row.variable);
    return [
      {
        kind: origin.kind === 'fallback' ? 'fallback' : KINDS_OF_USE[row.use],
        place: value,
        node: origin.node,
        literal,
        site: origin.site,
        variable: origin.kind === 'fallback' ? (origin.variable ?? proposed) : proposed,
        certainty: origin.kind === 'fallback' ? 'medium' : 'high',
        label: keyword ?? '',
      },
    ];
  });
}
