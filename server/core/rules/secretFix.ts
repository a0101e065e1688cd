/** The fix of a secret in the code: it moves to the environment, the app refuses to start without it, and the
 *  files that developers need for that (`.env`, `.env.example`, `.gitignore`) come along in the same edit.
 *  The old key is never carried over: what was in the code is known. */
import { dirname, type FilePath, joinPath } from '../base/filePath';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import { type EnsuredImport, ensureImport } from '../edits/addImport';
import { addEnvExample, ensureIgnored, type FileEdits, setEnvValue } from '../edits/envFile';
import type { Refusal } from '../edits/outcome';
import { preferredQuote } from '../edits/pythonText';
import { baseOf } from '../flow/machine';
import type { Module } from '../syntax/python/ast';
import type { FileContext } from './context';
import type { FileEdit, FixOutcome } from './rule';
import type { SecretSetting } from './secretKeys';

export function fixSecret(context: FileContext, { entry, origin }: SecretSetting): readonly FixOutcome[] {
  if (origin.kind !== 'literal' && origin.kind !== 'fallback') return [];
  const { site, node } = origin;
  const module = context.project.module(site.file);
  const base = baseOf(context.project, site.file, site.tree);
  if (module === undefined || base === undefined) return [];
  const variable = (origin.kind === 'fallback' ? origin.variable : undefined) ?? entry.key;
  const range = { start: base + node.start, end: base + node.end };
  const edits: TextEdit[] = [];
  if (origin.kind === 'fallback' && origin.defaultArgument !== undefined) {
    edits.push({ range: argumentRange(module.text, base, origin.defaultArgument), newText: '' });
  } else {
    const environ = environName(module, range.start);
    if (environ.kind === 'refused') return [refused(environ.reason)];
    const quote = preferredQuote(module.text);
    const isBytes = node.kind === 'String' && node.isBytes;
    const newText = `${environ.localName}[${quote}${variable}${quote}]${isBytes ? '.encode()' : ''}`;
    edits.push(...environ.edits, { range, newText });
  }
  const around = environmentFiles(context, site.file, variable);
  if (!Array.isArray(around)) return [refused(around.reason)];
  const isLiteral = origin.kind === 'literal';
  const title = isLiteral
    ? `Read \`${variable}\` from the environment`
    : 'Drop the fallback and require the variable';
  const files = [{ file: site.file, isNew: false, edits }, ...around];
  return [{ kind: 'fix', fix: { title, safety: isLiteral ? 'review' : 'safe', edits: files } }];
}

function refused(reason: string): FixOutcome {
  return { kind: 'refused', reason: `no fix is written, because ${reason}` };
}

/** How the file names `os.environ`, importing `os` if it does not yet. */
function environName(module: Module, usedAt: number): EnsuredImport | Refusal {
  const direct = ensureImport(module, { from: 'os', name: 'environ' }, { usedAt });
  if (direct.kind === 'edits' && direct.edits.length === 0) return direct;
  const imported = ensureImport(module, { module: 'os' }, { usedAt });
  return imported.kind === 'refused' ? imported : { ...imported, localName: `${imported.localName}.environ` };
}

/** An argument with the comma before it. */
function argumentRange(text: string, base: number, argument: Range): Range {
  const comma = text.lastIndexOf(',', base + argument.start);
  return { start: comma < 0 ? base + argument.start : comma, end: base + argument.end };
}

/** `.env` with a fresh key, `.env.example` without one, and `.gitignore`, which keeps the first out of git. */
function environmentFiles(context: FileContext, file: FilePath, variable: string): FileEdit[] | Refusal {
  const folder = appFolder(context, file);
  const at = (name: string) => joinPath(folder, name) as FilePath;
  const textOf = (name: string) => context.project.textOf(at(name));
  const builds: readonly [string, FileEdits | Refusal][] = [
    ['.env', setEnvValue(textOf('.env'), variable, context.createSecret())],
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
function appFolder(context: FileContext, file: FilePath): FilePath {
  for (let folder = dirname(file); folder !== ''; folder = dirname(folder))
    if (ROOT_FILES.some((name) => context.project.hasFile(`${folder}/${name}`))) return folder;
  return '';
}
