/** `send_file` with a path that a visitor has a say in. */
import type { SinkHit } from '../flow/machine';
import { flowRule } from './flowRule';
import { fixSendFile } from './sendFileFix';

export const rule = flowRule({
  id: 'send-file-from-input',
  title: 'Sent file chosen by a request',
  kind: 'path',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      '`send_file` sends whatever path it is given. With `../../instance/config.py` as a name, your app hands out its ' +
      'own secrets as a download.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask, send_file

app = Flask(__name__)
REPORTS = "/srv/reports"


@app.get("/reports/<path:name>")
def report(name):
    return send_file(os.path.join(REPORTS, name), as_attachment=True)
`,
    },
    safe: {
      'app.py': `
from flask import Flask, send_from_directory

app = Flask(__name__)
REPORTS = "/srv/reports"


@app.get("/reports/<path:name>")
def report(name):
    return send_from_directory(REPORTS, name, as_attachment=True)
`,
    },
    why:
      '`send_from_directory` answers 404 when the name would lead out of the folder. Everything else works as with ' +
      '`send_file`.',
    limits:
      'Files in memory (`io.BytesIO`) are not reported. A path that was made with `safe_join` or `secure_filename` is ' +
      'taken as safe.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Flask: send_from_directory',
        url: 'https://flask.palletsprojects.com/en/stable/api/#flask.send_from_directory',
      },
    ],
  },
  accepts: (hit) => hit.callee === 'flask.send_file' && !isInMemory(hit),
  message: (label) => `The file sent here depends on \`${label}\`, which a visitor controls.`,
  fix: fixSendFile,
});

/** The argument is an open file, not its name. */
function isInMemory({ value }: SinkHit): boolean {
  return value.refs.some((ref) => ref.kind === 'instance' && IN_MEMORY.has(ref.name));
}

const IN_MEMORY = new Set(['io.BytesIO', 'io.StringIO', 'werkzeug.datastructures.FileStorage']);
