/** Jinja and Mako in Python: text that becomes a template. Jinja's sandbox is meant for text of others and no sink.
 *  @see https://docs.makotemplates.org/en/latest/usage.html */
import type { Library } from './library';

const RUN = { kind: 'template', effect: 'is run as a template' } as const;
const NAMED = { kind: 'templateName', effect: 'names the template that is rendered' } as const;

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
    'mako.template.Template': { ...RUN, argument: { position: 0, name: 'text' } },
  },
} as const satisfies Library;
