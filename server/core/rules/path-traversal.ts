/** Request data that names a file or folder. Sending files and saving uploads have rules of their own. */
import type { SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import { fixFileName } from './fileNameFix';
import { flowRule } from './flowRule';
import { isFromArchive, isFromUpload } from './sourceOf';

export const rule = flowRule({
  id: 'path-traversal',
  title: 'File path from a request',
  kind: 'path',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A file name may hold `../`. Somebody who asks for `../../app.py` or `../../../etc/passwd` gets out of the ' +
      'folder you meant and reads your source, your keys or your database; where you write or delete, they ' +
      'overwrite or destroy them. An absolute path such as `/etc/passwd` is worse: `os.path.join` throws away ' +
      'everything in front of it.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask, request

app = Flask(__name__)
NOTES = "/srv/notes"


@app.get("/note")
def note():
    path = os.path.join(NOTES, request.args["name"])
    with open(path) as file:
        return {"text": file.read()}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, abort, request
from werkzeug.utils import safe_join

app = Flask(__name__)
NOTES = "/srv/notes"


@app.get("/note")
def note():
    path = safe_join(NOTES, request.args["name"])
    if path is None:
        abort(404)
    with open(path) as file:
        return {"text": file.read()}
`,
    },
    why:
      '`safe_join` puts the parts together and gives `None` when the result would lie outside the folder. If a plain ' +
      'file name is all you expect, `secure_filename` does too: it leaves letters, digits, `_`, `.` and `-`.',
    limits:
      'Moat takes `safe_join`, `secure_filename` and `os.path.basename` as safe. Asking whether a file exists is not ' +
      'reported, opening it is.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Werkzeug: safe_join',
        url: 'https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.safe_join',
      },
    ],
  },
  accepts: isOrdinary,
  // For those there is `zip-slip`.
  counts: (taint) => !isFromArchive(taint),
  message: (label) => `This file path depends on \`${label}\`, which a visitor controls.`,
  fixesCallers: true,
  fix: fixFileName,
});

const OTHER_RULES = new Set(['flask.send_file', 'flask.send_from_directory']);

function isOrdinary(hit: SinkHit): boolean {
  if (OTHER_RULES.has(hit.callee)) return false;
  // An upload that is saved under its own name is for `upload-filename-unsanitized`.
  return !hit.callee.endsWith('.FileStorage.save') || !activeTaints(hit.value, 'path').some(isFromUpload);
}
