/** A visitor's text becomes part of XML that is put together as text. */
import { textParts } from '../flow/values';
import { flowRule } from './flowRule';
import { fixByWrapping } from './wrapFix';

export const rule = flowRule({
  id: 'xml-string-injection',
  title: 'XML put together with request data',
  kind: 'html',
  about: 'xmlText',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A `<` in the visitor’s text begins an element of its own. Sending `</name><role>admin</role><name>` adds an element ' +
      'that the program behind takes for yours.',
    vulnerable: {
      'app.py': `
import xml.etree.ElementTree as ET

from flask import Flask, request

app = Flask(__name__)


@app.post("/user")
def user():
    entry = ET.fromstring(f"<user><name>{request.form['name']}</name></user>")
    return {"name": entry.findtext("name")}
`,
    },
    safe: {
      'app.py': `
import xml.etree.ElementTree as ET
from html import escape

from flask import Flask, request

app = Flask(__name__)


@app.post("/user")
def user():
    entry = ET.fromstring(f"<user><name>{escape(request.form['name'])}</name></user>")
    return {"name": entry.findtext("name")}
`,
    },
    why: '`escape` writes `<`, `&` and quotes so that XML reads them as text. `Element` and `SubElement` do it by themselves.',
    limits: 'XML that is only sent on, and not read by the app itself, is not seen.',
    references: [
      { title: 'CWE-91: XML Injection', url: 'https://cwe.mitre.org/data/definitions/91.html' },
      { title: 'Python: html.escape', url: 'https://docs.python.org/3/library/html.html#html.escape' },
    ],
  },
  only: 'becomes part of an XML text',
  accepts: ({ value }) => textParts(value).some((part) => 'text' in part && part.text.includes('<')),
  message: (label) => `This XML depends on \`${label}\`, which may hold tags.`,
  fixesCallers: true,
  fix: (context, hit) =>
    fixByWrapping(context, hit, {
      import: { module: 'html' },
      member: 'escape',
      title: 'Escape the value',
      safety: 'safe',
      mixedReason: 'the text may hold tags of your own',
    }),
});
