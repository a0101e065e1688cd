/** Resolves expressions to what they stand for, without regard to order (flow-insensitive): imports, aliases,
 *  instances, attributes of `self`, `g` and the app, and what functions of the project return. */
import type { FilePath } from '../base/filePath';
import { KNOWLEDGE } from '../knowledge/index';
import { MAX_REMEMBERED } from '../knowledge/table';
import type { Argument, BinaryOperation, Expression, FunctionDef } from '../syntax/python/ast';
import { isClassMethod, isPropertyFunction, isStaticMethod } from './methodKinds';
import type { Project } from './project';
import { Recursion } from './recursion';
import { type ClassRef, type ObjectRef, type Ref, refKey, rowNames, uniqueRefs } from './refs';
import { returnsOf } from './returns';
import { inside, type Site } from './scope';
import { type Access, type Binding, scopeOf } from './scopes';
import { TrackedCache } from './trackedCache';
import { unitFacts } from './unitFacts';

interface Bases {
  readonly own: readonly ClassRef[];
  readonly library: readonly string[];
}

/** Classes that one inherits from, at any distance. */
const MAX_BASES = 100;

type Answers = Map<string, TrackedCache<string, readonly Ref[]>>;

export class Resolver {
  readonly #project: Project;
  /** Answers, by the class they are about and a key; by file and name; by the name in a library and an attribute. */
  readonly #answers = new WeakMap<object, TrackedCache<string, readonly Ref[]>>();
  readonly #names: Answers = new Map();
  readonly #members: { readonly external: Answers; readonly instance: Answers } = {
    external: new Map(),
    instance: new Map(),
  };
  /** What bindings stand for, and what functions give back. */
  readonly #bound: TrackedCache<object, readonly Ref[]>;
  readonly #given: TrackedCache<object, readonly Ref[]>;
  readonly #bases: TrackedCache<object, Bases>;
  /** What calls of library functions give, by their names. */
  readonly #made = new Map<string, readonly Ref[]>();
  readonly #recursion = new Recursion();

  constructor(project: Project) {
    this.#project = project;
    this.#bound = new TrackedCache(project.tracker, new WeakMap());
    this.#given = new TrackedCache(project.tracker, new WeakMap());
    this.#bases = new TrackedCache(project.tracker, new WeakMap());
  }

  /** What a module-level name of a file stands for. */
  moduleName(file: FilePath, name: string): readonly Ref[] {
    const compute = () => this.#findModuleName(file, name);
    return this.#answered(this.#cacheIn(this.#names, file), name, () => `${file}:${name}`, compute);
  }

  resolve(node: Expression, site: Site): readonly Ref[] {
    return this.#recursion.step(() => this.#resolve(node, site), NOTHING);
  }

  #resolve(node: Expression, site: Site): readonly Ref[] {
    switch (node.kind) {
      case 'Name':
        return this.name(node.id, site);
      case 'Attribute':
        return uniqueRefs(this.resolve(node.value, site).flatMap((ref) => this.member(ref, node.attr.id)));
      case 'Call':
        return uniqueRefs(this.resolve(node.func, site).flatMap((ref) => this.result(ref, node.args, site)));
      case 'Await':
      case 'Named':
        return this.resolve(node.value, site);
      case 'Conditional':
        return uniqueRefs([...this.resolve(node.body, site), ...this.resolve(node.orelse, site)]);
      case 'Boolean':
        return uniqueRefs(node.values.flatMap((value) => this.resolve(value, site)));
      case 'Binary':
        return node.op === '/' ? this.#divided(node, site) : [];
      default:
        return [];
    }
  }

  /** `folder / "name"`: a path of a library, on either side. */
  #divided({ left, right }: BinaryOperation, site: Site): readonly Ref[] {
    const operands = [...this.resolve(left, site), ...this.resolve(right, site)];
    return uniqueRefs(
      operands.flatMap((ref): Ref[] => {
        const type = ref.kind === 'instance' ? KNOWLEDGE.typeOf(`${ref.name}.__truediv__()`) : undefined;
        return type === undefined ? [] : [{ kind: 'instance', name: type }];
      }),
    );
  }

  /** What a name stands for at a site: innermost scope first; class bodies are skipped from inside functions. */
  name(name: string, site: Site): readonly Ref[] {
    for (let depth = site.owners.length - 1; depth >= 0; depth--) {
      const owner = site.owners[depth];
      if (owner === undefined || (owner.kind === 'ClassDef' && depth < site.owners.length - 1)) continue;
      const table = scopeOf(owner);
      if (table.globals.has(name)) break;
      const bindings = table.bindings.get(name);
      if (bindings === undefined) continue;
      const inner = { ...site, owners: site.owners.slice(0, depth + 1) };
      return this.#answered(
        this.#bound,
        bindings,
        () => bindings,
        () => this.#bindings(bindings, inner),
      );
    }
    return this.moduleName(site.file, name);
  }

  /** What `ref.attribute` stands for. */
  member(ref: Ref, attribute: string): readonly Ref[] {
    switch (ref.kind) {
      case 'external':
      case 'instance':
        return this.#libraryMember(ref.kind, ref.name, attribute);
      case 'module': {
        // What a module does not define is no built-in function of it.
        const found = this.moduleName(ref.file, attribute).filter((one) => !this.#isBuiltin(one));
        const isKnown = this.#project.bindingsOf(ref.file, attribute).length > 0 || found.length > 0;
        const submodule = isKnown ? undefined : this.#project.findModule(ref.file, attribute, 1);
        return submodule === undefined ? found : [{ kind: 'module', file: submodule }];
      }
      case 'class':
        return this.#classMember(ref, attribute, undefined);
      case 'object':
        return this.#classMember(ref.class, attribute, ref);
      case 'function':
        return [];
    }
  }

  /** What calling `ref` gives. */
  result(ref: Ref, args: readonly Argument[] = [], site?: Site): readonly Ref[] {
    switch (ref.kind) {
      case 'external':
        return this.#libraryResult(ref.name, args, site);
      case 'instance': {
        const type = KNOWLEDGE.typeOf(`${ref.name}()`);
        return type === undefined ? [] : [{ kind: 'instance', name: type }];
      }
      case 'class':
        return [{ kind: 'object', class: ref }];
      case 'function': {
        const [own] = KNOWLEDGE.hasOwnNames ? rowNames([ref]) : [];
        const type = own === undefined ? undefined : KNOWLEDGE.typeOf(`${own}()`);
        if (type !== undefined) return [{ kind: 'instance', name: type }];
        return this.#answered(
          this.#given,
          ref.node,
          () => ref.node,
          () => this.#returned(ref.node, inside(ref, ref.node)),
        );
      }
      default:
        return [];
    }
  }

  /** What a value looks like after it was unpacked, iterated or entered. */
  accessed(refs: readonly Ref[], access: Access): readonly Ref[] {
    if (access.kind === 'whole') return refs;
    if (access.kind === 'entered') return uniqueRefs(refs.flatMap((ref) => this.#entered(ref)));
    return [];
  }

  /** What a class itself or its project bases declare under a name: methods as they are, properties included. */
  declared(ref: ClassRef, attribute: string): readonly Ref[] {
    for (const current of this.bases(ref).own) {
      const bindings = scopeOf(current.node).bindings.get(attribute);
      if (bindings !== undefined) return this.#bindings(bindings, inside(current, current.node));
    }
    return [];
  }

  /** Classes that a class inherits from, itself first, as far as they are in the project; and library bases. */
  bases(ref: ClassRef): Bases {
    const isWhole = this.#recursion.isIdle;
    const known = this.#bases.get(ref.node);
    if (known !== undefined) return known;
    return this.#bases.make(
      ref.node,
      () => this.#findBases(ref),
      () => isWhole,
    );
  }

  #findBases(ref: ClassRef): Bases {
    const own = new Map<string, ClassRef>([[refKey(ref), ref]]);
    const library: string[] = [];
    for (const current of own.values()) {
      if (own.size > MAX_BASES) break;
      for (const found of this.directBases(current)) {
        if (found.kind === 'class') own.set(refKey(found), found);
        // `Base = declarative_base()` is made by a call.
        const isOutside = found.kind === 'external' || found.kind === 'instance';
        if (isOutside && !library.includes(found.name)) library.push(found.name);
      }
    }
    return { own: [...own.values()], library };
  }

  /** What stands in the parentheses behind a class's name. */
  directBases(ref: ClassRef): readonly Ref[] {
    const bases = ref.node.args.filter(({ name }) => name === undefined);
    return bases.flatMap(({ value }) => this.resolve(value, ref));
  }

  #findModuleName(file: FilePath, name: string): readonly Ref[] {
    const owned = this.#project.bindingsOf(file, name);
    if (owned.length > 0)
      return uniqueRefs(
        owned.flatMap(({ binding, tree }) => this.#bindings([binding], { file, tree, owners: [] })),
      );
    for (const star of this.#project.starsOf(file)) {
      const target = this.#project.findModule(file, star.module, star.level);
      const found =
        target === undefined ? this.#starMember(star.module, name) : this.moduleName(target, name);
      if (found.some((ref) => !(ref.kind === 'external' && ref.name.startsWith('builtins.')))) return found;
    }
    return this.#project.hasFile(file) ? [this.#library(`builtins.${name}`)] : [];
  }

  #starMember(module: string, name: string): readonly Ref[] {
    const full = KNOWLEDGE.canonical(`${module}.${name}`);
    return KNOWLEDGE.knows(full) ? [this.#library(full)] : [];
  }

  #bindings(bindings: readonly Binding[], site: Site): readonly Ref[] {
    return uniqueRefs(bindings.flatMap((binding) => this.#binding(binding, site)));
  }

  #binding(binding: Binding, site: Site): readonly Ref[] {
    switch (binding.kind) {
      case 'import':
        return this.#imported(binding, site.file);
      case 'value':
        return this.accessed(this.resolve(binding.value, site), binding.access);
      case 'annotation':
        return this.annotated(binding.annotation, site);
      case 'parameter':
        return this.#parameter(binding.parameter.name.id, binding.owner, site);
      case 'function':
        return [{ ...site, kind: 'function', node: binding.node }];
      case 'class':
        return [{ ...site, kind: 'class', node: binding.node }];
      case 'other':
        return [];
    }
  }

  #imported(binding: Extract<Binding, { kind: 'import' }>, from: FilePath): readonly Ref[] {
    const { module, level, member } = binding;
    const target = this.#project.findModule(from, module, level);
    if (member === undefined)
      return target === undefined ? [this.#library(module)] : [{ kind: 'module', file: target }];
    if (target !== undefined) {
      const found = this.member({ kind: 'module', file: target }, member);
      if (found.length > 0 && !this.#isBuiltin(found[0])) return found;
    }
    const path = module === '' ? member : `${module}.${member}`;
    const submodule = this.#project.findModule(from, path, level);
    if (submodule !== undefined) return [{ kind: 'module', file: submodule }];
    return target !== undefined || level > 0 ? [] : [this.#library(path)];
  }

  #isBuiltin(ref: Ref | undefined): boolean {
    return ref?.kind === 'external' && ref.name.startsWith('builtins.');
  }

  #library(name: string): Ref {
    const canonical = KNOWLEDGE.canonical(name);
    const type = KNOWLEDGE.typeOf(canonical);
    return type === undefined ? { kind: 'external', name: canonical } : { kind: 'instance', name: type };
  }

  #libraryMember(kind: 'external' | 'instance', owner: string, attribute: string): readonly Ref[] {
    const key = () => `${kind}:${owner}`;
    return this.#answered(
      this.#cacheIn(this.#members[kind], owner),
      attribute,
      () => `${key()}.${attribute}`,
      () => this.#findLibraryMember(owner, attribute, key()),
    );
  }

  #cacheIn(answers: Answers, key: string): TrackedCache<string, readonly Ref[]> {
    let cache = answers.get(key);
    if (cache === undefined) {
      cache = new TrackedCache(this.#project.tracker);
      answers.set(key, cache);
    }
    return cache;
  }

  #findLibraryMember(owner: string, attribute: string, key: string): readonly Ref[] {
    const refs = this.#project
      .attributeWrites(attribute)
      .flatMap(({ receiver, value, site }) =>
        this.#recursion.guarded(value, NOTHING, () =>
          this.resolve(receiver, site).some((ref) => refKey(ref) === key) ? this.resolve(value, site) : [],
        ),
      );
    if (refs.length > 0) return uniqueRefs(refs);
    const name = KNOWLEDGE.classChain(KNOWLEDGE.canonical(owner)).map((c) => `${c}.${attribute}`);
    return [this.#library(name.find((candidate) => KNOWLEDGE.knows(candidate)) ?? (name[0] as string))];
  }

  #libraryResult(name: string, args: readonly Argument[], site: Site | undefined): readonly Ref[] {
    if (name === 'builtins.getattr' && site !== undefined) return this.#getattr(args, site);
    const first = args[0];
    const parameter = FACTORIES[name];
    const factory =
      args.find((argument) => argument.name?.id === parameter) ??
      (parameter === 'form_class' ? args.find((argument) => !argument.name) : undefined);
    if (parameter !== undefined && factory && site)
      return this.resolve(factory.value, site).flatMap((ref) => this.result(ref));
    if (site !== undefined && first !== undefined) {
      if (PASS_THROUGH.has(name)) return this.resolve(first.value, site);
      if (name === 'werkzeug.local.LocalProxy')
        return uniqueRefs(this.resolve(first.value, site).flatMap((ref) => this.result(ref)));
    }
    let made = this.#made.get(name);
    if (made === undefined) {
      if (this.#made.size > MAX_REMEMBERED) this.#made.clear();
      made = [madeBy(name)];
      this.#made.set(name, made);
    }
    return made;
  }

  /** `getattr(g, "_database", None)` is `g._database`. */
  #getattr(args: readonly Argument[], site: Site): readonly Ref[] {
    const [object, attribute] = args;
    if (object === undefined || attribute?.value.kind !== 'String') return [];
    const [token, ...rest] = attribute.value.tokens;
    const piece = token?.pieces[0];
    if (rest.length > 0 || piece?.kind !== 'Text') return [];
    return uniqueRefs(this.resolve(object.value, site).flatMap((ref) => this.member(ref, piece.value)));
  }

  #parameter(name: string, owner: FunctionDef, site: Site): readonly Ref[] {
    const parameter = owner.params.find((candidate) => candidate.name.id === name);
    const around = site.owners.at(-2);
    if (around?.kind === 'ClassDef' && parameter !== undefined && owner.params[0] === parameter) {
      const self: ClassRef = {
        kind: 'class',
        file: site.file,
        tree: site.tree,
        node: around,
        owners: site.owners.slice(0, -2),
      };
      if (!isStaticMethod(owner)) return [isClassMethod(owner) ? self : { kind: 'object', class: self }];
    }
    const outer = { ...site, owners: site.owners.slice(0, -1) };
    return parameter?.annotation ? this.annotated(parameter.annotation, outer) : [];
  }

  /** The instances an annotation promises: `Connection`, `"Connection"`, `Connection | None`, `Optional[…]`. */
  annotated(annotation: Expression, site: Site): readonly Ref[] {
    if (annotation.kind === 'Binary' && annotation.op === '|')
      return uniqueRefs([
        ...this.annotated(annotation.left, site),
        ...this.annotated(annotation.right, site),
      ]);
    if (annotation.kind === 'Subscript') {
      const outer = this.resolve(annotation.value, site);
      const isOptional = outer.some((ref) => ref.kind === 'external' && ref.name === 'typing.Optional');
      return isOptional ? this.annotated(annotation.index, site) : outer.flatMap(toInstance);
    }
    return uniqueRefs(this.resolve(annotation, site).flatMap(toInstance));
  }

  #classMember(ref: ClassRef, attribute: string, self: ObjectRef | undefined): readonly Ref[] {
    const { own, library } = this.bases(ref);
    for (const current of own) {
      const key = self === undefined ? attribute : `self.${attribute}`;
      const found = this.#remembered(current.node, key, () => this.#ownMember(current, attribute, self));
      if (found.length > 0) return found;
    }
    return uniqueRefs(library.flatMap((base) => this.#libraryMember('instance', base, attribute)));
  }

  #ownMember(ref: ClassRef, attribute: string, self: ObjectRef | undefined): readonly Ref[] {
    const site = inside(ref, ref.node);
    const bindings = scopeOf(ref.node).bindings.get(attribute) ?? [];
    const declared = this.#bindings(bindings, site);
    const isProperty = declared.some(
      (found) => found.kind === 'function' && self !== undefined && isPropertyFunction(found.node),
    );
    const refs = isProperty ? declared.flatMap((found) => this.result(found)) : declared;
    const written = unitFacts(ref.tree).selfWrites.filter(
      ({ node, owners }) =>
        owners.at(-2) === ref.node && node.target.kind === 'Attribute' && node.target.attr.id === attribute,
    );
    const assigned = written.flatMap(({ node, owners }) => this.resolve(node.value, { ...ref, owners }));
    return uniqueRefs([...refs, ...assigned]);
  }

  #returned(node: FunctionDef, site: Site): readonly Ref[] {
    const outer = { ...site, owners: site.owners.slice(0, -1) };
    const declared = node.returns ? this.annotated(node.returns, outer) : [];
    return uniqueRefs([...declared, ...returnsOf(node).flatMap((value) => this.resolve(value, site))]);
  }

  #entered(ref: Ref): readonly Ref[] {
    if (ref.kind !== 'object') return [ref];
    const enter = this.member(ref, '__enter__');
    return enter.length === 0 ? [ref] : enter.flatMap((method) => this.result(method));
  }

  /** Answers once; an answer that a cycle or a limit made incomplete is not kept. */
  #remembered(owner: object, key: string, compute: () => readonly Ref[]): readonly Ref[] {
    let answers = this.#answers.get(owner);
    if (answers === undefined) {
      answers = new TrackedCache(this.#project.tracker);
      this.#answers.set(owner, answers);
    }
    return this.#answered(answers, key, () => owner, compute);
  }

  /** `activeOf` gives what must not be asked for again while the answer is made. */
  #answered<K>(
    answers: TrackedCache<K, readonly Ref[]>,
    key: K,
    activeOf: () => unknown,
    compute: () => readonly Ref[],
  ): readonly Ref[] {
    return this.#recursion.answered(answers, key, activeOf, NOTHING, compute);
  }
}

const NOTHING: readonly Ref[] = [];

/** What calling something of a library gives, whatever it is called with. */
function madeBy(name: string): Ref {
  const type = KNOWLEDGE.typeOf(`${name}()`);
  if (type !== undefined)
    return type.endsWith('()') ? { kind: 'external', name: type } : { kind: 'instance', name: type };
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (/^[A-Z]/.test(last) && !name.endsWith(')')) return { kind: 'instance', name };
  return { kind: 'external', name: `${name}()` };
}

/** Library calls that give back their first argument. */
const PASS_THROUGH = new Set(['contextlib.closing', 'copy.copy']);

/** Library calls that make an object of a class that they are given. */
const FACTORIES: Readonly<Record<string, string>> = {
  'sqlite3.connect': 'factory',
  'wtforms.FormField': 'form_class',
  'wtforms.fields.FormField': 'form_class',
};

function toInstance(ref: Ref): Ref[] {
  if (ref.kind === 'external') return [{ kind: 'instance', name: ref.name }];
  if (ref.kind === 'class') return [{ kind: 'object', class: ref }];
  return [];
}
