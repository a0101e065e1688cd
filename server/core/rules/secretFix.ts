/** The fix of a secret in the code: it moves to the environment, the app refuses to start without it, and the
 *  files that developers need for that (`.env`, `.env.example`, `.gitignore`) come along in the same edit.
 *  A key of the app's own is replaced by a fresh one, since what was in the code is known; a secret that somebody else
 *  gave out stays the same until they give out another. */
import { dirname, type FilePath, joinPath } from '../base/filePath';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import { type EnsuredImport, ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { addEnvExample, ensureIgnored, type FileEdits, setEnvValue } from '../edits/envFile';
import type { Refusal } from '../edits/outcome';
import {
  indentationAt,
  indentUnitOf,
  insertLine,
  isFirstOnLine,
  lineEndOf,
  preferredQuote,
} from '../edits/pythonText';
import { baseOf } from '../flow/machine';
import type { Module, Statement, StringExpression, UnitTree } from '../syntax/python/ast';
import { walkStatements } from '../syntax/python/walk';
import { insertedLines } from './appPlace';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FileEdit, FixOutcome, FixSafety } from './rule';
import type { SecretSetting } from './secretKeys';

/** A secret and what is to stand in its place. */
export interface MovedSecret {
  readonly file: FilePath;
  readonly tree: UnitTree;
  /** What is replaced. */
  readonly node: Range;
  readonly variable: string;
  /** What `.env` is to hold; a fresh key when left out. */
  readonly present?: string;
  readonly isBytes: boolean;
  /** Where dropping an argument is all that is needed: the settings library raises without a default. */
  readonly defaultArgument?: Range;
  readonly title: string;
  readonly safety: FixSafety;
}

/** The app's own key: a fresh one takes its place. */
export function fixSecret(context: FileContext, { entry, origin }: SecretSetting): readonly FixOutcome[] {
  if (origin.kind !== 'literal' && origin.kind !== 'fallback') return [];
  const isLiteral = origin.kind === 'literal';
  const variable = (isLiteral ? undefined : origin.variable) ?? entry.key;
  const moved: MovedSecret = {
    file: origin.site.file,
    tree: origin.site.tree,
    node: origin.node,
    variable,
    isBytes: origin.node.kind === 'String' && origin.node.isBytes,
    ...(isLiteral ? {} : { defaultArgument: origin.defaultArgument }),
    title: isLiteral
      ? `Read \`${variable}\` from the environment, with a new key: the old one is burnt`
      : 'Drop the fallback and require the variable',
    safety: isLiteral ? 'review' : 'safe',
  };
  return [...moveToEnvironment(context, moved), ...(isLiteral ? raising(context, moved) : [])];
}

/** The same with words for whoever starts the app without the key. */
function raising(context: FileContext, secret: MovedSecret): readonly FixOutcome[] {
  const { file, tree, node, variable } = secret;
  const module = context.project.module(file);
  const base = baseOf(context.project, file, tree);
  const around = walkStatements(tree.body).find(
    (one) => one.kind === 'Assign' && one.value.start === node.start && one.value.end === node.end,
  );
  const [target] = around?.kind === 'Assign' ? around.targets : [];
  if (module === undefined || base === undefined || target === undefined || secret.isBytes) return [];
  const start = base + target.start;
  if (!isFirstOnLine(module.text, start)) return [];
  const environ = environName(module, start);
  const beside = environmentFiles(context, file, variable, context.createSecret());
  if (environ.kind === 'refused' || !Array.isArray(beside)) return [];
  const quote = preferredQuote(module.text);
  const indentation = indentationAt(module.text, start);
  const end = lineEndOf(module.text);
  const name = module.text.slice(start, base + target.end);
  const message = `${variable} is not set: put it into the environment or .env`;
  const lines = [
    `${environ.localName}.get(${quote}${variable}${quote})`,
    `if not ${name}:`,
    `${indentUnitOf(module.text)}raise RuntimeError(${quote}${message}${quote})`,
  ];
  const newText = lines.join(`${end}${indentation}`);
  const edit = { range: { start: base + node.start, end: base + node.end }, newText };
  const edits = [{ file, isNew: false, edits: [...environ.edits, edit] }, ...beside];
  const title = `Read \`${variable}\` with \`.get\`, and raise a message without it`;
  return [{ kind: 'fix', fix: { title, safety: 'review', edits } }];
}

export function moveToEnvironment(context: FileContext, secret: MovedSecret): readonly FixOutcome[] {
  const { file, tree, node, variable, defaultArgument, title, safety } = secret;
  const module = context.project.module(file);
  const base = baseOf(context.project, file, tree);
  if (module === undefined || base === undefined) return [];
  const range = { start: base + node.start, end: base + node.end };
  const edits: TextEdit[] = [];
  if (defaultArgument !== undefined) {
    edits.push({ range: argumentRange(module.text, base, defaultArgument), newText: '' });
  } else {
    const environ = environName(module, range.start);
    if (environ.kind === 'refused') return [refused(environ.reason)];
    const quote = preferredQuote(module.text);
    const newText = `${environ.localName}[${quote}${variable}${quote}]${secret.isBytes ? '.encode()' : ''}`;
    edits.push(...environ.edits, ...dotenvLines(context, module, range.start), { range, newText });
  }
  const around = environmentFiles(context, file, variable, secret.present ?? context.createSecret());
  if (!Array.isArray(around)) return [refused(around.reason)];
  const list = new EditList();
  for (const edit of edits) list.replace(edit.range.start, edit.range.end, edit.newText);
  const files = [{ file, isNew: false, edits: list.finish(module.text) }, ...around];
  return [{ kind: 'fix', fix: { title, safety, edits: files } }];
}

/** Lines and files that give an app without a key one from the environment. `app` is how the code at `offset`, which
 *  begins a line, names it. */
export function keyFromEnvironment(
  context: FileContext,
  module: Module,
  {
    app,
    offset,
    indentation,
  }: { readonly app: string; readonly offset: number; readonly indentation: string },
): { readonly edits: readonly TextEdit[]; readonly files: readonly FileEdit[] } | Refusal {
  const environ = environName(module, offset);
  if (environ.kind === 'refused') return environ;
  const files = environmentFiles(context, context.file, 'SECRET_KEY', context.createSecret());
  if (!Array.isArray(files)) return files;
  const line = `${app}.config["SECRET_KEY"] = ${environ.localName}["SECRET_KEY"]`;
  const edits = [
    ...environ.edits,
    ...dotenvLines(context, module, offset),
    insertedLines(module.text, offset, indentation, [line]),
  ];
  return { edits, files };
}

/** The text of a literal, as a variable of the environment can hold it. */
export function plainTextOf(node: StringExpression): string | undefined {
  let text = '';
  for (const piece of node.tokens.flatMap((token) => token.pieces)) {
    if (piece.kind !== 'Text') return undefined;
    text += piece.value;
  }
  return node.isBytes && !/^[ -~]*$/.test(text) ? undefined : text;
}

/** How the file names `os.environ`, importing `os` if it does not yet. */
function environName(module: Module, usedAt: number): EnsuredImport | Refusal {
  const direct = ensureImport(module, { from: 'os', name: 'environ' }, { usedAt });
  if (direct.kind === 'edits' && direct.edits.length === 0) return direct;
  const imported = ensureImport(module, { module: 'os' }, { usedAt });
  return imported.kind === 'refused' ? imported : { ...imported, localName: `${imported.localName}.environ` };
}

/** `load_dotenv()` in front of the code, where python-dotenv is among the requirements and nothing loads `.env` yet. */
function dotenvLines({ project, file }: FileContext, module: Module, usedAt: number): readonly TextEdit[] {
  const folder = appFolder({ project }, file);
  const listed = ['requirements.txt', 'pyproject.toml'].some((name) =>
    /^\W*python-dotenv\b/im.test(project.textOf(joinPath(folder, name) as FilePath) ?? ''),
  );
  const isLoaded = project
    .pythonFiles()
    .some((other) => project.importedModules(other).some((name) => /^dotenv\b/.test(name)));
  const first = module.units.flatMap(({ base, tree }) =>
    tree.body.flatMap((node) =>
      node.kind === 'Import' || node.kind === 'ImportFrom' || isDocstring(node) ? [] : [base + node.start],
    ),
  )[0];
  if (!listed || isLoaded || first === undefined || first > usedAt || !isFirstOnLine(module.text, first))
    return [];
  const imported = ensureImport(module, { from: 'dotenv', name: 'load_dotenv' }, { usedAt: first });
  if (imported.kind === 'refused') return [];
  return [...imported.edits, insertLine(module.text, first, [`${imported.localName}()`, ''])];
}

function isDocstring(node: Statement): boolean {
  return node.kind === 'Expression' && node.value.kind === 'String';
}

/** An argument with the comma before it. */
function argumentRange(text: string, base: number, argument: Range): Range {
  const comma = text.lastIndexOf(',', base + argument.start);
  return { start: comma < 0 ? base + argument.start : comma, end: base + argument.end };
}

/** `.env` with the value, `.env.example` without one, and `.gitignore`, which keeps the first out of git. */
function environmentFiles(
  context: FileContext,
  file: FilePath,
  variable: string,
  value: string,
): FileEdit[] | Refusal {
  const folder = appFolder(context, file);
  const at = (name: string) => joinPath(folder, name) as FilePath;
  const textOf = (name: string) => context.project.textOf(at(name));
  const builds: readonly [string, FileEdits | Refusal][] = [
    ['.env', setEnvValue(textOf('.env'), variable, value)],
    ['.env.example', addEnvExample(textOf('.env.example'), variable, '')],
    ['.gitignore', ensureIgnored(textOf('.gitignore'), '.env')],
  ];
  const edits: FileEdit[] = [];
  for (const [name, result] of builds) {
    if (result.kind === 'refused') return result;
    if (result.edits.length > 0) edits.push({ file: at(name), isNew: result.isNew, edits: result.edits });
  }
  return edits;
}

const ROOT_FILES = ['.env', '.env.example', '.gitignore', 'requirements.txt', 'pyproject.toml'];

/** The nearest folder above a file that looks like the root of an app; the whole folder if none does. */
function appFolder(context: Pick<FileContext, 'project'>, file: FilePath): FilePath {
  for (let folder = dirname(file); folder !== ''; folder = dirname(folder))
    if (ROOT_FILES.some((name) => context.project.hasFile(`${folder}/${name}`))) return folder;
  return '';
}
