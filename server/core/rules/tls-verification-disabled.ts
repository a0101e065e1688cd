/** An outgoing connection does not check who answers. */

import { givenArgument } from '../edits/callArguments';
import { isBehindCheckSwitch } from '../model/developmentCode';

import { dropArgument, fixOf } from './argumentFix';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';
import { writtenTo } from './unitNodes';

export const rule = misuseRule({
  id: 'tls-verification-disabled',
  title: 'Certificate check switched off',
  kind: 'tlsVerification',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'HTTPS protects because the client checks the certificate of the server. Without the check anybody between the ' +
      'two, in the same Wi-Fi, at a provider, in a container next door, can answer in the name of the server, read what ' +
      'is sent, tokens included, and send back what they like.',
    vulnerable: {
      'app.py': `
import requests


def charge(order):
    return requests.post("https://pay.example.com/charge", json=order, timeout=10, verify=False)
`,
    },
    safe: {
      'app.py': `
import requests


def charge(order):
    return requests.post("https://pay.example.com/charge", json=order, timeout=10)


def ask_internal(order):
    return requests.post("https://pay.internal/charge", json=order, timeout=10, verify="/etc/ssl/company-ca.pem")
`,
    },
    why:
      'The check is on by default. For a server with a certificate of your own, name the file of the authority that ' +
      'signed it: the check stays on, and only that authority is trusted.',
    limits:
      'Tests are left alone. A value that is not known before the app runs, such as one from the environment, is not reported.',
    references: [
      {
        title: 'CWE-295: Improper Certificate Validation',
        url: 'https://cwe.mitre.org/data/definitions/295.html',
      },
      {
        title: 'Requests: SSL certificate verification',
        url: 'https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification',
      },
    ],
  },
  severityOf: ({ site, place }) => (isBehindCheckSwitch(site, place) ? 'information' : 'error'),
  message: () =>
    'This connection accepts any certificate, so anybody on the way can read and change what is sent.',
  fix(context, hit): readonly FixOutcome[] {
    const { call, site, place, row } = hit;
    const argument = 'at' in row ? row.at : undefined;
    const title = { title: 'Check the certificate', safety: 'safe' } as const;
    if (call !== undefined && argument?.name !== undefined && argument.name !== 'verify')
      return fixOf(context, title, (edits) => dropArgument(context, hit, argument, edits));
    const given = call && givenArgument(call, 'verify');
    const value = given?.value ?? writtenTo(site.tree, place);
    if (value === undefined) return [];
    const base = context.baseOf(site.tree);
    return fixOf(context, title, (edits) => edits.replace(base + value.start, base + value.end, 'True'));
  },
});
