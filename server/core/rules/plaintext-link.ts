/** `http://` in a page: what is loaded or sent that way can be read and changed on its way. */
import type { Range } from '../base/range';
import type { HtmlAttribute, HtmlTag } from '../syntax/jinja/ast';
import { attributeRole } from '../syntax/jinja/attributes';
import type { FileContext } from './context';
import { attributeText, openTags } from './htmlTags';
import type { RawFinding, Rule } from './rule';

export const rule = {
  id: 'plaintext-link',
  title: 'Address without encryption',
  kind: 'cleartext',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Over `http://`, everybody between your users and the server reads along and can change what arrives: a script that ' +
      'is loaded this way can be replaced, a form that is sent this way can be read.',
    vulnerable: {
      'templates/layout.html':
        '<form action="http://shop.example/pay" method="get"><button>Pay</button></form>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    safe: {
      'templates/layout.html':
        '<form action="https://shop.example/pay" method="get"><button>Pay</button></form>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    why: 'With `https://` the connection is encrypted, and the browser checks who is at its other end.',
    limits:
      'Links and images are only a hint: they hand over less. Addresses of this machine, of private networks and of names ' +
      'such as `.test` are not reported.',
    references: [
      {
        title: 'CWE-319: Cleartext Transmission of Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/319.html',
      },
      {
        title: 'MDN: Mixed content',
        url: 'https://developer.mozilla.org/en-US/docs/Web/Security/Mixed_content',
      },
    ],
  },
  *checkTemplate(context) {
    for (const tag of openTags(context))
      for (const attribute of tag.attributes) {
        const finding = toFinding(context, tag, attribute);
        if (finding !== undefined) yield finding;
      }
  },
  fix(context, { range }) {
    const start = range.start + 'http'.length;
    const edits = [
      { file: context.file, isNew: false, edits: [{ range: { start, end: start }, newText: 's' }] },
    ];
    return [{ kind: 'fix', fix: { title: 'Use `https://`', safety: 'review', edits } }];
  },
} satisfies Rule;

/** Elements that load something with rights in the page, or send what was typed. */
const ACTIVE = new Set([
  'script',
  'link',
  'iframe',
  'frame',
  'embed',
  'object',
  'form',
  'button',
  'input',
  'base',
]);

function toFinding(context: FileContext, tag: HtmlTag, attribute: HtmlAttribute): RawFinding | undefined {
  if (attribute.valueRange === undefined || attributeRole(tag.name, attribute.name) !== 'url')
    return undefined;
  const address = attributeText(context, attribute);
  if (!/^http:\/\/[^{/]/i.test(address) || isLocal(address) || isMeta(context, tag)) return undefined;
  const isActive = ACTIVE.has(tag.name);
  const lead = context.text.slice(attribute.valueRange.start, attribute.valueRange.end).search(/\S/);
  const start = attribute.valueRange.start + lead;
  const range: Range = { start, end: start + address.length };
  return {
    range,
    message: isActive
      ? 'What this address gives or gets can be read and changed on its way.'
      : 'This address is followed without encryption.',
    ...(isActive ? {} : { severity: 'hint' as const }),
    confidence: isActive ? 'high' : 'low',
    path: [],
  };
}

/** A machine in the same room, or a name that leads nowhere. */
function isLocal(address: string): boolean {
  const host = /^http:\/\/([^/:?#]+|\[[^\]]*\])/i.exec(address)?.[1]?.toLowerCase() ?? '';
  return (
    /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)/.test(host) ||
    /\.(?:localhost|local|test|invalid|internal)$/.test(host) ||
    !host.includes('.')
  );
}

/** Links in the head that name something rather than load it: profiles, canonical addresses. */
function isMeta(context: FileContext, tag: HtmlTag): boolean {
  if (tag.name !== 'link') return false;
  const rel = tag.attributes.find(({ name }) => name === 'rel');
  return !/\b(?:stylesheet|icon|preload|modulepreload|manifest|import)\b/i.test(attributeText(context, rel));
}
