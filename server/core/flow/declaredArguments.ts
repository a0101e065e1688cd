/** Arguments that a parser of requests was told to convert or to choose: `parser.add_argument("page", type=int)`. */
import { KNOWLEDGE } from '../knowledge/index';
import type { SharedChange } from '../model/project';
import { changedName, stateChangesOf } from '../model/stateChanges';
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

/** What the parser is told, also by way of groups and parsers of subcommands next to it. */
function declarationsOf(parser: Expression, { site, machine: { project } }: Frame): readonly SharedChange[] {
  const home = parser.kind === 'Name' ? (project.homeOf(site, parser.id) ?? site.file) : site.file;
  const named = project.stateChanges(changedName(parser)).filter(({ site: { file } }) => file === home);
  const near = stateChangesOf(site.tree).map(({ node, owners }) => ({ ...node, site: { ...site, owners } }));
  return [...named, ...near].filter(({ way }) => way === 'argument');
}

function fieldOf({ args }: Call): string | undefined {
  const given = keyword(args, 'dest') ?? keyword(args, 'name');
  if (given !== undefined) return literalText(given);
  const names = args.flatMap(({ name, value }) => (name === undefined ? [literalText(value) ?? ''] : []));
  // An option is called by its first long name: `-n, --max-size`.
  return (names.find((name) => name.startsWith('--')) ?? names[0])?.replace(/^-+/, '').replace(/-/g, '_');
}

function keyword(args: Call['args'], name: string): Expression | undefined {
  return args.find((argument) => argument.name?.id === name)?.value;
}

/** Converted to a number, a date or the like, or one of a list that the developer wrote. */
function isHarmless({ args }: Call, { site }: SharedChange, { machine }: Frame): boolean {
  const action = keyword(args, 'action');
  if (action !== undefined && /^(?:store_\w+|count|version|help)$/.test(literalText(action) ?? ''))
    return true;
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
