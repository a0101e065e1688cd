/** What a person can do about a finding other than mend the code: switch it off where it is, or tell the configuration
 *  what Moat does not know. Made from the present texts when somebody asks, like fixes. */
import { dirname, type FilePath } from '../base/filePath';
import { contains, type Range, shifted } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import { addToTomlList, setTomlValue, tomlText } from '../edits/tomlEdit';
import { KNOWLEDGE } from '../knowledge/index';
import { SINK_KINDS } from '../knowledge/kinds';
import { definitionName } from '../model/refs';
import { unitFacts } from '../model/unitFacts';
import type { FileContext } from '../rules/context';
import type { FileEdit, Finding, Rule } from '../rules/rule';
import { actionTitle } from './actionTitles';
import { configEdit, configFileOf } from './configuredFile';
import { type SuppressEdit, type SuppressScope, type SuppressTarget, suppressEdit } from './suppressEdits';

export interface FindingAction {
  /** Tells the actions of one finding apart. */
  readonly key: string;
  /** Imperative, no period. */
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** Where a reason is to be typed, once the edits are made. */
  readonly reasonAt?: { readonly file: FilePath; readonly offset: number };
}

/** From the smallest step to the widest. */
export function actionsFor(
  context: FileContext,
  finding: Finding,
  rule: Rule | undefined,
  read: SuppressTarget['read'],
): readonly FindingAction[] {
  const { ruleId, severity, file } = finding;
  const target = configTarget(context);
  const inConfig = (key: string, title: string, edit: ConfigEdit | undefined): FindingAction[] =>
    edit === undefined ? [] : [{ key, title, edits: [edit] }];
  const folder = dirname(file);
  const set = (path: readonly string[], value: string) =>
    target.edit((text, at) => setTomlValue(text, [...at, ...path], value));
  const isUpkeep = rule?.kind === 'upkeep';
  return [
    ...(isUpkeep ? [] : suppressions(context, finding, read)),
    ...calledOnPath(context, finding).flatMap((name) => trustActions(target, rule, name)),
    ...(severity === 'hint'
      ? []
      : inConfig('hint', actionTitle('makeHint', ruleId, target.file), set(['rules', ruleId], '"hint"'))),
    ...(folder === '' || isUpkeep
      ? []
      : inConfig(
          'folder',
          actionTitle('ignoreInFolder', ruleId, folder, target.file),
          set(['per-path', `${folder}/**`, ruleId], '"off"'),
        )),
    ...inConfig('off', actionTitle('switchOff', ruleId, target.file), set(['rules', ruleId], '"off"')),
  ];
}

function suppressions(context: FileContext, finding: Finding, read: SuppressTarget['read']): FindingAction[] {
  const target: SuppressTarget = { file: context, range: finding.range, ruleId: finding.ruleId, read };
  const made = (scope: SuppressScope, title: string): FindingAction[] => {
    const found = suppressEdit(target, scope);
    return found === undefined ? [] : [toAction(context.file, scope, title, found)];
  };
  return [
    ...made('line', actionTitle('ignoreHere', finding.ruleId)),
    ...made('file', actionTitle('ignoreInFile', finding.ruleId)),
  ];
}

function toAction(
  file: FilePath,
  scope: SuppressScope,
  title: string,
  { edit, reasonAt }: SuppressEdit,
): FindingAction {
  const action = { key: `ignore-${scope}`, title, edits: [{ file, isNew: false, edits: [edit] }] };
  return reasonAt === undefined
    ? action
    : { ...action, reasonAt: { file, offset: edit.range.start + reasonAt } };
}

type ConfigEdit = FileEdit;

/** The file that the folder's configuration is, or is to be. */
interface ConfigTarget {
  readonly file: FilePath;
  edit(make: (text: string, path: readonly string[]) => TextEdit | undefined): ConfigEdit | undefined;
}

function configTarget({ project }: FileContext): ConfigTarget {
  const textOf = (name: FilePath) => project.textOf(name);
  return {
    file: configFileOf(textOf),
    edit(make) {
      const made = configEdit(textOf, make);
      return made && { file: made.file, isNew: !project.hasFile(made.file), edits: [made.edit] };
    },
  };
}

function trustActions(target: ConfigTarget, rule: Rule | undefined, name: string): FindingAction[] {
  const kind = rule?.kind;
  const short = name.slice(name.lastIndexOf('.') + 1);
  const isSinkKind = kind !== undefined && Object.hasOwn(SINK_KINDS, kind);
  const row = `{ clears = [${tomlText(kind ?? '')}] }`;
  const sanitizer = target.edit((text, at) => setTomlValue(text, [...at, 'sanitizers', name], row));
  const trusted = target.edit((text, at) => addToTomlList(text, [...at, 'trusted'], name));
  return [
    ...(isSinkKind && sanitizer !== undefined
      ? [
          {
            key: `sanitizer ${name}`,
            title: actionTitle('sanitizer', `${short}()`, target.file),
            edits: [sanitizer],
          },
        ]
      : []),
    ...(isSinkKind && trusted !== undefined
      ? [
          {
            key: `trusted ${name}`,
            title: actionTitle('trusted', `${short}()`, target.file),
            edits: [trusted],
          },
        ]
      : []),
  ];
}

/** More functions than this are no choice any more. */
const MAX_FUNCTIONS = 3;

/** Functions of the project, and of libraries that no row is about, whose result lies on the path, latest first. What
 *  comes from an unknown place has no path: then those that are called in the place itself. */
function calledOnPath(context: FileContext, { path, range, file }: Finding): readonly string[] {
  const names =
    path.length === 0
      ? calledAt(context, file, (call) => contains(range, call))
      : path.toReversed().flatMap((step) => calledAt(context, step.file, (call) => isSame(call, step.range)));
  return [...new Set(names)].slice(0, MAX_FUNCTIONS);
}

function isSame(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

/** `isMeant` gets the places of calls in the file. */
function calledAt(
  { project }: FileContext,
  file: FilePath,
  isMeant: (call: Range) => boolean,
): readonly string[] {
  const units = project.module(file)?.units ?? [];
  return units
    .flatMap(({ base, tree }) =>
      unitFacts(tree)
        .calls.filter(({ node }) => isMeant(shifted(node, base)))
        .flatMap(({ node, owners }) => project.resolver.resolve(node.func, { file, tree, owners })),
    )
    .flatMap((ref) => {
      if (ref.kind === 'function') return [definitionName(ref)];
      // A library that rows are about is understood: `request.args.get` is where data comes from, not what cleans it.
      const [library = ''] = ref.kind === 'external' ? ref.name.split('.') : [];
      const isNew = ref.kind === 'external' && !KNOWLEDGE.knows(library) && /^\w+(?:\.\w+)+$/.test(ref.name);
      return isNew ? [ref.name] : [];
    });
}
