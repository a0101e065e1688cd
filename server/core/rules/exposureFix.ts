/** The fix of an error that is sent to the visitor: it goes to the log, and the visitor gets a sentence that says
 *  nothing of the inside. */
import { ensureImport } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { answer, refuse } from '../edits/outcome';
import { indentationAt, isFirstOnLine, lineEndOf, preferredQuote } from '../edits/pythonText';
import type { SinkHit } from '../flow/machine';
import { isTainted } from '../flow/values';
import type { Site } from '../model/scope';
import type { Body, Expression, Statement } from '../syntax/python/ast';
import { walkExpressions, walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';

const MESSAGE = 'An internal error occurred';

export function fixExposure(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const result = answer(() => {
    const base = context.baseOf(hit.site.tree);
    const quote = preferredQuote(context.text);
    const edits = new EditList();
    const told = hit.callee === 'return' ? [hit.argument] : hit.call.args.map(({ value }) => value);
    const replaced = told.flatMap((node) => tellingParts(context, hit.site, node));
    if (replaced.length === 0) refuse('the message is put together elsewhere');
    for (const { start, end } of replaced) edits.replace(base + start, base + end, quote + MESSAGE + quote);
    addLogging(context, hit, edits);
    return { kind: 'edits' as const, edits: edits.finish(context.text) };
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Log the error and send a plain message', safety: 'review', edits } }];
}

/** The parts of what is sent that say what the error says. */
function tellingParts(context: FileContext, site: Site, node: Expression): readonly Expression[] {
  const value = context.valueOf(site.tree, node);
  if (value === undefined || !isTainted(value, 'exposure')) return [];
  const within = (inner: readonly Expression[]) => inner.flatMap((part) => tellingParts(context, site, part));
  switch (node.kind) {
    case 'String':
    case 'Binary':
    case 'Subscript':
      return [node];
    case 'Name':
    case 'Attribute':
      if (!value.refs.some((ref) => 'name' in ref && ref.name === 'builtins.Exception'))
        refuse('the message is put together elsewhere');
      return [node];
    case 'Dict':
      return within(node.entries.map((entry) => entry.value));
    case 'Tuple':
    case 'List':
      return within(node.elements);
    case 'Conditional':
      return within([node.body, node.orelse]);
    case 'Call':
      return isText(node.func) ? [node] : within(node.args.map((argument) => argument.value));
    default:
      return refuse('the message is put together elsewhere');
  }
}

/** Calls that give the text of an error, rather than send it on. */
function isText(func: Expression): boolean {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
  return /^(?:str|repr|ascii|escape|join|format|replace|strip|format_\w+|exc_info|get_message)$/.test(name);
}

/** Without it nobody would learn of the error any more. */
function addLogging(context: FileContext, { site, call }: SinkHit, edits: EditList): void {
  const base = context.baseOf(site.tree);
  const owner = site.owners.at(-1);
  const statement = walkStatements(owner?.body ?? site.tree.body).findLast(
    ({ start, end }) => start <= call.start && call.end <= end,
  );
  if (statement === undefined) return;
  const start = base + statement.start;
  const around = handlerAround(owner?.body ?? site.tree.body, statement) ?? owner?.body ?? [];
  if (logs(around)) return;
  if (!isFirstOnLine(context.text, start)) refuse('the statement shares its line with others');
  const logger = loggerName(context, site, start, edits);
  const quote = preferredQuote(context.text);
  const indentation = indentationAt(context.text, start);
  const line = `${logger}.exception(${quote}Unexpected error${quote})`;
  edits.insert(start, `${line}${lineEndOf(context.text)}${indentation}`);
}

function handlerAround(body: Body, statement: Statement): Body | undefined {
  return walkStatements(body)
    .flatMap((inner) => (inner.kind === 'Try' ? inner.handlers : []))
    .findLast(({ start, end }) => start <= statement.start && statement.end <= end)?.body;
}

function logs(body: Body): boolean {
  return walkExpressions(body).some(
    (node) =>
      node.kind === 'Call' &&
      node.func.kind === 'Attribute' &&
      /^(?:exception|error|critical|warning|capture_exception|print_exc)$/.test(node.func.attr.id),
  );
}

/** A logger that the file has, or that of the app. */
function loggerName(context: FileContext, site: Site, usedAt: number, edits: EditList): string {
  const isA = (name: string, type: string) =>
    context.project.resolver.name(name, site).some((ref) => ref.kind === 'instance' && ref.name === type);
  const own = ['logger', 'log', 'LOG', 'LOGGER', '_logger'].find((name) => isA(name, 'logging.Logger'));
  if (own !== undefined) return own;
  const app = ['app', 'application'].find((name) => isA(name, 'flask.Flask'));
  if (app !== undefined) return `${app}.logger`;
  if (context.module === undefined) return refuse('the file cannot be read');
  const imported = ensureImport(context.module, { from: 'flask', name: 'current_app' }, { usedAt });
  if (imported.kind === 'refused') return refuse(imported.reason);
  for (const { range, newText } of imported.edits) edits.replace(range.start, range.end, newText);
  return `${imported.localName}.logger`;
}
