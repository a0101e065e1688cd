/** An address that is not known may be that of a file. */
import { isTainted } from '../flow/values';
import { enclosingFunction, type Site } from '../model/scope';
import { literalText } from '../syntax/python/literals';
import { walkExpressions } from '../syntax/python/walk';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'dynamic-url-scheme',
  title: 'Address that may be a file',
  kind: 'urlScheme',
  severity: 'hint',
  doc: {
    happens:
      '`urllib` opens `file:///etc/passwd` like any other address. Where the address comes from a setting, a database or a document, somebody may write one that reads a file of the server.',
    vulnerable: {
      'feeds.py': `
from urllib.request import urlopen


def read_feed(address):
    return urlopen(address, timeout=10).read()
`,
    },
    safe: {
      'feeds.py': `
from urllib.request import urlopen


def read_feed(address):
    if not address.startswith(("https://", "http://")):
        raise ValueError("not a web address")
    return urlopen(address, timeout=10).read()
`,
    },
    why: 'The check leaves nothing but the web. `requests` and `httpx` open no files at all.',
    limits:
      'A function that looks at the scheme is taken to do it well. Addresses from a request are reported by `ssrf`.',
    references: [
      {
        title: 'CWE-918: Server-Side Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/918.html',
      },
      {
        title: 'Python: urlopen',
        url: 'https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen',
      },
    ],
  },
  accepts: (hit, context) =>
    !looksAtScheme(hit.site) &&
    !context.sinkHits('ssrf').some(({ call, value }) => call === hit.call && isTainted(value, 'ssrf')),
  message: () => 'This address is not known, and `urllib` opens `file:` as well.',
});

function looksAtScheme(site: Site): boolean {
  return walkExpressions(enclosingFunction(site)?.body ?? []).some((node) => {
    if (node.kind === 'String') return /^(?:https?|ftp)(?::\/\/)?$/i.test(literalText(node) ?? '');
    return node.kind === 'Attribute' && node.attr.id === 'scheme';
  });
}
