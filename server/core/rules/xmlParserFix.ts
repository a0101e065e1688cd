/** How the parser at a sink treats entities, and the fix that makes it leave them alone. */
import type { TextEdit } from '../base/textEdit';
import { ensureImport } from '../edits/addImport';
import { booleanOf, givenArgument, setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import type { Located } from '../edits/outcome';
import type { SinkHit } from '../flow/machine';
import { enclosingFunction } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Call, Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { assignedOnce } from './textParts';

/** `asked`: they are resolved because the code says so. `default`: it depends on lxml's version. */
export type EntityUse = 'asked' | 'default' | 'off' | 'unknown';

export function entityUse(hit: SinkHit, context: FileContext): EntityUse {
  if (!hit.callee.startsWith('lxml.')) return 'asked';
  if (hit.callee === 'lxml.etree.iterparse') return useOf(hit.call);
  const parser = parserOf(hit);
  if (parser === undefined || isNone(parser)) return 'default';
  const made = makingCall(parser, hit, context);
  return made === undefined ? 'unknown' : useOf(made.node);
}

/** What is passed as the parser, or the parser that is fed. */
function parserOf(hit: SinkHit): Expression | undefined {
  if (hit.callee.endsWith('.feed') && hit.call.func.kind === 'Attribute') return hit.call.func.value;
  return givenArgument(hit.call, 'parser', 1)?.value;
}

function isNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === 'None';
}

function useOf(call: Call): EntityUse {
  const resolves = givenArgument(call, 'resolve_entities')?.value;
  if (call.args.some(({ star }) => star !== '')) return 'unknown';
  if (resolves === undefined) return loadsDtd(call) ? 'asked' : 'default';
  const isOn = booleanOf(resolves);
  if (isOn !== undefined) return isOn ? 'asked' : 'off';
  return resolves.kind === 'String' ? 'off' : 'unknown';
}

/** The parser of lxml is told to take documents of any size and depth. */
export function isHuge(hit: SinkHit, context: FileContext): boolean {
  if (!hit.callee.startsWith('lxml.')) return false;
  const parser = parserOf(hit);
  const call =
    hit.callee === 'lxml.etree.iterparse' ? hit.call : parser && makingCall(parser, hit, context)?.node;
  return call !== undefined && booleanOf(givenArgument(call, 'huge_tree')?.value) === true;
}

function loadsDtd(call: Call): boolean {
  return ['load_dtd', 'dtd_validation'].some((name) => booleanOf(givenArgument(call, name)?.value) === true);
}

const PARSERS = new Set(['lxml.etree.XMLParser', 'lxml.etree.ETCompatXMLParser', 'lxml.etree.XMLPullParser']);

/** The call `XMLParser(…)` that made a parser, in this function or at module level. */
function makingCall(parser: Expression, hit: SinkHit, context: FileContext): Located<Call> | undefined {
  const here = assignedOnce(parser, hit.site);
  const found =
    here.kind === 'Name'
      ? moduleValue(here.id, hit, context)
      : { node: here, base: context.baseOf(hit.site.tree) };
  if (found?.node.kind !== 'Call') return undefined;
  const isParser = context.project.resolver
    .resolve(found.node.func, hit.site)
    .some((ref) => ref.kind === 'external' && PARSERS.has(ref.name));
  return isParser ? { node: found.node, base: found.base } : undefined;
}

function moduleValue(name: string, hit: SinkHit, context: FileContext): Located<Expression> | undefined {
  if (enclosingFunction(hit.site)?.params.some((parameter) => parameter.name.id === name)) return undefined;
  const [bound, ...others] = context.project.bindingsOf(context.file, name);
  if (bound?.binding.kind !== 'value' || others.length > 0) return undefined;
  return { node: bound.binding.value, base: context.baseOf(bound.tree) };
}

export function fixXmlParser(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  if (!hit.callee.startsWith('lxml.')) return fixFeatures(context, hit);
  const parser = parserOf(hit);
  const isDirect = hit.callee === 'lxml.etree.iterparse';
  const made =
    parser === undefined || isNone(parser) || isDirect ? undefined : makingCall(parser, hit, context);
  const list = new EditList();
  if (made !== undefined || isDirect) {
    const call = made ?? { node: hit.call, base: context.baseOf(hit.site.tree) };
    setKeyword(context.text, call, 'resolve_entities', 'False', list);
    return [fixed(context, list, [])];
  }
  return withOwnParser(context, hit, list);
}

/** SAX loads other files only when it is told to: it is told not to. */
function fixFeatures(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const base = context.baseOf(hit.site.tree);
  const list = new EditList();
  const owner = hit.site.owners.at(-1);
  const calls = unitFacts(hit.site.tree).calls.filter(({ owners }) => owners.at(-1) === owner);
  let nEdits = 0;
  for (const { node } of calls) {
    if (node.func.kind !== 'Attribute' || node.func.attr.id !== 'setFeature') continue;
    const [feature, state] = node.args;
    const name = feature && context.text.slice(base + feature.start, base + feature.end);
    if (state === undefined || name === undefined || !/external.?(ges|pes|general|parameter)/.test(name))
      continue;
    list.replace(base + state.value.start, base + state.value.end, 'False');
    nEdits++;
  }
  if (nEdits === 0) return [refused('the parser is set up in another place')];
  return [fixed(context, list, [])];
}

/** No parser is passed: one is made on the spot. */
function withOwnParser(context: FileContext, hit: SinkHit, list: EditList): readonly FixOutcome[] {
  if (context.module === undefined) return [];
  const base = context.baseOf(hit.site.tree);
  const { func } = hit.call;
  const isEtree = hit.callee.startsWith('lxml.etree.') && func.kind === 'Attribute';
  const owner = isEtree ? context.text.slice(base + func.value.start, base + func.value.end) : undefined;
  const imported = ensureImport(
    context.module,
    { from: 'lxml.etree', name: 'XMLParser' },
    { usedAt: base + hit.call.start },
  );
  if (owner === undefined && imported.kind === 'refused') return [refused(imported.reason)];
  const name = owner === undefined && imported.kind === 'edits' ? imported.localName : `${owner}.XMLParser`;
  const given = givenArgument(hit.call, 'parser', 1);
  const source = `${name}(resolve_entities=False)`;
  if (given === undefined) setKeyword(context.text, { node: hit.call, base }, 'parser', source, list);
  else list.replace(base + given.value.start, base + given.value.end, source);
  return [fixed(context, list, owner === undefined && imported.kind === 'edits' ? imported.edits : [])];
}

function fixed(context: FileContext, list: EditList, more: readonly TextEdit[]): FixOutcome {
  const edits = [...more, ...list.finish(context.text)];
  const title = 'Leave entities unresolved';
  return {
    kind: 'fix',
    fix: { title, safety: 'safe', edits: [{ file: context.file, isNew: false, edits }] },
  };
}
