/** Every key of the configuration, once: `[tool.moat]` in pyproject.toml, moat.toml and the editor's settings are read
 *  by it; the JSON schema, the settings in package.json and the table in the README are generated from it. */
import { SINK_KINDS } from '../knowledge/kinds';
import { SEVERITIES } from '../rules/rule';
import { BOOLEAN, choice, either, type Field, mapOf, record, type Shape, TEXT, TEXTS } from './shape';

export const RULE_SETTINGS = ['default', ...SEVERITIES, 'off'] as const;

const KIND = choice(Object.keys(SINK_KINDS));
const CLEARS = either(choice(['all']), { is: 'list', of: KIND });
const SETTING = choice(RULE_SETTINGS);
const SETTINGS = mapOf('rule', SETTING);
const NUMBER: Shape = { is: 'number' };
/** An argument by position, by keyword, or by both. */
const ARGUMENT = record({
  position: { shape: NUMBER, doc: 'Position, from 0 and without `self`.' },
  name: { shape: TEXT, doc: 'Keyword.' },
});
const ANY_ARGUMENT = either(NUMBER, TEXT, ARGUMENT);
const CONDITION = record({
  argument: { shape: ANY_ARGUMENT, doc: 'Which argument.', isRequired: true },
  values: {
    shape: { is: 'list', of: either(TEXT, NUMBER, BOOLEAN) },
    doc: 'Values that it must have for sure; `"absent"` when it is not given.',
  },
  below: { shape: NUMBER, doc: 'Every number that it can be is less.' },
  refs: { shape: TEXTS, doc: 'Dotted names of classes or functions that it must be.' },
});
const CONDITIONS: Field = {
  shape: { is: 'list', of: CONDITION },
  doc: 'All of these must hold for sure.',
};
const EXCEPTIONS: Field = { shape: { is: 'list', of: CONDITION }, doc: 'None of these may hold.' };
const EXAMPLES = {
  'must-match': {
    shape: either(TEXT, TEXTS),
    doc: 'Python code in which Moat must report something. `moat check-config` tries it.',
  },
  'must-not-match': {
    shape: either(TEXT, TEXTS),
    doc: 'Python code in which Moat must report nothing. `moat check-config` tries it.',
  },
} satisfies Record<string, Field>;
const SINK_FIELDS = {
  argument: {
    shape: ANY_ARGUMENT,
    doc: 'What must not be untrusted: a position, a keyword, `"receiver"` or `"all"`.',
    isRequired: true,
  },
  when: CONDITIONS,
  unless: EXCEPTIONS,
  effect: { shape: TEXT, doc: 'What the data does there: "is run as a query".' },
} satisfies Record<string, Field>;

/** Tables and lists of what the app's own functions and other libraries do. */
const ROWS = {
  sources: {
    shape: mapOf(
      'name',
      record({
        label: { shape: TEXT, doc: 'What a message calls the data.' },
        'safe-for': { shape: { is: 'list', of: KIND }, doc: 'Kinds of harm that it cannot do.' },
        ...EXAMPLES,
      }),
    ),
    doc: 'Where untrusted data comes from: `"app.queue.next_message()"` is the result of a call.',
  },
  sinks: {
    shape: mapOf(
      'name',
      record({
        kind: { shape: KIND, doc: 'What harm is done there.', isRequired: true },
        ...SINK_FIELDS,
        ...EXAMPLES,
      }),
    ),
    doc: 'Functions that untrusted data must not reach.',
  },
  sanitizers: {
    shape: mapOf(
      'name',
      record({
        clears: { shape: CLEARS, doc: 'Kinds of harm that the result can do no more.', isRequired: true },
        ...EXAMPLES,
      }),
    ),
    doc: 'Functions whose result is safe. `"jinja.filters.clean"` is a filter of templates.',
  },
  guards: {
    shape: mapOf(
      'name',
      record({
        argument: { shape: ANY_ARGUMENT, doc: 'The argument that is checked.', isRequired: true },
        clears: { shape: CLEARS, doc: 'Kinds of harm that it can do no more.', isRequired: true },
        outcome: { shape: BOOLEAN, doc: 'The outcome that proves it.', default: true },
        ...EXAMPLES,
      }),
    ),
    doc: 'Functions that check: where they say yes, the argument is safe.',
  },
  types: {
    shape: mapOf('name', TEXT),
    doc: 'What things are: `"app.db.get_db()" = "sqlite3.Connection"`.',
  },
  propagators: { shape: TEXTS, doc: 'Functions whose result carries what their arguments carry.' },
  trusted: { shape: TEXTS, doc: "Functions and objects whose value is the developers' own." },
} satisfies Record<string, Field>;

const MISUSE = record({
  when: { ...CONDITIONS, isRequired: true },
  unless: EXCEPTIONS,
  at: { shape: ANY_ARGUMENT, doc: "The argument that is underlined; else the function's name." },
});

const CUSTOM_RULE = record({
  message: { shape: TEXT, doc: 'One sentence that says what is wrong.', isRequired: true },
  severity: { shape: choice(SEVERITIES), doc: 'How bad it is.', default: 'warning' },
  title: { shape: TEXT, doc: 'A few words for lists.' },
  help: { shape: TEXT, doc: 'Markdown: why it matters and what to write instead.' },
  kind: { shape: KIND, doc: 'What harm is done; it says which sanitizers count.', default: 'code' },
  sinks: {
    shape: mapOf('name', record(SINK_FIELDS)),
    doc: 'Functions that untrusted data must not reach.',
  },
  misuses: { shape: mapOf('name', MISUSE), doc: 'Calls that are wrong by their arguments.' },
  ...EXAMPLES,
});

export const CONFIG_KEYS = {
  enable: { shape: BOOLEAN, default: true, doc: 'Check Flask apps while they are written.' },
  'min-severity': {
    shape: choice(SEVERITIES),
    default: 'hint',
    doc: 'The mildest findings that are shown.',
  },
  include: {
    shape: TEXTS,
    default: [],
    doc: 'Glob patterns of files that show findings, relative to the folder; all when empty. Data is followed through the others too.',
  },
  exclude: {
    shape: TEXTS,
    default: [],
    doc: 'Glob patterns of files that show no findings, relative to the folder, such as `tests/**`. Data is still followed through them.',
  },
  rules: {
    shape: SETTINGS,
    default: {},
    doc: 'Severity of each rule: `off` switches it off, `default` leaves it as it is. `*` stands for all others.',
  },
  'per-path': {
    shape: mapOf('glob', either(SETTING, SETTINGS)),
    default: {},
    doc: 'Severities in some files only: a glob pattern, and a severity for all rules or one per rule.',
  },
  hints: {
    shape: BOOLEAN,
    default: true,
    doc: 'Show hints: what is only suspected, and what could be better.',
  },
  'csrf-tokens': {
    shape: TEXTS,
    default: [],
    doc: 'Further names of form fields and of functions that write a CSRF token.',
  },
  'foreign-suppressions': {
    shape: BOOLEAN,
    default: true,
    doc: 'Honor `# nosec`, `# noqa: S…`, `# nosemgrep` and `# NOSONAR`.',
  },
  baseline: {
    shape: TEXT,
    default: '',
    doc: 'File with findings that are known, relative to the folder: only new ones are shown.',
  },
  ...ROWS,
  'custom-rules': {
    shape: mapOf('new-rule', CUSTOM_RULE),
    doc: 'Rules of your own, by id: untrusted data in some call, or a call with some argument.',
  },
} satisfies Record<string, Field>;

export const CONFIG_SHAPE = record(CONFIG_KEYS);
