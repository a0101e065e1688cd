/** XML of a visitor read by a parser that may load other files. */
import { READ } from '../knowledge/xmlParsers';
import { flowRule } from './flowRule';
import { entityUse, fixXmlParser } from './xmlParserFix';

export const rule = flowRule({
  id: 'xxe',
  title: 'XML that can read files',
  kind: 'xml',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'XML can name files to be put in its place: `<!ENTITY x SYSTEM "file:///etc/passwd">`. A parser that follows ' +
      'such names puts your server’s files into the document, and your app sends them back or stores them.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/import")
def import_items():
    parser = etree.XMLParser(resolve_entities=True)
    root = etree.fromstring(request.data, parser)
    return {"names": [item.get("name") for item in root]}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/import")
def import_items():
    parser = etree.XMLParser(resolve_entities=False)
    root = etree.fromstring(request.data, parser)
    return {"names": [item.get("name") for item in root]}
`,
    },
    why: 'With `resolve_entities=False`, lxml leaves entities as they are and opens no file for them.',
    limits:
      'lxml follows such names by default up to version 4; from 5.0 on it does not. Without a parser of your own the ' +
      'finding is therefore a warning. Python’s own parsers (`xml.etree`, `xml.dom`, `xml.sax`) and `defusedxml` load no ' +
      'external files and are not reported. A parser that comes from elsewhere is not judged.',
    references: [
      { title: 'CWE-611: XML External Entity', url: 'https://cwe.mitre.org/data/definitions/611.html' },
      { title: 'lxml: parser options', url: 'https://lxml.de/parsing.html#parser-options' },
      { title: 'Python: XML security', url: 'https://docs.python.org/3/library/xml.html#xml-security' },
    ],
  },
  only: READ,
  accepts(hit, context) {
    const use = entityUse(hit, context);
    return use === 'asked' || use === 'default';
  },
  severityOf: (hit, _taint, context) =>
    'call' in hit && entityUse(hit, context) === 'asked' ? 'error' : 'warning',
  message: (label) => `XML from \`${label}\` is parsed in a way that can read files of the server.`,
  fix: fixXmlParser,
});
