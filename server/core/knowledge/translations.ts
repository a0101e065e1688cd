/** Translated texts: what is not filled in comes from the developers and their translators.
 *  @see https://python-babel.github.io/flask-babel/#translation-functions
 *  @see https://docs.python.org/3/library/gettext.html */
import type { Library } from './library';

export const translations = {
  reference: 'https://python-babel.github.io/flask-babel/#translation-functions',
  propagators: ['flask_babel', 'flask_babelex', 'flask_babelplus', 'gettext'].flatMap((module) =>
    ['gettext', 'ngettext', 'pgettext', 'npgettext', 'lazy_gettext', 'lazy_ngettext', 'lazy_pgettext'].map(
      (name) => `${module}.${name}`,
    ),
  ),
} as const satisfies Library;
