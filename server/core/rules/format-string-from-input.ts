/** A visitor writes the text whose fields `format` fills. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'format-string-from-input',
  title: 'Format written by a visitor',
  kind: 'trust',
  about: 'formatText',
  severity: 'warning',
  doc: {
    happens:
      'The fields of a format can look into what they are given: `{user.__init__.__globals__[app].config}` prints the ' +
      'secret key. A field such as `{0:>999999999}` fills the memory.',
    vulnerable: {
      'app.py': `
from flask import Flask, g, request

app = Flask(__name__)


@app.get("/greeting")
def greeting():
    return {"text": request.args["pattern"].format(user=g.user)}
`,
    },
    safe: {
      'app.py': `
from string import Template

from flask import Flask, g, request

app = Flask(__name__)


@app.get("/greeting")
def greeting():
    return {"text": Template(request.args["pattern"]).safe_substitute(name=g.user.name)}
`,
    },
    why: '`string.Template` only puts in the texts that it is given. It has no attributes, indexes or widths.',
    limits: 'There is no fix: which values the visitor may use is for you to say.',
    references: [
      {
        title: 'CWE-134: Externally-Controlled Format String',
        url: 'https://cwe.mitre.org/data/definitions/134.html',
      },
      {
        title: 'Python: template strings',
        url: 'https://docs.python.org/3/library/string.html#template-strings-strings',
      },
    ],
  },
  only: 'is read as a format',
  message: (label) => `The fields of this format depend on \`${label}\`, which a visitor controls.`,
});
