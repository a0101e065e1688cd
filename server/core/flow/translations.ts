/** `str.maketrans` and `translate`: characters that are taken out, or put in another's place. */
import type { Arguments } from './calls';
import { charsOf, complement, kindsOfCharset, union } from './charsets';
import { listElements } from './containers';
import type { Contents, Value } from './values';
import { cleared, constant, joinTaints } from './values';

/** Prefixes of contents of a table: what goes, and what comes for it. */
const GONE = 't:gone';
const NEW = 't:new';

/** `str.maketrans(from, to, gone)`; undefined when the characters are not known. */
export function translation({ positional }: Arguments): Value | undefined {
  const [from, to, gone = constant('')] = positional;
  if (from?.contents !== undefined && to === undefined) return tableOf(from.contents);
  const texts = [from, to, gone].map((value) => textOf(value));
  const [old, fresh, dropped] = texts;
  if (old === undefined || fresh === undefined || dropped === undefined) return undefined;
  return table(old + dropped, fresh);
}

/** `{ord("<"): None, "x": "y"}` */
function tableOf({ entries, rest }: Contents): Value | undefined {
  if (rest !== undefined || entries.size === 0) return undefined;
  let gone = '';
  let fresh = '';
  for (const [key, { constants = [] }] of entries) {
    const [value, ...more] = constants;
    if (value === undefined || more.length > 0) return undefined;
    gone += key.startsWith('i:') ? String.fromCharCode(Number(key.slice(2))) : key.slice(2);
    fresh += value === null ? '' : typeof value === 'number' ? String.fromCharCode(value) : String(value);
  }
  return table(gone, fresh);
}

function table(gone: string, fresh: string): Value {
  const entries = new Map([
    [GONE, constant(gone)],
    [NEW, constant(fresh)],
  ]);
  return { taints: [], refs: [], contents: { entries } };
}

function textOf(value: Value | undefined): string | undefined {
  const [text, ...more] = value?.constants ?? [];
  if (typeof text === 'string' && more.length === 0) return text;
  const elements = listElements(value?.contents);
  return elements?.length === 0 ? '' : undefined;
}

/** `text.translate(table)`: what is gone stays out, unless it comes in another's place. */
export function translated(text: Value, { positional }: Arguments): Value | undefined {
  const [given] = positional;
  const contents = given?.contents?.entries.has(GONE)
    ? given.contents
    : (given?.contents && tableOf(given.contents))?.contents;
  const gone = textOf(contents?.entries.get(GONE));
  const fresh = textOf(contents?.entries.get(NEW));
  const changed: Value = { taints: joinTaints([text]), refs: [] };
  if (gone === undefined || fresh === undefined) return undefined;
  return cleared(changed, kindsOfCharset(union(complement(charsOf(gone)), charsOf(fresh))));
}
