/** XML of a visitor whose entities grow while they are read. */
import { EXPANDED, READ } from '../knowledge/xmlParsers';
import { fixOf, importName } from './argumentFix';
import { flowRule } from './flowRule';
import { entityUse, isHuge } from './xmlParserFix';

export const rule = flowRule({
  id: 'xml-bomb',
  title: 'XML that grows while it is read',
  kind: 'xml',
  about: 'entityExpansion',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'XML can give a piece of text a name and write that name ten times, give the result a name, and so on. A document of one kilobyte then becomes gigabytes in memory, and the app stops.',
    vulnerable: {
      'app.py': `
from xml.etree import ElementTree

from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_items():
    root = ElementTree.fromstring(request.data)
    return {"names": [item.get("name") for item in root]}
`,
    },
    safe: {
      'app.py': `
from defusedxml import ElementTree
from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_items():
    root = ElementTree.fromstring(request.data)
    return {"names": [item.get("name") for item in root]}
`,
    },
    why: '`defusedxml` has the same functions and refuses documents that define entities. It is a package of its own: `pip install defusedxml`.',
    limits:
      'Expat 2.4.1 and later stop such documents by themselves; which one Python uses depends on the system, so this is an information. lxml stops them as well, unless `huge_tree=True` is given.',
    references: [
      {
        title: 'CWE-776: XML Entity Expansion',
        url: 'https://cwe.mitre.org/data/definitions/776.html',
      },
      {
        title: 'Python: XML security',
        url: 'https://docs.python.org/3/library/xml.html#xml-security',
      },
    ],
  },
  accepts: (hit, context) =>
    hit.row.effect === EXPANDED ||
    (hit.row.effect === READ && isHuge(hit, context) && entityUse(hit, context) !== 'asked'),
  severityOf: ({ row }) => (row.effect === READ ? 'warning' : 'information'),
  message: (label) => `XML from \`${label}\` may grow to any size while it is read.`,
  effect: 'is parsed with its entities',
  fix(context, hit) {
    const name = hit.callee.slice(hit.callee.lastIndexOf('.') + 1);
    const module = DEFUSED.get(hit.callee.slice(0, hit.callee.lastIndexOf('.')));
    if (module === undefined) return [];
    return fixOf(context, { title: 'Read it with `defusedxml`', safety: 'review' }, (edits) => {
      const { func } = hit.call;
      const base = context.baseOf(hit.site.tree);
      edits.replace(
        base + func.start,
        base + func.end,
        importName(context, module, name, base + func.start, edits),
      );
    });
  },
});

const DEFUSED = new Map([
  ['xml.etree.ElementTree', 'defusedxml.ElementTree'],
  ['xml.dom.minidom', 'defusedxml.minidom'],
  ['xml.sax', 'defusedxml.sax'],
]);
