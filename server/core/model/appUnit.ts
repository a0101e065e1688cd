/** What one top-level statement says about the app as a whole: plain data without places, so that it stays true when
 *  the statement is written anew with the same meaning. `appFacts.ts` puts it together. */
import type { FilePath } from '../base/filePath';
import { COOKIE_LOGIN, EXTENSIONS, PLAIN_MIDDLEWARE } from '../knowledge/extensions';
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { configEntries, isConfig } from './appConfig';
import { loopedOver, written } from './collections';
import { type Stage, stageOf } from './configStage';
import type { Project } from './project';
import type { Ref } from './refs';
import { headersSetIn } from './responseHeaders';
import type { Site } from './scope';
import { type Owned, type UnitFacts, unitFacts } from './unitFacts';
import { type ViewTrait, viewTraits } from './viewTraits';

export type Trait =
  | ViewTrait
  /** Something is kept in the session. */
  | 'session'
  /** People log in by a cookie. */
  | 'login'
  /** Callers are known by a token that they send along. */
  | 'token'
  /** Pages are rendered. */
  | 'page'
  /** The project checks CSRF tokens in a way of its own. */
  | 'ownCsrf'
  /** `init_app` of something that is not known. */
  | 'unknownSetup'
  | 'unknownHeaders'
  /** Keys are handed to a serializer in a list. */
  | 'ownRotation'
  /** Something counts attempts, or asks visitors to prove that they are people. */
  | 'limits'
  /** Settings are loaded from somewhere that cannot be seen. */
  | 'unknownConfig';

export interface ConfigValue {
  readonly key: string;
  /** As written when it is `True`, `False`, `None`, a number or a text. */
  readonly value?: string | number;
  readonly stage: Stage;
}

export interface AppUnit {
  readonly nApps: number;
  /** Extensions that are made here and not bound to an app, and those that are set up, by class. */
  readonly made: readonly string[];
  readonly setUp: readonly string[];
  readonly headers: readonly string[];
  readonly config: readonly ConfigValue[];
  readonly traits: readonly Trait[];
}

/** False for the many statements that say nothing of the kind, by a look at their shape. */
export function mayTellOfApp(tree: UnitTree): boolean {
  const facts = unitFacts(tree);
  return (
    facts.calls.some(({ node }) => isTelling(calledName(node)) || VISITOR.has(rootOf(node.func))) ||
    facts.functions.some(({ node }) => node.decorators.length > 0 || isCsrfName(node.name.id)) ||
    facts.classes.length > 0 ||
    facts.writes.length > 0 ||
    facts.selfWrites.length > 0 ||
    tree.body.some((node) => node.kind === 'Assign' || node.kind === 'If' || node.kind === 'Try')
  );
}

/** What views know of a visitor. */
const VISITOR = new Set(['request', 'session', 'current_user']);

function rootOf(node: Expression): string {
  let root = node;
  while (root.kind === 'Attribute') root = root.value;
  return root.kind === 'Name' ? root.id : '';
}

const TELLING = new Set([
  ...['init_app', 'from_object', 'from_pyfile', 'from_envvar', 'from_file', 'from_json', 'from_prefixed_env'],
  ...['from_mapping', 'update', 'setdefault', 'login_user', 'render_template', 'validate_csrf', 'protect'],
]);

function isTelling(name: string): boolean {
  return TELLING.has(name) || /^[A-Z]/.test(name);
}

export function appUnitOf(project: Project, file: FilePath, tree: UnitTree): AppUnit {
  const facts = unitFacts(tree);
  const draft = new Draft(project, file, tree);
  for (const { node, owners } of facts.calls) draft.addCall(node, { file, tree, owners });
  for (const { node, owners } of [...facts.writes, ...facts.selfWrites])
    draft.addWrite(node.target, node.value, { file, tree, owners });
  for (const owned of facts.functions) draft.addFunction(owned);
  return draft.finish(facts);
}

/** What `receiver.init_app(…)` sets up: one thing, or each of those that a loop goes through. */
export function refsSetUp(project: Project, receiver: Expression, site: Site): readonly Ref[] {
  const refs = project.resolver.resolve(receiver, site);
  if (refs.length > 0 || receiver.kind !== 'Name') return refs;
  return loopedOver(project, receiver.id, site).flatMap((one) =>
    project.resolver.resolve(one.node, one.site),
  );
}

/** True for a call that makes an app. */
export function isAppCreation(project: Project, node: Call, site: Site): boolean {
  if (!/^[A-Z]/.test(calledName(node))) return false;
  return libraryClasses(project, project.resolver.resolve(node, site)).some(isAppClass);
}

class Draft {
  readonly #project: Project;
  readonly #file: FilePath;
  readonly #tree: UnitTree;
  #nApps = 0;
  readonly #made = new Set<string>();
  readonly #setUp = new Set<string>();
  readonly #traits = new Set<Trait>();

  constructor(project: Project, file: FilePath, tree: UnitTree) {
    this.#project = project;
    this.#file = file;
    this.#tree = tree;
  }

  addCall(node: Call, site: Site): void {
    const name = calledName(node);
    if (/^[A-Z]/.test(name)) this.#addCreation(node, site);
    if (
      /(?:Serializer|Signer)$/.test(name) &&
      node.args.some(({ value }) => /^(?:List|Tuple)$/.test(value.kind))
    )
      this.#traits.add('ownRotation');
    if (name === 'init_app' && node.func.kind === 'Attribute') this.#addSetUp(node.func.value, site);
    if (name === 'render_template' || name === 'stream_template') this.#traits.add('page');
    if (LIMITING.test(name)) this.#traits.add('limits');
    if (name === 'validate_csrf') this.#traits.add('ownCsrf');
    if (name === 'protect' && node.func.kind === 'Attribute' && mentionsCsrf(node.func.value))
      this.#traits.add('ownCsrf');
    if (name === 'login_user') this.#traits.add('login');
    if (name === 'get' && this.#readsCredentials(node, site)) this.#traits.add('token');
    if (
      node.func.kind === 'Attribute' &&
      isSession(this.#project, node.func.value, site) &&
      SESSION_WRITES.has(name)
    )
      this.#traits.add('session');
    if (this.#isUnknownLoad(node, name, site)) this.#traits.add('unknownConfig');
  }

  /** `request.headers.get("Authorization")`: browsers send no such header on behalf of another site. */
  #readsCredentials({ func, args }: Call, site: Site): boolean {
    const header = args[0] && literalText(args[0].value);
    if (header === undefined || func.kind !== 'Attribute' || !CREDENTIALS.test(header)) return false;
    const refs = this.#project.resolver.resolve(func.value, site);
    return refs.some((ref) => 'name' in ref && ref.name === 'flask.request.headers');
  }

  #addCreation(node: Call, site: Site): void {
    const classes = libraryClasses(this.#project, this.#project.resolver.resolve(node, site));
    if (classes.some(isAppClass)) this.#nApps++;
    if (classes.some((one) => FILE_FIELDS.has(one))) this.#traits.add('upload');
    for (const name of classes) {
      if (!EXTENSIONS.has(name)) continue;
      const isBound = node.args.some(
        ({ name: keyword, value }) =>
          keyword?.id === 'app' || (keyword === undefined && !this.#isFunction(value, site)),
      );
      (isBound ? this.#setUp : this.#made).add(name);
    }
  }

  /** `Limiter(get_remote_address)`: no app. */
  #isFunction(node: Expression, site: Site): boolean {
    if (node.kind === 'Lambda') return true;
    return this.#project.resolver
      .resolve(node, site)
      .some((ref) => ref.kind === 'function' || (ref.kind === 'external' && /\.get_[a-z_]+$/.test(ref.name)));
  }

  #addSetUp(receiver: Expression, site: Site): void {
    const refs = refsSetUp(this.#project, receiver, site);
    if (refs.length === 0) this.#traits.add(mentionsCsrf(receiver) ? 'ownCsrf' : 'unknownSetup');
    for (const name of libraryClasses(this.#project, refs)) this.#setUp.add(name);
  }

  addWrite(target: Expression, value: Expression, site: Site): void {
    if (target.kind === 'Subscript' && isSession(this.#project, target.value, site))
      this.#traits.add('session');
    if (target.kind === 'Attribute' && LIMITING.test(target.attr.id)) this.#traits.add('limits');
    if (target.kind === 'Attribute' && target.attr.id === 'wsgi_app' && !this.#isPlain(value, site))
      this.#traits.add('unknownHeaders');
  }

  #isPlain(value: Expression, site: Site): boolean {
    const refs = this.#project.resolver.resolve(value, site);
    return libraryClasses(this.#project, refs).some((name) => PLAIN_MIDDLEWARE.has(name));
  }

  addFunction({ node, owners }: Owned<FunctionDef>): void {
    if (isCsrfName(node.name.id)) this.#traits.add('ownCsrf');
    if (
      LIMITING.test(node.name.id) ||
      node.decorators.some(({ expression }) => LIMITING.test(lastName(expression)))
    )
      this.#traits.add('limits');
    const site = { file: this.#file, tree: this.#tree, owners };
    for (const trait of viewTraits(this.#project, node, site)) this.#traits.add(trait);
    for (const { expression } of node.decorators) {
      const callee = expression.kind === 'Call' ? expression.func : expression;
      for (const ref of this.#project.resolver.resolve(callee, site))
        if (ref.kind === 'external' && COOKIE_LOGIN.has(ref.name)) this.#traits.add('login');
    }
  }

  #isUnknownLoad(node: Call, name: string, site: Site): boolean {
    if (UNSEEN_LOADS.has(name)) return true;
    if (node.func.kind !== 'Attribute' || !CONFIG_LOADS.has(name)) return false;
    const project = this.#project;
    if (!isConfig(project, node.func.value, site)) return false;
    return node.args.some(({ name: keyword, star, value }) => {
      if (keyword !== undefined && keyword.id !== 'silent') return false;
      if (keyword?.id === 'silent' || isParameter(value, site)) return false;
      return star !== '' || !isSeen(project, name, value, site);
    });
  }

  finish(facts: UnitFacts): AppUnit {
    const project = this.#project;
    const headers = headersSetIn(project, this.#file, this.#tree);
    if (headers.isOpen) this.#traits.add('unknownHeaders');
    for (const name of this.#setUp)
      for (const capability of EXTENSIONS.get(name) ?? [])
        if (capability === 'login' || capability === 'token' || capability === 'limits')
          this.#traits.add(capability);
    const config = configEntries(project, this.#file, this.#tree).map(
      (entry): ConfigValue => ({
        key: entry.key,
        value: plainValue(written(project, entry.value, entry.site).node),
        stage: stageOf(project, entry),
      }),
    );
    return {
      nApps: facts.calls.length === 0 ? 0 : this.#nApps,
      made: [...this.#made].sort(),
      setUp: [...this.#setUp].sort(),
      headers: headers.names,
      config,
      traits: [...this.#traits].sort(),
    };
  }
}

const LIMITING = /limit(?:er|s|ed)?$|throttl|attempt|lock(?:ed)?_?out|captcha|turnstile|brute|too_many/i;

function lastName(node: Expression): string {
  if (node.kind === 'Call') return lastName(node.func);
  return node.kind === 'Attribute' ? node.attr.id : node.kind === 'Name' ? node.id : '';
}

const FILE_FIELDS = new Set([
  'flask_wtf.file.FileField',
  'flask_wtf.file.MultipleFileField',
  'wtforms.FileField',
  'wtforms.MultipleFileField',
]);
const CREDENTIALS = /^(?:authorization|(?:x-)?(?:api-?key|access-token|auth-token))$/i;
const SESSION_WRITES = new Set(['update', 'setdefault', 'pop', 'clear']);
const UNSEEN_LOADS = new Set(['from_envvar', 'from_file', 'from_json', 'from_prefixed_env']);
const CONFIG_LOADS = new Set(['from_object', 'from_pyfile', 'from_mapping', 'update']);

/** True when what is loaded is part of the project. */
function isSeen(project: Project, load: string, value: Expression, site: Site): boolean {
  const { node } = written(project, value, site);
  if (node.kind === 'Dict' || (node.kind === 'Call' && calledName(node) === 'dict')) return true;
  const text = literalText(node);
  if (text !== undefined && load === 'from_object')
    return [text, text.slice(0, Math.max(0, text.lastIndexOf('.')))].some(
      (module) => module !== '' && project.findModule(site.file, module, 0) !== undefined,
    );
  if (text !== undefined) return project.pythonFiles().some((file) => `/${file}`.endsWith(`/${text}`));
  if (value.kind === 'Name' && value.id === '__name__') return true;
  const refs = project.resolver.resolve(value, site);
  if (refs.some(({ kind }) => kind === 'class' || kind === 'object' || kind === 'module')) return true;
  // `CONFIGS[name]`, `get_config()`: one of the classes that the project has.
  return load === 'from_object';
}

/** Settings that a caller hands in: tests do that. */
function isParameter(node: Expression, { owners }: Site): boolean {
  const name = node.kind === 'Boolean' ? node.values[0] : node;
  return (
    name?.kind === 'Name' &&
    owners.some(
      (owner) => owner.kind === 'FunctionDef' && owner.params.some((one) => one.name.id === name.id),
    )
  );
}

function isSession(project: Project, node: Expression, site: Site): boolean {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return false;
  const last = node.kind === 'Name' ? node.id : node.attr.id;
  if (!/session$/i.test(last)) return false;
  return project.resolver
    .resolve(node, site)
    .some((ref) => ref.kind === 'external' && ref.name === 'flask.session');
}

/** Flask's own class and those of frameworks that are made from it. */
function isAppClass(name: string): boolean {
  return /(^|\.)(Flask|APIFlask|OpenAPI)$/.test(name) && /flask/i.test(name);
}

/** Classes of libraries that objects are of, or are made from. */
export function libraryClasses(project: Project, refs: readonly Ref[]): readonly string[] {
  return refs.flatMap((ref) => {
    if (ref.kind === 'instance') return [ref.name];
    return ref.kind === 'object' ? project.resolver.bases(ref.class).library : [];
  });
}

function calledName(node: Call): string {
  const { func } = node;
  return func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
}

function isCsrfName(name: string): boolean {
  return wordsOf(name).some((word) => word === 'csrf' || word === 'xsrf');
}

function mentionsCsrf(node: Expression): boolean {
  if (node.kind === 'Name') return isCsrfName(node.id);
  return node.kind === 'Attribute' && (isCsrfName(node.attr.id) || mentionsCsrf(node.value));
}

/** A value as written, when it can be compared: texts in quotes, the texts of a list with commas between. */
export function plainValue(node: Expression): string | number | undefined {
  if (node.kind === 'Constant') return node.value;
  if (node.kind === 'Number') return Number(node.value);
  if (node.kind === 'List' || node.kind === 'Tuple' || node.kind === 'Set') {
    const texts = node.elements.map(literalText);
    return texts.includes(undefined) ? undefined : texts.map((text) => `'${text}'`).join();
  }
  const text = literalText(node);
  return text === undefined ? undefined : `'${text}'`;
}
