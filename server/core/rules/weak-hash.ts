/** MD5 and SHA-1, where something depends on nobody being able to make a second text with the same hash. */
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Project } from '../model/project';
import { enclosingFunction } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { fixOf, setArgument, setMember } from './argumentFix';
import type { FileContext } from './context';
import { type HashCall, hashCalls } from './hashCalls';
import { namesAround } from './namesAround';
import { passwordRole } from './passwordRoles';
import type { FixOutcome, Rule, Severity } from './rule';

export const rule = {
  id: 'weak-hash',
  title: 'Broken hash function',
  kind: 'weakHash',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'For MD5 and SHA-1 people can make two different texts with the same hash, on a laptop or for a few thousand ' +
      'dollars. What is signed, or told apart, by such a hash can be swapped for something else that has the same one.',
    vulnerable: {
      'links.py': `
import hashlib


def make_token(user, secret):
    return hashlib.md5(f"{user.id}{secret}".encode()).hexdigest()
`,
    },
    safe: {
      'links.py': `
import hashlib
import hmac


def make_token(user, secret):
    return hmac.new(secret.encode(), str(user.id).encode(), hashlib.sha256).hexdigest()


def cache_key(url):
    return hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
`,
    },
    why:
      'SHA-256 has no such weakness. To sign something with a key use `hmac`, which is made for it. Where nobody gains ' +
      'anything from a second text, in a cache key or an ETag, say so with `usedforsecurity=False`.',
    limits:
      'What the hash is for is told by the names around it: a warning for tokens, signatures and keys, a hint for cache ' +
      'keys, ETags, avatars and checksums, information otherwise. HMAC with SHA-1 is not reported: it is not broken.',
    references: [
      { title: 'CWE-328: Use of Weak Hash', url: 'https://cwe.mitre.org/data/definitions/328.html' },
      {
        title: 'Python: hashlib, usedforsecurity',
        url: 'https://docs.python.org/3/library/hashlib.html#hash-algorithms',
      },
    ],
  },
  *checkUnit({ isTest, project, file, tree }) {
    if (isTest) return;
    for (const hash of hashCalls(project, file, tree)) {
      if (!isWeak(hash) || isRandom(project, hash) || hashesPassword(project, hash)) continue;
      const severity = severityOf(hash);
      yield {
        range: hash.call,
        message:
          severity === 'warning'
            ? `This depends on ${spoken(hash)}, for which different texts with the same hash can be made.`
            : `${spoken(hash)} is broken: different texts with the same hash can be made.`,
        severity,
        confidence: severity === 'information' ? 'low' : 'medium',
      };
    }
  },
  fix(context, finding) {
    for (const { base, tree } of context.module?.units ?? [])
      for (const hash of hashCalls(context.project, context.file, tree))
        if (base + hash.call.start === finding.range.start && base + hash.call.end === finding.range.end)
          return fixHash(context, hash);
    return [];
  },
} satisfies Rule;

const WEAK = new Set(['md4', 'md5', 'sha1']);

function isWeak({ algorithm, call, form }: HashCall): boolean {
  const isDeclared = call.args.some(({ name, star }) => name?.id === 'usedforsecurity' || star === '**');
  return WEAK.has(algorithm) && !isDeclared && form !== 'update';
}

/** `sha1(os.urandom(64))`: nobody chooses what is hashed, so nobody makes a second text. */
function isRandom(project: Project, { data, site }: HashCall): boolean {
  return (
    data !== undefined &&
    walkExpressions(data).some(
      (part) =>
        part.kind === 'Call' &&
        project.resolver
          .resolve(part.func, site)
          .some(
            (ref) => ref.kind === 'external' && /^(?:os\.urandom|secrets\.\w+|uuid\.uuid4)$/.test(ref.name),
          ),
    )
  );
}

/** That is another rule's finding. */
function hashesPassword(project: Project, { data, site }: HashCall): boolean {
  const around = enclosingFunction(site);
  if (around !== undefined && project.takes('password', around.name.id)) return true;
  return (
    data !== undefined &&
    walkExpressions(data).some((part) => {
      const isPlace = part.kind === 'Name' || part.kind === 'Attribute' || part.kind === 'Subscript';
      return isPlace && passwordRole(project, part, site) !== undefined;
    })
  );
}

const SECURITY = new Set([
  ...[
    'token',
    'tokens',
    'signature',
    'sign',
    'signed',
    'sig',
    'hmac',
    'mac',
    'password',
    'secret',
    'passwd',
    'auth',
  ],
  ...[
    'session',
    'csrf',
    'nonce',
    'otp',
    'license',
    'certificate',
    'credential',
    'credentials',
    'apikey',
    'verify',
  ],
  ...['reset', 'confirmation', 'activation', 'login'],
]);
const HARMLESS = new Set([
  ...[
    'etag',
    'cache',
    'cached',
    'caching',
    'gravatar',
    'avatar',
    'checksum',
    'checksums',
    'file',
    'filename',
    'files',
  ],
  ...[
    'path',
    'content',
    'chunk',
    'dedupe',
    'duplicate',
    'thumbnail',
    'image',
    'asset',
    'static',
    'bucket',
    'shard',
  ],
  ...[
    'color',
    'colour',
    'slug',
    'version',
    'revision',
    'fingerprint',
    'lock',
    'md5sum',
    'sum',
    'query',
    'url',
  ],
]);

function severityOf(hash: HashCall): Severity {
  const words = contextNames(hash).flatMap(wordsOf);
  if (words.some((word) => HARMLESS.has(word))) return 'hint';
  return words.some((word) => SECURITY.has(word)) ? 'warning' : 'information';
}

function contextNames({ call, data, site }: HashCall): readonly string[] {
  const hashed = data === undefined ? [] : walkExpressions(data).flatMap(nameOf);
  return [...namesAround(site.tree, call), enclosingFunction(site)?.name.id ?? '', ...hashed];
}

function nameOf(node: Expression): readonly string[] {
  return node.kind === 'Name' ? [node.id] : node.kind === 'Attribute' ? [node.attr.id] : [];
}

function spoken({ algorithm }: HashCall): string {
  return algorithm === 'sha1' ? 'SHA-1' : algorithm.toUpperCase();
}

function fixHash(context: FileContext, hash: HashCall): readonly FixOutcome[] {
  const { call, site, form } = hash;
  const stronger = fixOf(context, { title: 'Use SHA-256', safety: 'review' }, (edits) => {
    if (form === 'named') setArgument(context, hash, { name: 'name', position: 0 }, '"sha256"', edits);
    else setMember(context, site, call.func, { from: 'hashlib', name: 'sha256' }, edits);
  });
  const isHashlib = context.project.resolver
    .resolve(call.func, site)
    .some((ref) => ref.kind === 'external' && ref.name.startsWith('hashlib.'));
  if (!isHashlib) return [];
  const declared = fixOf(context, { title: 'Say that nothing depends on it', safety: 'safe' }, (edits) =>
    setArgument(context, hash, { name: 'usedforsecurity' }, 'False', edits),
  );
  return severityOf(hash) === 'warning' ? [...stronger, ...declared] : [...declared, ...stronger];
}
