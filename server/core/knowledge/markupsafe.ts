/** MarkupSafe: text marked as safe HTML, and the escape that makes it so. */
import type { Library } from './library';

export const markupsafe = {
  reference: 'https://markupsafe.palletsprojects.com/en/stable/',
  aliases: {
    'jinja2.Markup': 'markupsafe.Markup',
    'jinja2.utils.markupsafe.Markup': 'markupsafe.Markup',
    'jinja2.escape': 'markupsafe.escape',
    'markupsafe.Markup.escape': 'markupsafe.escape',
    'werkzeug.utils.escape': 'markupsafe.escape',
    'werkzeug.escape': 'markupsafe.escape',
    'jinja2.utils.escape': 'markupsafe.escape',
  },
  types: {
    'markupsafe.escape()': 'markupsafe.Markup',
  },
  sinks: {
    'markupsafe.Markup': { kind: 'html', argument: { position: 0, name: 'object' } },
  },
  sanitizers: {
    'markupsafe.escape': { clears: ['html'], label: 'escaped' },
    'markupsafe.escape_silent': { clears: ['html'], label: 'escaped' },
    'markupsafe.soft_str': { clears: [], label: '' },
  },
} as const satisfies Library;
