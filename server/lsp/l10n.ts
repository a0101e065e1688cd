/** The server's own words in the editor's language. What rules say — messages, steps, pages — is English. */
import { isRecord } from '../core/index';

/** By the English text, with `{0}`, `{1}` where values go in. The same form as VS Code's bundles. */
export type Texts = Readonly<Record<string, string>>;

/** Puts `values` into the text, in the editor's language. */
export type Translator = (text: string, ...values: readonly (string | number)[]) => string;

export function translatorFor(texts: Texts): Translator {
  return (text, ...values) => fill(texts[text] ?? text, values);
}

/** The title of a fix as people read it. The core has put the values in, so they are taken out again. */
export function translateTitle(texts: Texts, title: string): string {
  const whole = texts[title];
  if (whole !== undefined) return whole;
  for (const [pattern, translation] of Object.entries(texts)) {
    const values = pattern.includes('{0}') ? valuesIn(title, pattern) : undefined;
    if (values !== undefined) return fill(translation, values);
  }
  return title;
}

/** The language of our texts that serves a client with this locale; undefined for English.
 *  Simplified Chinese is written with `zh`, `zh-cn`, `zh-hans` and more; Taiwan and Hong Kong write otherwise. */
export function languageOf(locale: string | undefined): 'zh-cn' | undefined {
  return locale !== undefined && /^zh(?:$|[-_](?:cn|sg|hans))/i.test(locale) ? 'zh-cn' : undefined;
}

/** Texts that came from outside. */
export function parseTexts(raw: unknown): Texts | undefined {
  if (!isRecord(raw)) return undefined;
  const texts = Object.entries(raw).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function fill(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}

/** What stands in the pattern's holes, which come in order; undefined if the text is another one. */
function valuesIn(text: string, pattern: string): string[] | undefined {
  const pieces = pattern.split(/\{\d\}/);
  const [first = ''] = pieces;
  if (!text.startsWith(first)) return undefined;
  const values: string[] = [];
  let from = first.length;
  for (const [index, piece] of pieces.slice(1).entries()) {
    const isLast = index === pieces.length - 2;
    const to = isLast ? text.length - piece.length : text.indexOf(piece, from);
    if (to <= from || !text.startsWith(piece, to)) return undefined;
    values.push(text.slice(from, to));
    from = to + piece.length;
  }
  return values;
}
