/** A password is hashed by a function that is made to be fast. */
import { isInputName, isKeptPasswordName } from '../knowledge/accountNames';
import { isPasswordName, wordsOf } from '../knowledge/sensitiveNames';
import type { Project } from '../model/project';
import { enclosingFunction } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk, walkExpressions } from '../syntax/python/walk';
import { type HashCall, hashCalls } from './hashCalls';
import { lastName, passwordRole } from './passwordRoles';
import { refused } from './refused';
import type { Rule } from './rule';
import { parentsOf } from './unitNodes';
import { fixPasswordHash } from './weakHashFix';

export const rule = {
  id: 'weak-password-hash',
  title: 'Password hashed with a fast hash',
  kind: 'weakPasswordHash',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'MD5, SHA-1 and SHA-256 are made to be fast: a graphics card tries thousands of millions of passwords a second. ' +
      'Who gets hold of the table of users has most passwords within a day. That the functions “work” is the problem.',
    vulnerable: {
      'app.py': `
import hashlib


def register(user, password):
    user.password_hash = hashlib.sha256(password.encode()).hexdigest()


def is_right(user, password):
    return user.password_hash == hashlib.sha256(password.encode()).hexdigest()
`,
    },
    safe: {
      'app.py': `
from werkzeug.security import check_password_hash, generate_password_hash


def register(user, password):
    user.password_hash = generate_password_hash(password)


def is_right(user, password):
    return check_password_hash(user.password_hash, password)
`,
    },
    why:
      'A password hash takes its time, on purpose, and mixes a random salt into each password, so that equal passwords ' +
      'look different and every guess has to be paid for every account anew.',
    limits:
      'Hashes that are stored already do not turn into better ones: keep checking the old way until each person has ' +
      'logged in once more, or reset the passwords. A hash that only shortens the password for a slow one is left alone.',
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
  check: (context) =>
    context.isTest
      ? []
      : context.misuses('weakPasswordHash').map(({ site, place }) => ({
          range: context.rangeOf(site.tree, place),
          message: 'This way of hashing is too fast for passwords, so stolen ones are guessed quickly.',
          confidence: 'high' as const,
          path: [],
        })),
  *checkUnit({ isTest, project, file, tree }) {
    if (isTest) return;
    for (const hash of hashCalls(project, file, tree)) {
      if (hashedPassword(project, hash) === undefined || isForAnotherPurpose(project, hash)) continue;
      yield {
        range: hash.call,
        message: `This password is hashed with ${spoken(hash.algorithm)}, which is so fast that stolen hashes are guessed quickly.`,
        confidence: 'high',
      };
    }
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const hash of hashCalls(context.project, context.file, tree)) {
        const { start, end } = hash.call;
        if (base + start !== finding.range.start || base + end !== finding.range.end) continue;
        const password = hashedPassword(context.project, hash);
        if (password === undefined) return [];
        return isGeneral(context.project, hash)
          ? [refused('the function may hash other things as well')]
          : fixPasswordHash(context, hash, password);
      }
    return [];
  },
} satisfies Rule;

function spoken(algorithm: string): string {
  return algorithm
    .toUpperCase()
    .replace(/^SHA(\d)/, 'SHA-$1')
    .replace('_', '-');
}

/** The part of what is hashed that is a password. */
function hashedPassword(project: Project, { data, site }: HashCall): Expression | undefined {
  if (data === undefined) return undefined;
  const parts = walkExpressions(data);
  const typed = parts.find((part) => {
    if (!/^(?:Name|Attribute|Subscript|Call)$/.test(part.kind)) return false;
    const role = passwordRole(project, part, site);
    return role === 'given' || (role === 'kept' && isPlainName(part));
  });
  const around = enclosingFunction(site);
  return typed ?? hashedParameter(parts, around) ?? passedParameter(project, parts, around);
}

/** `def md5(text)` that is called with a password somewhere. It may be called with other things, too. */
function passedParameter(
  project: Project,
  parts: readonly Expression[],
  around: FunctionDef | undefined,
): Expression | undefined {
  if (around === undefined || around.params.length > 2) return undefined;
  if (!project.takes('password', around.name.id)) return undefined;
  const [first] = around.params.filter(({ name }) => !BESIDES.has(name.id));
  return parts.find((part) => part.kind === 'Name' && part.id === first?.name.id);
}

/** Only its callers say that this function gets passwords. */
function isGeneral(project: Project, { data, site }: HashCall): boolean {
  const parts = data === undefined ? [] : walkExpressions(data);
  return (
    hashedParameter(parts, enclosingFunction(site)) === undefined &&
    !parts.some((part) => passwordRole(project, part, site) !== undefined)
  );
}

function isPlainName(node: Expression): boolean {
  const name = lastName(node);
  return name !== undefined && isPasswordName(name);
}

const HASHING = new Set([
  'hash',
  'hashed',
  'make',
  'encrypt',
  'crypt',
  'check',
  'verify',
  'generate',
  'encode',
  'set',
]);
const BESIDES = new Set([
  'salt',
  'pepper',
  'secret',
  'key',
  'self',
  'cls',
  'user',
  'email',
  'name',
  'username',
  'n',
]);

/** `def hash_password(text)`: what it gets is a password. */
function hashedParameter(
  parts: readonly Expression[],
  around: FunctionDef | undefined,
): Expression | undefined {
  if (around === undefined) return undefined;
  const words = wordsOf(around.name.id);
  const isAbout = isPasswordLike(words) && words.some((word) => HASHING.has(word));
  if (!isAbout || words.includes('reset') || words.includes('token')) return undefined;
  const parameters = new Set(
    around.params
      .map(({ name }) => name.id)
      .filter(
        (name) => !wordsOf(name).some((word) => BESIDES.has(word)) && !isHashed(name) && !isInputName(name),
      ),
  );
  return parts.find((part) => part.kind === 'Name' && parameters.has(part.id));
}

function isPasswordLike(words: readonly string[]): boolean {
  return words.some((word) => /^(?:password|passwords|passwd|pwd|pass|pw)$/.test(word));
}

function isHashed(name: string): boolean {
  return isKeptPasswordName(name) && !isPasswordName(name);
}

const SLOW =
  /^(?:bcrypt|flask_bcrypt|argon2|passlib|werkzeug\.security|scrypt|hashlib\.(?:pbkdf2_hmac|scrypt)|cryptography\.hazmat\.primitives\.kdf)\b/;

/** A slow hash follows, or only the first characters are used to ask whether the password has leaked. */
function isForAnotherPurpose(project: Project, hash: HashCall): boolean {
  const around = enclosingFunction(hash.site);
  return goesIntoSlowHash(project, hash) || (around !== undefined && asksForLeaks(around));
}

function goesIntoSlowHash(project: Project, { call, site }: HashCall): boolean {
  const around = site.owners.at(-1);
  const parents = parentsOf(site.tree, call);
  const statement = parents.findLast((parent) => parent.kind === 'Assign');
  const names = new Set(
    statement?.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : [])) ?? [],
  );
  return unitFacts(site.tree).calls.some(
    ({ node, owners }) =>
      owners.at(-1) === around &&
      (parents.includes(node) || (names.size > 0 && mentionsOneOf(node, names))) &&
      project.resolver
        .resolve(node.func, { ...site, owners })
        .some((ref) => ref.kind === 'external' && SLOW.test(ref.name)),
  );
}

function mentionsOneOf({ args }: Call, names: ReadonlySet<string>): boolean {
  return walkExpressions(args.map(({ value }) => value)).some(
    (node) => node.kind === 'Name' && names.has(node.id),
  );
}

/** @see https://haveibeenpwned.com/API/v3#PwnedPasswords */
function asksForLeaks(around: FunctionDef): boolean {
  return walk(around.body).some(
    (node) =>
      (node.kind === 'Slice' && node.lower === undefined && isFive(node.upper)) ||
      (node.kind === 'String' && /pwned/i.test(literalText(node) ?? '')),
  );
}

function isFive(node: Expression | undefined): boolean {
  return node?.kind === 'Number' && node.value === 5;
}
