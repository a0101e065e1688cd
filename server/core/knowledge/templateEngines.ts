/** Jinja and Mako in Python: text that becomes a template. Jinja's sandbox is meant for text of others and no sink.
 *  @see https://docs.makotemplates.org/en/latest/usage.html */
import type { Condition, Library, MisuseRow } from './library';

const RUN = { kind: 'template', effect: 'is run as a template' } as const;
const NAMED = { kind: 'templateName', effect: 'names the template that is rendered' } as const;

/** Other brackets are for other languages than HTML: LaTeX, SQL, settings. */
const OTHER_BRACKETS: readonly Condition[] = [
  { argument: { position: 0, name: 'block_start_string' }, values: ['unknown'], pattern: /./ },
  { argument: { position: 2, name: 'variable_start_string' }, values: ['unknown'], pattern: /./ },
];
const UNESCAPED = ['absent', false, null, 0] as const;
const ENVIRONMENT = {
  kind: 'autoescape',
  at: { position: 16, name: 'autoescape' },
  when: [{ argument: { position: 16, name: 'autoescape' }, values: UNESCAPED }],
  unless: OTHER_BRACKETS,
} as const satisfies MisuseRow;

/** Mako escapes nothing unless it is told to. */
const MAKO = {
  kind: 'unescapedTemplates',
  when: [{ argument: { name: 'default_filters' }, values: ['absent', null] }],
} as const satisfies MisuseRow;

export const templateEngines = {
  reference: 'https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment.from_string',
  aliases: {
    'jinja2.environment.Environment': 'jinja2.Environment',
    'jinja2.environment.Template': 'jinja2.Template',
    'flask.templating.Environment': 'jinja2.Environment',
  },
  types: {
    'jinja2.Environment.overlay()': 'jinja2.Environment',
    'jinja2.Environment.from_string()': 'jinja2.Template',
    'jinja2.Environment.get_template()': 'jinja2.Template',
  },
  sinks: {
    'jinja2.Template': { ...RUN, argument: { position: 0, name: 'source' } },
    'jinja2.Environment.from_string': { ...RUN, argument: { position: 0, name: 'source' } },
    'jinja2.Environment.get_template': { ...NAMED, argument: { position: 0, name: 'name' } },
    'jinja2.Environment.select_template': { ...NAMED, argument: { position: 0, name: 'names' } },
    'jinja2.Environment.get_or_select_template': {
      ...NAMED,
      argument: { position: 0, name: 'template_name_or_list' },
    },
    'jinja2.DictLoader': { ...RUN, argument: { position: 0, name: 'mapping' } },
    'tornado.template.Template': { ...RUN, argument: { position: 0, name: 'template_string' } },
    'mako.template.Template': { ...RUN, argument: { position: 0, name: 'text' } },
  },
  misuses: {
    'mako.template.Template': MAKO,
    'mako.lookup.TemplateLookup': MAKO,
    'jinja2.Environment': ENVIRONMENT,
    'jinja2.sandbox.SandboxedEnvironment': ENVIRONMENT,
    'jinja2.sandbox.ImmutableSandboxedEnvironment': ENVIRONMENT,
    'flask.Flask.jinja_options.update': {
      kind: 'autoescape',
      at: { name: 'autoescape' },
      when: [{ argument: { name: 'autoescape' }, values: [false] }],
    },
    'jinja2.Template': {
      kind: 'ownRendering',
      when: [{ argument: { name: 'autoescape' }, values: UNESCAPED }],
      unless: [
        { argument: { position: 1, name: 'block_start_string' }, values: ['unknown'], pattern: /./ },
        { argument: { position: 3, name: 'variable_start_string' }, values: ['unknown'], pattern: /./ },
      ],
    },
  },
  misuseWrites: {
    'jinja2.Environment.autoescape': { kind: 'autoescape', values: [false] },
    'flask.Flask.jinja_options[]': { kind: 'autoescape', key: 'autoescape', values: [false] },
  },
} as const satisfies Library;
