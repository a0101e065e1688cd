/** A TLS context that checks neither the certificate nor the name in it. */

import { refuse } from '../edits/outcome';
import type { MisuseHit } from '../flow/machine';
import { isBehindCheckSwitch } from '../model/developmentCode';
import type { Expression } from '../syntax/python/ast';
import { fixOf, setMember } from './argumentFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import { writtenTo } from './unitNodes';

export const rule = misuseRule({
  id: 'ssl-unverified-context',
  title: 'TLS context that checks nothing',
  kind: 'sslContext',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'A connection through this context is encrypted, but nobody knows with whom, since every certificate will do. Somebody ' +
      'on the way answers in the name of the server, reads everything and changes what they like.',
    vulnerable: {
      'mailer.py': `
import smtplib
import ssl


def connect(host):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return smtplib.SMTP_SSL(host, context=context)
`,
    },
    safe: {
      'mailer.py': `
import smtplib
import ssl


def connect(host):
    context = ssl.create_default_context(cafile="/etc/ssl/company-ca.pem")
    return smtplib.SMTP_SSL(host, context=context)
`,
    },
    why:
      '`ssl.create_default_context()` checks the certificate and the name. A server with a certificate of your own is ' +
      'trusted by naming the file of the authority that signed it.',
    limits: 'Tests are left alone. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-295: Improper Certificate Validation',
        url: 'https://cwe.mitre.org/data/definitions/295.html',
      },
      {
        title: 'Python: ssl, security considerations',
        url: 'https://docs.python.org/3/library/ssl.html#security-considerations',
      },
    ],
  },
  // A context that takes any certificate takes that of any host as well: one fault, told once.
  accepts: (hit, context) =>
    !hit.callee.endsWith('check_hostname') ||
    !togetherWith(context, hit).some(({ callee }) => callee.endsWith('verify_mode')),
  severityOf: ({ site, place }) => (isBehindCheckSwitch(site, place) ? 'information' : 'error'),
  message: ({ callee }) =>
    callee.endsWith('check_hostname')
      ? 'This context accepts the certificate of any host, so anybody on the way can answer instead.'
      : 'This context accepts any certificate, so anybody on the way can read and change what is sent.',
  fix: (context, hit) =>
    fixOf(context, { title: 'Check certificates', safety: 'safe' }, (edits) => {
      if (hit.callee.endsWith('wrap_socket')) return refuse('a context has to be made for it');
      if (hit.call !== undefined)
        return setMember(
          context,
          hit.site,
          hit.place,
          { from: 'ssl', name: 'create_default_context' },
          edits,
        );
      // Python refuses a context that checks the name and not the certificate: both are mended together.
      for (const one of togetherWith(context, hit)) {
        const value = writtenTo(one.site.tree, one.place);
        if (value === undefined) continue;
        const base = context.baseOf(one.site.tree);
        if (one.callee.endsWith('check_hostname'))
          edits.replace(base + value.start, base + value.end, 'True');
        else if (one.callee.endsWith('verify_mode') && value.kind !== 'Number')
          setMember(context, one.site, value, { from: 'ssl', name: 'CERT_REQUIRED' }, edits);
        else if (one.callee.endsWith('verify_mode')) edits.replace(base + value.start, base + value.end, '2');
        else setMember(context, one.site, value, { from: 'ssl', name: 'create_default_context' }, edits);
      }
    }),
});

function togetherWith(context: FileContext, hit: MisuseHit): readonly MisuseHit[] {
  const receiver = receiverText(context, hit);
  return context
    .misuses('sslContext')
    .filter(
      (other) =>
        other === hit ||
        (other.call === undefined &&
          other.site.owners.at(-1) === hit.site.owners.at(-1) &&
          (other.site.tree === hit.site.tree || hit.site.owners.length === 0) &&
          receiverText(context, other) === receiver),
    );
}

function receiverText(context: FileContext, { site, place }: MisuseHit): string {
  const of: Expression = place.kind === 'Attribute' ? place.value : place;
  const base = context.baseOf(site.tree);
  return context.text.slice(base + of.start, base + of.end);
}
