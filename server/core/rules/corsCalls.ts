/** Faulty calls of Flask-CORS, and their fix: the sites that may read the answers are named. */
import { givenArgument, setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import { preferredQuote } from '../edits/pythonText';
import type { MisuseHit } from '../flow/machine';
import type { Binding } from '../model/scopes';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import type { OpenHeader } from './corsHeaders';
import { refused } from './refused';
import type { FixOutcome } from './rule';

const TITLE = 'Name the sites that may read the answers';
const EXAMPLE = 'https://www.example.com';

/** False where the origins are given somewhere else: in the settings, or to the constructor. */
export function saysItself({ call, callee, site, place }: MisuseHit, context: FileContext): boolean {
  if (call === undefined || place !== call.func) return true;
  const { config } = context.project.apps.factsOf(context.file);
  if (config.some(({ key }) => key === 'CORS_ORIGINS' || key === 'CORS_RESOURCES')) return false;
  if (!callee.endsWith('.init_app') || call.func.kind !== 'Attribute') return true;
  const made = constructorOf(context, call.func.value, site.file);
  return made?.args.every(({ name }) => name?.id === 'app') ?? false;
}

/** The call that makes what a module-level name holds, here or one import away. */
function constructorOf({ project }: FileContext, node: Expression, file: string): Call | undefined {
  if (node.kind !== 'Name') return undefined;
  const bindings = (from: string, name: string): readonly Binding[] =>
    project.bindingsOf(from, name).map(({ binding }) => binding);
  const [binding] = bindings(file, node.id);
  const target =
    binding?.kind === 'import' ? project.findModule(file, binding.module, binding.level) : undefined;
  const name = binding?.kind === 'import' ? binding.member : undefined;
  const [made] = target === undefined || name === undefined ? [binding] : bindings(target, name);
  return made?.kind === 'value' && made.value.kind === 'Call' ? made.value : undefined;
}

export function fixCall(context: FileContext, { call, callee, site }: MisuseHit): readonly FixOutcome[] {
  if (call === undefined) return [];
  const base = context.baseOf(site.tree);
  const edits = new EditList();
  const list = `[${quoted(context, EXAMPLE)}]`;
  const option = callee.startsWith('flask_socketio.') ? 'cors_allowed_origins' : 'origins';
  const resources = givenArgument(call, 'resources')?.value;
  if (
    resources !== undefined &&
    givenArgument(call, option) === undefined &&
    literalText(resources) === undefined
  ) {
    const open = resources.kind === 'Dict' ? originsIn(resources) : undefined;
    if (open === undefined || open.length === 0) return [refused('the origins are written somewhere else')];
    for (const value of open) edits.replace(base + value.start, base + value.end, list);
  } else if (call.args.some(({ star }) => star !== ''))
    return [refused('the origins may come from elsewhere')];
  else setKeyword(context.text, { node: call, base }, option, list, edits);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return [{ kind: 'fix', fix: { title: TITLE, safety: 'assist', edits: all } }];
}

/** Values of `origins` in `{r"/api/*": {"origins": "*"}}` that let everybody in; undefined when one is missing. */
function originsIn(resources: Extract<Expression, { kind: 'Dict' }>): readonly Expression[] | undefined {
  const found: Expression[] = [];
  for (const { value } of resources.entries) {
    if (value.kind !== 'Dict') return undefined;
    const origins = value.entries.find(
      ({ key }) => key !== undefined && literalText(key) === 'origins',
    )?.value;
    if (origins === undefined) return undefined;
    const texts = origins.kind === 'List' ? origins.elements.map(literalText) : [literalText(origins)];
    if (texts.some((text) => text === undefined || text.includes('*'))) found.push(origins);
  }
  return found;
}

export function fixHeader(context: FileContext, { tree, value }: OpenHeader): readonly FixOutcome[] {
  const range = context.rangeOf(tree, value);
  const edits = [{ file: context.file, isNew: false, edits: [{ range, newText: quoted(context, EXAMPLE) }] }];
  return [{ kind: 'fix', fix: { title: 'Name the site that may read the answer', safety: 'assist', edits } }];
}

function quoted(context: FileContext, text: string): string {
  const quote = preferredQuote(context.text);
  return `${quote}${text}${quote}`;
}
