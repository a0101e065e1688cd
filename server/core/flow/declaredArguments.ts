/** Arguments that a parser of requests was told to convert or to choose: `parser.add_argument("page", type=int)`. */
import { KNOWLEDGE } from '../knowledge/index';
import type { SharedChange } from '../model/project';
import { changedName } from '../model/stateChanges';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { kindsOfMembers } from './comparisons';
import { Env } from './env';
import { evaluate } from './evaluate';
import { type Frame, newFrame } from './machine';
import { sourceValue } from './sources';
import { ALL_KINDS, CLEAN, contentsOf, type Value } from './values';

const UPLOAD = 'werkzeug.datastructures.FileStorage';

/** What a parser gives: a dict whose harmless entries are known. Undefined when it has none of these. */
export function parsedArguments(node: Call, name: string, frame: Frame): Value | undefined {
  const row = KNOWLEDGE.source(`${name}()`);
  if (row === undefined || node.func.kind !== 'Attribute') return undefined;
  const fields = new Map<string, boolean>();
  const uploads = new Set<string>();
  for (const change of declarationsOf(node.func.value, frame)) {
    const field = change.call && fieldOf(change.call);
    if (change.call === undefined || field === undefined) continue;
    const place = keyword(change.call.args, 'location');
    if (place !== undefined && literalText(place) === 'files') uploads.add(field);
    fields.set(field, fields.get(field) !== false && isHarmless(change.call, change, frame));
  }
  const harmless = [...fields].filter(([, isKnown]) => isKnown);
  if (harmless.length + uploads.size === 0) return undefined;
  const source = sourceValue(node, row, frame);
  const files = KNOWLEDGE.source('flask.request.files') ?? row;
  const sent: Value = { ...sourceValue(node, files, frame), refs: [{ kind: 'instance', name: UPLOAD }] };
  const entries = harmless.flatMap(([field]): [string, Value][] => [
    [`k:${field}`, CLEAN],
    [`a:${field}`, CLEAN],
  ]);
  for (const field of uploads) entries.push([`k:${field}`, sent], [`a:${field}`, sent]);
  return { ...source, contents: contentsOf(new Map(entries), { taints: source.taints, refs: [] }, CLEAN) };
}

function declarationsOf(parser: Expression, { site, machine: { project } }: Frame): readonly SharedChange[] {
  const home = parser.kind === 'Name' ? (project.homeOf(site, parser.id) ?? site.file) : site.file;
  return project
    .stateChanges(changedName(parser))
    .filter((change) => change.way === 'argument' && change.site.file === home);
}

function fieldOf({ args }: Call): string | undefined {
  const [first] = args;
  const given =
    keyword(args, 'dest') ?? keyword(args, 'name') ?? (first?.name === undefined ? first?.value : undefined);
  return given && literalText(given);
}

function keyword(args: Call['args'], name: string): Expression | undefined {
  return args.find((argument) => argument.name?.id === name)?.value;
}

/** Converted to a number, a date or the like, or one of a list that the developer wrote. */
function isHarmless({ args }: Call, { site }: SharedChange, { machine }: Frame): boolean {
  const choices = keyword(args, 'choices');
  if (choices !== undefined) {
    const value = evaluate(choices, new Env(), newFrame(machine, site, true));
    if (value.contents !== undefined && kindsOfMembers(value) === ALL_KINDS) return true;
  }
  const type = keyword(args, 'type');
  // `inputs.int_range(1, 100)` makes a converter.
  const converter = type?.kind === 'Call' ? type.func : type;
  const refs = converter === undefined ? [] : machine.project.resolver.resolve(converter, site);
  return (
    refs.length > 0 &&
    refs.every(
      (ref) =>
        ref.kind === 'external' && KNOWLEDGE.sanitizer(KNOWLEDGE.canonical(ref.name))?.clears === 'all',
    )
  );
}
