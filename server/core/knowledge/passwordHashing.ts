/** Functions that hash passwords: how much work they are told to do. Limits follow OWASP's advice, with a margin for
 *  apps that were set up a few years ago.
 *  @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 *  @see https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
 *  @see https://docs.python.org/3/library/hashlib.html#key-derivation
 *  @see https://flask-bcrypt.readthedocs.io/en/latest/ */
import type { ArgumentRef, Expectation, Library, MisuseRow } from './library';

const KIND = 'weakPasswordParameters';
const FAST = '(?:md5|sha1|sha224|sha256|sha384|sha512|plain|text|plaintext|sha3_\\d+)';

const weak = (argument: ArgumentRef, expected: Expectation): MisuseRow => ({
  kind: KIND,
  at: argument,
  when: [{ argument, ...expected }],
});

const MIN_ITERATIONS = 100_000;
const MIN_ROUNDS = 10;
const METHOD = { name: 'method', position: 1 } as const;
const FEW_ITERATIONS = weak({ name: 'iterations', position: 3 }, { below: MIN_ITERATIONS });
const FEW_ROUNDS = weak({ name: 'rounds', position: 1 }, { below: MIN_ROUNDS });
const SMALL_SCRYPT = weak({ name: 'n' }, { below: 2 ** 14 });
/** KiB. */
const SMALL_ARGON = weak({ name: 'memory_cost', position: 1 }, { below: 7168 });
const FAST_SCHEME = { kind: 'weakPasswordHash', when: [] } as const satisfies MisuseRow;

const FAST_SCHEMES =
  /^(?:(?:apr_)?md5_crypt|des_crypt|bsdi_crypt|hex_\w+|ldap_(?:md5|sha1|salted_md5|salted_sha1|plaintext|hex_\w+)|plaintext|unix_disabled|mysql\w+|lmhash|nthash)$/;

export const passwordHashing = {
  reference: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
  aliases: {
    'passlib.handlers.pbkdf2.pbkdf2_sha256': 'passlib.hash.pbkdf2_sha256',
    'Cryptodome.Protocol.KDF.PBKDF2': 'Crypto.Protocol.KDF.PBKDF2',
  },
  // The right password is what its owner has chosen once, not what somebody sends now.
  guards: {
    'werkzeug.security.check_password_hash': {
      argument: { position: 1, name: 'password' },
      clears: ['trust'],
    },
    'flask_bcrypt.check_password_hash': { argument: { position: 1, name: 'password' }, clears: ['trust'] },
  },
  misuses: {
    'werkzeug.security.generate_password_hash': [
      weak(METHOD, { pattern: new RegExp(`^${FAST}$`) }),
      // `pbkdf2:sha256:1000`, and hashes that nobody should begin to use.
      weak(METHOD, {
        pattern: /^pbkdf2:(?:md5|sha1)\b|^pbkdf2(?::\w+)?:\d{1,5}$|^scrypt:(?:\d{1,4}|1[0-5]\d{3}):/,
      }),
      weak({ name: 'salt_length', position: 2 }, { below: 8 }),
    ],
    'hashlib.pbkdf2_hmac': FEW_ITERATIONS,
    'hashlib.scrypt': SMALL_SCRYPT,
    'bcrypt.gensalt': weak({ name: 'rounds', position: 0 }, { below: MIN_ROUNDS }),
    'flask_bcrypt.generate_password_hash': FEW_ROUNDS,
    'flask_bcrypt.Bcrypt.generate_password_hash': FEW_ROUNDS,
    'argon2.PasswordHasher': SMALL_ARGON,
    'cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC': FEW_ITERATIONS,
    'cryptography.hazmat.primitives.kdf.scrypt.Scrypt': weak({ name: 'n', position: 2 }, { below: 2 ** 14 }),
    'Crypto.Protocol.KDF.PBKDF2': weak(
      { name: 'count', position: 3 },
      { below: MIN_ITERATIONS, values: ['absent'] },
    ),
    'passlib.hash.pbkdf2_sha256.using': weak({ name: 'rounds' }, { below: 20_000 }),
    'passlib.hash.pbkdf2_sha512.using': weak({ name: 'rounds' }, { below: 20_000 }),
    'passlib.hash.bcrypt.using': weak({ name: 'rounds' }, { below: MIN_ROUNDS }),
    'passlib.hash.sha256_crypt.using': weak({ name: 'rounds' }, { below: 100_000 }),
    'passlib.hash.sha512_crypt.using': weak({ name: 'rounds' }, { below: 100_000 }),
    'passlib.hash.md5_crypt.hash': FAST_SCHEME,
    'passlib.hash.md5_crypt.encrypt': FAST_SCHEME,
    'passlib.hash.des_crypt.hash': FAST_SCHEME,
    'passlib.hash.hex_md5.hash': FAST_SCHEME,
    'passlib.hash.hex_sha1.hash': FAST_SCHEME,
    'passlib.hash.hex_sha256.hash': FAST_SCHEME,
    'passlib.hash.hex_sha512.hash': FAST_SCHEME,
    'passlib.hash.plaintext.hash': FAST_SCHEME,
    // The first scheme is that of new passwords, the others are for old ones.
    'passlib.context.CryptContext': {
      kind: 'weakPasswordHash',
      at: { name: 'schemes', position: 0 },
      when: [{ argument: { name: 'schemes', position: 0 }, path: ['0'], pattern: FAST_SCHEMES }],
      unless: [{ argument: { name: 'default' }, pattern: /./ }],
    },
    'crypt.crypt': {
      kind: 'weakPasswordHash',
      when: [{ argument: { name: 'salt', position: 1 }, refs: ['crypt.METHOD_MD5', 'crypt.METHOD_CRYPT'] }],
    },
  },
} as const satisfies Library;
