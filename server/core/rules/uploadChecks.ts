/** Whether a function looks at what kind of file an upload is before it keeps it. */
import type { MisuseHit } from '../flow/machine';
import { enclosingFunction } from '../model/scope';
import type { Call, Expression, FunctionDef, Node } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';

/** Functions that say nothing about what they are given. */
const NEUTRAL = new Set([
  ...[
    'secure_filename',
    'join',
    'save',
    'print',
    'str',
    'open',
    'len',
    'bool',
    'flash',
    'debug',
    'info',
    'append',
  ],
  ...[
    'url_for',
    'redirect',
    'format',
    'lower',
    'upper',
    'strip',
    'jsonify',
    'dirname',
    'basename',
    'safe_join',
  ],
  ...[
    'warning',
    'error',
    'add',
    'uuid4',
    'hex',
    'splitext',
    'rsplit',
    'split',
    'seek',
    'read',
    'makedirs',
    'Path',
  ],
]);
/** Readers of formats: they raise when the content is something else. */
const READERS =
  /^(PIL|magic|imghdr|filetype|puremagic|mimetypes|cv2|openpyxl|pandas|csv|fitz|pypdf|PyPDF2)\b/;

/** True when nothing in the function around a `save` depends on the file's name, type or content. */
export function isUnchecked(hit: MisuseHit, context: FileContext): boolean {
  const owner = enclosingFunction(hit.site);
  const receiver = hit.call?.func.kind === 'Attribute' ? hit.call.func.value : undefined;
  if (owner === undefined || receiver === undefined) return false;
  const root = rootOf(receiver);
  // What a caller or a form has checked is not seen from here.
  if (root === undefined || owner.params.some(({ name }) => name.id === root) || isFormField(receiver))
    return false;
  const names = derivedFrom(root, owner);
  if (isOfForm(names, owner)) return false;
  return !walk(owner).some((node) => isCheck(node, names, hit, context));
}

function rootOf(node: Expression): string | undefined {
  let current = node;
  while (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
  return current.kind === 'Name' ? current.id : undefined;
}

/** `form.photo.data`: validators of the form stand elsewhere. */
function isFormField(node: Expression): boolean {
  return node.kind === 'Attribute' && node.attr.id === 'data';
}

function isOfForm(names: ReadonlySet<string>, owner: FunctionDef): boolean {
  return walk(owner).some(
    (node) =>
      node.kind === 'Assign' &&
      isFormField(node.value) &&
      node.targets.some((target) => target.kind === 'Name' && names.has(target.id)),
  );
}

/** The upload and all variables that are made from it: its name, its ending, its content. */
function derivedFrom(root: string, owner: FunctionDef): ReadonlySet<string> {
  const names = new Set([root]);
  const nodes = walk(owner);
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const node of nodes)
      if (node.kind === 'Assign' && mentions(node.value, names))
        for (const target of node.targets)
          for (const part of walk(target)) if (part.kind === 'Name') names.add(part.id);
  }
  return names;
}

function mentions(node: Node, names: ReadonlySet<string>): boolean {
  return walk(node).some((part) => part.kind === 'Name' && names.has(part.id));
}

function isCheck(node: Node, names: ReadonlySet<string>, hit: MisuseHit, context: FileContext): boolean {
  if (node.kind === 'Comparison') {
    const sides = [node.left, ...node.comparators];
    const isEmptiness = sides.some((side) => isNone(side) || literalText(side) === '');
    // `"photo" in request.files` asks whether something was sent.
    const isPresence =
      literalText(node.left) !== undefined && node.ops.some((op) => op === 'in' || op === 'not in');
    return !isEmptiness && !isPresence && sides.some((side) => mentions(side, names));
  }
  if (node.kind === 'Match') return mentions(node.subject, names);
  return node.kind === 'Call' && node !== hit.call && isCheckingCall(node, names, hit, context);
}

function isNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === 'None';
}

function isCheckingCall(
  call: Call,
  names: ReadonlySet<string>,
  hit: MisuseHit,
  context: FileContext,
): boolean {
  const { func } = call;
  const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  if (func.kind === 'Attribute' && /^(endswith|match|fullmatch|search)$/.test(name))
    return mentions(call, names);
  if (!call.args.some(({ value }) => mentions(value, names))) return false;
  const refs = context.project.resolver.resolve(func, hit.site);
  if (refs.some((ref) => ref.kind === 'external' && READERS.test(ref.name))) return true;
  // A function of the project, or one that nobody knows, may well be the check.
  return !NEUTRAL.has(name) && !refs.some((ref) => ref.kind === 'external');
}
