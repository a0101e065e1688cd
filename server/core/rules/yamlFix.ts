/** The fix of `yaml.load`: the safe function of the same form, without a loader. */
import { ensureImport } from '../edits/addImport';
import { removeArgument } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { answer, refuse } from '../edits/outcome';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import type { YamlCall } from './yamlLoaders';

export function fixYaml(context: FileContext, yaml: YamlCall): readonly FixOutcome[] {
  const { name, call, loaderArgument } = yaml;
  const safe = name.endsWith('_all') ? 'safe_load_all' : 'safe_load';
  const isMeant = name.includes('unsafe') || (loaderArgument !== undefined && isOwn(loaderArgument));
  const result = answer(() => ({ kind: 'edits' as const, edits: editsFor(context, yaml, safe) }));
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  const title = `Read it with \`${call.func.kind === 'Attribute' ? 'yaml.' : ''}${safe}\``;
  return [{ kind: 'fix', fix: { title, safety: isMeant ? 'review' : 'safe', edits } }];
}

/** A loader that was chosen for its tags: whoever reads such files misses them. */
function isOwn({ value }: NonNullable<YamlCall['loaderArgument']>): boolean {
  const name = value.kind === 'Attribute' ? value.attr.id : value.kind === 'Name' ? value.id : '';
  return !/^C?(Full)?Loader$/.test(name);
}

function editsFor(context: FileContext, { call, site, loaderArgument }: YamlCall, safe: string) {
  const base = context.baseOf(site.tree);
  const edits = new EditList();
  if (call.func.kind === 'Attribute')
    edits.replace(base + call.func.attr.start, base + call.func.attr.end, safe);
  else if (context.module !== undefined) {
    const imported = ensureImport(
      context.module,
      { from: 'yaml', name: safe },
      { usedAt: base + call.start },
    );
    if (imported.kind === 'refused') refuse(imported.reason);
    for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
    edits.replace(base + call.func.start, base + call.func.end, imported.localName);
  }
  if (loaderArgument === undefined) return edits.finish(context.text);
  if (call.args.length === 1) refuse('the call reads nothing');
  removeArgument(context.text, { node: call, base }, loaderArgument, edits);
  return edits.finish(context.text);
}
