/** Moves the values of a query that is built on branches into a list (or dict) that is built beside it:
 *
 *    sql = "SELECT …"                        sql = "SELECT …"
 *    if name:                                params = []
 *        sql += f" WHERE name = '{name}'"    if name:
 *    db.execute(sql)                             sql += " WHERE name = ?"
 *                                                params.append(name)
 *                                            db.execute(sql, params)  */
import { EditList } from './editList';
import { readFormatted } from './formatted';
import { answer, refuse } from './outcome';
import { addArgumentSource, type NewParameter } from './parameterArgument';
import {
  existingFor,
  isPercentStyle,
  literalQuote,
  type ParametrizedQuery,
  type ParametrizeRequest,
  rejectMethod,
} from './parametrizeQuery';
import {
  indentationAt,
  isFirstOnLine,
  lineEndOf,
  nextLineAt,
  preferredQuote,
  pythonString,
  type Quote,
} from './pythonText';
import { bindTargets } from './queryBinding';
import { findTargets, readQuery, type Target } from './queryTargets';
import type { ScatteredPart } from './scatteredParts';
import type { Atom } from './stringAtoms';
import { rewriteText } from './textRewrite';

export interface ScatteredRequest extends ParametrizeRequest {
  readonly parts: readonly ScatteredPart[];
  /** Names that the function and its module use already. */
  readonly taken: ReadonlySet<string>;
}

export function parametrizeScattered(request: ScatteredRequest) {
  return answer(() => build(request));
}

function build(request: ScatteredRequest): ParametrizedQuery {
  const { text, call, query, parts } = request;
  rejectMethod(call.node);
  const slot = request.slot ?? { position: call.node.args.indexOf(query) + 1 };
  if (existingFor(request, slot).kind !== 'none') refuse('the call passes other parameters already');
  if (request.style === 'numeric' || request.style === 'dollar')
    refuse('the placeholders of this driver are numbered');
  const isNamed = request.style === 'named' || request.hasNamesOnly === true;
  const style = isNamed ? request.style : request.style === 'pyformat' ? 'format' : request.style;
  const doubles = isPercentStyle(style) && request.hasPercentEscape !== false;
  const mapCharacter = (value: string) => (doubles ? value.replaceAll('%', '%%') : value);
  const variable = freeName(request.taken);
  const edits = new EditList();
  const keys: string[] = [];
  let quote: Quote = preferredQuote(text);
  let nParameters = 0;
  for (const texts of textsOf(parts)) {
    const operands = readFormatted(text, texts);
    const read = readQuery(operands, request.dialect);
    if (request.wrapper !== undefined && /(?<![:\w\\]):\w/.test(read.flat.replace(/::/g, '')))
      refuse('the query has a colon that would become a parameter');
    if (read.placeholders.length > 0) refuse('the query has placeholders already');
    quote = literalQuote(read, text);
    const targets = findTargets(text, read, { ...request, style, quote, hasParameters: false });
    const partOf = new Map(operands.flatMap(({ atoms, part }) => atoms.map((atom) => [atom, part] as const)));
    const emitted = new Map<Atom, string>();
    const dropped = new Set<Atom>();
    for (const [index, part] of texts.entries()) {
      const own = targets.filter((target) => isWithin(target, index, partOf));
      if (isNamed && own.length > 0 && part.isInLoop) refuse('values are added in a loop');
      const bound = bindTargets(read, own, {
        style,
        existing: isNamed ? { kind: 'mapping', value: call.node, keys } : { kind: 'none' },
        nVariadic: undefined,
        isSqlalchemyText: request.isSqlalchemyText === true,
      });
      for (const [atom, mark] of bound.emitted) emitted.set(atom, mark);
      for (const atom of bound.dropped) dropped.add(atom);
      keys.push(...bound.parameters.map(({ name }) => name));
      const lines = (isNamed ? dictLines : listLines)(variable, bound.parameters, part.isBeginning, quote);
      insertBelow(text, part, lines, edits);
    }
    rewriteText(text, operands, { emitted, dropped, mapCharacter, keepsArguments: false }, edits);
    nParameters += targets.length;
  }
  if (nParameters === 0) refuse('no value of the query can be changed by a user');
  if (request.wrapper !== undefined) {
    edits.insert(call.base + query.value.start, `${request.wrapper}(`);
    edits.insert(call.base + query.value.end, ')');
  }
  const source = request.isVariadic ? `*${variable}` : variable;
  addArgumentSource({ text, call, query, slot, quote }, source, edits);
  return { kind: 'edits', edits: edits.finish(text), safety: 'review', nParameters };
}

/** One list for each beginning, with what comes after it in the file. */
function textsOf(parts: readonly ScatteredPart[]): ScatteredPart[][] {
  const texts: ScatteredPart[][] = [];
  for (const part of parts) {
    if (part.isBeginning) texts.push([part]);
    else texts.at(-1)?.push(part);
  }
  return texts;
}

/** A value with its quotes stands in one part, or nobody can say when it is there. */
function isWithin({ atoms }: Target, part: number, partOf: ReadonlyMap<Atom, number>): boolean {
  const isHere = atoms.some((atom) => partOf.get(atom) === part);
  if (isHere && atoms.some((atom) => partOf.get(atom) !== part))
    refuse('the quotes round a value open in one statement and close in another');
  return isHere;
}

type Lines = (
  variable: string,
  parameters: readonly NewParameter[],
  isFirst: boolean,
  quote: Quote,
) => string[];

export const listLines: Lines = (variable, parameters, isBeginning) => {
  const sources = parameters.map(({ source }) => source).join(', ');
  if (isBeginning) return [`${variable} = [${sources}]`];
  if (parameters.length === 0) return [];
  return [parameters.length === 1 ? `${variable}.append(${sources})` : `${variable} += [${sources}]`];
};

export const dictLines: Lines = (variable, parameters, isBeginning, quote) => {
  const entries = parameters.map(({ name, source }) => ({ key: pythonString(name, quote), source }));
  if (isBeginning)
    return [`${variable} = {${entries.map(({ key, source }) => `${key}: ${source}`).join(', ')}}`];
  return entries.map(({ key, source }) => `${variable}[${key}] = ${source}`);
};

export function insertBelow(
  text: string,
  { statement: { node, base } }: Pick<ScatteredPart, 'statement'>,
  lines: readonly string[],
  edits: EditList,
): void {
  if (lines.length === 0) return;
  const start = base + node.start;
  const next = nextLineAt(text, base + node.end);
  const rest = text.slice(base + node.end, next).trim();
  if (!isFirstOnLine(text, start) || (rest !== '' && !rest.startsWith('#')))
    refuse('a part of the query shares its line with other statements');
  const lineEnd = lineEndOf(text);
  const indentation = indentationAt(text, start);
  edits.insert(next, lines.map((line) => `${indentation}${line}${lineEnd}`).join(''));
}

const NAMES = ['params', 'parameters', 'query_params', 'sql_params'];

export function freeName(taken: ReadonlySet<string>): string {
  return NAMES.find((name) => !taken.has(name)) ?? refuse('all good names for the parameters are taken');
}
