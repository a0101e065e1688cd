/** Request data that is turned into objects by a format that can run code. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'unsafe-deserialization',
  title: 'Objects made from request data',
  kind: 'deserialization',
  severity: 'error',
  doc: {
    happens:
      'A pickle says which functions to call while it is read. Whoever sends one — in a cookie, a form field or an ' +
      'uploaded file — runs any command on your server. The same goes for dill, jsonpickle, joblib, shelve and marshal.',
    vulnerable: {
      'app.py': `
import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.get("/cart")
def cart():
    items = pickle.loads(base64.b64decode(request.cookies["cart"]))
    return {"n": len(items)}
`,
    },
    safe: {
      'app.py': `
import base64
import json

from flask import Flask, request

app = Flask(__name__)


@app.get("/cart")
def cart():
    items = json.loads(base64.b64decode(request.cookies["cart"]))
    return {"n": len(items)}
`,
    },
    why: 'JSON knows numbers, texts, lists and dicts only. Reading it calls nothing.',
    limits:
      'Data of your own that goes through the browser can stay a pickle if it is signed first; Moat takes data that ' +
      'itsdangerous has checked as yours. Files and caches that other people can write to are not followed. A value of ' +
      'unknown origin is a hint.',
    references: [
      {
        title: 'CWE-502: Deserialization of Untrusted Data',
        url: 'https://cwe.mitre.org/data/definitions/502.html',
      },
      { title: 'Python: pickle', url: 'https://docs.python.org/3/library/pickle.html' },
    ],
  },
  // YAML has a rule of its own.
  accepts: (hit) => !hit.callee.startsWith('yaml.'),
  // A file is most often the program's own.
  suspicion: ({ callee }) =>
    /\.(?:loads|decode)$/.test(callee)
      ? 'These objects are made from data that comes from where Moat cannot see.'
      : undefined,
  message: (label) => `These objects are made from \`${label}\`, which a visitor controls.`,
});
