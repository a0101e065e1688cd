/** `send_from_directory` keeps a name inside a folder, which helps little when the visitor chooses the folder. */
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'send-from-directory-tainted-dir',
  title: 'Folder of sent files chosen by a request',
  kind: 'path',
  severity: 'error',
  doc: {
    happens:
      '`send_from_directory(folder, name)` makes sure that `name` stays inside `folder`. It trusts `folder`: somebody ' +
      'who can set it to `/etc` or to `../..` downloads any file that your app can read.',
    vulnerable: {
      'app.py': `
from flask import Flask, request, send_from_directory

app = Flask(__name__)


@app.get("/albums")
def photo():
    return send_from_directory(request.args["album"], request.args["photo"])
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request, send_from_directory
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.get("/albums")
def photo():
    album = secure_filename(request.args["album"])
    return send_from_directory("/srv/albums/" + album, request.args["photo"])
`,
    },
    why:
      '`secure_filename` takes slashes and leading dots away, so that `album` can only be a folder inside ' +
      '`/srv/albums`. You can also pass both parts as the name: `send_from_directory("/srv/albums", ' +
      'f"{album}/{photo}")` keeps all of it inside.',
    limits: 'No fix is offered, because only you know which folders are meant.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Flask: send_from_directory',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.send_from_directory',
      },
    ],
  },
  accepts: (hit) => hit.callee === 'flask.send_from_directory',
  message: (label) => `The folder of this file depends on \`${label}\`, which a visitor controls.`,
});
