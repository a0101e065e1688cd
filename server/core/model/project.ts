/** The merged facts of all files of one folder. Each file's contribution is added and removed on its own. */
import { basename, extension, type FilePath } from '../base/filePath';
import type { Template } from '../syntax/jinja/ast';
import type { Call, Expression, Module, Unit, UnitTree } from '../syntax/python/ast';
import { type ConfigLoad, configLoadsOf, loadedFiles } from './configLoads';
import { DependencyTracker } from './dependencies';
import { ModuleIndex } from './modules';
import { Resolver } from './resolver';
import { registrationsOf } from './routes';
import type { Site } from './scope';
import { type Binding, scopeOf } from './scopes';
import { unitSignature } from './signature';
import { unitFacts } from './unitFacts';

export interface BoundName {
  readonly binding: Binding;
  readonly tree: UnitTree;
}

/** `receiver.attribute = value` outside of an object's own methods: on `g`, the app, a module. */
export interface AttributeWrite {
  readonly receiver: Expression;
  readonly value: Expression;
  readonly site: Site;
}

interface PythonFile {
  readonly module: Module;
  readonly bindings: ReadonlyMap<string, readonly BoundName[]>;
  readonly stars: readonly { readonly module: string; readonly level: number }[];
  readonly writes: ReadonlyMap<string, readonly AttributeWrite[]>;
  readonly registrations: readonly Registration[];
  readonly loads: readonly ConfigLoad[];
}

/** A call that registers a view: `add_url_rule`, `add_resource`. */
export interface Registration {
  readonly call: Call;
  readonly site: Site;
}

export class Project {
  readonly modules = new ModuleIndex();
  /** What results were made from; see `fingerprint` for the keys. */
  readonly tracker = new DependencyTracker((key) => this.#fingerprint(key));
  readonly resolver = new Resolver(this);
  readonly #signatures = new WeakMap<UnitTree, string>();
  readonly #python = new Map<FilePath, PythonFile>();
  readonly #templates = new Map<FilePath, Template>();
  /** Files by the last part of their path, sorted. */
  readonly #templateNames = new Map<string, readonly FilePath[]>();
  readonly #others = new Map<FilePath, string>();
  readonly #writes = new Map<string, Map<FilePath, readonly AttributeWrite[]>>();
  #nFileChanges = 0;
  #registrations: readonly Registration[] | undefined;
  #configFiles: ReadonlySet<FilePath> | undefined;

  /** Adds or replaces a Python file. Callers say with `tracker.advance()` whether others can see the change. */
  setModule(file: FilePath, module: Module): void {
    this.#dropWrites(file);
    if (!this.#python.has(file)) {
      this.modules.add(file);
      this.#nFileChanges++;
    }
    const facts = mergeUnits(file, module);
    this.#python.set(file, facts);
    for (const [attribute, writes] of facts.writes) {
      const byFile = this.#writes.get(attribute);
      if (byFile === undefined) this.#writes.set(attribute, new Map([[file, writes]]));
      else byFile.set(file, writes);
    }
    this.#registrations = undefined;
    this.#configFiles = undefined;
  }

  setTemplate(file: FilePath, template: Template): void {
    if (!this.#templates.has(file)) {
      const name = basename(file);
      this.#templateNames.set(name, [...(this.#templateNames.get(name) ?? []), file].sort());
    }
    this.#templates.set(file, template);
  }

  setOther(file: FilePath, text: string): void {
    this.#others.set(file, text);
  }

  remove(file: FilePath): void {
    this.#dropWrites(file);
    if (this.#python.delete(file)) {
      this.modules.remove(file);
      this.#nFileChanges++;
    }
    if (this.#templates.delete(file)) {
      const left = (this.#templateNames.get(basename(file)) ?? []).filter((other) => other !== file);
      this.#templateNames.set(basename(file), left);
    }
    this.#others.delete(file);
    this.#registrations = undefined;
    this.#configFiles = undefined;
  }

  hasFile(file: FilePath): boolean {
    return this.#python.has(file) || this.#templates.has(file) || this.#others.has(file);
  }

  module(file: FilePath): Module | undefined {
    return this.#python.get(file)?.module;
  }

  template(file: FilePath): Template | undefined {
    return this.#templates.get(file);
  }

  textOf(file: FilePath): string | undefined {
    return this.module(file)?.text ?? this.template(file)?.text ?? this.#others.get(file);
  }

  /** Sorted, so that results do not depend on the order in which files came. */
  pythonFiles(): readonly FilePath[] {
    return [...this.#python.keys()].sort();
  }

  templateFiles(): readonly FilePath[] {
    return [...this.#templates.keys()].sort();
  }

  /** The file of a dotted module name; see `ModuleIndex.find`. */
  findModule(from: FilePath, module: string, level: number): FilePath | undefined {
    this.tracker.note('files');
    return this.modules.find(from, module, level);
  }

  /** Module-level bindings of a name. */
  bindingsOf(file: FilePath, name: string): readonly BoundName[] {
    this.tracker.note(`name:${file}:${name}`);
    return this.#python.get(file)?.bindings.get(name) ?? [];
  }

  /** First parts of the names of the modules that a file imports at its top level. */
  importedModules(file: FilePath): readonly string[] {
    const bindings = [...(this.#python.get(file)?.bindings.values() ?? [])].flat();
    return bindings.flatMap(({ binding }) =>
      binding.kind === 'import' && binding.level === 0 ? [binding.module.split('.')[0] as string] : [],
    );
  }

  starsOf(file: FilePath): PythonFile['stars'] {
    this.tracker.note(`stars:${file}`);
    return this.#python.get(file)?.stars ?? [];
  }

  attributeWrites(attribute: string): readonly AttributeWrite[] {
    this.tracker.note(`attribute:${attribute}`);
    return this.#attributeWrites(attribute);
  }

  #attributeWrites(attribute: string): readonly AttributeWrite[] {
    const byFile = this.#writes.get(attribute);
    if (byFile === undefined || byFile.size === 0) return [];
    return [...byFile.keys()].sort().flatMap((file) => byFile.get(file) ?? []);
  }

  /** Calls that register views, in all files. */
  registrations(): readonly Registration[] {
    this.tracker.note('registrations');
    return this.#allRegistrations();
  }

  #allRegistrations(): readonly Registration[] {
    this.#registrations ??= this.pythonFiles().flatMap((file) => this.#python.get(file)?.registrations ?? []);
    return this.#registrations;
  }

  /** Files that `from_object` or `from_pyfile` loads somewhere. */
  configFiles(): ReadonlySet<FilePath> {
    this.tracker.note('loads');
    this.#configFiles ??= new Set(
      this.pythonFiles().flatMap((file) =>
        (this.#python.get(file)?.loads ?? []).flatMap((load) => loadedFiles(this, file, load)),
      ),
    );
    return this.#configFiles;
  }

  /** Files a template name can mean: Flask looks below `templates/` of the app and of its blueprints. */
  templatesNamed(name: string): readonly FilePath[] {
    const clean = name.replace(/^\.?\//, '');
    const candidates = this.#templateNames.get(basename(clean)) ?? [];
    return candidates.filter((file) => file === clean || file.endsWith(`/${clean}`));
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
        return this.#treesSignature((this.#python.get(file)?.bindings.get(name) ?? []).map(({ tree }) => ({ file, tree })));
      case 'stars':
        return JSON.stringify(this.#python.get(file)?.stars ?? []);
      case 'attribute':
        return this.#treesSignature(this.#attributeWrites(file).map(({ site }) => site));
      case 'registrations':
        return this.#treesSignature(this.#allRegistrations().map(({ site }) => site));
      case 'loads':
        return JSON.stringify(this.pythonFiles().map((path) => this.#python.get(path)?.loads));
      case 'files':
        return String(this.#nFileChanges);
      default:
        throw new Error(`Unknown dependency: ${key}`);
    }
  }

  #treesSignature(places: readonly { readonly file: FilePath; readonly tree: UnitTree }[]): string {
    const parts = new Map<UnitTree, string>();
    for (const { file, tree } of places) {
      const module = this.#python.get(file)?.module;
      const unit = module === undefined || parts.has(tree) ? undefined : unitOf(module, tree);
      if (module !== undefined && unit !== undefined) parts.set(tree, this.signatureOf(file, unit, module.text));
    }
    return [...parts.values()].join('\0');
  }

  #dropWrites(file: FilePath): void {
    for (const attribute of this.#python.get(file)?.writes.keys() ?? []) this.#writes.get(attribute)?.delete(file);
  }
}

/** True for texts that Flask would read as a template, by name or by folder. */
export function isTemplatePath(file: FilePath): boolean {
  return TEMPLATE_EXTENSIONS.has(extension(file)) || /(^|\/)templates\/.*\.(txt|xml|svg|md|css|js|json|csv|eml)$/.test(file);
}

const TEMPLATE_EXTENSIONS = new Set(['html', 'htm', 'xhtml', 'jinja', 'jinja2', 'j2']);

const unitsByTree = new WeakMap<Module, Map<UnitTree, Unit>>();

/** The unit that holds a tree, with its present place; undefined if the tree is no longer in the file. */
export function unitOf(module: Module, tree: UnitTree): Unit | undefined {
  let units = unitsByTree.get(module);
  if (units === undefined) {
    units = new Map(module.units.map((unit) => [unit.tree, unit]));
    unitsByTree.set(module, units);
  }
  return units.get(tree);
}

function mergeUnits(file: FilePath, module: Module): PythonFile {
  const bindings = new Map<string, BoundName[]>();
  const stars: { module: string; level: number }[] = [];
  const writes = new Map<string, AttributeWrite[]>();
  const registrations: Registration[] = [];
  const loads: ConfigLoad[] = [];
  for (const { tree } of module.units) {
    const scope = scopeOf(tree);
    stars.push(...scope.stars);
    registrations.push(...registrationsOf({ file, tree }));
    loads.push(...configLoadsOf(tree));
    for (const [name, list] of scope.bindings) {
      const bound = list.map((binding) => ({ binding, tree }));
      const known = bindings.get(name);
      if (known === undefined) bindings.set(name, bound);
      else known.push(...bound);
    }
    for (const { node, owners } of unitFacts(tree).writes) {
      if (node.target.kind !== 'Attribute') continue;
      const write = { receiver: node.target.value, value: node.value, site: { file, tree, owners } };
      const known = writes.get(node.target.attr.id);
      if (known === undefined) writes.set(node.target.attr.id, [write]);
      else known.push(write);
    }
  }
  return { module, bindings, stars, writes, registrations, loads };
}
