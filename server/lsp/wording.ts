/** What the engine says — messages, steps, reasons, titles — in the editor's language. The core speaks English and has
 *  put code and values in; here they are taken out again, and the text around them is looked up.
 *
 *  `l10n/findings.<language>.json` is for people: English, with `{0}` where a value goes, to the translation. What is
 *  shipped is packed: the English text is replaced by a hash, for the engine has it already. */
import { hash } from '../core/index';

/** By the packed key. */
export type Wording = Readonly<Record<string, string>>;

/** A text of the engine as people read it. One that has no translation stays as it is. */
export type Say = (text: string) => string;

/** Marks keys that have values outside of code, which only trying can find. */
const PATTERN = '~';
const HASH_LENGTH = 6;
const CODE = /`[^`]*`/g;
/** Code, and values outside of it. */
const VALUES = /`[^`]*`|\{\d\}/g;

/** A text whose code is taken out: one backtick stands for each piece. */
interface Bare {
  readonly template: string;
  /** With their backticks. */
  readonly codes: readonly string[];
}

interface Pattern {
  readonly template: string;
  readonly form: RegExp;
  readonly translation: string;
}

export function wordingIn(texts: Wording): Say {
  if (Object.keys(texts).length === 0) return (text) => text;
  const patterns = Object.entries(texts)
    .filter(([key]) => key.startsWith(PATTERN))
    .map(([key, translation]) => toPattern(key.slice(PATTERN.length), translation))
    // The more of the text a pattern spells out, the surer it is.
    .sort((a, b) => b.template.length - a.template.length);
  const say = ({ template, codes }: Bare): string | undefined => {
    const known = texts[keyOf(template)];
    if (known !== undefined) return fill(known, codes);
    for (const pattern of patterns) {
      const match = pattern.form.exec(template);
      if (match !== null) return fill(pattern.translation, valuesOf(pattern, match.slice(1), codes, say));
    }
    return sentenceBySentence({ template, codes }, say);
  };
  return (text) => say(withoutCode(text)) ?? text;
}

/** The title of a rule. It stands in what its setting is called: `SQL injection (error by default).` */
export function titleIn(
  texts: Wording,
  { id, title }: { readonly id: string; readonly title: string },
): string {
  return texts[`moat.rules.${id}`]?.replace(/（[^（]*）。$/, '') ?? title;
}

/** Key and value for the package. A fault of the translation comes as text. */
export function packed(english: string, translation: string): readonly [string, string] | string {
  const values: readonly string[] = english.match(VALUES) ?? [];
  const { template } = withoutCode(english);
  const stranger = translation.match(VALUES)?.find((value) => !values.includes(value));
  if (stranger !== undefined) return `${stranger} is not in the English text ${JSON.stringify(english)}`;
  const text = translation.replace(VALUES, (value) => `{${values.indexOf(value)}}`);
  return [packedKey(template.replace(/\{\d\}/g, '{}')), text];
}

/** What is shipped of a language, and what is wrong with it. */
export function pack(findings: Wording): { readonly texts: Wording; readonly problems: readonly string[] } {
  const texts: Record<string, string> = {};
  const problems: string[] = [];
  for (const [english, translation] of Object.entries(findings)) {
    const entry = packed(english, translation);
    if (typeof entry === 'string') {
      problems.push(entry);
      continue;
    }
    const [key, text] = entry;
    if ((texts[key] ?? text) !== text)
      problems.push(`${JSON.stringify(english)} reads like another text, which is translated otherwise`);
    texts[key] = text;
  }
  return { texts, problems };
}

/** `template` has one backtick for each piece of code, and `{}` for each other value. */
export function packedKey(template: string): string {
  return template.includes('{}') ? PATTERN + template : keyOf(template);
}

export function withoutCode(text: string): Bare {
  return { template: text.replace(CODE, '`'), codes: text.match(CODE) ?? [] };
}

function keyOf(template: string): string {
  return hash(template).slice(0, HASH_LENGTH);
}

function toPattern(template: string, translation: string): Pattern {
  const pieces = template.split('{}').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { template, form: new RegExp(`^${pieces.join('(.+?)')}$`, 's'), translation };
}

/** What stands in the places of a pattern, in order. What is a text of ours itself is translated, too. */
function valuesOf(
  { template }: Pattern,
  found: readonly string[],
  codes: readonly string[],
  say: (bare: Bare) => string | undefined,
): readonly string[] {
  const left = [...codes];
  const texts = [...found];
  return (template.match(/`|\{\}/g) ?? []).map((place) => {
    if (place === '`') return left.shift() ?? '';
    const text = texts.shift() ?? '';
    const own = left.splice(0, text.split('`').length - 1);
    return say({ template: text, codes: own }) ?? putBack(text, own);
  });
}

/** Undefined if there is one sentence only, or nothing is known of any. */
function sentenceBySentence(
  { template, codes }: Bare,
  say: (bare: Bare) => string | undefined,
): string | undefined {
  const sentences = template.split(/(?<=[.?!]) (?=[\p{Lu}`])/u);
  if (sentences.length < 2) return undefined;
  const left = [...codes];
  let isKnown = false;
  const said = sentences.map((sentence) => {
    const own = left.splice(0, sentence.split('`').length - 1);
    const translated = say({ template: sentence, codes: own });
    if (translated === undefined) return ` ${putBack(sentence, own)} `;
    isKnown = true;
    return translated;
  });
  return isKnown ? said.join('').trim() : undefined;
}

function putBack(template: string, codes: readonly string[]): string {
  const left = [...codes];
  return template.replace(/`/g, () => left.shift() ?? '');
}

function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (hole, index: string) => values[Number(index)] ?? hole);
}
