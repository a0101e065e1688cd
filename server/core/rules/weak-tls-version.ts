/** A connection that allows versions of TLS which are broken. */
import type { MisuseHit } from '../flow/machine';
import { unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import { fixOf, setMember } from './argumentFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';
import { writtenTo } from './unitNodes';

export const rule = misuseRule({
  id: 'weak-tls-version',
  title: 'Outdated TLS version',
  kind: 'tlsVersion',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'SSL 2 and 3, TLS 1.0 and 1.1 have faults that let somebody on the way read parts of what is sent. Browsers and ' +
      'banks have not spoken them for years; a connection that insists on one of them cannot use anything better.',
    vulnerable: {
      'client.py': `
import ssl

context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
`,
    },
    safe: {
      'client.py': `
import ssl

context = ssl.create_default_context()
context.minimum_version = ssl.TLSVersion.TLSv1_2
`,
    },
    why: '`ssl.create_default_context()` agrees on the best version that both sides know, TLS 1.2 at least.',
    limits: 'Only what Python code says is read, not the settings of a web server in front of the app.',
    references: [
      {
        title: 'CWE-327: Use of a Broken or Risky Cryptographic Algorithm',
        url: 'https://cwe.mitre.org/data/definitions/327.html',
      },
      { title: 'RFC 8996: Deprecating TLS 1.0 and TLS 1.1', url: 'https://www.rfc-editor.org/rfc/rfc8996' },
    ],
  },
  message: () => 'This connection uses a version of TLS that is broken.',
  fix: fixVersion,
});

function fixVersion(context: FileContext, hit: MisuseHit): readonly FixOutcome[] {
  const { call, site, place, callee } = hit;
  const node = call === undefined ? writtenTo(site.tree, place) : place;
  if (node === undefined) return [];
  if (call === undefined || /minimum/.test(callee) || isVersion(node))
    return fixOf(context, { title: 'Ask for TLS 1.2 at least', safety: 'safe' }, (edits) =>
      setMember(context, site, node, { from: 'ssl.TLSVersion', name: 'TLSv1_2' }, edits),
    );
  const isPyOpenSsl = callee.startsWith('OpenSSL');
  const name = isPyOpenSsl ? 'TLS_METHOD' : isServer(hit) ? 'PROTOCOL_TLS_SERVER' : 'PROTOCOL_TLS_CLIENT';
  const from = isPyOpenSsl ? 'OpenSSL.SSL' : 'ssl';
  return fixOf(context, { title: `Use ${name}`, safety: 'review' }, (edits) =>
    setMember(context, site, node, { from, name }, edits),
  );
}

function isVersion(node: Expression): boolean {
  return node.kind === 'Attribute' && node.value.kind === 'Attribute' && node.value.attr.id === 'TLSVersion';
}

/** The context is given a certificate of its own: it answers, it does not ask. */
function isServer({ site }: MisuseHit): boolean {
  const around = site.owners.at(-1);
  return unitFacts(site.tree).calls.some(
    ({ node, owners }) =>
      node.func.kind === 'Attribute' &&
      node.func.attr.id === 'load_cert_chain' &&
      (around === undefined || owners.at(-1) === around),
  );
}
