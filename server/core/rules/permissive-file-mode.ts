/** A file that everybody on the machine may change. */

import { fixOf } from './argumentFix';
import { misuseRule } from './misuseRule';
import { refused } from './refused';

export const rule = misuseRule({
  id: 'permissive-file-mode',
  title: 'File that everybody may write',
  kind: 'fileMode',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'With mode `0o777` every user and every program of the machine may change the file. One broken service next door ' +
      'is enough to swap a script, a template or the database.',
    vulnerable: {
      'uploads.py': `
import os


def publish(path):
    os.chmod(path, 0o777)
`,
    },
    safe: {
      'uploads.py': `
import os


def publish(path):
    os.chmod(path, 0o644)
`,
    },
    why: '`0o644` lets the owner write and others read; `0o600` and `0o700` keep a file or folder to its owner.',
    limits: 'Only modes that are written as numbers are seen.',
    references: [
      {
        title: 'CWE-732: Incorrect Permission Assignment for Critical Resource',
        url: 'https://cwe.mitre.org/data/definitions/732.html',
      },
      { title: 'Python: os.chmod', url: 'https://docs.python.org/3/library/os.html#os.chmod' },
    ],
  },
  message: () => 'Everybody on the machine may change this file.',
  fix: (context, { place, site }) => {
    if (place.kind !== 'Number' || typeof place.value !== 'number')
      return [refused('the mode is written elsewhere')];
    // Without the right to write for the group and for others.
    const mode = `0o${(place.value & ~0o022).toString(8)}`;
    const base = context.baseOf(site.tree);
    return fixOf(context, { title: `Use ${mode}`, safety: 'safe' }, (edits) =>
      edits.replace(base + place.start, base + place.end, mode),
    );
  },
});
