/** A script or style of another host without `integrity`: whoever changes it there changes your page. */
import type { HtmlTag } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { attributeOf, attributeText, isAbsolute, openTags } from './htmlTags';
import type { Rule } from './rule';

export const rule = {
  id: 'missing-subresource-integrity',
  title: 'Foreign script without integrity',
  kind: 'integrity',
  severity: 'hint',
  doc: {
    happens:
      'A script from a CDN runs with all rights of your page. If somebody changes the file there, which has happened, ' +
      'their version runs for all of your users.',
    vulnerable: {
      'templates/layout.html': '<script src="https://cdn.example/lib/3.1.0/lib.min.js"></script>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    safe: {
      'templates/layout.html':
        '<script src="https://cdn.example/lib/3.1.0/lib.min.js"\n' +
        '  integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC" crossorigin="anonymous"></script>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    why: 'The browser compares the file with the hash that you wrote down and runs it only if they agree.',
    limits:
      'Only files (`….js`, `….css`) without a query are reported: what a service makes anew for each request has no fixed ' +
      'hash. A copy in your own `static` folder needs none.',
    references: [
      {
        title: 'CWE-353: Missing Support for Integrity Check',
        url: 'https://cwe.mitre.org/data/definitions/353.html',
      },
      {
        title: 'MDN: Subresource Integrity',
        url: 'https://developer.mozilla.org/en-US/docs/Web/Security/Subresource_Integrity',
      },
    ],
  },
  *checkTemplate(context) {
    for (const tag of openTags(context))
      if (isForeign(context, tag) && attributeOf(tag, 'integrity') === undefined)
        yield {
          range: { start: tag.start, end: tag.end },
          message: `Whoever can change this ${tag.name === 'script' ? 'script' : 'style'} on its host can change your page.`,
          confidence: 'medium',
          path: [],
        };
  },
} satisfies Rule;

function isForeign(context: FileContext, tag: HtmlTag): boolean {
  if (tag.name === 'script') return isFile(attributeText(context, attributeOf(tag, 'src')));
  const isStyle = /\bstylesheet\b/i.test(attributeText(context, attributeOf(tag, 'rel')));
  return tag.name === 'link' && isStyle && isFile(attributeText(context, attributeOf(tag, 'href')));
}

function isFile(address: string): boolean {
  return isAbsolute(address) && /^[^?#{]+\.(?:m?js|css)$/i.test(address);
}
