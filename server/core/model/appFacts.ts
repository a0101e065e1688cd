/** What is known about an app as a whole: its extensions, settings and headers, over all of its files. Files belong
 *  together that import each other, directly or through others: a folder can hold several apps. */
import type { FilePath } from '../base/filePath';
import { hash } from '../base/hash';
import { type Capability, EXTENSIONS } from '../knowledge/extensions';
import type { UnitTree } from '../syntax/python/ast';
import { type AppUnit, appUnitOf, type ConfigValue, mayTellOfApp, type Trait } from './appUnit';
import { type ConfigLoad, loadedFiles } from './configLoads';
import { contributionOf } from './contribution';
import type { Tracked } from './dependencies';
import { isDevelopmentFile } from './developmentCode';
import { appInKey, factsKey, firstAppKey, importsInKey, partsKey } from './keys';
import type { Project } from './project';
import { type Binding, type ScopeTable, scopeOf } from './scopes';
import { isTestPath } from './testPath';
import { TrackedCache } from './trackedCache';
import { unitFacts } from './unitFacts';

export interface AppFacts {
  /** Files in which an app is made, sorted, those for development last; tests are left out of everything here. */
  readonly appFiles: readonly FilePath[];
  /** Classes of extensions that are set up, and of those that are made and never set up. */
  readonly setUp: ReadonlySet<string>;
  readonly idle: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<Capability>;
  /** Lower case. */
  readonly headers: ReadonlySet<string>;
  readonly config: readonly ConfigValue[];
  readonly traits: ReadonlySet<Trait>;
}

/** Facts of one unit, with the file it is in. */
interface Part {
  readonly file: FilePath;
  readonly unit: AppUnit;
}

export class AppIndex {
  readonly #project: Project;
  readonly #units = new WeakMap<UnitTree, { readonly file: FilePath; readonly kept: Tracked<AppUnit> }>();
  readonly #parts: TrackedCache<FilePath, readonly AppUnit[]>;
  readonly #groups: TrackedCache<string, Groups>;
  readonly #merged: TrackedCache<string, ReadonlyMap<FilePath, AppFacts>>;

  constructor(project: Project) {
    this.#project = project;
    this.#parts = new TrackedCache(project.tracker);
    this.#groups = new TrackedCache(project.tracker);
    this.#merged = new TrackedCache(project.tracker);
  }

  /** The app that a file is a part of. Whoever asks depends on what is known, not on the statements that say so. */
  factsOf(file: FilePath): AppFacts {
    this.#project.tracker.note(factsKey(file));
    return this.#all().get(file) ?? NOTHING;
  }

  /** The same as text. */
  textOf(file: FilePath): string {
    const facts = (this.#merged.get('') ?? this.#merged.make('', () => this.#merge())).get(file) ?? NOTHING;
    let text = texts.get(facts);
    if (text === undefined) {
      text = JSON.stringify(facts, (_, value) => (value instanceof Set ? [...value].sort() : value));
      texts.set(facts, text);
    }
    return text;
  }

  #all(): ReadonlyMap<FilePath, AppFacts> {
    const made = () => this.#merged.make('', () => this.#merge());
    return this.#merged.peek('') ?? this.#project.tracker.apart(made).value;
  }

  /** The apps that are made somewhere, by the file that makes them, with their files. */
  all(): readonly { readonly facts: AppFacts; readonly files: readonly FilePath[] }[] {
    const groups = new Map<AppFacts, FilePath[]>();
    for (const file of this.#project.pythonFiles()) {
      const facts = this.#all().get(file) ?? NOTHING;
      const files = groups.get(facts);
      if (files !== undefined) files.push(file);
      else if (facts.appFiles.length > 0) groups.set(facts, [file]);
    }
    return [...groups]
      .map(([facts, files]) => ({ facts, files }))
      .sort((a, b) => ((a.facts.appFiles[0] ?? '') < (b.facts.appFiles[0] ?? '') ? -1 : 1));
  }

  /** Files of the same app, sorted. */
  filesWith(file: FilePath): readonly FilePath[] {
    const own = this.factsOf(file);
    return this.#project.pythonFiles().filter((other) => this.factsOf(other) === own);
  }

  /** True for the unit that makes the app first, of those that make one: what the app lacks is said there. */
  isFirstApp(file: FilePath, tree: UnitTree): boolean {
    if (this.factsOf(file).appFiles[0] !== file) return false;
    const { tracker } = this.#project;
    tracker.note(firstAppKey(file));
    return tracker.apart(() => this.firstAppOf(file)).value === tree;
  }

  /** The statement of a file that makes an app first. */
  firstAppOf(file: FilePath): UnitTree | undefined {
    return this.#tellingTrees(file).find((tree) => this.unit(file, tree).nApps > 0);
  }

  #merge(): ReadonlyMap<FilePath, AppFacts> {
    this.#project.tracker.note('files');
    const files = this.#project.pythonFiles();
    const groups = this.#groups.get('') ?? this.#groups.make('', () => this.#group());
    const parts = new Map<FilePath, Part[]>();
    for (const file of files) {
      const units = isTestPath(file) ? [] : this.#partsOf(file);
      if (units.length === 0) continue;
      const root = groups.find(file);
      const own = units.map((unit) => ({ file, unit }));
      const known = parts.get(root);
      if (known === undefined) parts.set(root, own);
      else known.push(...own);
    }
    const facts = new Map([...parts].map(([root, units]) => [root, factsOf(units)] as const));
    return new Map(files.map((file) => [file, facts.get(groups.find(file)) ?? NOTHING]));
  }

  /** Files that import each other or load each other's settings. */
  #group(): Groups {
    const groups = new Groups();
    for (const file of this.#project.pythonFiles()) {
      this.#project.tracker.note(importsInKey(file));
      if (isTestPath(file)) continue;
      for (const { tree } of this.#project.module(file)?.units ?? []) {
        for (const one of importsIn(tree))
          for (const target of targetsOf(this.#project, file, one))
            if (!isTestPath(target)) groups.join(file, target);
        for (const load of contributionOf(tree).loads)
          for (const target of filesOfLoad(this.#project, file, load)) groups.join(file, target);
      }
    }
    return groups;
  }

  /** What the statements of a file say of their app. Whoever asks depends on that alone. */
  #partsOf(file: FilePath): readonly AppUnit[] {
    const { tracker } = this.#project;
    tracker.note(partsKey(file));
    return this.#parts.peek(file) ?? tracker.apart(() => this.#madeParts(file)).value;
  }

  /** The same as text. */
  partsText(file: FilePath): string {
    return hash(JSON.stringify(this.#parts.get(file) ?? this.#madeParts(file)));
  }

  #madeParts(file: FilePath): readonly AppUnit[] {
    return this.#parts.make(file, () => this.#tellingTrees(file).map((tree) => this.unit(file, tree)));
  }

  #tellingTrees(file: FilePath): readonly UnitTree[] {
    this.#project.tracker.note(appInKey(file));
    return (this.#project.module(file)?.units ?? []).map(({ tree }) => tree).filter(mayTellOfApp);
  }

  /** What a file imports, as text. */
  importsText(file: FilePath): string {
    const units = this.#project.module(file)?.units ?? [];
    return hash(JSON.stringify(units.map(({ tree }) => [importsIn(tree), contributionOf(tree).loads])));
  }

  /** What one statement says of its app. */
  unit(file: FilePath, tree: UnitTree): AppUnit {
    const { tracker } = this.#project;
    const known = this.#units.get(tree);
    if (known !== undefined && known.file === file && tracker.isValid(known.kept.dependencies)) {
      tracker.use(known.kept.dependencies);
      return known.kept.value;
    }
    const kept = tracker.track(() => appUnitOf(this.#project, file, tree));
    if (!tracker.isPaused) this.#units.set(tree, { file, kept });
    return kept.value;
  }
}

const texts = new WeakMap<AppFacts, string>();

const NOTHING: AppFacts = {
  appFiles: [],
  setUp: new Set(),
  idle: new Set(),
  capabilities: new Set(),
  headers: new Set(),
  config: [],
  traits: new Set(),
};

function factsOf(parts: readonly Part[]): AppFacts {
  const all = <T>(select: (unit: AppUnit) => readonly T[]) =>
    new Set(parts.flatMap(({ unit }) => select(unit)));
  const setUp = all(({ setUp }) => setUp);
  const made = all(({ made }) => made);
  return {
    appFiles: [...new Set(parts.flatMap(({ file, unit }) => (unit.nApps > 0 ? [file] : [])))].sort(
      (a, b) => Number(isDevelopmentFile(a)) - Number(isDevelopmentFile(b)) || (a < b ? -1 : 1),
    ),
    setUp,
    idle: new Set([...made].filter((name) => !setUp.has(name))),
    capabilities: new Set([...setUp].flatMap((name) => EXTENSIONS.get(name) ?? [])),
    headers: all(({ headers }) => headers),
    config: parts.flatMap(({ unit }) => unit.config),
    traits: all(({ traits }) => traits),
  };
}

type Import = Omit<Extract<Binding, { kind: 'import' }>, 'kind'>;

/** Imports of a unit, those inside of functions too: factories import late. */
export function importsIn(tree: UnitTree): readonly Import[] {
  const importsOf = ({ bindings, stars }: ScopeTable): readonly Import[] => [
    ...[...bindings.values()].flat().filter((binding) => binding.kind === 'import'),
    ...stars,
  ];
  return [
    ...importsOf(scopeOf(tree)),
    ...unitFacts(tree).functions.flatMap(({ node }) => importsOf(scopeOf(node))),
  ];
}

/** `from .views import auth` is about the module `views` and perhaps about `views.auth`. */
function targetsOf(project: Project, from: FilePath, { module, level, member }: Import): readonly FilePath[] {
  const names = member === undefined ? [module] : [module, module === '' ? member : `${module}.${member}`];
  return names.flatMap((name) => project.findModule(from, name, level) ?? []);
}

/** `from_object("shop.settings.Config")` names a class of a module. */
function filesOfLoad(project: Project, from: FilePath, load: ConfigLoad): readonly FilePath[] {
  const found = loadedFiles(project, from, load);
  const dot = load.name.lastIndexOf('.');
  return found.length > 0 || load.form === 'path' || dot < 0
    ? found
    : loadedFiles(project, from, { ...load, name: load.name.slice(0, dot) });
}

/** Union of files into groups. */
class Groups {
  readonly #parents = new Map<FilePath, FilePath>();

  find(file: FilePath): FilePath {
    let root = file;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    if (root !== file) this.#parents.set(file, root);
    return root;
  }

  join(a: FilePath, b: FilePath): void {
    const [first, second] = [this.find(a), this.find(b)].sort() as [FilePath, FilePath];
    if (first !== second) this.#parents.set(second, first);
  }
}
