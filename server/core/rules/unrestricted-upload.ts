/** An upload is kept, whatever kind of file it is. */
import type { MisuseHit } from '../flow/machine';
import { type CheckHelper, checkFix } from './checkFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';
import { isUnchecked } from './uploadChecks';

export const rule = misuseRule({
  id: 'unrestricted-upload',
  title: 'Upload of any kind of file',
  kind: 'upload',
  severity: 'warning',
  fixSafety: 'assist',
  doc: {
    happens:
      'A page asks for a photo and gets a file of another kind: an HTML page with a script that runs under your address ' +
      'when somebody opens it, an executable for other users to download, an archive that fills the disk.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.post("/photo")
def photo():
    file = request.files["photo"]
    file.save(os.path.join("/srv/photos", secure_filename(file.filename)))
    return "", 204
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask, abort, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
ALLOWED_EXTENSIONS = {"png", "jpg", "jpeg"}


@app.post("/photo")
def photo():
    file = request.files["photo"]
    name = secure_filename(file.filename)
    if name.rsplit(".", 1)[-1].lower() not in ALLOWED_EXTENSIONS:
        abort(400)
    file.save(os.path.join("/srv/photos", name))
    return "", 204
`,
    },
    why:
      'The ending decides how servers and browsers treat a file. With a short list of endings an upload can be nothing ' +
      'that runs. Keep uploads out of folders that are served, and open images with a library to be sure.',
    limits:
      'Any test of the file, its name or its type in the same function counts as a check, and so does a function of yours ' +
      'that gets it. Uploads that come as an argument or from a form class are not reported: their check stands elsewhere.',
    references: [
      {
        title: 'CWE-434: Unrestricted Upload of File with Dangerous Type',
        url: 'https://cwe.mitre.org/data/definitions/434.html',
      },
      {
        title: 'Flask: uploading files',
        url: 'https://flask.palletsprojects.com/en/stable/patterns/fileuploads/',
      },
    ],
  },
  message: () => 'Nothing checks which kind of file is kept here.',
  accepts: isUnchecked,
  fix: fixUpload,
});

const ALLOWED: CheckHelper = {
  name: 'allowed_file',
  lines: [
    'ALLOWED_EXTENSIONS = {"png", "jpg", "jpeg", "gif", "pdf"}  # the kinds of files that this app wants',
    '',
    '',
    'def allowed_file(filename):',
    '    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED_EXTENSIONS',
  ],
  imports: { abort: 'flask' },
};

function fixUpload(context: FileContext, { call, site }: MisuseHit): readonly FixOutcome[] {
  const receiver = call?.func.kind === 'Attribute' ? call.func.value : undefined;
  if (call === undefined || receiver === undefined) return [];
  return checkFix(context, { site, node: call }, 'Let only some kinds of files through', ALLOWED, (place) => {
    const file = context.text.slice(place.base + receiver.start, place.base + receiver.end);
    place.before(call, [
      `if not ${ALLOWED.name}(${file}.filename or ""):`,
      `{step}${place.nameOf('abort')}(400)`,
    ]);
  });
}
