/** Request data that is used as a regular expression. */
import { flowRule } from './flowRule';
import { fixByWrapping } from './wrapFix';

export const rule = flowRule({
  id: 'regex-injection',
  title: 'Regular expression from a visitor',
  kind: 'regex',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Some patterns take years to match a short text. A visitor who sends `(a+)+$` keeps a worker of your app busy ' +
      'until it is restarted; a few such requests stop the whole site. An unfinished pattern such as `[` raises an error.',
    vulnerable: {
      'app.py': `
import re

from flask import Flask, request

app = Flask(__name__)
TITLES = ["Dune", "Emma"]


@app.get("/search")
def search():
    pattern = re.compile(request.args["q"], re.IGNORECASE)
    return {"titles": [title for title in TITLES if pattern.search(title)]}
`,
    },
    safe: {
      'app.py': `
import re

from flask import Flask, request

app = Flask(__name__)
TITLES = ["Dune", "Emma"]


@app.get("/search")
def search():
    pattern = re.compile(re.escape(request.args["q"]), re.IGNORECASE)
    return {"titles": [title for title in TITLES if pattern.search(title)]}
`,
    },
    why: '`re.escape` makes every character stand for itself, so the visitor searches for a text and writes no pattern.',
    limits:
      'If visitors are meant to write patterns, use an engine that has no such patterns (`re2`) or a timeout (the ' +
      '`regex` package has one) and suppress this finding with the reason.',
    references: [
      {
        title: 'CWE-1333: Inefficient Regular Expression Complexity',
        url: 'https://cwe.mitre.org/data/definitions/1333.html',
      },
      { title: 'Python: re.escape', url: 'https://docs.python.org/3/library/re.html#re.escape' },
    ],
  },
  message: (label) => `This regular expression depends on \`${label}\`, which a visitor controls.`,
  fix: (context, hit) =>
    fixByWrapping(context, hit, {
      import: { module: 're' },
      member: 'escape',
      title: 'Escape the value',
      safety: 'review',
    }),
});
