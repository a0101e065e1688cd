/** A key that is short enough to be worked out. */
import { fixOf, setArgument, setMember } from './argumentFix';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'weak-key-size',
  title: 'Key that is too short',
  kind: 'keySize',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'RSA keys of 1024 bits and curves of 192 bits are within reach of those who really want to break them. Whoever has ' +
      'worked out the key can sign as the app and read what was encrypted for it, also what was recorded years ago.',
    vulnerable: {
      'keys.py': `
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
`,
    },
    safe: {
      'keys.py': `
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
`,
    },
    why: 'Each bit more multiplies the work. 2048 bits are the least that is accepted today, 3072 last longer.',
    limits: 'Only sizes that the code says are seen, not those of keys that are loaded from files.',
    references: [
      {
        title: 'CWE-326: Inadequate Encryption Strength',
        url: 'https://cwe.mitre.org/data/definitions/326.html',
      },
      { title: 'NIST SP 800-131A', url: 'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final' },
    ],
  },
  message: () => 'This key is short enough to be worked out.',
  fix: (context, hit) => {
    const argument = 'at' in hit.row ? hit.row.at : undefined;
    if (argument === undefined) return [];
    if (argument.name === 'curve')
      return fixOf(context, { title: 'Use SECP256R1', safety: 'safe' }, (edits) => {
        const node = hit.place.kind === 'Call' ? hit.place.func : hit.place;
        setMember(
          context,
          hit.site,
          node,
          { from: 'cryptography.hazmat.primitives.asymmetric.ec', name: 'SECP256R1' },
          edits,
        );
      });
    return fixOf(context, { title: 'Use 3072 bits', safety: 'safe' }, (edits) =>
      setArgument(context, hit, argument, '3072', edits),
    );
  },
});
