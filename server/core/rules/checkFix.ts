/** Scaffolds that check a value: a helper in front of the function that needs it, with its imports. */
import { ensureImport } from '../edits/addImport';
import { statementAround } from '../edits/blocks';
import { EditList } from '../edits/editList';
import { answer, refuse } from '../edits/outcome';
import {
  indentationAt,
  indentUnitOf,
  inQuotesOf,
  inStyleOf,
  isFirstOnLine,
  lineEndOf,
} from '../edits/pythonText';
import type { Site } from '../model/scope';
import type { Expression, Statement } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export interface CheckHelper {
  /** Name of the helper; one of this name that the module has already is used as it is. */
  readonly name: string;
  /** Lines of the helper. `{name}` stands for an import. */
  readonly lines: readonly string[];
  /** Names that the helper and its use need, by the module that has them; `''` for modules. */
  readonly imports: Readonly<Record<string, string>>;
}

/** Where a check goes, and what it may use. */
export interface CheckPlace {
  readonly base: number;
  readonly edits: EditList;
  /** What an import is called in this file. */
  nameOf(imported: string): string;
  /** Puts lines in front of the statement around the node; deeper lines begin with `{step}`. */
  before(node: Expression, lines: readonly string[]): void;
}

/** Builds the fix; `build` refuses by `refuse(…)`. */
export function checkFix(
  context: FileContext,
  { site, node }: { readonly site: Site; readonly node: Expression },
  title: string,
  helper: CheckHelper,
  build: (place: CheckPlace) => void,
): readonly FixOutcome[] {
  const result = answer(() => ({
    kind: 'edits' as const,
    edits: editsFor(context, site, node, helper, build),
  }));
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title, safety: 'assist', edits } }];
}

function editsFor(
  context: FileContext,
  site: Site,
  node: Expression,
  helper: CheckHelper,
  build: (place: CheckPlace) => void,
) {
  const { module, text } = context;
  const unit = module?.units.find(({ tree }) => tree === site.tree);
  const first = unit?.tree.body[0];
  if (module === undefined || unit === undefined || first === undefined)
    return refuse('the place for a check was not found');
  const edits = new EditList();
  const lineEnd = lineEndOf(text);
  const names = new Map<string, string>();
  for (const [name, from] of Object.entries(helper.imports)) {
    const request = from === '' ? { module: name } : { from, name };
    const imported = ensureImport(module, request, { usedAt: unit.base + node.start });
    if (imported.kind === 'refused') return refuse(imported.reason);
    for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
    names.set(name, imported.localName);
  }
  const nameOf = (imported: string) => names.get(imported) ?? imported;
  if (context.project.bindingsOf(context.file, helper.name).length === 0) {
    const lines = helper.lines.map((line) =>
      line.replace(/\{([\w.]+)\}/g, (_, name: string) => nameOf(name)),
    );
    edits.insert(unit.base + startOf(first), [...inStyleOf(text, lines), '', '', ''].join(lineEnd));
  }
  const before: CheckPlace['before'] = (at, lines) => {
    const statement = statementAround(unit.tree.body, at);
    const start = unit.base + (statement?.start ?? 0);
    if (statement === undefined || !isFirstOnLine(text, start))
      return refuse('the statement shares its line with another one');
    const indentation = indentationAt(text, start);
    const step = indentUnitOf(text);
    edits.insert(
      start,
      lines.map((line) => inQuotesOf(text, line.replace('{step}', step)) + lineEnd + indentation).join(''),
    );
  };
  build({ base: unit.base, edits, nameOf, before });
  return edits.finish(text);
}

/** In front of the decorators. */
function startOf(statement: Statement): number {
  const decorators =
    statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' ? statement.decorators : [];
  return Math.min(statement.start, ...decorators.map(({ start }) => start));
}
