/** The fix of `send_file(folder + name)`: `send_from_directory(folder, name)`, which keeps the name in the folder. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { isFirstOnLine, lineStartAt, nextLineAt, sourceFor } from '../edits/pythonText';
import { type SplitText, splitPathText } from '../edits/splitPath';
import type { SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import { enclosingFunction } from '../model/scope';
import type { Expression, Node, Statement } from '../syntax/python/ast';
import { walk, walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { assignedOnce } from './textParts';

export function fixSendFile(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const { module, text } = context;
  if (module === undefined) return [];
  const [first, ...rest] = hit.call.args;
  if (first?.value !== hit.argument) return [refused('the path is made somewhere else')];
  if (rest.some(({ name, star }) => name === undefined && star !== '**'))
    return [refused('further arguments are passed by position')];
  const written = writtenPath(hit);
  const split = splitPath(context, { argument: written.node, site: hit.site });
  if (split === undefined) return [refused('the path is not a folder and a name put together right here')];
  const values = split.values.map((node) => context.valueOf(hit.site.tree, node));
  if (values.some((value) => value === undefined || activeTaints(value, 'path').length > 0))
    return [refused('the visitor has a say in the folder, too')];
  const base = context.baseOf(hit.site.tree);
  const imported = ensureImport(
    module,
    { from: 'flask', name: 'send_from_directory' },
    { usedAt: base + hit.call.start },
  );
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const list = new EditList();
  const { func } = hit.call;
  list.replace(base + func.start, base + func.end, imported.localName);
  list.replace(base + first.start, base + first.end, `${split.folder}, ${split.name}`);
  if (written.statement !== undefined) {
    const { statement } = written;
    const end = nextLineAt(text, base + statement.end);
    const isAlone =
      isFirstOnLine(text, base + statement.start) && /^\s*$/.test(text.slice(base + statement.end, end));
    if (!isAlone) return [refused('the statement shares its line with another one')];
    list.remove(lineStartAt(text, base + statement.start), end);
  }
  const edits = [...imported.edits, ...list.finish(text)];
  const title = 'Send it with `send_from_directory`';
  return [
    { kind: 'fix', fix: { title, safety: 'safe', edits: [{ file: context.file, isNew: false, edits }] } },
  ];
}

/** The expression that makes the path, and the statement that keeps it, if only this call reads it. */
function writtenPath({ argument, site }: SinkHit): { node: Expression; statement?: Statement } {
  const made = assignedOnce(argument, site);
  const body = enclosingFunction(site)?.body ?? [];
  if (made === argument || argument.kind !== 'Name') return { node: argument };
  const nodes = body.flatMap((statement) => walk(statement));
  // What the path is made of must be the same where it is sent.
  const names = walk(made).flatMap((node) => (node.kind === 'Name' ? [node] : []));
  const isStable = names.every(
    (name) =>
      nodes.filter((node) => node.kind === 'Assign' && node.targets.some((one) => isNamed(one, name.id)))
        .length <= 1,
  );
  if (!isStable) return { node: argument };
  const nUses = nodes.filter((node) => isNamed(node, argument.id)).length;
  const statement = walkStatements(body).find((node) => node.kind === 'Assign' && node.value === made);
  const isOwn = nUses === 2 && statement?.kind === 'Assign' && statement.targets.length === 1;
  return isOwn ? { node: made, statement } : { node: made };
}

function isNamed(node: Node, id: string): boolean {
  return node.kind === 'Name' && node.id === id;
}

/** `os.path.join(folder, name)`, `folder / name`, or one text with a slash between the two. */
function splitPath(
  context: FileContext,
  { argument, site }: Pick<SinkHit, 'argument' | 'site'>,
): SplitText | undefined {
  const base = context.baseOf(site.tree);
  const ofTwo = (folder: Expression, name: Expression) => ({
    folder: sourceFor(context.text, folder, base, 'element'),
    name: sourceFor(context.text, name, base, 'element'),
    values: [folder],
  });
  if (argument.kind === 'Binary' && argument.op === '/') return ofTwo(argument.left, argument.right);
  if (argument.kind !== 'Call' || argument.args.length !== 2)
    return splitPathText(context.text, { node: argument, base });
  const isJoin = context.project.resolver
    .resolve(argument.func, site)
    .some((ref) => ref.kind === 'external' && ref.name === 'os.path.join');
  const [folder, name] = argument.args;
  const isPlain = argument.args.every((one) => one.star === '' && one.name === undefined);
  return isJoin && isPlain && folder && name ? ofTwo(folder.value, name.value) : undefined;
}
