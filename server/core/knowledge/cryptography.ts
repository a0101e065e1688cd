/** Ciphers, keys and what goes with them: pycryptodome and cryptography.
 *  @see https://pycryptodome.readthedocs.io/en/latest/src/cipher/cipher.html
 *  @see https://cryptography.io/en/latest/hazmat/primitives/symmetric-encryption/
 *  @see https://csrc.nist.gov/pubs/sp/800/131/a/r2/final */
import type { ArgumentRef, Library, MisuseRow } from './library';

const CIPHER = { kind: 'cipher', when: [] } as const satisfies MisuseRow;
const ECB = { kind: 'cipherMode', when: [] } as const satisfies MisuseRow;
const MIN_RSA_BITS = 2048;
/** Any text that the code holds. */
const WRITTEN = /^[\s\S]*$/;

const keySize = (argument: ArgumentRef): MisuseRow => ({
  kind: 'keySize',
  at: argument,
  when: [{ argument, below: MIN_RSA_BITS }],
});
const written = (kind: 'staticIv' | 'staticSalt', argument: ArgumentRef): MisuseRow => ({
  kind,
  at: argument,
  when: [{ argument, pattern: WRITTEN }],
});
const IV = {
  kind: 'staticIv',
  at: { position: 0 },
  when: [{ argument: { position: 0 }, pattern: WRITTEN }],
} as const;
const SEALED = written('staticIv', { name: 'nonce', position: 0 });
const BITS = keySize({ name: 'bits', position: 0 });
const SALT = written('staticSalt', { name: 'salt', position: 2 });

const SMALL_CURVES = ['SECP192R1', 'SECT163K1', 'SECT163R2', 'SECP160R1'].map(
  (name) => `cryptography.hazmat.primitives.asymmetric.ec.${name}`,
);

const AES = [
  {
    kind: 'cipherMode',
    at: { name: 'mode', position: 1 },
    when: [{ argument: { name: 'mode', position: 1 }, refs: ['Crypto.Cipher.AES.MODE_ECB'], values: [1] }],
  },
  written('staticIv', { name: 'iv', position: 2 }),
  written('staticIv', { name: 'IV' }),
  written('staticIv', { name: 'nonce' }),
] as const satisfies readonly MisuseRow[];

const WEAK_CIPHERS = ['DES', 'DES3', 'ARC2', 'ARC4', 'Blowfish', 'CAST', 'XOR'];
const WEAK_ALGORITHMS = ['TripleDES', 'ARC4', 'Blowfish', 'IDEA', 'CAST5', 'SEED', 'RC2'];
const MODULES = [
  'cryptography.hazmat.primitives.ciphers.algorithms',
  'cryptography.hazmat.decrepit.ciphers.algorithms',
];
const MODES = 'cryptography.hazmat.primitives.ciphers.modes';
const ASYMMETRIC = 'cryptography.hazmat.primitives.asymmetric';
const AEAD = 'cryptography.hazmat.primitives.ciphers.aead';

function table<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

export const cryptography = {
  reference: 'https://cryptography.io/en/latest/hazmat/primitives/symmetric-encryption/',
  aliases: {
    ...Object.fromEntries(
      [...WEAK_CIPHERS, 'AES'].map((name) => [`Cryptodome.Cipher.${name}.new`, `Crypto.Cipher.${name}.new`]),
    ),
    'Cryptodome.Cipher.AES.MODE_ECB': 'Crypto.Cipher.AES.MODE_ECB',
    'Cryptodome.PublicKey.RSA.generate': 'Crypto.PublicKey.RSA.generate',
    'Cryptodome.PublicKey.DSA.generate': 'Crypto.PublicKey.DSA.generate',
  },
  misuses: {
    ...table(
      WEAK_CIPHERS.map((name) => `Crypto.Cipher.${name}.new`),
      CIPHER,
    ),
    ...table(
      MODULES.flatMap((module) => WEAK_ALGORITHMS.map((name) => `${module}.${name}`)),
      CIPHER,
    ),
    'Crypto.Cipher.AES.new': AES,
    [`${MODES}.ECB`]: ECB,
    ...table(
      ['CBC', 'CTR', 'GCM', 'OFB', 'CFB', 'CFB8'].map((name) => `${MODES}.${name}`),
      IV,
    ),
    ...table(
      ['AESGCM', 'AESCCM', 'ChaCha20Poly1305', 'AESOCB3'].map((name) => `${AEAD}.${name}.encrypt`),
      SEALED,
    ),
    'Crypto.PublicKey.RSA.generate': BITS,
    'Crypto.PublicKey.DSA.generate': BITS,
    'rsa.newkeys': keySize({ name: 'nbits', position: 0 }),
    'paramiko.RSAKey.generate': BITS,
    'OpenSSL.crypto.PKey.generate_key': keySize({ name: 'bits', position: 1 }),
    [`${ASYMMETRIC}.rsa.generate_private_key`]: keySize({ name: 'key_size', position: 1 }),
    [`${ASYMMETRIC}.dsa.generate_private_key`]: keySize({ name: 'key_size', position: 0 }),
    [`${ASYMMETRIC}.dsa.generate_parameters`]: keySize({ name: 'key_size', position: 0 }),
    [`${ASYMMETRIC}.ec.generate_private_key`]: {
      kind: 'keySize',
      at: { name: 'curve', position: 0 },
      when: [{ argument: { name: 'curve', position: 0 }, refs: SMALL_CURVES }],
    },
    'hashlib.pbkdf2_hmac': SALT,
    'hashlib.scrypt': written('staticSalt', { name: 'salt' }),
    'cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC': SALT,
    'cryptography.hazmat.primitives.kdf.scrypt.Scrypt': written('staticSalt', { name: 'salt', position: 0 }),
    'bcrypt.hashpw': written('staticSalt', { name: 'salt', position: 1 }),
    'Crypto.Protocol.KDF.PBKDF2': written('staticSalt', { name: 'salt', position: 1 }),
    'Crypto.Protocol.KDF.scrypt': written('staticSalt', { name: 'salt', position: 1 }),
  },
} as const satisfies Library;
