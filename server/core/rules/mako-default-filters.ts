/** Mako templates that escape nothing. */
import { fixOf, setArgument } from './argumentFix';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'mako-default-filters',
  title: 'Mako without escaping',
  kind: 'unescapedTemplates',
  severity: 'information',
  doc: {
    happens:
      'Mako writes `${name}` into the page as it is. A visitor whose name is `<script>…` runs that script in the pages of others.',
    vulnerable: {
      'pages.py': `
from mako.lookup import TemplateLookup

pages = TemplateLookup(directories=["pages"])
`,
    },
    safe: {
      'pages.py': `
from mako.lookup import TemplateLookup

pages = TemplateLookup(directories=["pages"], default_filters=["h"])
`,
    },
    why: 'The filter `h` escapes every output that does not say `| n`.',
    limits: 'Templates of mails in plain text, of settings or of code need no escaping.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      { title: 'Mako: filtering', url: 'https://docs.makotemplates.org/en/latest/filtering.html' },
    ],
  },
  message: () => 'These templates write every value into the page without escaping.',
  fixSafety: 'review',
  fix: (context, hit) =>
    fixOf(context, { title: 'Escape by default', safety: 'review' }, (edits) =>
      setArgument(context, hit, { name: 'default_filters' }, '["h"]', edits),
    ),
});
