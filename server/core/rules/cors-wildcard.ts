/** Every site may read the app's answers. */
import { corsRule } from './corsRule';

export const rule = corsRule({
  id: 'cors-wildcard',
  title: 'Answers readable by every site',
  kind: 'cors',
  severity: 'warning',
  fixSafety: 'assist',
  doc: {
    happens:
      'A browser keeps sites apart: a page of another site can send requests to yours and does not get to read the answer. ' +
      'With `*` it does. Whatever your app tells visitors inside a company network or a VPN, any page they open can fetch.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins="*")
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["https://www.example.com"])
`,
    },
    why: 'Only pages of the sites that are named get to read the answers; the browser sees to that.',
    limits:
      'Data that is public anyway, such as a font or a list of opening hours, may be open to all: say so with a comment ' +
      'that ignores the rule. Where the app sets `CORS_ORIGINS`, the settings decide. Tests are left alone.',
    references: [
      {
        title: 'CWE-942: Permissive Cross-domain Policy',
        url: 'https://cwe.mitre.org/data/definitions/942.html',
      },
      {
        title: 'Flask-CORS: configuration',
        url: 'https://flask-cors.readthedocs.io/en/latest/configuration.html',
      },
    ],
  },
  callMessage: 'This lets pages of every site read the app’s answers.',
  headerMessage: ({ origin }) =>
    origin === 'any'
      ? 'This header lets pages of every site read the answer.'
      : 'This header names whatever site asks, so pages of every site can read the answer.',
});
