/** The merged facts of all files of one folder. Each file's contribution is added and removed on its own. */
import { basename, extension, type FilePath } from '../base/filePath';
import type { Template } from '../syntax/jinja/ast';
import type { Call, Expression, Module, UnitTree } from '../syntax/python/ast';
import { type ConfigLoad, configLoadsOf, loadedFiles } from './configLoads';
import { ModuleIndex } from './modules';
import { Resolver } from './resolver';
import { registrationsOf } from './routes';
import type { Site } from './scope';
import { type Binding, scopeOf } from './scopes';
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
  readonly #python = new Map<FilePath, PythonFile>();
  readonly #templates = new Map<FilePath, Template>();
  /** Files by the last part of their path, sorted. */
  readonly #templateNames = new Map<string, readonly FilePath[]>();
  readonly #others = new Map<FilePath, string>();
  readonly #writes = new Map<string, Map<FilePath, readonly AttributeWrite[]>>();
  #resolver: Resolver | undefined;
  #registrations: readonly Registration[] | undefined;
  #configFiles: ReadonlySet<FilePath> | undefined;

  /** Fresh after every change: its cache holds nodes. */
  get resolver(): Resolver {
    this.#resolver ??= new Resolver(this);
    return this.#resolver;
  }

  setModule(file: FilePath, module: Module): void {
    this.#dropWrites(file);
    if (!this.#python.has(file)) this.modules.add(file);
    const facts = mergeUnits(file, module);
    this.#python.set(file, facts);
    for (const [attribute, writes] of facts.writes) {
      const byFile = this.#writes.get(attribute);
      if (byFile === undefined) this.#writes.set(attribute, new Map([[file, writes]]));
      else byFile.set(file, writes);
    }
    this.#resolver = undefined;
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
    if (this.#python.delete(file)) this.modules.remove(file);
    if (this.#templates.delete(file)) {
      const left = (this.#templateNames.get(basename(file)) ?? []).filter((other) => other !== file);
      this.#templateNames.set(basename(file), left);
    }
    this.#others.delete(file);
    this.#resolver = undefined;
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

  /** Module-level bindings of a name. */
  bindingsOf(file: FilePath, name: string): readonly BoundName[] {
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
    return this.#python.get(file)?.stars ?? [];
  }

  attributeWrites(attribute: string): readonly AttributeWrite[] {
    const byFile = this.#writes.get(attribute);
    if (byFile === undefined || byFile.size === 0) return [];
    return [...byFile.keys()].sort().flatMap((file) => byFile.get(file) ?? []);
  }

  /** Calls that register views, in all files. */
  registrations(): readonly Registration[] {
    this.#registrations ??= this.pythonFiles().flatMap((file) => this.#python.get(file)?.registrations ?? []);
    return this.#registrations;
  }

  /** Files that `from_object` or `from_pyfile` loads somewhere. */
  configFiles(): ReadonlySet<FilePath> {
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

  #dropWrites(file: FilePath): void {
    for (const attribute of this.#python.get(file)?.writes.keys() ?? []) this.#writes.get(attribute)?.delete(file);
  }
}

/** True for texts that Flask would read as a template, by name or by folder. */
export function isTemplatePath(file: FilePath): boolean {
  return TEMPLATE_EXTENSIONS.has(extension(file)) || /(^|\/)templates\/.*\.(txt|xml|svg|md|css|js|json|csv|eml)$/.test(file);
}

const TEMPLATE_EXTENSIONS = new Set(['html', 'htm', 'xhtml', 'jinja', 'jinja2', 'j2']);

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
