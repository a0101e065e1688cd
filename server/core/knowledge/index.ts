/** All libraries in one table, with names made canonical. Built once; read-only. */
import { commands } from './commands';
import { cryptography } from './cryptography';
import { evaluation } from './evaluation';
import { files } from './files';
import { flask } from './flask';
import { forms } from './forms';
import { hardening } from './hardening';
import { headers } from './headers';
import { htmlSanitizers } from './htmlSanitizers';
import { httpClients } from './httpClients';
import { jwt } from './jwt';
import { ldap } from './ldap';
import type {
  ChangeRow,
  GuardRow,
  Library,
  MisuseRow,
  MisuseWriteRow,
  SanitizerRow,
  SinkRow,
  SourceRow,
} from './library';
import { logs } from './logs';
import { mail } from './mail';
import { markupsafe } from './markupsafe';
import { mongo } from './mongo';
import { mysql } from './mysql';
import { passwordHashing } from './passwordHashing';
import { postgres } from './postgres';
import { python } from './python';
import { regex } from './regex';
import { requestParsers } from './requestParsers';
import { serializers } from './serializers';
import { servers } from './servers';
import { sockets } from './sockets';
import { sqlalchemy } from './sqlalchemy';
import { sqlDrivers } from './sqlDrivers';
import { sqlite3 } from './sqlite3';
import { templateEngines } from './templateEngines';
import { tls } from './tls';
import { werkzeug } from './werkzeug';
import { xmlParsers } from './xmlParsers';
import { xpath } from './xpath';

export type WriteRow = NonNullable<Library['writes']>[string];
export type HandlerRow = NonNullable<Library['handlers']>[string];

export const LIBRARIES: readonly Library[] = [
  python,
  flask,
  markupsafe,
  htmlSanitizers,
  sqlite3,
  postgres,
  mysql,
  sqlalchemy,
  sqlDrivers,
  commands,
  evaluation,
  serializers,
  logs,
  regex,
  ldap,
  xpath,
  mongo,
  headers,
  werkzeug,
  files,
  httpClients,
  templateEngines,
  xmlParsers,
  mail,
  forms,
  requestParsers,
  sockets,
  tls,
  servers,
  jwt,
  passwordHashing,
  cryptography,
  hardening,
];

/** Looks things up by dotted name; a method is looked up along its class's bases. */
export class Knowledge {
  readonly #aliases = new Map<string, string>();
  readonly #types = new Map<string, string>();
  readonly #bases = new Map<string, string>();
  readonly #sources = new Map<string, SourceRow>();
  readonly #sinks = new Map<string, SinkRow | readonly SinkRow[]>();
  readonly #writes = new Map<string, WriteRow>();
  readonly #changes = new Map<string, ChangeRow>();
  /** Several libraries may say something about one call. */
  readonly #misuses = new Map<string, readonly MisuseRow[]>();
  readonly #misuseWrites = new Map<string, MisuseWriteRow>();
  readonly #guards = new Map<string, GuardRow>();
  readonly #handlers = new Map<string, HandlerRow>();
  readonly #viewClasses = new Map<string, readonly string[]>();
  readonly #sanitizers = new Map<string, SanitizerRow>();
  readonly #propagators = new Set<string>();
  readonly #trusted = new Set<string>();
  readonly #endings = new Set<string>();
  /** Every name of a row and every prefix of one. */
  readonly #known = new Set<string>();

  constructor(libraries: readonly Library[]) {
    for (const library of libraries) {
      fill(this.#aliases, library.aliases);
      fill(this.#types, library.types);
      fill(this.#bases, library.bases);
      fill(this.#sources, library.sources);
      fill(this.#sinks, library.sinks);
      fill(this.#writes, library.writes);
      fill(this.#changes, library.changes);
      for (const [name, rows] of Object.entries<MisuseRow | readonly MisuseRow[]>(library.misuses ?? {}))
        this.#misuses.set(name, [...(this.#misuses.get(name) ?? []), ...('kind' in rows ? [rows] : rows)]);
      fill(this.#misuseWrites, library.misuseWrites);
      fill(this.#guards, library.guards);
      fill(this.#handlers, library.handlers);
      fill(this.#viewClasses, library.viewClasses);
      fill(this.#sanitizers, library.sanitizers);
      for (const name of library.propagators ?? []) this.#propagators.add(name);
      for (const name of library.trusted ?? []) this.#trusted.add(name);
      for (const name of library.endings ?? []) this.#endings.add(name);
      for (const name of namesOf(library)) this.#addKnown(name);
    }
  }

  /** True if some row is about this name or something inside it. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  #addKnown(name: string): void {
    for (
      let path = name;
      path !== '' && !this.#known.has(path);
      path = path.slice(0, Math.max(0, path.lastIndexOf('.')))
    )
      this.#known.add(path.endsWith('()') ? path.slice(0, -2) : path);
  }

  canonical(name: string): string {
    return this.#aliases.get(name) ?? name;
  }

  /** Type of the attribute or call result `path`, such as `sqlite3.connect()`. */
  typeOf(path: string): string | undefined {
    return lookUp(path, this.#types, this.#bases) ?? this.#typeOfMember(path);
  }

  /** Objects whose attributes are made up by the developer, such as the collections of a database. */
  #typeOfMember(path: string): string | undefined {
    const dot = path.lastIndexOf('.');
    if (dot < 0 || /[)\]]$/.test(path) || this.knows(path)) return undefined;
    return lookUp(`${path.slice(0, dot)}.*`, this.#types, this.#bases);
  }

  source(path: string): SourceRow | undefined {
    return lookUp(path, this.#sources, this.#bases);
  }

  sinks(callee: string): readonly SinkRow[] {
    const found = lookUp(callee, this.#sinks, this.#bases);
    if (found === undefined) return [];
    return 'kind' in found ? [found] : found;
  }

  /** A sink that is written: an attribute, or an item when the path ends in `[]`. */
  write(path: string): WriteRow | undefined {
    return lookUp(path, this.#writes, this.#bases);
  }

  /** What a method makes of its object. */
  change(callee: string): ChangeRow | undefined {
    return lookUp(callee, this.#changes, this.#bases);
  }

  misuses(callee: string): readonly MisuseRow[] {
    return lookUp(callee, this.#misuses, this.#bases) ?? [];
  }

  misuseWrite(path: string): MisuseWriteRow | undefined {
    return lookUp(path, this.#misuseWrites, this.#bases);
  }

  guard(callee: string): GuardRow | undefined {
    return lookUp(callee, this.#guards, this.#bases);
  }

  /** What a decorator makes of a function. */
  handler(decorator: string): HandlerRow | undefined {
    return lookUp(decorator, this.#handlers, this.#bases);
  }

  /** Names of the methods of a view class that answer requests; undefined for other classes. */
  viewMethods(className: string): readonly string[] | undefined {
    return this.#viewClasses.get(className);
  }

  sanitizer(callee: string): SanitizerRow | undefined {
    return lookUp(callee, this.#sanitizers, this.#bases);
  }

  isPropagator(callee: string): boolean {
    return this.#propagators.has(callee);
  }

  isTrusted(path: string): boolean {
    return this.#trusted.has(path);
  }

  /** True for calls that never return. */
  endsTheFlow(callee: string): boolean {
    return this.#endings.has(callee);
  }

  /** The class and its bases within the library, nearest first. */
  classChain(name: string): readonly string[] {
    const chain = [name];
    for (let base = this.#bases.get(name); base !== undefined; base = this.#bases.get(base)) {
      if (chain.includes(base)) break;
      chain.push(base);
    }
    return chain;
  }
}

export const KNOWLEDGE = new Knowledge(LIBRARIES);

function namesOf(library: Library): readonly string[] {
  const tables = [
    library.aliases,
    library.types,
    library.bases,
    library.sources,
    library.sinks,
    library.sanitizers,
    library.guards,
    library.writes,
    library.misuses,
    library.changes,
    library.misuseWrites,
    library.handlers,
    library.viewClasses,
  ];
  return [
    ...tables.flatMap((table) => Object.keys(table ?? {})),
    ...(library.propagators ?? []),
    ...(library.trusted ?? []),
    ...(library.endings ?? []),
  ];
}

function fill<T>(table: Map<string, T>, rows: Readonly<Record<string, T>> | undefined): void {
  for (const [name, row] of Object.entries(rows ?? {})) table.set(name, row);
}

/** Finds `Class.member`, then the same member on the class's bases. */
function lookUp<T>(path: string, table: Map<string, T>, bases: Map<string, string>): T | undefined {
  const found = table.get(path);
  if (found !== undefined) return found;
  const dot = path.lastIndexOf('.');
  const base = dot < 0 ? undefined : bases.get(path.slice(0, dot));
  return base === undefined ? undefined : lookUp(base + path.slice(dot), table, bases);
}
