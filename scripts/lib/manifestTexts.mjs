/** Moves the texts of package.json that people read into package.nls.json, where VS Code looks for them by key.
 *  Whoever adds a command writes its title in plain English; the generator does the rest. */

/** Properties that hold texts, one or a list. */
const TEXT_PROPERTIES = new Set([
  'title',
  'shortTitle',
  'label',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'markdownEnumDescriptions',
  'enumItemLabels',
  'deprecationMessage',
  'markdownDeprecationMessage',
  'errorMessage',
  'patternErrorMessage',
  'contents',
  'contextualTitle',
  'altText',
]);

/** Here `name` is a text too; elsewhere it is an identifier. */
const NAMED = /^(views|viewsContainers)\./;

/** Names stay as they are in every language. */
const UNTRANSLATED = new Set(['Moat']);

/** @typedef {Record<string, string>} Texts by key */

/** @param {Record<string, any>} manifest with plain texts, keys (`%key%`), or both
 *  @param {Texts} known texts of keys
 *  @returns {{ manifest: Record<string, any>, texts: Texts }} texts of exactly the keys that are used */
export function moveTextsOut(manifest, known) {
  /** @type {Texts} */
  const texts = {};
  const toKey = (/** @type {string} */ text, /** @type {string} */ path) => {
    if (UNTRANSLATED.has(text)) return text;
    const named = /^%(.+)%$/.exec(text)?.[1];
    const key = named ?? toShort(path);
    const english = named === undefined ? text : known[key];
    if (english === undefined) throw new Error(`package.nls.json has no text for ${key}`);
    texts[key] = english;
    return `%${key}%`;
  };

  /** @type {(value: any, path: string) => any} */
  const walk = (value, path) => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, join(path, nameOf(item, index))));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([property, held]) => {
        const isText = TEXT_PROPERTIES.has(property) || (property === 'name' && NAMED.test(path));
        const place = join(path, property);
        if (isText && typeof held === 'string') return [property, toKey(held, place)];
        if (isText && isListOfTexts(held))
          return [property, held.map((text, index) => toKey(text, join(place, String(index))))];
        return [property, walk(held, property === 'properties' ? path : place)];
      }),
    );
  };

  return {
    manifest: {
      ...manifest,
      displayName: toKey(manifest.displayName, 'displayName'),
      description: toKey(manifest.description, 'description'),
      contributes: walk(manifest.contributes, ''),
    },
    texts,
  };
}

/** @param {Texts} translation
 *  @param {Texts} texts in English
 *  @returns {Texts} the translation in the same order, without what is no longer used */
export function inOrderOf(translation, texts) {
  const keys = Object.keys(texts).filter((key) => translation[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, /** @type {string} */ (translation[key])]));
}

/** Settings are known by their own names.
 *  @param {string} path */
function toShort(path) {
  return path.replace(/^configuration\./, '').replace(/\.markdownDescription$/, '');
}

/** @param {string} path
 *  @param {string} name */
function join(path, name) {
  return path === '' ? name : `${path}.${name}`;
}

/** What tells one item of a list from the others, also when the list is put into another order.
 *  @param {any} item
 *  @param {number} index */
function nameOf(item, index) {
  const name = item?.id ?? item?.command ?? item?.view;
  return typeof name === 'string' ? name : String(index);
}

/** @param {unknown} value
 *  @returns {value is string[]} */
function isListOfTexts(value) {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
