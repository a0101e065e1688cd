/** `<a target="_blank">` to another site without `rel`: older browsers let that page steer this one. */
import { lastAttribute } from '../edits/insertHtml';
import type { HtmlTag } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { attributeOf, attributeText, isAbsolute, openTags } from './htmlTags';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';

export const rule = {
  id: 'target-blank-opener',
  title: 'New tab that can steer your page',
  kind: 'opener',
  severity: 'information',
  fixSafety: 'safe',
  doc: {
    happens:
      'A page opened with `target="_blank"` gets hold of the page it came from. In older browsers it can send that tab to ' +
      'a copy of your site, where people log in again. It also learns the full address they came from.',
    vulnerable: {
      'templates/links.html': '<a href="https://other.example" target="_blank">Partner</a>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    safe: {
      'templates/links.html':
        '<a href="https://other.example" target="_blank" rel="noopener noreferrer">Partner</a>\n',
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    },
    why: '`noopener` cuts the connection between the two tabs, `noreferrer` keeps the address to yourself as well.',
    limits:
      'Browsers since 2021 behave as if `noopener` were there. Links to your own pages, and links whose address is not ' +
      'written in the template, are not reported.',
    references: [
      {
        title: 'CWE-1022: Use of Web Link to Untrusted Target with window.opener Access',
        url: 'https://cwe.mitre.org/data/definitions/1022.html',
      },
      {
        title: 'MDN: rel=noopener',
        url: 'https://developer.mozilla.org/en-US/docs/Web/HTML/Attributes/rel/noopener',
      },
    ],
  },
  *checkTemplate(context) {
    for (const tag of openingLinks(context))
      yield {
        range: { start: tag.start, end: tag.end },
        message: 'The site that opens in a new tab here can get hold of this page.',
        confidence: 'high',
        path: [],
      };
  },
  fix(context, finding) {
    const tag = openingLinks(context).find(({ start }) => start === finding.range.start);
    return tag === undefined ? [] : [addRel(context, tag)];
  },
} satisfies Rule;

const ELEMENTS = new Set(['a', 'area', 'form']);

function openingLinks(context: FileContext): readonly HtmlTag[] {
  return openTags(context).filter((tag) => {
    if (!ELEMENTS.has(tag.name)) return false;
    if (attributeText(context, attributeOf(tag, 'target')).toLowerCase() !== '_blank') return false;
    const address = attributeText(context, attributeOf(tag, tag.name === 'form' ? 'action' : 'href'));
    const rel = attributeOf(tag, 'rel');
    const isDecided =
      rel?.isDynamic === true || /\b(?:noopener|noreferrer|opener)\b/i.test(attributeText(context, rel));
    return isAbsolute(address) && !isDecided;
  });
}

function addRel(context: FileContext, tag: HtmlTag): FixOutcome {
  const rel = attributeOf(tag, 'rel');
  const value = 'noopener noreferrer';
  const known = attributeText(context, rel);
  if (rel !== undefined && (rel.valueRange === undefined || rel.quote === ''))
    return refused('`rel` is there without quotes');
  const edit =
    rel?.valueRange === undefined
      ? lastAttribute(context.text, tag, `rel="${value}"`)
      : { range: rel.valueRange, newText: known === '' ? value : `${known} ${value}` };
  const edits = [{ file: context.file, isNew: false, edits: [edit] }];
  return { kind: 'fix', fix: { title: 'Add `rel="noopener noreferrer"`', safety: 'safe', edits } };
}
