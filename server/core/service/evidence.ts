/** Where the code shows that something is done right: set-up calls, settings, headers, queries. What `appFacts` tells
 *  of an app as a whole, with places. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { EXTENSIONS, SECURITY_HEADERS } from '../knowledge/extensions';
import { KNOWLEDGE } from '../knowledge/index';
import { configEntries } from '../model/appConfig';
import { isAppCreation, libraryClasses, refsSetUp } from '../model/appUnit';
import { stageOf } from '../model/configStage';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import { TrackedCache } from '../model/trackedCache';
import { unitFacts } from '../model/unitFacts';
import { originOf } from '../model/valueOrigin';
import type { Call, Expression, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkExpressions } from '../syntax/python/walk';

/** What a place is evidence of: `setUp:CLASS`, `made:CLASS`, `header:NAME`, `config:KEY`, `secret:ORIGIN` or a word. */
export type EvidenceKey = string;

export interface Evidence {
  readonly key: EvidenceKey;
  readonly range: Range;
}

export class EvidenceIndex {
  readonly #project: Project;
  readonly #kept: TrackedCache<UnitTree, { readonly file: FilePath; readonly found: readonly Evidence[] }>;

  constructor(project: Project) {
    this.#project = project;
    this.#kept = new TrackedCache(project.tracker, new WeakMap());
  }

  /** Evidence in one unit, in its own offsets. */
  in(file: FilePath, tree: UnitTree): readonly Evidence[] {
    const known = this.#kept.get(tree);
    if (known?.file === file) return known.found;
    return this.#kept.make(tree, () => ({ file, found: evidenceIn(this.#project, file, tree) })).found;
  }
}

const HASHERS =
  /(^|\.)generate_password_hash$|^bcrypt\.hashpw$|^argon2\..*\.hash$|^passlib\..*\.(hash|encrypt)$|^hashlib\.(scrypt|pbkdf2_hmac)$/;
const HASHER_NAMES = /^(generate_password_hash|hashpw|hash|encrypt|scrypt|pbkdf2_hmac|hash_password)$/;
const ORM =
  /^(flask_sqlalchemy\.(extension\.)?SQLAlchemy|sqlalchemy\.(orm\.)?(sessionmaker|Session|create_engine|scoped_session)|peewee\.\w+Database|pony\.orm\.Database)$/;
const ORM_NAMES = /^(SQLAlchemy|sessionmaker|Session|create_engine|scoped_session|\w*Database)$/;
const HTTPS = /^flask_sslify\.SSLify$|^flask_talisman\.(talisman\.)?Talisman$|^talisman\.Talisman$/;
const RENDERS = /^(render_template|stream_template)(_string)?$/;
const QUERIES = /^(execute(many|script)?|exec_driver_sql|fetchrow|fetchval|fetch_all|fetch_one)$/;

function evidenceIn(project: Project, file: FilePath, tree: UnitTree): readonly Evidence[] {
  const found: Evidence[] = [];
  const add = (key: EvidenceKey, { start, end }: Range) => found.push({ key, range: { start, end } });
  for (const { node, owners } of unitFacts(tree).calls) {
    const site = { file, tree, owners };
    for (const key of keysOfCall(project, node, site)) add(key, node.func);
  }
  const unit = project.apps.unit(file, tree);
  if (unit.headers.length > 0)
    for (const node of walkExpressions(tree.body)) {
      const header = headerNamed(node);
      if (header !== undefined && unit.headers.includes(header)) add(`header:${header}`, node);
      if (header === 'content-security-policy' && unit.headers.includes('frame-ancestors'))
        add('header:frame-ancestors', node);
    }
  if (unit.config.length > 0)
    for (const entry of configEntries(project, file, tree)) {
      const stage = stageOf(project, entry);
      if (stage === 'test' || stage === 'development') continue;
      add(`config:${entry.key}`, entry.value);
      if (entry.key === 'SECRET_KEY')
        add(`secret:${originOf(project, entry.value, entry.site).kind}`, entry.value);
    }
  return found;
}

function headerNamed(node: Expression): string | undefined {
  const text =
    node.kind === 'Attribute' && node.attr.id === 'content_security_policy'
      ? 'content-security-policy'
      : literalText(node)?.toLowerCase();
  return SECURITY_HEADERS.find((header) => header === text);
}

function keysOfCall(project: Project, node: Call, site: Site): readonly EvidenceKey[] {
  const name = calledName(node);
  const keys: EvidenceKey[] = [];
  if (RENDERS.test(name)) keys.push('render');
  if (QUERIES.test(name) && isQuery(project, node, site)) keys.push('query');
  if (HASHER_NAMES.test(name) && namesOf(project, node.func, site).some((one) => HASHERS.test(one)))
    keys.push('hash');
  if (name === 'run' && namesOf(project, node.func, site).includes('flask.Flask.run')) keys.push('run');
  if (ORM_NAMES.test(name) && namesOf(project, node.func, site).some((one) => ORM.test(one)))
    keys.push('orm');
  if (name === 'init_app' && node.func.kind === 'Attribute')
    for (const one of libraryClasses(project, refsSetUp(project, node.func.value, site))) {
      if (EXTENSIONS.has(one)) keys.push(`setUp:${one}`);
      if (HTTPS.test(one)) keys.push('https');
    }
  if (!/^[A-Z]/.test(name)) return keys;
  if (isAppCreation(project, node, site)) keys.push('app');
  const isBound = node.args.some((one) => one.name === undefined || one.name.id === 'app');
  for (const one of libraryClasses(project, project.resolver.resolve(node, site))) {
    if (EXTENSIONS.has(one)) keys.push(`${isBound ? 'setUp' : 'made'}:${one}`);
    if (HTTPS.test(one) && isBound) keys.push('https');
  }
  return keys;
}

/** A query of a driver that is known, or of something that looks like one. */
function isQuery(project: Project, node: Call, site: Site): boolean {
  const names = namesOf(project, node.func, site);
  if (names.length > 0) return names.some((one) => KNOWLEDGE.sinks(one).some(({ kind }) => kind === 'sql'));
  const [first] = node.args;
  return calledName(node).startsWith('execute') && first !== undefined && node.func.kind === 'Attribute';
}

function namesOf(project: Project, node: Expression, site: Site): readonly string[] {
  return project.resolver
    .resolve(node, site)
    .flatMap((ref) => (ref.kind === 'external' ? [KNOWLEDGE.canonical(ref.name)] : []));
}

function calledName({ func }: Call): string {
  return func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
}
