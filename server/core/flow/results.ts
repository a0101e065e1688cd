/** What interpreting each unit gave, and an index of it by the file in which it counts: a flow that starts in one
 *  file may end in another. */
import type { FilePath } from '../base/filePath';
import type { Tracked } from '../model/dependencies';
import { treeId } from '../model/unitPlaces';
import type { UnitTree } from '../syntax/python/ast';
import { onePerArgument, onePerTarget, rowKey } from './hits';
import type { MisuseHit, Render, SinkHit, WriteHit } from './machine';
import { valueKey } from './symbols';
import type { Step } from './values';

export interface UnitResult {
  readonly hits: readonly SinkHit[];
  readonly writes: readonly WriteHit[];
  readonly misuses: readonly MisuseHit[];
  readonly renders: readonly Render[];
  /** The unit was followed in part only. */
  readonly isShort?: boolean;
}

interface Entry {
  readonly file: FilePath;
  readonly result: Tracked<UnitResult>;
}

/** Where results of other units arrive. */
interface Arrivals {
  readonly byTree: Map<UnitTree, UnitResult>;
  /** Counts changes, so that reports made from the arrivals know when they are old. */
  version: number;
}

export class Results {
  readonly #entries = new Map<UnitTree, Entry>();
  readonly #arrivals = new Map<FilePath, Arrivals>();
  readonly #renders = new Map<string, Map<UnitTree, readonly Render[]>>();
  /** Counts the results of each file's units that came or went. */
  readonly #ownVersions = new Map<FilePath, number>();
  /** Names of templates whose renders changed last, and how many were noted before these. */
  #renderLog: string[] = [];
  #nForgotten = 0;

  get(tree: UnitTree): Tracked<UnitResult> | undefined {
    return this.#entries.get(tree)?.result;
  }

  set(file: FilePath, tree: UnitTree, result: Tracked<UnitResult>): void {
    const before = this.#entries.get(tree)?.result.value;
    this.#entries.set(tree, { file, result });
    this.#countOwn(file);
    this.#move(tree, before, result.value);
  }

  delete(tree: UnitTree): void {
    const before = this.#entries.get(tree);
    if (before === undefined) return;
    this.#entries.delete(tree);
    this.#countOwn(before.file);
    this.#move(tree, before.result.value, undefined);
  }

  /** Hits that count in a file, those of other files' units included; one for each argument. */
  hitsIn(file: FilePath, own: readonly UnitTree[]): readonly SinkHit[] {
    return onePerArgument(
      this.#resultsFor(file, own).flatMap(({ hits }) => hits.filter(({ site }) => site.file === file)),
    );
  }

  writesIn(file: FilePath, own: readonly UnitTree[]): readonly WriteHit[] {
    return onePerTarget(
      this.#resultsFor(file, own).flatMap(({ writes }) => writes.filter(({ site }) => site.file === file)),
    );
  }

  /** Faulty calls and writes in a file, each once, however many calls lead to it. */
  misusesIn(file: FilePath, own: readonly UnitTree[]): readonly MisuseHit[] {
    const found = new Map<string, MisuseHit>();
    for (const { misuses } of this.#resultsFor(file, own))
      for (const hit of misuses)
        if (hit.site.file === file) {
          const key = `${rowKey(hit.row)}:${treeId(hit.site.tree)}:${hit.place.start}`;
          if (!found.has(key)) found.set(key, hit);
        }
    return [...found.values()];
  }

  /** Renders that name a template. */
  rendersOf(name: string): readonly Render[] {
    return [...(this.#renders.get(name)?.values() ?? [])].flat();
  }

  /** Names of all templates that are rendered. */
  renderedNames(): Iterable<string> {
    return this.#renders.keys();
  }

  /** Changes when something else arrives in a file than before. */
  arrivalVersion(file: FilePath): number {
    return this.#arrivals.get(file)?.version ?? 0;
  }

  /** Changes when a unit of the file was worked out anew, or left. */
  ownVersion(file: FilePath): number {
    return this.#ownVersions.get(file) ?? 0;
  }

  /** Moves on whenever renders of some template change. */
  get renderPosition(): number {
    return this.#nForgotten + this.#renderLog.length;
  }

  /** Names of templates whose renders changed since a position; undefined when that is too long ago. */
  rendersChangedSince(position: number): readonly string[] | undefined {
    return position < this.#nForgotten ? undefined : this.#renderLog.slice(position - this.#nForgotten);
  }

  #countOwn(file: FilePath): void {
    this.#ownVersions.set(file, this.ownVersion(file) + 1);
  }

  #logRender(name: string): void {
    if (this.#renderLog.length >= MAX_LOGGED) {
      this.#nForgotten += this.#renderLog.length;
      this.#renderLog = [];
    }
    this.#renderLog.push(name);
  }

  #resultsFor(file: FilePath, own: readonly UnitTree[]): readonly UnitResult[] {
    const ownTrees = new Set(own);
    const foreign = [...(this.#arrivals.get(file)?.byTree ?? [])].filter(([tree]) => !ownTrees.has(tree));
    const results = own.flatMap((tree) => this.#entries.get(tree)?.result.value ?? []);
    // In the order of the files that they come from, not of their computation.
    const sorted = foreign.sort(([a], [b]) =>
      (this.#entries.get(a)?.file ?? '') < (this.#entries.get(b)?.file ?? '') ? -1 : 1,
    );
    return [...results, ...sorted.map(([, result]) => result)];
  }

  #move(tree: UnitTree, before: UnitResult | undefined, after: UnitResult | undefined): void {
    const own = this.#entries.get(tree)?.file;
    const files = new Set([...(before ? targets(before) : []), ...(after ? targets(after) : [])]);
    for (const file of files) {
      if (file === own) continue;
      const arrivals = this.#arrivals.get(file) ?? { byTree: new Map(), version: 0 };
      this.#arrivals.set(file, arrivals);
      const isSame =
        before !== undefined && after !== undefined && resultKey(before, file) === resultKey(after, file);
      if (after !== undefined && targets(after).has(file)) arrivals.byTree.set(tree, after);
      else arrivals.byTree.delete(tree);
      if (!isSame) arrivals.version++;
    }
    for (const render of before?.renders ?? [])
      for (const name of render.templates) {
        this.#renders.get(name)?.delete(tree);
        this.#logRender(name);
      }
    for (const render of after?.renders ?? [])
      for (const name of render.templates) {
        const byTree = this.#renders.get(name) ?? new Map<UnitTree, readonly Render[]>();
        this.#renders.set(name, byTree);
        this.#logRender(name);
        byTree.set(tree, after?.renders.filter(({ templates }) => templates.includes(name)) ?? []);
      }
  }
}

/** Changes of renders that are remembered one by one: an edit makes few. */
const MAX_LOGGED = 1_000;

function targets({ hits, writes, misuses }: UnitResult): ReadonlySet<FilePath> {
  return new Set([...hits, ...writes, ...misuses].map(({ site }) => site.file));
}

/** Equal when the same flows end in a file, step by step. */
function resultKey({ hits, writes, misuses }: UnitResult, file: FilePath): string {
  const flows = [...hits, ...writes]
    .filter(({ site }) => site.file === file)
    .map(
      ({ value, site }) =>
        `${valueKey(value)}${site.tree.length}${value.taints.map(({ last }) => stepsKey(last)).join()}`,
    );
  const faults = misuses
    .filter(({ site }) => site.file === file)
    .map(({ row, site, place }) => `${rowKey(row)}${treeId(site.tree)}:${place.start}`);
  return [...flows, ...faults].join(';');
}

function stepsKey(last: Step | undefined): string {
  const parts: string[] = [];
  for (let step = last; step !== undefined; step = step.previous)
    parts.push(`${step.place.file}:${step.place.range.start}:${step.message}`);
  return parts.join('>');
}
