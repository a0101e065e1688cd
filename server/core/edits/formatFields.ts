/** Turns the atoms of a text with `.format(…)` into final characters and holes: `{{` is one character, `{}` a hole. */
import type { Argument, Expression } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FormatArgument, FormatGroup, Hole } from './formatted';
import { refuse } from './outcome';
import { inQuotesOf, sourceFor } from './pythonText';
import type { Atom, CharAtom } from './stringAtoms';

interface FormatValues {
  readonly args: readonly Argument[];
  readonly base: number;
  readonly group: FormatGroup;
}

export function readFormatFields(text: string, atoms: readonly Atom[], values: FormatValues): Atom[] {
  const characters = atoms.map((atom) => (atom.kind === 'char' ? atom : refuse('a text is formatted twice')));
  const result: Atom[] = [];
  let nAutomatic = 0;
  for (let i = 0; i < characters.length; ) {
    const atom = characters[i] as CharAtom;
    const next = characters[i + 1];
    if ((atom.value === '{' || atom.value === '}') && next?.value === atom.value) {
      if (next.literal !== atom.literal) refuse('a doubled brace is split over two strings');
      result.push({ ...atom, end: next.end });
      i += 2;
    } else if (atom.value === '{') {
      const close = closingBrace(characters, i);
      const last = characters[close] as CharAtom;
      if (last.literal !== atom.literal) refuse('a field of .format is split over two strings');
      const field = characters
        .slice(i + 1, close)
        .map((one) => one.value)
        .join('');
      result.push(readField(text, values, field, () => String(nAutomatic++), atom, last));
      i = close + 1;
    } else if (atom.value === '}') refuse('a brace of .format is not closed');
    else {
      result.push(atom);
      i++;
    }
  }
  return result;
}

function closingBrace(characters: readonly CharAtom[], open: number): number {
  for (let i = open + 1; i < characters.length; i++) {
    const value = characters[i]?.value;
    if (value === '}') return i;
    if (value === '{') refuse('a format is itself computed');
  }
  return refuse('a brace of .format is not closed');
}

function readField(
  text: string,
  values: FormatValues,
  field: string,
  nextIndex: () => string,
  first: CharAtom,
  last: CharAtom,
): Hole {
  const found = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(field);
  if (!found) refuse('a field of .format could not be read');
  let name = found[1] as string;
  if (!/^[\w]/.test(name)) name = nextIndex() + name;
  return hole(text, values, name, (found[2] ?? '') as Hole['conversion'], found[3] ?? '', first, last);
}

function hole(
  text: string,
  { args, base, group }: FormatValues,
  name: string,
  conversion: Hole['conversion'],
  spec: string,
  first: CharAtom,
  last: CharAtom,
): Hole {
  const found = /^(\w+)((?:\.\w+|\[[^\]]+\])*)$/.exec(name);
  if (!found) refuse('a field of .format could not be read');
  const key = /^\d+$/.test(found[1] as string) ? Number(found[1]) : (found[1] as string);
  const byName = group.args.findIndex((one) => one.key === key);
  const index =
    byName < 0 && typeof key === 'string' ? group.args.findIndex(({ key: one }) => one === '**') : byName;
  const argument = args[index];
  if (argument === undefined) refuse('a field of .format has no value');
  const isItem = argument.star === '**';
  const path = (isItem ? inQuotesOf(text, `["${key}"]`) : '') + accessPath(found[2] as string);
  const value: Expression = argument.value;
  if (isItem && walk(value).some(({ kind }) => kind === 'Call'))
    refuse('the values of .format come from a call');
  return {
    kind: 'hole',
    origin: 'format',
    start: first.start,
    end: last.end,
    literal: first.literal,
    group,
    base,
    expression: path === '' ? value : undefined,
    source:
      path === ''
        ? text.slice(base + value.start, base + value.end)
        : sourceFor(text, value, base, 'primary') + path,
    conversion,
    spec,
    argument: group.args[index] as FormatArgument,
  };
}

/** `.name[0][key]` of a field as Python: keys of fields are written without quotes. */
function accessPath(path: string): string {
  return path.replace(/\[([^\]]+)\]/g, (_whole, key: string) =>
    /^\d+$/.test(key) ? `[${key}]` : `["${key.replace(/["\\]/g, '\\$&')}"]`,
  );
}
