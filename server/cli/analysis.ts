/** Reads and checks what somebody asked for, into a snapshot. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FilePath } from '../core/index';
import { loadBaseline } from './baselineFile';
import { type ChangedLines, changedLines } from './changes';
import { openRepository } from './git';
import { type Place, Places, type RuleFacts, reportedFindings, suppressedFindings } from './report';
import { type Shard, shareOf } from './shares';
import type { Snapshot, SnapshotFile, SnapshotFinding } from './snapshot';
import type { Targets } from './targets';
import { type Parsed, value } from './usage';
import { checkFile, filesToCheck, loadWorkspace, type Run, shown, type Workspace } from './workspace';

export interface AnalysisWishes {
  readonly targets: Targets;
  /** The file of a baseline; that of the project's settings, if they name one; or none. */
  readonly baseline: { readonly file: string } | 'configured' | 'none';
  readonly changes: ChangeWishes | undefined;
  readonly shard: Shard | undefined;
  /** Also gather what comments switch off. */
  readonly listsKnown: boolean;
}

export interface ChangeWishes {
  readonly since: string;
  readonly scope: 'lines' | 'files';
}

export interface Analysis {
  readonly snapshot: Snapshot;
  /** The same for all runs that saw the same files under the same conditions. */
  digest(): string;
}

export function analyze(wishes: AnalysisWishes, run: Run): Parsed<Analysis> {
  const startMs = run.io.now();
  const { base } = wishes.targets;
  // Before the long work: a mistake in the call is told at once.
  const history = findHistory(wishes, run);
  if (history?.kind === 'mistake') return history;
  const workspaces = wishes.targets.targets.map((target) => loadWorkspace(run, target, false));
  const all = workspaces.flatMap((workspace) => {
    const places = new Places(workspace, base);
    return filesToCheck(workspace).map((file) => ({ workspace, places, file, path: places.pathOf(file) }));
  });
  const baselineFile = baselineOf(wishes, run, workspaces);
  const baseline =
    baselineFile === undefined
      ? undefined
      : loadBaseline(run, baselineFile, base, new Set(all.map(({ path }) => path)));
  if (baseline?.kind === 'mistake') return baseline;
  const readNotes = [...run.notes.all];
  const sizes = new Map(all.map(({ workspace, file, path }) => [path, sizeOf(workspace, file)]));
  const share = wishes.shard === undefined ? undefined : shareOf(sizes, wishes.shard);
  const checked = all.map(({ workspace, places, file, path }, index): SnapshotFile => {
    if (share?.has(path) === false)
      return { path, isChecked: false, findings: [], suppressed: [], notes: [] };
    run.progress.show('Checking', index, all.length, path);
    const { report, notes } = checkFile(run, workspace, file);
    const findings = report === undefined ? [] : reportedFindings(workspace, report, places);
    const isChecked = report !== undefined;
    // A shard cannot know what will be asked of all of them together.
    const listsKnown = wishes.listsKnown || share !== undefined;
    const suppressed = listsKnown && isChecked ? suppressedFindings(workspace, file, places) : [];
    const marked = findings.map((each) => ({ ...each, isChanged: true }));
    return { path, isChecked, findings: marked, suppressed, notes };
  });
  const files = history === undefined ? value(checked) : history.value.mark(checked, workspaces);
  if (files.kind === 'mistake') return files;
  const snapshot: Snapshot = {
    base,
    cwd: run.io.cwd,
    notes: readNotes,
    files: files.value,
    baseline: baseline?.value,
    minSeverity: workspaces.length === 1 ? workspaces[0]?.analyzer.config().minSeverity : undefined,
    customRules: customRules(run, workspaces),
    isChangeAsked: history !== undefined,
    durationMs: run.io.now() - startMs,
  };
  return value({
    snapshot,
    digest: () => digestOf({ ...wishes.changes, commit: history?.value.commit }, run, workspaces, snapshot),
  });
}

/** As the user would write it. Of several folders none speaks for the others. */
function baselineOf(
  { baseline }: AnalysisWishes,
  run: Run,
  workspaces: readonly Workspace[],
): string | undefined {
  if (baseline === 'none') return undefined;
  if (baseline !== 'configured') return baseline.file;
  const [workspace, ...others] = workspaces;
  const file = workspace?.analyzer.config().baseline;
  if (workspace === undefined || others.length > 0 || !file) return undefined;
  return shown(run, join(workspace.target.root, file));
}

function customRules({ engine }: Run, workspaces: readonly Workspace[]): RuleFacts[] {
  const known = new Set(engine.rules.map(({ id }) => id));
  const custom = workspaces.flatMap(({ analyzer }) => analyzer.rules().filter(({ id }) => !known.has(id)));
  return custom.map(({ id, title, kind, severity, doc }) => ({ id, title, kind, severity, doc }));
}

interface History {
  /** The one to compare with. */
  readonly commit: string;
  /** Tells which findings are on what has changed. */
  mark(files: readonly SnapshotFile[], workspaces: readonly Workspace[]): Parsed<readonly SnapshotFile[]>;
}

function findHistory({ changes, targets }: AnalysisWishes, { io }: Run): Parsed<History> | undefined {
  if (changes === undefined) return undefined;
  const { base } = targets;
  const repository = openRepository(base, io.env);
  if (repository.kind === 'mistake') return repository;
  const commit = repository.value.mergeBase(changes.since);
  if (commit.kind === 'mistake') return commit;
  const mark: History['mark'] = (files, workspaces) => {
    const texts = textsOf(files, workspaces, base);
    const lines = changedLines(repository.value, base, commit.value, texts);
    if (lines.kind === 'mistake') return lines;
    const isChanged = (place: Place) => touches(lines.value.get(place.path), place, changes.scope);
    const marked = (each: SnapshotFinding): SnapshotFinding => ({
      ...each,
      isChanged: [each, ...each.steps].some(({ place }) => isChanged(place)),
    });
    return value(files.map((file) => ({ ...file, findings: file.findings.map(marked) })));
  };
  return value({ commit: commit.value, mark });
}

function touches(
  lines: ChangedLines | undefined,
  { start, end }: Place,
  scope: ChangeWishes['scope'],
): boolean {
  if (lines === undefined) return false;
  if (lines === 'all') return true;
  if (scope === 'files') return lines.size > 0;
  for (let line = start.line; line <= end.line; line++) if (lines.has(line)) return true;
  return false;
}

/** Texts of all files that a finding or a step of its way lies in. */
function textsOf(
  files: readonly SnapshotFile[],
  workspaces: readonly Workspace[],
  base: string,
): ReadonlyMap<FilePath, string> {
  const texts = new Map<FilePath, string>();
  const wanted = new Set(
    files.flatMap(({ findings }) =>
      findings.flatMap(({ place, steps }) => [place.path, ...steps.map((step) => step.place.path)]),
    ),
  );
  for (const workspace of workspaces) {
    const places = new Places(workspace, base);
    for (const [file, { text }] of workspace.decoded) {
      const path = places.pathOf(file);
      if (wanted.has(path)) texts.set(path, text);
    }
  }
  return texts;
}

function sizeOf({ analyzer }: Workspace, file: FilePath): number {
  return analyzer.textOf(file)?.length ?? 0;
}

function digestOf(
  changes: object,
  run: Run,
  workspaces: readonly Workspace[],
  { base, baseline }: Snapshot,
): string {
  const hash = createHash('sha256');
  const conditions = { exclude: run.exclude, changes, baseline };
  hash.update(JSON.stringify(conditions));
  for (const { target, decoded } of workspaces) {
    const only = target.only === undefined ? null : [...target.only].sort();
    hash.update(JSON.stringify([join('.', target.root.slice(base.length)), only]));
    for (const [file, { text }] of [...decoded].sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(JSON.stringify([file, createHash('sha256').update(text).digest('hex')]));
  }
  return hash.digest('hex');
}
