/** Turns the atoms of a `%`-formatted text into final characters and holes: `%%` is one character, `%s` a hole. */
import type { Expression } from '../syntax/python/ast';
import { constantText, type FormatArgument, type FormatGroup, type Hole } from './formatted';
import { refuse } from './outcome';
import { inQuotesOf, needsParentheses } from './pythonText';
import type { Atom, CharAtom } from './stringAtoms';

interface PercentValues {
  readonly value: Expression;
  readonly base: number;
  readonly group: FormatGroup;
}

interface Conversion {
  readonly key: string | undefined;
  readonly flags: string;
  readonly type: string;
  readonly nAtoms: number;
}

export function readPercentFields(text: string, atoms: readonly Atom[], values: PercentValues): Atom[] {
  const nFields = countFields(atoms);
  if (values.value.kind === 'Tuple' && values.value.elements.length !== nFields)
    refuse('the number of values differs from the number of % fields');
  if (values.value.kind !== 'Tuple' && nFields > 1 && !hasKeys(atoms))
    refuse('the values of % come from a variable');
  const result: Atom[] = [];
  let nUsed = 0;
  for (let i = 0; i < atoms.length; ) {
    const atom = atoms[i] as Atom;
    if (atom.kind !== 'char' || atom.value !== '%') {
      result.push(atom);
      i++;
      continue;
    }
    const found = conversionAt(atoms, i);
    const last = atoms[i + found.nAtoms - 1] as CharAtom;
    if (last.literal !== atom.literal) refuse('a % field is split over two strings');
    if (found.type === '%') result.push({ ...atom, end: last.end });
    else
      result.push({
        ...toHole(text, values, found, nUsed++),
        start: atom.start,
        end: last.end,
        literal: atom.literal,
      });
    i += found.nAtoms;
  }
  return result;
}

function countFields(atoms: readonly Atom[]): number {
  let nFields = 0;
  for (let i = 0; i < atoms.length; ) {
    const atom = atoms[i] as Atom;
    if (atom.kind === 'char' && atom.value === '%') {
      const found = conversionAt(atoms, i);
      if (found.type !== '%') nFields++;
      i += found.nAtoms;
    } else i++;
  }
  return nFields;
}

function hasKeys(atoms: readonly Atom[]): boolean {
  return atoms.some((atom, i) => atom.kind === 'char' && atom.value === '%' && nextValue(atoms, i) === '(');
}

function nextValue(atoms: readonly Atom[], i: number): string {
  const next = atoms[i + 1];
  return next?.kind === 'char' ? next.value : '';
}

function conversionAt(atoms: readonly Atom[], index: number): Conversion {
  let rest = '';
  for (let i = index; i < atoms.length && rest.length < 80; i++) {
    const atom = atoms[i] as Atom;
    if (atom.kind !== 'char') break;
    rest += atom.value.length === 1 ? atom.value : '\uFFFD';
  }
  const found = /^%(?:\(([^()]*)\))?([-+ #0]*(?:\d+)?(?:\.\d+)?)[hlL]?([a-zA-Z%])/.exec(rest);
  if (!found) refuse('a % field could not be read');
  return { key: found[1], flags: found[2] as string, type: found[3] as string, nAtoms: found[0].length };
}

type Source = Pick<Hole, 'expression' | 'source' | 'argument' | 'base'>;

function toHole(
  text: string,
  values: PercentValues,
  found: Conversion,
  index: number,
): Omit<Hole, 'start' | 'end' | 'literal'> {
  return {
    kind: 'hole',
    origin: 'percent',
    group: values.group,
    ...conversionOf(found),
    ...(found.key === undefined ? positional(text, values, index) : keyed(text, values, found.key)),
  };
}

function positional(text: string, { value, base, group }: PercentValues, index: number): Source {
  const expression = value.kind === 'Tuple' ? value.elements[index] : value;
  if (expression === undefined || expression.kind === 'Starred') refuse('the values of % are unpacked');
  if (expression.kind === 'Dict') refuse('the values of % could not be matched with the fields');
  return {
    expression,
    base,
    source: slice(text, expression, base),
    argument: group.args[index] as FormatArgument,
  };
}

function keyed(text: string, { value, base, group }: PercentValues, key: string): Source {
  if (value.kind === 'Dict') {
    const entry = value.entries.find((one) => one.key !== undefined && constantText(one.key) === key);
    if (entry === undefined) refuse(`the dict of values has no "${key}"`);
    const argument = group.args.find((one) => one.key === key) as FormatArgument;
    return { expression: entry.value, base, source: slice(text, entry.value, base), argument };
  }
  const source = slice(text, value, base);
  if (/^(?:locals|vars)\(\s*\)$/.test(source)) return { expression: undefined, base, source: key };
  const object = needsParentheses(value, 'primary') ? `(${source})` : source;
  return {
    expression: undefined,
    base,
    source: object + inQuotesOf(text, `["${key.replace(/["\\]/g, '\\$&')}"]`),
  };
}

function slice(text: string, node: Expression, base: number): string {
  return text.slice(base + node.start, base + node.end);
}

/** Maps `%05.2f` to the specification `05.2f`; text alignment differs between the two languages. */
function conversionOf({ flags, type }: Conversion): Pick<Hole, 'conversion' | 'spec'> {
  if (type === 's' && flags === '') return { conversion: '', spec: '' };
  if ((type === 'd' || type === 'i' || type === 'u') && flags === '') return { conversion: 'd', spec: '' };
  if ((type === 'r' || type === 'a') && flags === '') return { conversion: type, spec: '' };
  if (type === 's' && /^-?[1-9]\d*$/.test(flags))
    return { conversion: 's', spec: flags.startsWith('-') ? flags.slice(1) : `>${flags}` };
  if (/[eEfFgG]/.test(type) && /^[+ ]?0?\d*(?:\.\d+)?$/.test(flags))
    return { conversion: '', spec: flags + type };
  if (/[xXo]/.test(type) && /^0?\d*$/.test(flags)) return { conversion: '', spec: flags + type };
  if (/[diu]/.test(type) && /^[+ ]?0?\d*$/.test(flags)) return { conversion: '', spec: `${flags}d` };
  return refuse(`the format %${flags}${type} has no counterpart`);
}
