/** Libraries that clean or escape HTML. */
import type { Library } from './library';

export const htmlSanitizers = {
  reference: 'https://nh3.readthedocs.io/en/latest/',
  sanitizers: {
    'html.escape': { clears: ['html'], label: 'escaped' },
    'xml.sax.saxutils.escape': { clears: ['html'], label: 'escaped' },
    'bleach.clean': { clears: ['html'], label: 'cleaned by bleach' },
    'bleach.linkify': { clears: [], label: '' },
    'bleach.sanitizer.Cleaner.clean': { clears: ['html'], label: 'cleaned by bleach' },
    'nh3.clean': { clears: ['html'], label: 'cleaned by nh3' },
    'nh3.clean_text': { clears: ['html'], label: 'escaped' },
    'lxml.html.clean.clean_html': { clears: ['html'], label: 'cleaned by lxml' },
  },
  aliases: { 'bleach.Cleaner': 'bleach.sanitizer.Cleaner' },
  propagators: ['bleach.linkify', 'markdown.markdown', 'markdown2.markdown', 'mistune.html'],
} as const satisfies Library;
