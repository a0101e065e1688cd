/** Builds what rules read about one file, lazily and at most once each. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { shifted } from '../base/range';
import type { FolderConfig } from '../config/folderConfig';
import type { SuppressionOptions } from '../config/suppressions';
import type { FlowEngine } from '../flow/engine';
import { baseOf, type MisuseHit, type SinkHit, type WriteHit } from '../flow/machine';
import type { FlowStep } from '../flow/path';
import type { TemplateLook } from '../flow/templateLook';
import type { EmbeddedLook } from '../flow/templateLooks';
import type { Step, Taint, Value } from '../flow/values';
import type { ConfigEntry } from '../model/appConfig';
import { isOfOtherEngine } from '../model/otherEngines';
import type { Place } from '../model/place';
import type { Project } from '../model/project';
import { isTestPath } from '../model/testPath';
import type { EmbeddedContext, FileContext } from '../rules/context';
import type { Rule } from '../rules/rule';
import type { UnitContext } from '../rules/unitContext';
import type { Expression, UnitTree } from '../syntax/python/ast';
import { type FileSuppressions, readSuppressions } from './suppress';
import { createUnitContext } from './unitContext';
import type { UnitMemos } from './unitMemo';

export interface ContextSources {
  readonly project: Project;
  readonly engine: FlowEngine;
  readonly unitMemos: UnitMemos;
  readonly budget: Budget;
  readonly rules: readonly Pick<Rule, 'id'>[];
  readonly folder: FolderConfig;
  createSecret(): string;
}

export function createFileContext(file: FilePath, sources: ContextSources): FileContext {
  const { project, engine, budget } = sources;
  const module = project.module(file);
  const template = project.template(file);
  const hits = once(() => byKind(engine.hits(file)));
  const writes = once(() => byKind(engine.writes(file)));
  const misuses = once(() => byKind(engine.misuses(file)));
  const isOther = once(() => isOfOtherEngine(template?.text ?? ''));
  const look = once(() =>
    template === undefined || isOther() ? NOTHING : engine.templates.look(file, budget),
  );
  const entries = once(() => (module?.units ?? []).flatMap(({ tree }) => engine.config(file, tree)));
  const units = new Map<UnitTree, UnitContext>();
  const traced = new Map<UnitTree, ReadonlyMap<Expression, Value>>();
  const valuesOf = (tree: UnitTree) => {
    const values = traced.get(tree) ?? engine.values(file, tree, budget);
    traced.set(tree, values);
    return values;
  };
  const rangeOf = (tree: UnitTree, range: Range) => shifted(range, baseOf(project, file, tree) ?? 0);
  const step = (place: Place, message: string) => toStep(project, place, message);
  const context: FileContext = {
    file,
    text: project.textOf(file) ?? '',
    project,
    module,
    template,
    isTest: isTestPath(file),
    sinkHits: (kind, ruleId?): readonly SinkHit[] =>
      (hits().get(kind) ?? []).filter(({ row }) => row.rule === ruleId),
    writeHits: (kind): readonly WriteHit[] => writes().get(kind) ?? [],
    misuses: (kind, ruleId?): readonly MisuseHit[] =>
      (misuses().get(kind) ?? []).filter(({ row }) => ruleOf(row) === ruleId),
    isConstant: (tree, node) => valuesOf(tree).get(node)?.constants !== undefined,
    valueOf: (tree, node) => valuesOf(tree).get(node),
    marks: () => look().marks,
    outputs: () => look().outputs,
    isOfOtherEngine: isOther,
    unit(tree): UnitContext {
      const known = units.get(tree) ?? createUnitContext(file, tree, project, engine);
      units.set(tree, known);
      return known;
    },
    perUnit: (compute) =>
      (module?.units ?? []).map(({ tree }) => ({ tree, value: sources.unitMemos.of(file, tree, compute) })),
    configEntries: (): readonly ConfigEntry[] => entries(),
    configProblems: () => sources.folder.problems.get(file) ?? [],
    suppressionProblems: () => suppressionsOf(context, sources)?.suppressions.problems ?? [],
    baseOf: (tree) => baseOf(project, file, tree) ?? 0,
    rangeOf,
    step,
    flow: (taint, last, message) => [...flowSteps(project, taint), step(last, message)],
    embedded: once(() =>
      module === undefined
        ? []
        : engine.templates.embedded(file, budget).map((look) => embeddedContext(context, look)),
    ),
    createSecret: () => sources.createSecret(),
  };
  return context;
}

const suppressions = new WeakMap<FileContext, FileSuppressions | undefined>();

/** The comments of the file that switch findings off; undefined if there are none. */
export function suppressionsOf(
  context: FileContext,
  { rules, folder }: Pick<ContextSources, 'rules' | 'folder'>,
): FileSuppressions | undefined {
  if (suppressions.has(context)) return suppressions.get(context);
  const read = readSuppressions(context, suppressionOptions({ rules, folder }));
  suppressions.set(context, read);
  return read;
}

export function suppressionOptions({
  rules,
  folder,
}: Pick<ContextSources, 'rules' | 'folder'>): SuppressionOptions {
  return { honorOtherTools: folder.config.foreignSuppressions, ruleIds: rules.map(({ id }) => id) };
}

/** Facts of the Python around are not the template's. */
function embeddedContext(around: FileContext, { embedded, marks, outputs }: EmbeddedLook): EmbeddedContext {
  return {
    ...around,
    module: undefined,
    template: embedded.template,
    written: embedded,
    sinkHits: () => [],
    writeHits: () => [],
    misuses: () => [],
    marks: () => marks,
    outputs: () => outputs,
    embedded: () => [],
    perUnit: () => [],
    configEntries: () => [],
    configProblems: () => [],
    suppressionProblems: () => [],
  };
}

const NOTHING: TemplateLook = { marks: [], outputs: [] };

function flowSteps(project: Project, taint: Taint): FlowStep[] {
  const steps: FlowStep[] = [];
  for (let step: Step | undefined = taint.last; step !== undefined; step = step.previous)
    steps.push(toStep(project, step.place, step.message));
  return steps.reverse();
}

export function toStep(project: Project, { file, tree, range }: Place, message: string): FlowStep {
  const base = tree === undefined ? 0 : (baseOf(project, file, tree) ?? 0);
  return { file, range: shifted(range, base), message };
}

function ruleOf(row: MisuseHit['row']): string | undefined {
  return 'rule' in row ? row.rule : undefined;
}

/** Every rule asks for its own. */
function byKind<Kind, Hit extends { readonly row: { readonly kind: Kind } }>(
  hits: readonly Hit[],
): ReadonlyMap<Kind, readonly Hit[]> {
  const groups = new Map<Kind, Hit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.row.kind);
    if (group === undefined) groups.set(hit.row.kind, [hit]);
    else group.push(hit);
  }
  return groups;
}

function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}
