/** Request data that becomes part of an XPath expression. */
import { flowRule } from './flowRule';
import { fixXpath } from './xpathFix';

export const rule = flowRule({
  id: 'xpath-injection',
  title: 'XPath injection',
  kind: 'xpath',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      "A quote in the visitor's text ends the text in the XPath expression, and the rest is read as XPath. Sending " +
      "`' or '1'='1` finds every element of the document, whatever it was meant to be limited to.",
    vulnerable: {
      'app.py': `
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
CATALOG = etree.parse("catalog.xml")


@app.get("/books")
def books():
    author = request.args["author"]
    found = CATALOG.xpath(f"//book[@author='{author}']")
    return {"titles": [book.get("title") for book in found]}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
CATALOG = etree.parse("catalog.xml")


@app.get("/books")
def books():
    author = request.args["author"]
    found = CATALOG.xpath("//book[@author=$author]", author=author)
    return {"titles": [book.get("title") for book in found]}
`,
    },
    why: 'lxml passes `$author` beside the expression. It is a value there and never read as XPath.',
    limits:
      '`find` and `findall`, and all of `xml.etree`, know no variables: compare in Python instead, or look the value up ' +
      'in a fixed set. A variable cannot stand for an element or attribute name.',
    references: [
      { title: 'CWE-643: XPath Injection', url: 'https://cwe.mitre.org/data/definitions/643.html' },
      { title: 'lxml: XPath variables', url: 'https://lxml.de/xpathxslt.html#xpath-return-values' },
    ],
  },
  message: (label) => `This XPath expression depends on \`${label}\`, which a visitor controls.`,
  fix: fixXpath,
});
