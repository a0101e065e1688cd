/** The merged facts of all files of one folder. Each file's contribution is added and removed on its own. */
import type { FilePath } from '../base/filePath';
import type { Template } from '../syntax/jinja/ast';
import type { Call, Expression, Module, Unit, UnitTree } from '../syntax/python/ast';
import { AppIndex } from './appFacts';
import { mayTellOfApp } from './appUnit';
import { loadedFiles } from './configLoads';
import { contributionOf, writtenAttributes } from './contribution';
import { DependencyTracker } from './dependencies';
import {
  appInKey,
  attributeKey,
  bodyKey,
  importsInKey,
  isInnerKey,
  isMadeKey,
  nameKey,
  stateKey,
  templateKey,
} from './keys';
import { ModuleIndex } from './modules';
import type { FunctionRef } from './refs';
import { Resolver } from './resolver';
import { registrationsOf } from './routes';
import type { Site } from './scope';
import { type Binding, type ScopeTable, scopeOf } from './scopes';
import { unitSignature } from './signature';
import { changedName, changedNames, itemName, type StateChange, stateChangesOf } from './stateChanges';
import { type TemplateAddition, unitAdditions } from './templateAdditions';
import { TemplateIndex } from './templateIndex';
import { unitFacts } from './unitFacts';
import { type IndexedUnit, UnitIndex } from './unitIndex';
import { boundNames, tellingKeys } from './unitKeys';
import { treeId, unitOf } from './unitPlaces';

export interface BoundName {
  readonly binding: Binding;
  readonly tree: UnitTree;
}

/** `receiver.attribute = value` on something that is more than a local variable: `g`, the app, a module. */
export interface AttributeWrite {
  readonly receiver: Expression;
  readonly value: Expression;
  readonly site: Site;
}

/** A change of what lives at module level, or in an object of a library. */
export interface SharedChange extends StateChange {
  readonly site: Site;
}

/** A call that registers a view: `add_url_rule`, `add_resource`. */
export interface Registration {
  readonly call: Call;
  readonly site: Site;
}

export class Project {
  readonly modules = new ModuleIndex();
  /** What results were made from; see `fingerprint` for the keys. */
  readonly tracker: DependencyTracker;
  readonly resolver: Resolver;
  /** What is known of the apps as a whole. */
  readonly apps: AppIndex;
  readonly #signatures = new WeakMap<UnitTree, string>();
  readonly #modules = new Map<FilePath, Module>();
  /** Per file: the units that bind a name; those with a star import under `*`. */
  readonly #names = new Map<FilePath, UnitIndex>();
  readonly #writes = new UnitIndex(writtenAttributes);
  readonly #changes = new UnitIndex(changedNames);
  readonly #telling = new UnitIndex(tellingKeys);
  readonly #templates = new TemplateIndex();
  readonly #others = new Map<FilePath, string>();
  #nFileChanges = 0;
  #sorted: readonly FilePath[] = [];
  #sortedAt = -1;
  #pythonRevision = 0;
  #registrations: readonly Registration[] | undefined;
  #additions: readonly TemplateAddition[] | undefined;
  #configFiles: ReadonlySet<FilePath> | undefined;

  constructor({ isEdited = true }: { readonly isEdited?: boolean } = {}) {
    this.tracker = new DependencyTracker((key) => this.#fingerprint(key), {
      isCoarse: !isEdited,
      isMade: isMadeKey,
      isInner: isInnerKey,
    });
    this.resolver = new Resolver(this);
    this.apps = new AppIndex(this);
  }

  /** Adds or replaces a Python file. */
  setModule(file: FilePath, module: Module): void {
    const before = this.#modules.get(file);
    this.#pythonRevision++;
    if (before === undefined) {
      this.modules.add(file);
      this.#nFileChanges++;
    }
    const kept = new Set(module.units.map(({ tree }) => tree));
    const old = (before?.units ?? []).filter(({ tree }) => !kept.has(tree));
    this.#modules.set(file, module);
    this.#exchange(file, before?.units ?? [], module.units);
    const oldTrees = new Set(before?.units.map(({ tree }) => tree));
    const added = module.units.filter(({ tree }) => !oldTrees.has(tree));
    this.#advance(file, [...old, ...added], before === undefined);
  }

  /** Tells the tracker what can have changed when units of a file come and go. */
  #advance(file: FilePath, units: readonly Unit[], isFileChange: boolean): void {
    if (this.tracker.isCoarse) {
      this.tracker.advance([]);
      return;
    }
    const keys = new Set<string>(isFileChange ? ['files'] : []);
    for (const { tree } of units) {
      for (const name of boundNames(tree)) keys.add(nameKey(file, name)).add(bodyKey(file, name));
      for (const attribute of this.#writes.keysOf(tree)) keys.add(attributeKey(attribute));
      for (const name of this.#changes.keysOf(tree)) keys.add(stateKey(name));
      for (const key of this.#telling.keysOf(tree)) keys.add(key);
    }
    if (keys.has('app') || isFileChange) keys.add(appInKey(file));
    if (keys.has('imports') || isFileChange) keys.add(importsInKey(file));
    this.tracker.advance(keys);
  }

  #exchange(file: FilePath, before: readonly Unit[], after: readonly Unit[]): void {
    const left = new Set(before.map(({ tree }) => tree));
    const added = after.filter(({ tree }) => !left.delete(tree));
    const names = this.#names.get(file) ?? new UnitIndex(boundNames);
    this.#names.set(file, names);
    const indexes = [names, this.#writes, this.#changes, this.#telling];
    for (const tree of left) for (const index of indexes) index.remove(tree);
    for (const { tree } of added) for (const index of indexes) index.add(file, tree);
    this.#registrations = undefined;
    this.#additions = undefined;
    this.#configFiles = undefined;
  }

  setTemplate(file: FilePath, template: Template): void {
    this.#templates.set(file, template);
    this.#advanceTemplate(file);
  }

  #advanceTemplate(file: FilePath): void {
    if (!this.tracker.isCoarse) this.tracker.advance(new Set([templateKey(file)]));
  }

  setOther(file: FilePath, text: string): void {
    this.#others.set(file, text);
  }

  remove(file: FilePath): void {
    const module = this.#modules.get(file);
    if (module !== undefined) {
      this.#exchange(file, module.units, []);
      this.#modules.delete(file);
      this.#names.delete(file);
      this.modules.remove(file);
      this.#nFileChanges++;
      this.#pythonRevision++;
      this.#advance(file, module.units, true);
    }
    if (this.#templates.has(file)) {
      this.#templates.delete(file);
      this.#advanceTemplate(file);
    }
    this.#others.delete(file);
  }

  hasFile(file: FilePath): boolean {
    return this.#modules.has(file) || this.#templates.has(file) || this.#others.has(file);
  }

  module(file: FilePath): Module | undefined {
    return this.#modules.get(file);
  }

  template(file: FilePath): Template | undefined {
    return this.#templates.get(file);
  }

  textOf(file: FilePath): string | undefined {
    return this.module(file)?.text ?? this.template(file)?.text ?? this.#others.get(file);
  }

  /** Sorted, so that results do not depend on the order in which files came. */
  pythonFiles(): readonly FilePath[] {
    if (this.#sortedAt !== this.#nFileChanges) {
      this.#sorted = [...this.#modules.keys()].sort();
      this.#sortedAt = this.#nFileChanges;
    }
    return this.#sorted;
  }

  /** Grows with every change of a Python file. */
  get pythonRevision(): number {
    return this.#pythonRevision;
  }

  /** Grows with every change of a template. */
  get templateRevision(): number {
    return this.#templates.revision;
  }

  /** Grows when templates come or go. */
  get templateListRevision(): number {
    return this.#templates.listRevision;
  }

  templateFiles(): readonly FilePath[] {
    return this.#templates.files();
  }

  /** The file of a dotted module name; see `ModuleIndex.find`. */
  findModule(from: FilePath, module: string, level: number): FilePath | undefined {
    this.tracker.note('files');
    return this.modules.find(from, module, level);
  }

  /** Module-level bindings of a name. */
  bindingsOf(file: FilePath, name: string): readonly BoundName[] {
    this.tracker.note(nameKey(file, name));
    return this.#unitsBinding(file, name).flatMap(({ tree }) =>
      (scopeOf(tree).bindings.get(name) ?? []).map((binding) => ({ binding, tree })),
    );
  }

  #unitsBinding(file: FilePath, name: string): readonly IndexedUnit[] {
    return this.#ordered(this.#names.get(file)?.get(name) ?? []);
  }

  /** By file and place, so that results do not depend on the order in which units came. */
  #ordered(units: readonly IndexedUnit[]): readonly IndexedUnit[] {
    if (units.length < 2) return units;
    const placed = units.map((unit) => {
      const module = this.#modules.get(unit.file);
      return { unit, base: (module && unitOf(module, unit.tree)?.base) ?? 0 };
    });
    placed.sort((a, b) =>
      a.unit.file === b.unit.file ? a.base - b.base : a.unit.file < b.unit.file ? -1 : 1,
    );
    return placed.map(({ unit }) => unit);
  }

  /** First parts of the names of the modules that a file imports at its top level. */
  importedModules(file: FilePath): readonly string[] {
    const units = this.#modules.get(file)?.units ?? [];
    return units.flatMap(({ tree }) =>
      [...scopeOf(tree).bindings.values()]
        .flat()
        .flatMap((binding) =>
          binding.kind === 'import' && binding.level === 0 ? [binding.module.split('.')[0] as string] : [],
        ),
    );
  }

  /** Modules of a file's star imports. */
  starsOf(file: FilePath): ScopeTable['stars'] {
    this.tracker.note(nameKey(file, '*'));
    return this.#unitsBinding(file, '*').flatMap(({ tree }) => scopeOf(tree).stars);
  }

  attributeWrites(attribute: string): readonly AttributeWrite[] {
    this.tracker.note(attributeKey(attribute));
    return this.#ordered(this.#writes.get(attribute)).flatMap(({ file, tree }) =>
      contributionOf(tree).writes.flatMap(({ node: { target, value }, owners }) =>
        target.kind === 'Attribute' && target.attr.id === attribute
          ? [{ receiver: target.value, value, site: { file, tree, owners } }]
          : [],
      ),
    );
  }

  /** Changes of containers and variables of that name, in all files. */
  stateChanges(name: string): readonly SharedChange[] {
    return this.#changesNamed(name, ({ receiver }) => changedName(receiver) === name);
  }

  /** Writes of one item, `name["key"] = …`, in all files. */
  stateItems(name: string, key: string): readonly SharedChange[] {
    return this.#changesNamed(
      itemName(name, key),
      ({ receiver, way, keyName }) => way === 'item' && keyName === key && changedName(receiver) === name,
    );
  }

  #changesNamed(name: string, isMeant: (change: StateChange) => boolean): readonly SharedChange[] {
    this.tracker.note(stateKey(name));
    return this.#ordered(this.#changes.get(name)).flatMap(({ file, tree }) =>
      stateChangesOf(tree).flatMap(({ node, owners }) => {
        if (!isMeant(node)) return [];
        this.tracker.note(bodyKey(file, owners[0]?.name.id ?? ''));
        return [{ ...node, site: { file, tree, owners } }];
      }),
    );
  }

  /** The file in which a module-level name that is seen from a site is bound, by way of one import. */
  homeOf(site: Site, name: string): FilePath | undefined {
    const local = site.owners.flatMap((owner) => scopeOf(owner).bindings.get(name) ?? []);
    const bindings = [...local, ...this.bindingsOf(site.file, name).map(({ binding }) => binding)];
    for (const binding of bindings) {
      if (binding.kind !== 'import') continue;
      return binding.member === name ? this.findModule(site.file, binding.module, binding.level) : undefined;
    }
    return bindings.length > 0 ? site.file : undefined;
  }

  /** Calls that register views, in all files. */
  registrations(): readonly Registration[] {
    this.tracker.note('registrations');
    this.#registrations ??= this.#ordered(this.#telling.get('registrations')).flatMap(registrationsOf);
    return this.#registrations;
  }

  /** True if some class lets a function look at what is written to an attribute of this name. */
  hasAccessor(attribute: string): boolean {
    this.tracker.note(`accessor:${attribute}`);
    return this.#telling.get(`accessor:${attribute}`).length > 0;
  }

  /** True if a function of this name is called with such a thing somewhere. */
  takes(what: 'hash' | 'password', functionName: string): boolean {
    this.tracker.note(`taker:${what}:${functionName}`);
    return this.#telling.get(`taker:${what}:${functionName}`).length > 0;
  }

  /** Files that `from_object` or `from_pyfile` loads somewhere. */
  configFiles(): ReadonlySet<FilePath> {
    this.tracker.note('loads');
    this.#configFiles ??= new Set(
      this.#ordered(this.#telling.get('loads')).flatMap(({ file, tree }) =>
        contributionOf(tree).loads.flatMap((load) => loadedFiles(this, file, load)),
      ),
    );
    return this.#configFiles;
  }

  /** Filters, tests, globals and context processors that the project adds to its templates. */
  templateAdditions(): readonly TemplateAddition[] {
    this.tracker.note('additions');
    this.#additions ??= this.#ordered(this.#telling.get('additions')).flatMap(({ file, tree }) =>
      unitAdditions(tree).map(
        ({ owners, ...addition }): TemplateAddition => ({ ...addition, site: { file, tree, owners } }),
      ),
    );
    return this.#additions;
  }

  /** Units that say something of a kind about the project, by file and place. */
  unitsTelling(
    kind: 'app' | 'imports' | 'routing' | `base:${string}` | `decorated:${string}`,
  ): readonly IndexedUnit[] {
    this.tracker.note(kind);
    return this.#ordered(this.#telling.get(kind));
  }

  /** Templates that pull in a template, by the template that is pulled in. */
  templateUsers(): ReadonlyMap<FilePath, ReadonlySet<FilePath>> {
    return this.#templates.users(this);
  }

  /** Templates that pull in others by a name that is not written in them, sorted. */
  choosingTemplates(): readonly FilePath[] {
    return this.#templates.choosers();
  }

  /** The function as it is now: a reference may have been made before an edit of the function's body. What is
   *  being made depends on that body from now on. */
  current(ref: FunctionRef): FunctionRef {
    const { file, tree, owners, node } = ref;
    const name = (owners[0] ?? node).name.id;
    this.tracker.note(bodyKey(file, name));
    const module = this.#modules.get(file);
    if (module === undefined || unitOf(module, tree) !== undefined) return ref;
    const path = owners.map((owner) => owner.name.id).join('.');
    for (const unit of this.#unitsBinding(file, name)) {
      const found = unitFacts(unit.tree).functions.find(
        (candidate) =>
          candidate.node.name.id === node.name.id &&
          candidate.owners.map((owner) => owner.name.id).join('.') === path,
      );
      if (found !== undefined) return { ...ref, tree: unit.tree, node: found.node, owners: found.owners };
    }
    return ref;
  }

  /** The same, for results that are kept for a Python file: they are made anew when one of these templates changes. */
  readTemplatesNamed(name: string): readonly FilePath[] {
    this.tracker.note(templateKey(name));
    return this.templatesNamed(name);
  }

  /** Files a template name can mean: Flask looks below `templates/` of the app and of its blueprints. */
  templatesNamed(name: string): readonly FilePath[] {
    return this.#templates.named(name);
  }

  /** What a unit shows to others, as text; see `unitSignature`. */
  signatureOf(file: FilePath, unit: Unit, text: string): string {
    let signature = this.#signatures.get(unit.tree);
    if (signature === undefined) {
      // What it reads elsewhere is recorded by whoever uses this unit.
      signature = this.tracker.untracked(() => unitSignature(this, file, unit, text));
      this.#signatures.set(unit.tree, signature);
    }
    return signature;
  }

  #fingerprint(key: string): string {
    const [kind, file = '', name = ''] = key.split(':');
    switch (kind) {
      case 'name':
        return this.#signatureOfUnits(this.#unitsBinding(file, name));
      case 'body':
        return this.#unitsBinding(file, name)
          .map(({ tree }) => treeId(tree))
          .join();
      case 'attribute':
        return this.#signatureOfUnits(this.#ordered(this.#writes.get(file)));
      case 'accessor':
      case 'base':
      case 'decorated':
        return this.#signatureOfUnits(this.#ordered(this.#telling.get(key)));
      case 'taker':
        return String(this.#telling.get(key).length > 0);
      case 'state':
        return this.#changes
          .get(key.slice('state:'.length))
          .map(({ tree }) => treeId(tree))
          .join();
      case 'registrations':
      case 'loads':
        return this.#signatureOfUnits(this.#ordered(this.#telling.get(kind)));
      case 'additions':
      case 'app':
      case 'imports':
      case 'routing':
        return this.#telling
          .get(kind)
          .map(({ tree }) => treeId(tree))
          .join();
      case 'appIn':
        return (this.#modules.get(file)?.units ?? [])
          .flatMap(({ tree }) => (mayTellOfApp(tree) ? [treeId(tree)] : []))
          .join();
      case 'importsIn':
        return this.apps.importsText(file);
      case 'parts':
        return this.apps.partsText(file);
      case 'facts':
        return this.apps.textOf(file);
      case 'firstApp': {
        const tree = this.apps.firstAppOf(file);
        return tree === undefined ? '' : String(treeId(tree));
      }
      case 'template':
        return String(this.#templates.revisionOf(key.slice('template:'.length)));
      case 'files':
        return String(this.#nFileChanges);
      default:
        throw new Error(`Unknown dependency: ${key}`);
    }
  }

  #signatureOfUnits(units: readonly IndexedUnit[]): string {
    return units
      .map(({ file, tree }) => {
        const module = this.#modules.get(file);
        const unit = module === undefined ? undefined : unitOf(module, tree);
        return module === undefined || unit === undefined ? '' : this.signatureOf(file, unit, module.text);
      })
      .join('\0');
  }
}
