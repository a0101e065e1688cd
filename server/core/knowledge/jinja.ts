/** Jinja's filters and globals, and those Flask adds.
 *  @see https://jinja.palletsprojects.com/en/stable/templates/#builtin-filters */

/** What a filter does to its input: `escape` makes it safe HTML, `number` ends text, `keep` hands it on,
 *  `mark` declares it safe without making it so. */
export type FilterEffect = 'escape' | 'number' | 'keep' | 'mark';

const rows: Readonly<Record<FilterEffect, string>> = {
  escape: 'e escape forceescape tojson urlencode xmlattr',
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
