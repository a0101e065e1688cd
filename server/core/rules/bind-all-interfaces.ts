/** A server listens at every address of the machine. */
import { preferredQuote } from '../edits/pythonText';
import { isBehindDevelopmentSwitch, isDevelopmentFile } from '../model/developmentCode';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'bind-all-interfaces',
  title: 'Server open to every network',
  kind: 'publicBinding',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      '`0.0.0.0` means every network this machine is in: the office, the café, the internet. Flask’s own server is made ' +
      'for one developer; it has no limits, and with debug mode on it hands out a Python prompt.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=5000)
`,
    },
    why:
      '`127.0.0.1` is reached from the same machine only. For others, put a real server such as gunicorn or waitress ' +
      'behind a proxy.',
    limits:
      'Inside a container the address has to be `0.0.0.0`, and the container decides who gets in: then set it where the ' +
      'container is started (`flask run --host 0.0.0.0`). Production servers are not looked at.',
    references: [
      {
        title: 'CWE-668: Exposure of Resource to Wrong Sphere',
        url: 'https://cwe.mitre.org/data/definitions/668.html',
      },
      { title: 'Flask: development server', url: 'https://flask.palletsprojects.com/en/stable/server/' },
    ],
  },
  message: () =>
    'This server listens at every address of the machine, so everybody in its networks can reach it.',
  accepts: ({ site, place }) => !isBehindDevelopmentSwitch(site, place),
  severityOf: (_, { file }) => (isDevelopmentFile(file) ? 'information' : 'warning'),
  fix(context, { site, place }): readonly FixOutcome[] {
    const address = place.kind === 'Tuple' ? place.elements[0] : place;
    if (address === undefined || address.kind === 'Call' || address.kind === 'Attribute') return [];
    const base = context.baseOf(site.tree);
    const text = context.text.slice(base + address.start, base + address.end);
    const quote = /^['"]/.test(text) ? text.slice(0, 1) : preferredQuote(context.text);
    const newText = `${quote}${text.includes('::') ? '::1' : '127.0.0.1'}${quote}`;
    const edit = { range: { start: base + address.start, end: base + address.end }, newText };
    const edits = [{ file: context.file, isNew: false, edits: [edit] }];
    return [{ kind: 'fix', fix: { title: 'Listen on this machine only', safety: 'review', edits } }];
  },
});
