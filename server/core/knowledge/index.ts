/** All libraries in one table, with names made canonical. Built once; read-only. */
import { archives } from './archives';
import { cleartext } from './cleartext';
import { commandLine } from './commandLine';
import { commands } from './commands';
import { compression } from './compression';
import { cookies } from './cookies';
import { cors } from './cors';
import { cryptography } from './cryptography';
import { emptyPasswords } from './emptyPasswords';
import { evaluation } from './evaluation';
import { exceptions } from './exceptions';
import { files } from './files';
import { flask } from './flask';
import { forms } from './forms';
import { graphql } from './graphql';
import { hardening } from './hardening';
import { headers } from './headers';
import { htmlSanitizers } from './htmlSanitizers';
import { httpClients } from './httpClients';
import { jwt } from './jwt';
import { languageModels } from './languageModels';
import { ldap } from './ldap';
import type {
  ChangeRow,
  CheckRow,
  GuardRow,
  Library,
  MisuseRow,
  MisuseWriteRow,
  OwnLibrary,
  SanitizerRow,
  SinkRow,
  SourceRow,
} from './library';
import { login } from './login';
import { logs } from './logs';
import { mail } from './mail';
import { mailServers } from './mailServers';
import { markupsafe } from './markupsafe';
import { models } from './models';
import { mongo } from './mongo';
import { mysql } from './mysql';
import { passwordHashing } from './passwordHashing';
import { postgres } from './postgres';
import { publicFolders } from './publicFolders';
import { python } from './python';
import { regex } from './regex';
import { requestParsers } from './requestParsers';
import { serializers } from './serializers';
import { servers } from './servers';
import { sockets } from './sockets';
import { spreadsheets } from './spreadsheets';
import { sqlalchemy } from './sqlalchemy';
import { sqlDrivers } from './sqlDrivers';
import { sqlite3 } from './sqlite3';
import { MAX_REMEMBERED, Table } from './table';
import { talisman } from './talisman';
import { templateEngines } from './templateEngines';
import { timeouts } from './timeouts';
import { tls } from './tls';
import { translations } from './translations';
import { uploads } from './uploads';
import { urlSchemes } from './urlSchemes';
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
  commandLine,
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
  talisman,
  login,
  timeouts,
  uploads,
  models,
  cleartext,
  compression,
  languageModels,
  mailServers,
  urlSchemes,
  exceptions,
  servers,
  jwt,
  passwordHashing,
  cryptography,
  hardening,
  cookies,
  cors,
  publicFolders,
  graphql,
  archives,
  translations,
  emptyPasswords,
  spreadsheets,
];

/** What is known of `owner.attribute`. */
export interface Member {
  readonly source: SourceRow | undefined;
  readonly isTrusted: boolean;
  /** For attributes that hold a part of their object that is safe: `pathlib.Path.name`. */
  readonly sanitizer: SanitizerRow | undefined;
}

/** Looks things up by dotted name; a method is looked up along its class's bases. */
export class Knowledge {
  readonly #aliases = new Map<string, string>();
  readonly #bases = new Map<string, string>();
  readonly #types = new Table<string>(this.#bases);
  readonly #sources = new Table<SourceRow>(this.#bases);
  readonly #sinks = new Table<SinkRow | readonly SinkRow[]>(this.#bases);
  readonly #writes = new Table<WriteRow>(this.#bases);
  readonly #changes = new Table<ChangeRow>(this.#bases);
  /** Several libraries may say something about one call. */
  readonly #misuses = new Table<readonly MisuseRow[]>(this.#bases);
  readonly #misuseWrites = new Table<MisuseWriteRow>(this.#bases);
  readonly #guards = new Table<GuardRow>(this.#bases);
  readonly #checks = new Table<CheckRow>(this.#bases);
  readonly #unrelated = new Table<true>(this.#bases);
  readonly #collectors = new Table<true>(this.#bases);
  readonly #decoders = new Set<string>();
  readonly #handlers = new Table<HandlerRow>(this.#bases);
  readonly #viewClasses = new Map<string, readonly string[]>();
  readonly #sanitizers = new Table<SanitizerRow>(this.#bases);
  readonly #propagators = new Set<string>();
  readonly #trusted = new Set<string>();
  readonly #endings = new Set<string>();
  /** Members of library objects, by owner and attribute. */
  readonly #members = new Map<string, Map<string, Member>>();
  /** Every name of a row and every prefix of one. */
  readonly #known = new Set<string>();
  /** Names of the user's rows by their last part, and names of tokens. */
  readonly #own = new Map<string, string[]>();
  readonly #csrfTokens: ReadonlySet<string>;

  constructor(libraries: readonly Omit<Library, 'reference'>[], own?: OwnLibrary) {
    this.#csrfTokens = new Set(own?.csrfTokens);
    for (const path of own === undefined ? [] : namesOf(own)) {
      const name = path.replace(/[()[\]]+$/, '');
      const last = lastPart(name);
      this.#own.set(last, [...(this.#own.get(last) ?? []), name]);
    }
    const misuses = new Map<string, readonly MisuseRow[]>();
    for (const library of libraries) {
      fill(this.#aliases, library.aliases);
      this.#types.add(library.types);
      fill(this.#bases, library.bases);
      this.#sources.add(library.sources);
      this.#addSinks(library.sinks, library === own);
      this.#writes.add(library.writes);
      this.#changes.add(library.changes);
      for (const [name, rows] of Object.entries<MisuseRow | readonly MisuseRow[]>(library.misuses ?? {}))
        misuses.set(name, [...(misuses.get(name) ?? []), ...('kind' in rows ? [rows] : rows)]);
      this.#misuseWrites.add(library.misuseWrites);
      this.#guards.add(library.guards);
      this.#checks.add(library.checks);
      this.#unrelated.add(asRows(library.unrelated));
      this.#collectors.add(asRows(library.collectors));
      for (const name of library.decoders ?? []) this.#decoders.add(name);
      this.#handlers.add(library.handlers);
      fill(this.#viewClasses, library.viewClasses);
      this.#sanitizers.add(library.sanitizers);
      for (const name of library.propagators ?? []) this.#propagators.add(name);
      for (const name of library.trusted ?? []) this.#trusted.add(name);
      for (const name of library.endings ?? []) this.#endings.add(name);
      for (const name of namesOf(library)) this.#addKnown(name);
    }
    this.#misuses.add(Object.fromEntries(misuses));
  }

  /** The name under which the user has a row about a definition of the project: a row may leave out outer folders,
   *  as imports do. */
  ownName(definition: string): string | undefined {
    if (this.#own.size === 0) return undefined;
    return this.#own
      .get(lastPart(definition))
      ?.find((name) => name === definition || definition.endsWith(`.${name}`));
  }

  get hasOwnNames(): boolean {
    return this.#own.size > 0;
  }

  /** True if a row says what a call gives, so that nobody has to look into the function. */
  saysResult(callee: string): boolean {
    const result = `${callee}()`;
    return (
      this.sanitizer(callee) !== undefined ||
      this.isTrusted(callee) ||
      this.isPropagator(callee) ||
      this.source(result) !== undefined ||
      this.typeOf(result) !== undefined
    );
  }

  /** True for further names of CSRF tokens. */
  isCsrfToken(name: string): boolean {
    return this.#csrfTokens.has(name);
  }

  /** True if some row is about this name or something inside it. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** A sink of the user's stands beside what is known of the name already. */
  #addSinks(rows: Library['sinks'], isBeside: boolean): void {
    for (const [name, row] of Object.entries(rows ?? {})) {
      const known = isBeside ? this.sinks(name) : [];
      this.#sinks.add({ [name]: known.length === 0 ? row : [...known, ...('kind' in row ? [row] : row)] });
    }
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
    return this.#types.get(path) ?? this.#typeOfMember(path);
  }

  /** Objects whose attributes are made up by the developer, such as the collections of a database. */
  #typeOfMember(path: string): string | undefined {
    const dot = path.lastIndexOf('.');
    if (dot < 0 || /[)\]]$/.test(path) || this.knows(path)) return undefined;
    return this.#types.get(`${path.slice(0, dot)}.*`);
  }

  source(path: string): SourceRow | undefined {
    return this.#sources.get(path);
  }

  /** An attribute of a library's object or, when `attribute` is `()`, what calling it gives. */
  member(owner: string, attribute: string): Member {
    let ofOwner = this.#members.get(owner);
    if (ofOwner === undefined) {
      if (this.#members.size > MAX_REMEMBERED) this.#members.clear();
      ofOwner = new Map();
      this.#members.set(owner, ofOwner);
    }
    let member = ofOwner.get(attribute);
    if (member === undefined) {
      const path = attribute === '()' ? `${owner}()` : `${owner}.${attribute}`;
      const sanitizer = attribute === '()' ? undefined : this.sanitizer(path);
      member = { source: this.source(path), isTrusted: this.isTrusted(path), sanitizer };
      if (ofOwner.size > MAX_REMEMBERED) ofOwner.clear();
      ofOwner.set(attribute, member);
    }
    return member;
  }

  sinks(callee: string): readonly SinkRow[] {
    const found = this.#sinks.get(callee);
    if (found === undefined) return [];
    return 'kind' in found ? [found] : found;
  }

  /** A sink that is written: an attribute, or an item when the path ends in `[]`. */
  write(path: string): WriteRow | undefined {
    return this.#writes.get(path);
  }

  /** What a method makes of its object. */
  change(callee: string): ChangeRow | undefined {
    return this.#changes.get(callee);
  }

  misuses(callee: string): readonly MisuseRow[] {
    return this.#misuses.get(callee) ?? [];
  }

  misuseWrite(path: string): MisuseWriteRow | undefined {
    return this.#misuseWrites.get(path);
  }

  guard(callee: string): GuardRow | undefined {
    return this.#guards.get(callee);
  }

  /** What is proven when a call comes back. */
  check(callee: string): CheckRow | undefined {
    return this.#checks.get(callee);
  }

  /** True for calls whose result has nothing of what they are given in it. */
  isUnrelated(callee: string): boolean {
    return this.#unrelated.get(callee) === true;
  }

  /** True for methods that put what they are given into their object. */
  collects(method: string): boolean {
    return this.#collectors.get(method) === true;
  }

  /** True for calls that undo what made a text safe. */
  decodes(callee: string): boolean {
    return this.#decoders.has(callee);
  }

  /** What a decorator makes of a function. */
  handler(decorator: string): HandlerRow | undefined {
    return this.#handlers.get(decorator);
  }

  /** Names of the methods of a view class that answer requests; undefined for other classes. */
  viewMethods(className: string): readonly string[] | undefined {
    return this.#viewClasses.get(className);
  }

  sanitizer(callee: string): SanitizerRow | undefined {
    return this.#sanitizers.get(callee);
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

const BUILT_IN = new Knowledge(LIBRARIES);

/** What everybody looks things up in. An analyzer whose folder has rows of its own puts its knowledge here whenever
 *  it begins to work: it works synchronously and shares no trees, so none sees another's rows. */
export let KNOWLEDGE = BUILT_IN;

export function useKnowledge(knowledge: Knowledge): void {
  KNOWLEDGE = knowledge;
}

/** The knowledge of a folder. */
export function createKnowledge(own: OwnLibrary | undefined): Knowledge {
  if (own === undefined) return BUILT_IN;
  const library = underCanonicalNames(own);
  return new Knowledge([...LIBRARIES, library], library);
}

/** A user may name things by any of their names. */
function underCanonicalNames(own: OwnLibrary): OwnLibrary {
  const renamed = <T>(rows: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(rows ?? {}).map(([name, row]) => [BUILT_IN.canonical(name), row]));
  const names = (list: readonly string[] | undefined) => (list ?? []).map((name) => BUILT_IN.canonical(name));
  return {
    ...own,
    sources: renamed(own.sources),
    sinks: renamed(own.sinks),
    misuses: renamed(own.misuses),
    sanitizers: renamed(own.sanitizers),
    guards: renamed(own.guards),
    types: renamed(own.types),
    propagators: names(own.propagators),
    trusted: names(own.trusted),
  };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function namesOf(library: Omit<Library, 'reference'>): readonly string[] {
  const tables = [
    library.aliases,
    library.types,
    library.bases,
    library.sources,
    library.sinks,
    library.sanitizers,
    library.guards,
    library.checks,
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
    ...(library.unrelated ?? []),
    ...(library.collectors ?? []),
    ...(library.decoders ?? []),
    ...(library.trusted ?? []),
    ...(library.endings ?? []),
  ];
}

/** Names as rows that say nothing but that they are there. */
function asRows(names: readonly string[] | undefined): Readonly<Record<string, true>> {
  return Object.fromEntries((names ?? []).map((name) => [name, true]));
}

function fill<T>(table: Map<string, T>, rows: Readonly<Record<string, T>> | undefined): void {
  for (const [name, row] of Object.entries(rows ?? {})) table.set(name, row);
}
