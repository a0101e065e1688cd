/** An upload that is saved under the name which the browser sent. */
import { activeTaints } from '../flow/values';
import { fixUploadName } from './fileNameFix';
import { flowRule } from './flowRule';
import { isFromUpload } from './sourceOf';

export const rule = flowRule({
  id: 'upload-filename-unsanitized',
  title: 'Upload saved under its own name',
  kind: 'path',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'The name of an uploaded file is text that the sender made up, not a promise. Sent as `../app.py` or ' +
      '`../templates/base.html`, the upload lands outside your upload folder and replaces your code.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask, abort, request

app = Flask(__name__)
UPLOADS = "/srv/uploads"


@app.post("/upload")
def upload():
    file = request.files.get("photo")
    if not file.filename.lower().endswith((".jpg", ".png")):
        abort(400)
    file.save(os.path.join(UPLOADS, file.filename))
    return "", 204
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask, abort, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
UPLOADS = "/srv/uploads"


@app.post("/upload")
def upload():
    file = request.files.get("photo")
    if not file.filename.lower().endswith((".jpg", ".png")):
        abort(400)
    file.save(os.path.join(UPLOADS, secure_filename(file.filename)))
    return "", 204
`,
    },
    why:
      '`secure_filename` leaves letters, digits, `_`, `.` and `-`, and takes leading dots away, so the name can only be ' +
      'a file of the folder.',
    limits:
      'It does not look at what kind of file it is: check the ending against a list as well, and keep uploads out of ' +
      'folders that are served. Names such as `图.png` shrink to `png`; a name of your own (`uuid4().hex`) never clashes.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Flask: uploading files',
        url: 'https://flask.palletsprojects.com/en/stable/patterns/fileuploads/',
      },
    ],
  },
  accepts: (hit) =>
    hit.callee.endsWith('.FileStorage.save') && activeTaints(hit.value, 'path').some(isFromUpload),
  message: (label) => `This upload is saved under \`${label}\`, a name that a visitor controls.`,
  fix: fixUploadName,
});
