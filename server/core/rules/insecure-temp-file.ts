/** A temporary file whose name others know or can guess before it is there. */
import type { MisuseHit } from '../flow/machine';
import { fixOf, importName } from './argumentFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'insecure-temp-file',
  title: 'Guessable temporary file',
  kind: 'tempFile',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Everybody on the machine may write to the folder for temporary files. Who knows the name that the app is going to ' +
      'use can put a link there first, and the app writes through it over another file, or can read what was meant to ' +
      'be private.',
    vulnerable: {
      'report.py': `
import tempfile


def save(report):
    path = tempfile.mktemp(suffix=".pdf")
    with open(path, "wb") as file:
        file.write(report)
    return path
`,
    },
    safe: {
      'report.py': `
import tempfile


def save(report):
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(report)
    return file.name
`,
    },
    why:
      '`NamedTemporaryFile` and `mkstemp` create the file in the same step in which they choose its name, for the ' +
      'app’s own user only. With `mktemp` somebody can be faster.',
    limits:
      'A fixed name below `/tmp` is reported where a file is opened for writing. Files that are only read are not.',
    references: [
      { title: 'CWE-377: Insecure Temporary File', url: 'https://cwe.mitre.org/data/definitions/377.html' },
      { title: 'Python: tempfile', url: 'https://docs.python.org/3/library/tempfile.html' },
    ],
  },
  message: ({ callee }) =>
    callee === 'builtins.open'
      ? 'This file in a folder that all users share has a fixed name, so others can put something there first.'
      : 'This makes a name only, so others can create the file before the app does.',
  fix: fixName,
});

const PARAMETERS = ['suffix', 'prefix', 'dir'] as const;

function fixName(context: FileContext, { call, callee, site }: MisuseHit): readonly FixOutcome[] {
  if (call === undefined || callee !== 'tempfile.mktemp') return [];
  const base = context.baseOf(site.tree);
  const given = call.args.map(({ name, value }, index) => {
    const text = context.text.slice(base + value.start, base + value.end);
    return `${name?.id ?? PARAMETERS[index] ?? ''}=${text}`;
  });
  if (call.args.some(({ star }) => star !== '') || given.length > PARAMETERS.length) return [];
  const title = { title: 'Create the file at once', safety: 'review' } as const;
  return fixOf(context, title, (edits) => {
    const { func } = call;
    const creator =
      func.kind === 'Attribute'
        ? `${context.text.slice(base + func.start, base + func.attr.start)}NamedTemporaryFile`
        : importName(context, 'tempfile', 'NamedTemporaryFile', base + call.start, edits);
    const args = [...given, 'delete=False'].join(', ');
    edits.replace(base + call.start, base + call.end, `${creator}(${args}).name`);
  });
}
