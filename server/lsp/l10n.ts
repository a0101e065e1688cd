/** The server's own words in the editor's language. What the engine says is in `wording.ts`; pages are English. */
import { isRecord } from '../core/index';

/** By the English text, with `{0}`, `{1}` where values go in. The same form as VS Code's bundles. */
export type Texts = Readonly<Record<string, string>>;

/** Puts `values` into the text, in the editor's language. */
export type Translator = (text: string, ...values: readonly (string | number)[]) => string;

export function translatorFor(texts: Texts): Translator {
  return (text, ...values) => fill(texts[text] ?? text, values);
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
