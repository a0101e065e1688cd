/** The folder that everybody can fetch files from holds the app itself. */
import { preferredQuote } from '../edits/pythonText';
import type { Expression } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'static-folder-exposes-source',
  title: 'Source code served as static files',
  kind: 'exposedFiles',
  severity: 'error',
  fixSafety: 'assist',
  doc: {
    happens:
      'Flask hands out every file of the static folder to whoever asks. If that is the folder of the app, they ask for ' +
      '`/app.py`, `/config.py`, `/.env` and the database.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__, static_folder=".", static_url_path="")
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__, static_folder="static", static_url_path="")
`,
    },
    why: 'A folder of its own holds what is meant for visitors, and nothing else.',
    limits:
      'Folders that are only known when the app runs are not reported. Tests are left alone. The fix names the folder; ' +
      'move the public files there yourself.',
    references: [
      {
        title: 'CWE-552: Files or Directories Accessible to External Parties',
        url: 'https://cwe.mitre.org/data/definitions/552.html',
      },
      { title: 'Flask: static files', url: 'https://flask.palletsprojects.com/en/stable/tutorial/static/' },
    ],
  },
  message: ({ callee }) =>
    callee === 'flask.send_from_directory'
      ? 'This sends any file of the folder in which the app itself lies, its source and settings included.'
      : 'This folder holds the app itself, so everybody can fetch its source and settings.',
  accepts: ({ site, place }, context) =>
    context.valueOf(site.tree, place)?.constants !== undefined || isOwnFolder(place, context),
  fix(context, { site, place }): readonly FixOutcome[] {
    const quote = preferredQuote(context.text);
    const edit = { range: context.rangeOf(site.tree, place), newText: `${quote}static${quote}` };
    const edits = [{ file: context.file, isNew: false, edits: [edit] }];
    return [{ kind: 'fix', fix: { title: 'Serve a folder of its own', safety: 'assist', edits } }];
  },
});

const FOLDER_FUNCTIONS = new Set([
  'dirname',
  'abspath',
  'realpath',
  'getcwd',
  'resolve',
  'Path',
  'str',
  'cwd',
]);

/** `os.path.dirname(__file__)`, `Path(__file__).parent`, `os.getcwd()`: nothing is joined to it. */
function isOwnFolder(node: Expression, { project, file }: FileContext): boolean {
  if (node.kind === 'Name') {
    const [bound, ...others] = project.bindingsOf(file, node.id);
    const binding = bound?.binding;
    return others.length === 0 && binding?.kind === 'value' && isFolderOfFile(binding.value);
  }
  return isFolderOfFile(node);
}

function isFolderOfFile(node: Expression): boolean {
  const parts = walkExpressions(node);
  const calls = parts.filter((part) => part.kind === 'Call').map(({ func }) => lastName(func));
  const isPlain = parts.every(({ kind }) => kind === 'Call' || kind === 'Attribute' || kind === 'Name');
  if (!isPlain || !calls.every((name) => FOLDER_FUNCTIONS.has(name))) return false;
  const isHere = parts.some((part) => part.kind === 'Name' && part.id === '__file__');
  const isFolder = calls.includes('dirname') || (node.kind === 'Attribute' && node.attr.id === 'parent');
  return (isHere && isFolder) || ['getcwd', 'cwd'].includes(node.kind === 'Call' ? lastName(node.func) : '');
}

function lastName(func: Expression): string {
  if (func.kind === 'Name') return func.id;
  return func.kind === 'Attribute' ? func.attr.id : '';
}
