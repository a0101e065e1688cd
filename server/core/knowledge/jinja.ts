/** Jinja's filters and globals, and those Flask adds.
 *  @see https://jinja.palletsprojects.com/en/stable/templates/#builtin-filters */
import type { SinkKind } from './kinds';

/** What a filter does to its input: `escape`, `json` and `url` write it so that it is safe in some places of a page,
 *  `number` ends text, `keep` hands it on, `mark` declares it safe without making it so. */
export type FilterEffect = 'escape' | 'json' | 'url' | 'number' | 'keep' | 'mark';

const rows: Readonly<Record<FilterEffect, string>> = {
  escape: 'e escape forceescape xmlattr',
  json: 'tojson',
  url: 'urlencode',
  number: 'int float length count wordcount round abs filesizeformat',
  keep:
    'attr batch capitalize center default d dictsort first format groupby indent items join last list lower map max ' +
    'min pprint random reject rejectattr replace reverse select selectattr slice sort string striptags sum title ' +
    'trim truncate unique upper urlize wordwrap',
  mark: 'safe',
};

export const JINJA_FILTERS: ReadonlyMap<string, FilterEffect> = new Map(
  Object.entries(rows).flatMap(([effect, names]) =>
    names.split(' ').map((name): [string, FilterEffect] => [name, effect as FilterEffect]),
  ),
);

/** Kinds of places in a page for which a filter's result is safe. */
export const FILTER_CLEARS: Readonly<Record<'escape' | 'json' | 'url', readonly SinkKind[]>> = {
  escape: ['html'],
  json: ['html', 'script'],
  url: ['html', 'script', 'link', 'attribute'],
};

/** Names every Flask template has, by what they are in Python.
 *  @see https://flask.palletsprojects.com/en/stable/templating/#standard-context */
export const JINJA_GLOBALS: ReadonlyMap<string, string> = new Map([
  ['request', 'flask.request'],
  ['session', 'flask.session'],
  ['g', 'flask.g'],
  ['config', 'flask.Flask.config'],
  ['url_for', 'flask.url_for'],
  ['get_flashed_messages', 'flask.get_flashed_messages'],
]);

/** Globals whose value or result is the developer's own. */
export const TRUSTED_GLOBALS: ReadonlySet<string> = new Set([
  'config',
  'url_for',
  'range',
  'loop',
  'csrf_token',
  'caller',
  'self',
  'super',
  'lipsum',
  'cycler',
  'joiner',
  'namespace',
  'super()',
  'caller()',
]);

/** Functions of translations: their result is a text of the developer's, with what is put into it.
 *  @see https://jinja.palletsprojects.com/en/stable/extensions/#i18n-extension */
export const TRANSLATORS: ReadonlySet<string> = new Set(
  '_ gettext ngettext pgettext npgettext ugettext ungettext lazy_gettext _gettext _ngettext'.split(' '),
);
