/** Data that travels without encryption to a server outside. */
import { givenArgument } from '../edits/callArguments';
import { misuseRule } from './misuseRule';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'cleartext-url',
  title: 'Request without encryption',
  kind: 'cleartext',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Over `http://` everybody on the way, from the neighbor in the Wi-Fi to a provider, reads what is sent, tokens ' +
      'and personal data included, and can put another answer in its place that your app then trusts.',
    vulnerable: {
      'app.py': `
import requests


def rate(currency):
    return requests.get("http://rates.example.org/today", params={"c": currency}, timeout=5).json()
`,
    },
    safe: {
      'app.py': `
import requests


def rate(currency):
    return requests.get("https://rates.example.org/today", params={"c": currency}, timeout=5).json()


def health():
    return requests.get("http://localhost:8000/health", timeout=5).ok
`,
    },
    why: 'HTTPS encrypts the way and proves who answers. Requests that stay on this machine need neither.',
    limits:
      'Addresses of this machine and of private networks, and names without a dot, as containers have them, are left ' +
      'alone. Whether the other server speaks HTTPS is not known: try it after the fix.',
    references: [
      {
        title: 'CWE-319: Cleartext Transmission of Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/319.html',
      },
      {
        title: 'OWASP: Transport Layer Security Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
      },
    ],
  },
  message: () => 'What is sent and received here travels without encryption.',
  fix(context, { call, site, place, row }): readonly FixOutcome[] {
    const argument =
      call && 'at' in row && row.at ? givenArgument(call, row.at.name ?? '', row.at.position) : undefined;
    const base = context.baseOf(site.tree);
    const start = base + place.start;
    const text = context.text.slice(start, base + place.end);
    const scheme = /^[rRbBfF]*["']+http:/.exec(text);
    if (argument === undefined || scheme === null)
      return [refused('the address is written in another place')];
    const at = start + scheme[0].length - 1;
    const edits = [
      { file: context.file, isNew: false, edits: [{ range: { start: at, end: at }, newText: 's' }] },
    ];
    return [{ kind: 'fix', fix: { title: 'Ask by HTTPS', safety: 'review', edits } }];
  },
});
