/** Every site may read the app's answers, with the visitor's cookies. */
import { corsRule } from './corsRule';

export const rule = corsRule({
  id: 'cors-credentials-wildcard',
  title: 'Logged-in answers readable by every site',
  kind: 'corsCredentials',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'Any page that a logged-in visitor opens can call your app in their name and read what comes back: their messages, ' +
      'their address, the token of the next form.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, supports_credentials=True)
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["https://www.example.com"], supports_credentials=True)
`,
    },
    why:
      'Cookies are sent and answers are shown to the sites that are named, and to nobody else. An origin from the request ' +
      'has to be looked up in that list before it is sent back.',
    limits:
      'A function that compares the origin with something before it sends it back is trusted to do it well. Tests are left ' +
      'alone.',
    references: [
      {
        title: 'CWE-942: Permissive Cross-domain Policy',
        url: 'https://cwe.mitre.org/data/definitions/942.html',
      },
      {
        title: 'MDN: requests with credentials',
        url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS#requests_with_credentials',
      },
    ],
  },
  callMessage: 'This lets pages of every site read the app’s answers in the name of whoever is logged in.',
  headerMessage: ({ origin }) =>
    origin === 'any'
      ? 'This lets every site read an answer that depends on who is logged in; browsers refuse the combination.'
      : 'This header names whatever site asks, so every site can read the answer in the name of whoever is logged in.',
});
