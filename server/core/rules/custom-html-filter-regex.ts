/** Tags are taken out with a regular expression. */
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'custom-html-filter-regex',
  title: 'Tags removed with a pattern',
  kind: 'tagPattern',
  severity: 'warning',
  doc: {
    happens:
      'Browsers take more for a tag than a pattern does: `<img src=x onerror=alert(1)//` without its end, `<scr<script>ipt>` after one ' +
      'round, comments, other cases. What the filter leaves runs in the page.',
    vulnerable: {
      'text.py': `
import re


def clean(text):
    return re.sub(r"<script.*?</script>", "", text)
`,
    },
    safe: {
      'text.py': `
import nh3


def clean(text):
    return nh3.clean(text)
`,
    },
    why: '`nh3` reads the text like a browser and writes only what is on its list.',
    limits: 'It is fine where the result is only counted, searched or shown as text that is escaped again.',
    references: [
      {
        title: 'CWE-116: Improper Encoding or Escaping of Output',
        url: 'https://cwe.mitre.org/data/definitions/116.html',
      },
      { title: 'nh3', url: 'https://nh3.readthedocs.io/en/latest/' },
    ],
  },
  message: () => 'This pattern takes out fewer tags than a browser sees.',
  // Any tag at all is often taken out to make a plain text of it, and escaped later.
  severityOf: ({ call }) =>
    /script|style|iframe/i.test(patternOf(call?.args[0]?.value)) ? 'warning' : 'hint',
});

function patternOf(argument: Expression | undefined): string {
  return (argument && literalText(argument)) ?? '';
}
