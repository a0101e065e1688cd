/** Fixes of calls that are faults by an argument, and of names that are faults themselves. */
import { ensureImport } from '../edits/addImport';
import { addArgumentBehind, givenArgument, removeArgument } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { answer, refuse } from '../edits/outcome';
import { inQuotesOf } from '../edits/pythonText';
import type { MisuseHit } from '../flow/machine';
import type { ArgumentRef } from '../knowledge/library';
import type { Call, Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety } from './rule';

export interface FixTitle {
  readonly title: string;
  readonly safety: FixSafety;
}

/** Makes a fix of the edits that a builder collects; a builder that refuses gives the reason. */
export function fixOf(
  context: FileContext,
  { title, safety }: FixTitle,
  build: (edits: EditList) => void,
): readonly FixOutcome[] {
  const result = answer(() => {
    const edits = new EditList();
    build(edits);
    return { kind: 'edits' as const, edits: edits.finish(context.text) };
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title, safety, edits } }];
}

/** Gives an argument another value, or adds it by its name. */
export function setArgument(
  context: FileContext,
  { call, site }: Pick<MisuseHit, 'call' | 'site'>,
  argument: ArgumentRef,
  source: string,
  edits: EditList,
): void {
  if (call === undefined) return refuse('the call is not known');
  const { name } = argument;
  const value = inQuotesOf(context.text, source);
  const base = context.baseOf(site.tree);
  const given = givenOf(call, argument);
  if (given !== undefined) edits.replace(base + given.value.start, base + given.value.end, value);
  else if (name === undefined || call.args.some(({ star }) => star === '**'))
    refuse('the arguments are put together elsewhere');
  else addArgumentBehind(context.text, { node: call, base }, call.args.at(-1), `${name}=${value}`, edits);
}

/** Takes an argument out of its call. */
export function dropArgument(
  context: FileContext,
  { call, site }: Pick<MisuseHit, 'call' | 'site'>,
  argument: ArgumentRef,
  edits: EditList,
): void {
  const given = call && givenOf(call, argument);
  if (call === undefined || given === undefined) return refuse('the arguments are put together elsewhere');
  const isMiddle = given.name === undefined && call.args.indexOf(given) < call.args.length - 1;
  if (isMiddle) refuse('the arguments behind it are known by their positions');
  removeArgument(context.text, { node: call, base: context.baseOf(site.tree) }, given, edits);
}

/** Writes another name of the same module: `ssl.PROTOCOL_TLSv1` → `ssl.PROTOCOL_TLS_CLIENT`, or with an import. */
export function setMember(
  context: FileContext,
  site: MisuseHit['site'],
  node: Expression,
  { from, name }: { readonly from: string; readonly name: string },
  edits: EditList,
): void {
  const base = context.baseOf(site.tree);
  if (node.kind === 'Attribute') {
    edits.replace(base + node.attr.start, base + node.attr.end, name);
    return;
  }
  if (node.kind !== 'Name') return refuse('the name comes from elsewhere');
  const localName = importName(context, from, name, base + node.start, edits);
  edits.replace(base + node.start, base + node.end, localName);
}

/** Makes a name of a module available; says how it is written. */
export function importName(
  context: Pick<FileContext, 'module'>,
  from: string,
  name: string,
  usedAt: number,
  edits: EditList,
): string {
  if (context.module === undefined) return refuse('the file is no module');
  const imported = ensureImport(context.module, { from, name }, { usedAt });
  if (imported.kind === 'refused') return refuse(imported.reason);
  for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
  return imported.localName;
}

function givenOf(call: Call, { name, position }: ArgumentRef) {
  if (name !== undefined) return givenArgument(call, name, position);
  const argument = position === undefined ? undefined : call.args[position];
  return argument?.star === '' && argument.name === undefined ? argument : undefined;
}
