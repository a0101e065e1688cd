/** The fix that protects an app: `CSRFProtect` is made where the project makes its other extensions, and bound to the
 *  app where those are. */
import type { FilePath } from '../base/filePath';
import { basename, dirname, joinPath } from '../base/filePath';
import type { TextEdit } from '../base/textEdit';
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import type { Refusal } from '../edits/outcome';
import { CSRF_CLASSES } from '../knowledge/extensions';
import type { AppFacts } from '../model/appFacts';
import { scopeOf } from '../model/scopes';
import type { Call, Module } from '../syntax/python/ast';
import { NO_PLACE } from './appFix';
import { type AppPlace, appPlace, insertedLines } from './appPlace';
import type { FileContext } from './context';
import { refused } from './refused';
import { requirementEdits } from './requirementFix';
import type { FileEdit, FixOutcome } from './rule';
import { keyFromEnvironment } from './secretFix';
import type { Located } from './unitNodes';

const PROTECT = { from: 'flask_wtf.csrf', name: 'CSRFProtect' } as const;
const TITLE = 'Check CSRF tokens with `CSRFProtect`';
/** Without a key every form is an error of the server. */
const TITLE_WITH_KEY = 'Check CSRF tokens with `CSRFProtect`, with a `SECRET_KEY` from the environment';

/** An extension that is bound to a name of a module. */
interface Made {
  readonly file: FilePath;
  readonly name: string;
  /** Absolute end of the statement. */
  readonly end: number;
}

export function fixCsrfSetUp(
  context: FileContext,
  app: Located<Call>,
  facts: AppFacts,
): readonly FixOutcome[] {
  const place = appPlace(context, app);
  const { module } = context;
  if (place === undefined || module === undefined) return [NO_PLACE];
  const edits =
    bindIdle(context, module, place) ??
    besideOthers(context, module, place) ??
    inPlace(context, module, place);
  if (!Array.isArray(edits)) return [edits as FixOutcome];
  const keyed = withKey(context, module, place, edits, facts);
  if ('reason' in keyed) return [refused(keyed.reason)];
  return [
    {
      kind: 'fix',
      fix: {
        title: keyed === edits ? TITLE : TITLE_WITH_KEY,
        safety: 'review',
        edits: [...keyed, ...requirementEdits(context, 'Flask-WTF')],
      },
    },
  ];
}

/** The same edits where the app has a key, or may have one; else those that read one as well. */
function withKey(
  context: FileContext,
  module: Module,
  place: AppPlace,
  edits: readonly FileEdit[],
  { config, traits }: AppFacts,
): readonly FileEdit[] | Refusal {
  if (traits.has('unknownConfig') || config.some(({ key }) => key === 'SECRET_KEY')) return edits;
  const added = keyFromEnvironment(context, module, { ...place, offset: place.afterCreation });
  if ('reason' in added) return added;
  const merged = edits.map((one) => {
    if (one.file !== context.file) return one;
    const list = new EditList();
    for (const { range, newText } of [...added.edits, ...one.edits])
      list.replace(range.start, range.end, newText);
    return { ...one, edits: list.finish(context.text) };
  });
  return [...merged, ...added.files];
}

/** Extensions that sign what they keep with visitors. */
const NEEDS_KEY = /csrf|login/i;

type Outcome = readonly FileEdit[] | FixOutcome;

/** Binds an extension that is made somewhere in the app to the app that is made in this file. */
export function fixIdleExtension(
  context: FileContext,
  app: Located<Call>,
  classes: readonly string[],
): readonly FixOutcome[] {
  const place = appPlace(context, app);
  const made = madeExtension(context, classes);
  if (place === undefined || context.module === undefined || made === undefined) return [NO_PLACE];
  const edits = bindMade(context, context.module, place, made);
  if (edits === undefined) return [refused('the extension cannot be imported where the app is made')];
  const isKeyed = classes.some((name) => NEEDS_KEY.test(name));
  const facts = context.project.apps.factsOf(context.file);
  const keyed = isKeyed ? withKey(context, context.module, place, edits, facts) : edits;
  if ('reason' in keyed) return [refused(keyed.reason)];
  return [
    { kind: 'fix', fix: { title: `Bind \`${made.name}\` to the app`, safety: 'review', edits: keyed } },
  ];
}

/** `csrf = CSRFProtect()` is there, and only `csrf.init_app(app)` is missing. */
function bindIdle(context: FileContext, module: Module, place: AppPlace): Outcome | undefined {
  const made = idleProtection(context);
  return made && bindMade(context, module, place, made);
}

function bindMade(
  context: FileContext,
  module: Module,
  place: AppPlace,
  made: Made,
): readonly FileEdit[] | undefined {
  const imports = made.file === context.file ? [] : importOf(context, module, made, place);
  if (imports === undefined) return undefined;
  return [fileEdit(context.file, [...imports, bindingLine(context, place, made.name)])];
}

/** Other extensions are made in a module of their own and bound in the factory: this one, too. */
function besideOthers(context: FileContext, module: Module, place: AppPlace): Outcome | undefined {
  const other = place.lastInit && extensionOf(context, place.lastInit.call);
  const target = other && context.project.module(other.file);
  if (other === undefined || target === undefined || other.file === context.file) return undefined;
  const isTaken = (file: FilePath) => context.project.bindingsOf(file, 'csrf').length > 0;
  if (isTaken(other.file) || isTaken(context.file)) return undefined;
  const ensured = ensureImport(target, PROTECT, { usedAt: other.end });
  const imports = importOf(context, module, { ...other, name: 'csrf' }, place);
  if (ensured.kind === 'refused' || imports === undefined) return undefined;
  const line = insertedLines(target.text, behindLine(target.text, other.end), '', [
    `csrf = ${ensured.localName}()`,
  ]);
  return [
    fileEdit(other.file, [...ensured.edits, line]),
    fileEdit(context.file, [...imports, bindingLine(context, place, 'csrf')]),
  ];
}

function inPlace(context: FileContext, module: Module, place: AppPlace): Outcome {
  const offset = place.lastInit?.end ?? place.afterSetUp;
  const ensured = ensureImport(module, PROTECT, { usedAt: offset });
  if (ensured.kind === 'refused') return refused(ensured.reason);
  const isFree = !place.isInFunction && context.project.bindingsOf(context.file, 'csrf').length === 0;
  const line = `${isFree ? 'csrf = ' : ''}${ensured.localName}(${place.app})`;
  return [
    fileEdit(context.file, [
      ...ensured.edits,
      insertedLines(context.text, offset, place.indentation, [line]),
    ]),
  ];
}

function bindingLine({ text }: FileContext, place: AppPlace, name: string): TextEdit {
  const offset = place.lastInit?.end ?? place.afterSetUp;
  return insertedLines(text, offset, place.indentation, [`${name}.init_app(${place.app})`]);
}

/** Where a module of the app makes a `CSRFProtect` that is never bound. */
function idleProtection({ project, file }: FileContext): Made | undefined {
  const { idle } = project.apps.factsOf(file);
  return CSRF_CLASSES.some((name) => idle.has(name))
    ? madeExtension({ project, file }, CSRF_CLASSES)
    : undefined;
}

function madeExtension(
  { project, file }: Pick<FileContext, 'project' | 'file'>,
  classes: readonly string[],
): Made | undefined {
  for (const candidate of project.apps.filesWith(file))
    for (const { base, tree } of project.module(candidate)?.units ?? [])
      for (const statement of tree.body) {
        const [target] = statement.kind === 'Assign' ? statement.targets : [];
        if (statement.kind !== 'Assign' || target?.kind !== 'Name') continue;
        const refs = project.resolver.resolve(statement.value, { file: candidate, tree, owners: [] });
        if (refs.some((ref) => ref.kind === 'instance' && classes.includes(ref.name)))
          return { file: candidate, name: target.id, end: base + statement.end };
      }
  return undefined;
}

/** Where the object of `db.init_app(app)` is made, if a file of the project gives it a name. */
function extensionOf({ project, file, module }: FileContext, call: Call): Made | undefined {
  if (call.func.kind !== 'Attribute' || call.func.value.kind !== 'Name') return undefined;
  const name = call.func.value.id;
  const units = module?.units ?? [];
  const bindings = units.flatMap(({ tree }) => [
    ...(scopeOf(tree).bindings.get(name) ?? []),
    ...tree.body.flatMap((node) =>
      node.kind === 'FunctionDef' ? (scopeOf(node).bindings.get(name) ?? []) : [],
    ),
  ]);
  for (const binding of bindings) {
    if (binding.kind !== 'import' || binding.member === undefined) continue;
    const target = project.findModule(file, binding.module, binding.level);
    if (target === undefined) continue;
    for (const { base, tree } of project.module(target)?.units ?? [])
      for (const statement of tree.body) {
        const [bound] = statement.kind === 'Assign' ? statement.targets : [];
        if (bound?.kind === 'Name' && bound.id === binding.member)
          return { file: target, name: binding.member, end: base + statement.end };
      }
  }
  return undefined;
}

/** The import of a name of another file, written as the file imports from there already, or as a package does. */
function importOf(
  context: FileContext,
  module: Module,
  made: Made,
  place: AppPlace,
): readonly TextEdit[] | undefined {
  const from = importedAs(context, made.file) ?? relativeName(context, made.file);
  const usedAt = place.lastInit?.end ?? place.afterSetUp;
  const localPackages = [from.split('.')[0] ?? ''];
  const ensured = ensureImport(module, { from, name: made.name }, { usedAt, localPackages });
  if (ensured.kind === 'refused' || ensured.localName !== made.name) return undefined;
  return ensured.edits;
}

function importedAs({ project, file, module }: FileContext, target: FilePath): string | undefined {
  for (const { tree } of module?.units ?? [])
    for (const scope of [
      scopeOf(tree),
      ...tree.body.flatMap((one) => (one.kind === 'FunctionDef' ? [scopeOf(one)] : [])),
    ])
      for (const binding of [...scope.bindings.values()].flat())
        if (
          binding.kind === 'import' &&
          binding.member !== undefined &&
          project.findModule(file, binding.module, binding.level) === target
        )
          return '.'.repeat(binding.level) + binding.module;
  return undefined;
}

function relativeName({ project, file }: FileContext, target: FilePath): string {
  const stem = basename(target).replace(/\.py$/, '');
  const folder = dirname(file);
  if (dirname(target) === folder)
    return project.hasFile(joinPath(folder, '__init__.py') ?? '') ? `.${stem}` : stem;
  return target.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}

function behindLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function fileEdit(file: FilePath, edits: readonly TextEdit[]): FileEdit {
  return { file, isNew: false, edits };
}
