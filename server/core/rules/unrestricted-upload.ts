/** An upload is kept, whatever kind of file it is. */
import { ensureImport } from '../edits/addImport';
import { blocksOf } from '../edits/blocks';
import { indentationAt, isFirstOnLine, lineEndOf } from '../edits/pythonText';
import type { MisuseHit } from '../flow/machine';
import type { Body, Call, Statement } from '../syntax/python/ast';
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

const HELPER = [
  'ALLOWED_EXTENSIONS = {"png", "jpg", "jpeg", "gif", "pdf"}  # the kinds of files that this app wants',
  '',
  '',
  'def allowed_file(filename):',
  '    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED_EXTENSIONS',
  '',
  '',
  '',
];

function fixUpload(context: FileContext, { call, site }: MisuseHit): readonly FixOutcome[] {
  const receiver = call?.func.kind === 'Attribute' ? call.func.value : undefined;
  const unit = context.module?.units.find(({ tree }) => tree === site.tree);
  if (call === undefined || receiver === undefined || unit === undefined || context.module === undefined)
    return [];
  const { base, tree } = unit;
  const statement = statementAround(tree.body, call);
  const first = tree.body[0];
  if (statement === undefined || first === undefined || !isFirstOnLine(context.text, base + statement.start))
    return [refused('the statement shares its line with another one')];
  if (context.project.bindingsOf(context.file, 'allowed_file').length > 0)
    return [refused('there is an `allowed_file` already: call it before the file is kept')];
  const imported = ensureImport(
    context.module,
    { from: 'flask', name: 'abort' },
    { usedAt: base + call.start },
  );
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const file = context.text.slice(base + receiver.start, base + receiver.end);
  const lineEnd = lineEndOf(context.text);
  const indentation = indentationAt(context.text, base + statement.start);
  const step = indentation.includes('\t') ? '\t' : '    ';
  const guard = `if not allowed_file(${file}.filename or ""):${lineEnd}${indentation}${step}${imported.localName}(400)`;
  const edits = [
    ...imported.edits,
    insertion(startOf(first) + base, HELPER.join(lineEnd)),
    insertion(base + statement.start, guard + lineEnd + indentation),
  ];
  const title = 'Let only some kinds of files through';
  return [
    { kind: 'fix', fix: { title, safety: 'assist', edits: [{ file: context.file, isNew: false, edits }] } },
  ];
}

/** In front of the decorators. */
function startOf(statement: Statement): number {
  const decorators =
    statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' ? statement.decorators : [];
  return Math.min(statement.start, ...decorators.map(({ start }) => start));
}

function insertion(at: number, newText: string) {
  return { range: { start: at, end: at }, newText };
}

function refused(reason: string): FixOutcome {
  return { kind: 'refused', reason: `no fix is written, because ${reason}` };
}

function statementAround(body: Body, node: Call): Statement | undefined {
  const around = body.find(({ start, end }) => start <= node.start && node.end <= end);
  if (around === undefined) return undefined;
  for (const block of blocksOf(around)) {
    const inner = statementAround(block, node);
    if (inner !== undefined) return inner;
  }
  return around;
}
