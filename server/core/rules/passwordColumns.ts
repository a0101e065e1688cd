/** Columns that are too short for a password hash get room for one, along with the fix that stores it: databases that
 *  hold to lengths would refuse every new account. */

import { isKeptPasswordName } from '../knowledge/accountNames';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import { enclosingFunction, type Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, Expression } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { type HasherFile, usesBcrypt } from './passwordHasher';
import { lastName } from './passwordRoles';
import type { FileEdit } from './rule';

/** Characters of a hash: Werkzeug’s by default, and bcrypt’s. */
const SCRYPT = 162;
const BCRYPT = 60;
const ROOM = '255';

/** Edits of the models whose passwords the function around a site writes. */
export function widenedColumns(context: HasherFile, site: Site): readonly FileEdit[] {
  const { project } = context;
  const needed = usesBcrypt(context) ? BCRYPT : SCRYPT;
  const edits = new Map<string, FileEdit>();
  for (const [model, attribute] of writtenColumns(project, site))
    for (const owner of project.resolver.bases(model).own) {
      const length = shortLength(owner, attribute, needed);
      const base = project.module(owner.file)?.units.find(({ tree }) => tree === owner.tree)?.base;
      if (length === undefined || base === undefined) continue;
      const range = { start: base + length.start, end: base + length.end };
      const edit = { file: owner.file, isNew: false, edits: [{ range, newText: ROOM }] };
      edits.set(`${owner.file}:${range.start}`, edit);
    }
  return [...edits.values()];
}

/** `User(password=…)` and `user.password = …`. */
function writtenColumns(project: Project, site: Site): [ClassRef, string][] {
  const found: [ClassRef, string][] = [];
  const body = enclosingFunction(site)?.body ?? site.tree.body;
  const add = (models: readonly (ClassRef | undefined)[], name: string | undefined) => {
    if (name === undefined || !isKeptPasswordName(name)) return;
    for (const model of models) if (model !== undefined) found.push([model, name]);
  };
  for (const node of walk(body)) {
    if (node.kind === 'Call' && node.args.some(({ name }) => name !== undefined)) {
      const models = project.resolver
        .resolve(node.func, site)
        .map((ref) => (ref.kind === 'class' ? ref : undefined));
      for (const { name } of node.args) add(models, name?.id);
    }
    const target = node.kind === 'Assign' ? node.targets[0] : undefined;
    if (target?.kind !== 'Attribute') continue;
    const own = site.owners.findLast((owner) => owner.kind === 'ClassDef');
    const isSelf = target.value.kind === 'Name' && target.value.id === 'self' && own?.kind === 'ClassDef';
    const models = isSelf
      ? [{ kind: 'class' as const, file: site.file, tree: site.tree, node: own, owners: [] }]
      : project.resolver
          .resolve(target.value, site)
          .map((ref) => (ref.kind === 'object' ? ref.class : undefined));
    add(models, target.attr.id);
  }
  return found;
}

/** The number in `db.Column(db.String(80))`, `CharField(max_length=80)`, where it is too small. */
function shortLength(model: ClassRef, attribute: string, needed: number): Expression | undefined {
  for (const binding of scopeOf(model.node).bindings.get(attribute) ?? []) {
    if (binding.kind !== 'value' || binding.value.kind !== 'Call') continue;
    const calls: readonly Call[] = [binding.value, ...binding.value.args.map(({ value }) => value)].filter(
      (node) => node.kind === 'Call',
    );
    for (const call of calls)
      for (const { name, value } of call.args) {
        const isLength = TEXT.test(lastName(call.func) ?? '') && (name === undefined || LENGTH.test(name.id));
        if (isLength && value.kind === 'Number' && value.value < needed) return value;
      }
  }
  return undefined;
}

const TEXT = /^(?:String|Unicode|VARCHAR|CHAR|CharField|StringField|FixedCharField)$/;
const LENGTH = /^(?:length|max_length)$/;

/** Joins what concerns the same file. */
export function joinEdits(edits: readonly FileEdit[]): readonly FileEdit[] {
  const joined = new Map<string, FileEdit>();
  for (const edit of edits) {
    const before = joined.get(edit.file);
    joined.set(
      edit.file,
      before === undefined ? edit : { ...before, edits: [...before.edits, ...edit.edits] },
    );
  }
  return [...joined.values()];
}
