/** Gives every target of a query its placeholder and its place among the parameters. */
import { refuseList } from './listValues';
import { refuse } from './outcome';
import type { Existing, NewParameter } from './parameterArgument';
import { isPercentStyle, type ParamStyle } from './parametrizeQuery';
import type { QueryText, Target } from './queryTargets';
import type { Atom } from './stringAtoms';

export interface BindingOptions {
  readonly style: ParamStyle;
  readonly existing: Existing;
  /** Number of values that the call passes as arguments of their own; undefined where it passes one argument. */
  readonly nVariadic: number | undefined;
  readonly isSqlalchemyText: boolean;
}

export interface Binding {
  readonly emitted: ReadonlyMap<Atom, string>;
  readonly dropped: ReadonlySet<Atom>;
  readonly parameters: readonly NewParameter[];
  readonly form: 'sequence' | 'mapping';
}

export function bindTargets(read: QueryText, targets: readonly Target[], options: BindingOptions): Binding {
  const nExisting = checkPlaceholders(read, options);
  const emitted = new Map<Atom, string>();
  const dropped = new Set<Atom>();
  const parameters: NewParameter[] = [];
  const isNamed =
    options.style === 'named' || options.style === 'pyformat' || options.existing.kind === 'mapping';
  const isNumbered = options.style === 'numeric' || options.style === 'dollar';
  const taken = takenNames(read, options);
  const known = new Map<string, number>();
  for (const target of targets) {
    const shared = target.isShareable && (isNamed || isNumbered) ? known.get(target.source) : undefined;
    const index = shared ?? parameters.length;
    if (shared === undefined) {
      const before = isNumbered ? nExisting : placeholdersBefore(read, target.offset);
      const name = isNamed ? uniqueName(target.name, taken) : '';
      parameters.push({ before, name, source: target.source });
      known.set(target.source, index);
    }
    if (target.list !== undefined && !isNamed) {
      for (const atom of target.atoms) dropped.add(atom);
      continue;
    }
    if (target.list !== undefined && !options.isSqlalchemyText) refuseList();
    const mark = placeholder(options.style, (parameters[index] as NewParameter).name, nExisting + index + 1);
    target.atoms.forEach((atom, i) => {
      if (i === 0) emitted.set(atom, spaced(mark, read, target, options));
      else dropped.add(atom);
    });
  }
  return { emitted, dropped, parameters, form: isNamed ? 'mapping' : 'sequence' };
}

function placeholder(style: ParamStyle, name: string, number: number): string {
  switch (style) {
    case 'qmark':
      return '?';
    case 'format':
      return '%s';
    case 'pyformat':
      return name === '' ? '%s' : `%(${name})s`;
    case 'named':
      return `:${name}`;
    case 'numeric':
      return `:${number}`;
    case 'dollar':
      return `$${number}`;
  }
}

/** A name must not grow together with what stands beside it: `:id::int` is no bind for SQLAlchemy. */
function spaced(mark: string, read: QueryText, target: Target, options: BindingOptions): string {
  const end =
    target.offset +
    target.atoms.reduce((sum, atom) => sum + (atom.kind === 'char' ? atom.value.length : 1), 0);
  const before = read.flat[target.offset - 1] ?? ' ';
  const after = read.flat[end] ?? ' ';
  const isWord = mark.startsWith(':') || mark.startsWith('$') || mark === '?';
  const needsBefore = isWord && (/\w/.test(before) || (mark.startsWith(':') && /[:\\]/.test(before)));
  const needsAfter = isWord && (/\w/.test(after) || (options.isSqlalchemyText && after === ':'));
  return (needsBefore ? ' ' : '') + mark + (needsAfter ? ' ' : '');
}

function placeholdersBefore(read: QueryText, offset: number): number {
  return read.placeholders.filter((one) => one.start < offset).length;
}

function takenNames(read: QueryText, { existing }: BindingOptions): Set<string> {
  const inText = read.placeholders.map((one) => one.text.replace(/^[:$]|^%\(|\)s$/g, ''));
  return new Set([...inText, ...(existing.kind === 'mapping' ? existing.keys : [])]);
}

function uniqueName(name: string, taken: Set<string>): string {
  let result = name;
  for (let n = 2; taken.has(result); n++) result = `${name}_${n}`;
  taken.add(result);
  return result;
}

/** Compares the placeholders of the text with the values that are passed; gives the number of values. */
function checkPlaceholders(read: QueryText, options: BindingOptions): number {
  const { style, existing, nVariadic } = options;
  const own = read.placeholders.filter((one) => isOf(style, one.text));
  switch (existing.kind) {
    case 'none':
    case 'empty':
      if (nVariadic !== undefined) return nVariadic;
      if (own.length > 0 && !isPercentStyle(style)) refuse('the query has placeholders but no parameters');
      return 0;
    case 'sequence': {
      const isNumbered = style === 'numeric' || style === 'dollar';
      if (own.some((one) => /^\?\d/.test(one.text))) refuse('the query numbers its placeholders');
      const foreign = read.placeholders.length !== own.length;
      if (foreign || (!isNumbered && own.length !== existing.elements.length))
        refuse('the number of placeholders differs from the number of parameters');
      return existing.elements.length;
    }
    case 'mapping':
      return existing.keys.length;
  }
}

function isOf(style: ParamStyle, text: string): boolean {
  switch (style) {
    case 'qmark':
      return text.startsWith('?');
    case 'format':
      return text === '%s';
    case 'pyformat':
      return text.startsWith('%');
    case 'named':
      return /^:[A-Za-z_]/.test(text);
    case 'numeric':
      return /^:\d/.test(text);
    case 'dollar':
      return text.startsWith('$');
  }
}
