/** Methods of text whose result is known when the text and the arguments are. Only what is the same for the ASCII
 *  texts that code is made of; anything else gives undefined. */
import { container } from './evaluate';
import { CLEAN, type ConstantValue, constant, MAX_CONSTANTS, type Value } from './values';

type Fold = (text: string, args: readonly ConstantValue[]) => ConstantValue | readonly string[] | undefined;

const isText = (value: ConstantValue | undefined): value is string => typeof value === 'string';

/** `a.find(b)` in Python counts code points, here UTF-16 units: equal for ASCII. */
const FOLDS: Readonly<Record<string, Fold>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold: (text) => text.toLowerCase(),
  title: (text) =>
    text.replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  strip: (text, [chars]) => trimChars(text, chars, true, true),
  lstrip: (text, [chars]) => trimChars(text, chars, true, false),
  rstrip: (text, [chars]) => trimChars(text, chars, false, true),
  startswith: (text, [prefix]) => (isText(prefix) ? text.startsWith(prefix) : undefined),
  endswith: (text, [suffix]) => (isText(suffix) ? text.endsWith(suffix) : undefined),
  find: (text, [part]) => (isText(part) ? text.indexOf(part) : undefined),
  rfind: (text, [part]) => (isText(part) ? text.lastIndexOf(part) : undefined),
  index: (text, [part]) => (isText(part) && text.includes(part) ? text.indexOf(part) : undefined),
  count: (text, [part]) => (isText(part) && part !== '' ? text.split(part).length - 1 : undefined),
  replace: (text, [from, to]) =>
    isText(from) && isText(to) && from !== '' ? text.replaceAll(from, to) : undefined,
  removeprefix: (text, [part]) => (isText(part) && text.startsWith(part) ? text.slice(part.length) : text),
  removesuffix: (text, [part]) =>
    isText(part) && part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  isdigit: (text) => /^[0-9]+$/.test(text),
  isalpha: (text) => /^[A-Za-z]+$/.test(text),
  isalnum: (text) => /^[A-Za-z0-9]+$/.test(text),
  isupper: (text) => /[A-Z]/.test(text) && !/[a-z]/.test(text),
  islower: (text) => /[a-z]/.test(text) && !/[A-Z]/.test(text),
  split: (text, [separator, limit]) =>
    limit !== undefined ? undefined : isText(separator) ? text.split(separator) : text.trim().split(/\s+/),
  splitlines: (text) => text.split(/\r\n|\r|\n/),
  partition: (text, [separator]) =>
    isText(separator) ? partition(text, separator, text.indexOf(separator)) : undefined,
  rpartition: (text, [separator]) =>
    isText(separator) ? partition(text, separator, text.lastIndexOf(separator)) : undefined,
};

function trimChars(
  text: string,
  chars: ConstantValue | undefined,
  start: boolean,
  end: boolean,
): string | undefined {
  if (chars !== undefined && chars !== null && !isText(chars)) return undefined;
  const isCut = (char: string) => (isText(chars) ? chars.includes(char) : /\s/.test(char));
  let from = 0;
  let to = text.length;
  while (start && from < to && isCut(text.charAt(from))) from++;
  while (end && to > from && isCut(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

function partition(text: string, separator: string, at: number): readonly string[] {
  return at < 0 ? [text, '', ''] : [text.slice(0, at), separator, text.slice(at + separator.length)];
}

/** Result of a method on known texts with known arguments; undefined when it is not known. */
export function foldMethod(
  method: string,
  texts: readonly ConstantValue[],
  args: readonly Value[],
): Value | undefined {
  const fold = FOLDS[method];
  const known = args.map((value) => (value.constants?.length === 1 ? value.constants[0] : undefined));
  if (fold === undefined || known.some((value) => value === undefined)) return undefined;
  const results = texts.map((text) =>
    isText(text) && isAscii(text) ? fold(text, known as ConstantValue[]) : undefined,
  );
  if (results.some((result) => result === undefined)) return undefined;
  const [first] = results;
  if (Array.isArray(first))
    return results.length === 1 ? listOf(first.map((text: string) => constant(text))) : CLEAN;
  const values = new Set(results as ConstantValue[]);
  return values.size > MAX_CONSTANTS ? CLEAN : constant(...values);
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  return /^[\x00-\x7f]*$/.test(text);
}

/** A list of known length. */
export function listOf(values: readonly Value[]): Value {
  return container({ entries: new Map(values.map((value, index) => [`i:${index}`, value])) });
}
