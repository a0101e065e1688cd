/** Which names a scope binds, and to what: the fact that one unit alone tells about names.
 *  Flow-insensitive: a name that is assigned twice has two bindings. */
import type {
  Body,
  ClassDef,
  Expression,
  FunctionDef,
  ImportFrom,
  Parameter,
  Pattern,
  Statement,
  UnitTree,
} from '../syntax/python/ast';

/** How a value is taken from an expression before it is bound. */
export type Access =
  | { readonly kind: 'whole' }
  /** Unpacked from position `index` of a sequence. */
  | { readonly kind: 'element'; readonly index: number }
  /** One of the elements: `for x in …`. */
  | { readonly kind: 'each' }
  /** What `with … as x` gives. */
  | { readonly kind: 'entered' };

export type Binding =
  /** `member` is absent for `import a.b as c`; `level` counts leading dots. */
  | {
      readonly kind: 'import';
      readonly module: string;
      readonly level: number;
      readonly member?: string;
    }
  | { readonly kind: 'value'; readonly value: Expression; readonly access: Access }
  | { readonly kind: 'annotation'; readonly annotation: Expression }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly owner: FunctionDef }
  | { readonly kind: 'function'; readonly node: FunctionDef }
  | { readonly kind: 'class'; readonly node: ClassDef }
  | { readonly kind: 'other' };

export interface ScopeTable {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Modules of `from m import *`, with their levels. */
  readonly stars: readonly { readonly module: string; readonly level: number }[];
  /** Names declared `global` here. */
  readonly globals: ReadonlySet<string>;
}

const WHOLE: Access = { kind: 'whole' };
const tables = new WeakMap<object, ScopeTable>();

/** Bindings of a unit's module-level statements, of a function's or of a class's body. Cached by identity. */
export function scopeOf(owner: UnitTree | FunctionDef | ClassDef): ScopeTable {
  const cached = tables.get(owner);
  if (cached !== undefined) return cached;
  const collector = new Collector();
  if ('kind' in owner && owner.kind === 'FunctionDef') collector.addParameters(owner);
  collector.addBody(owner.body);
  tables.set(owner, collector);
  return collector;
}

/** Shared by the many scopes that have none. */
const NO_STARS: { module: string; level: number }[] = [];
const NO_NAMES: Set<string> = new Set();

class Collector implements ScopeTable {
  readonly bindings = new Map<string, Binding[]>();
  stars: { module: string; level: number }[] = NO_STARS;
  globals = NO_NAMES;

  addParameters(node: FunctionDef): void {
    for (const parameter of node.params)
      this.#bind(parameter.name.id, { kind: 'parameter', parameter, owner: node });
  }

  addBody(body: Body): void {
    for (const statement of body) this.#addStatement(statement);
  }

  #bind(name: string, binding: Binding): void {
    const known = this.bindings.get(name);
    if (known === undefined) this.bindings.set(name, [binding]);
    else known.push(binding);
  }

  #addStatement(node: Statement): void {
    switch (node.kind) {
      case 'FunctionDef':
        return this.#bind(node.name.id, { kind: 'function', node });
      case 'ClassDef':
        return this.#bind(node.name.id, { kind: 'class', node });
      case 'Import':
        for (const alias of node.names) {
          const [head] = alias.name.split('.');
          if (alias.asName) this.#bind(alias.asName.id, { kind: 'import', module: alias.name, level: 0 });
          else this.#bind(head as string, { kind: 'import', module: head as string, level: 0 });
        }
        return;
      case 'ImportFrom':
        return this.#addImportFrom(node);
      case 'Assign':
        for (const target of node.targets) this.#addTarget(target, node.value, WHOLE);
        return;
      case 'AnnotatedAssign':
        if (node.target.kind === 'Name') {
          this.#bind(node.target.id, { kind: 'annotation', annotation: node.annotation });
          if (node.value) this.#bind(node.target.id, { kind: 'value', value: node.value, access: WHOLE });
        }
        return;
      case 'AugmentedAssign':
        if (node.target.kind === 'Name') this.#bind(node.target.id, { kind: 'other' });
        return;
      case 'For':
        this.#addTarget(node.target, node.iter, { kind: 'each' });
        this.addBody(node.body);
        return this.addBody(node.orelse);
      case 'While':
      case 'If':
        this.addBody(node.body);
        return this.addBody(node.orelse);
      case 'With':
        for (const item of node.items)
          if (item.target) this.#addTarget(item.target, item.context, { kind: 'entered' });
        return this.addBody(node.body);
      case 'Try':
        this.addBody(node.body);
        for (const handler of node.handlers) {
          if (handler.name) this.#bind(handler.name.id, { kind: 'other' });
          this.addBody(handler.body);
        }
        this.addBody(node.orelse);
        return this.addBody(node.finalbody);
      case 'Match':
        for (const matchCase of node.cases) {
          this.#addPattern(matchCase.pattern);
          this.addBody(matchCase.body);
        }
        return;
      case 'Global':
        this.globals = new Set([...this.globals, ...node.names.map(({ id }) => id)]);
        return;
      default:
        return;
    }
  }

  #addImportFrom(node: ImportFrom): void {
    const { module, level } = node;
    if (node.isStar) this.stars = [...this.stars, { module, level }];
    for (const alias of node.names)
      this.#bind(alias.asName?.id ?? alias.name, { kind: 'import', module, level, member: alias.name });
  }

  #addTarget(target: Expression, value: Expression, access: Access): void {
    if (target.kind === 'Name') return this.#bind(target.id, { kind: 'value', value, access });
    if (target.kind === 'Starred') return this.#addTarget(target.value, value, { kind: 'each' });
    if (target.kind !== 'Tuple' && target.kind !== 'List') return;
    const parallel = value.kind === 'Tuple' || value.kind === 'List' ? value.elements : undefined;
    target.elements.forEach((element, index) => {
      const source = access.kind === 'whole' ? parallel?.[index] : undefined;
      if (source !== undefined) this.#addTarget(element, source, WHOLE);
      else if (element.kind === 'Name' && access.kind === 'whole')
        this.#bind(element.id, { kind: 'value', value, access: { kind: 'element', index } });
      else if (element.kind === 'Name') this.#bind(element.id, { kind: 'other' });
      else this.#addTarget(element, value, { kind: 'each' });
    });
  }

  #addPattern(pattern: Pattern): void {
    switch (pattern.kind) {
      case 'CapturePattern':
      case 'StarPattern':
        if (pattern.name) this.#bind(pattern.name.id, { kind: 'other' });
        return;
      case 'AsPattern':
        this.#bind(pattern.name.id, { kind: 'other' });
        return this.#addPattern(pattern.pattern);
      case 'SequencePattern':
        for (const element of pattern.elements) this.#addPattern(element);
        return;
      case 'OrPattern':
        for (const alternative of pattern.alternatives) this.#addPattern(alternative);
        return;
      case 'MappingPattern':
        if (pattern.rest) this.#bind(pattern.rest.id, { kind: 'other' });
        for (const entry of pattern.entries) this.#addPattern(entry.pattern);
        return;
      case 'ClassPattern':
        for (const argument of pattern.args) this.#addPattern(argument.pattern);
        return;
      case 'ValuePattern':
      case 'ErrorPattern':
        return;
    }
  }
}
