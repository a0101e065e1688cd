/** The fix of a path: what the visitor sent is reduced to a plain file name where it enters the path. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import type { SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import type { Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { cameThrough } from './sourceOf';
import { assignedOnce } from './textParts';

/** A path may be meant to hold folders, and letters other than those of ASCII are lost, so a person looks at it. */
export function fixFileName(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  return fixName(context, hit, true);
}

/** The same for the name of an upload: browsers send plain names, so all of it may go into the function. */
export function fixUploadName(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  return fixName(context, hit, false);
}

function fixName(context: FileContext, hit: SinkHit, mayBeWholePath: boolean): readonly FixOutcome[] {
  if (context.module === undefined) return [];
  const all = hit.row.argument === 'all' ? [] : namesIn(context, hit, hit.argument);
  const names = all.filter((name) => isVisitors(context, hit, name));
  if (names.length === 0) return [refused('the name comes from somewhere else than this expression')];
  if (mayBeWholePath && names.includes(followed(hit.argument, hit)))
    return [refused('the visitor writes the whole path')];
  const base = context.baseOf(hit.site.tree);
  const usedAt = base + Math.min(...names.map(({ start }) => start));
  const imported = ensureImport(
    context.module,
    { from: 'werkzeug.utils', name: 'secure_filename' },
    { usedAt },
  );
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const list = new EditList();
  for (const { start, end } of names) {
    list.insert(base + start, `${imported.localName}(`);
    list.insert(base + end, ')');
  }
  const edits = [...imported.edits, ...list.finish(context.text)];
  const title = 'Reduce the name to a plain file name with `secure_filename`';
  return [
    { kind: 'fix', fix: { title, safety: 'review', edits: [{ file: context.file, isNew: false, edits }] } },
  ];
}

/** Assignments and calls that are followed back; `a = b` and `b = a` lead nowhere. */
const MAX_STEPS = 12;

/** The values that a path is put together from, literal text left out. */
function namesIn(context: FileContext, hit: SinkHit, node: Expression, depth = 0): readonly Expression[] {
  if (depth > MAX_STEPS) return [];
  const inside = (parts: readonly Expression[]) =>
    parts.flatMap((part) => namesIn(context, hit, part, depth + 1));
  switch (node.kind) {
    case 'Name': {
      const value = assignedOnce(node, hit.site);
      return value === node ? [node] : inside([value]);
    }
    case 'Binary':
      return ['+', '/', '%'].includes(node.op) ? inside([node.left, node.right]) : [node];
    case 'Tuple':
      return inside(node.elements);
    case 'String':
      return inside(
        node.tokens.flatMap(({ pieces }) =>
          pieces.flatMap((piece) => (piece.kind === 'Hole' ? [piece.expression] : [])),
        ),
      );
    case 'Call': {
      const joins = context.project.resolver
        .resolve(node.func, hit.site)
        .some((ref) => ref.kind === 'external' && JOINING.has(ref.name));
      return joins ? inside(node.args.map(({ value }) => value)) : [node];
    }
    case 'Starred':
      return [];
    default:
      return [node];
  }
}

/** Calls that put a path together and change no part of it. */
const JOINING = new Set([
  'os.path.join',
  'os.path.abspath',
  'os.path.realpath',
  'os.path.normpath',
  'pathlib.Path',
  'pathlib.PurePath',
  'builtins.str',
]);

/** What a variable holds, as far as each is assigned once. */
function followed(start: Expression, hit: SinkHit): Expression {
  let node = start;
  for (let i = 0; i < MAX_STEPS; i++) node = assignedOnce(node, hit.site);
  return node;
}

function isVisitors(context: FileContext, hit: SinkHit, node: Expression): boolean {
  const value = context.valueOf(hit.site.tree, node);
  // `upload.filename` comes in with `upload`.
  const name = node.kind === 'Attribute' ? node.value : node;
  return (value !== undefined && activeTaints(value, 'path').length > 0) || cameThrough(hit, name);
}
