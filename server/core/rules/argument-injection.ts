/** A visitor's text is an argument of a program, which may take it for an option. */

import { EditList } from '../edits/editList';
import { inQuotesOf } from '../edits/pythonText';
import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import { flowRule } from './flowRule';
import { refused } from './refused';
import type { FixOutcome } from './rule';

export const rule = flowRule({
  id: 'argument-injection',
  title: 'Option of a program from a visitor',
  kind: 'trust',
  about: 'programOption',
  severity: 'information',
  fixSafety: 'assist',
  doc: {
    happens:
      'Without a shell nobody can add a command, but a text that begins with `-` is an option to most programs. Given ' +
      '`--upload-pack=touch /tmp/x` as an address, `git clone` runs that command.',
    vulnerable: {
      'app.py': `
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.post("/mirror")
def mirror():
    subprocess.run(["git", "clone", request.form["address"]], check=True)
    return "", 204
`,
    },
    safe: {
      'app.py': `
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.post("/mirror")
def mirror():
    subprocess.run(["git", "clone", "--", request.form["address"]], check=True)
    return "", 204
`,
    },
    why: 'Behind `--` most programs take everything for names. A check with `startswith("-")` does as well.',
    limits:
      'Not every program knows `--`, so look it up. A text with something of yours in front of it, such as a folder, is not reported.',
    references: [
      { title: 'CWE-88: Argument Injection', url: 'https://cwe.mitre.org/data/definitions/88.html' },
      {
        title: 'POSIX: utility syntax guidelines',
        url: 'https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap12.html',
      },
    ],
  },
  only: 'may be taken for an option',
  message: (label) => `This program may take \`${label}\` for an option, because it may begin with \`-\`.`,
  fix: endOptions,
});

function endOptions(context: FileContext, { site, call, argument }: SinkHit): readonly FixOutcome[] {
  const list = call.args[0]?.value;
  if ((list?.kind !== 'List' && list?.kind !== 'Tuple') || !list.elements.includes(argument))
    return [refused('the arguments are put together elsewhere')];
  const edits = new EditList();
  edits.insert(context.baseOf(site.tree) + argument.start, inQuotesOf(context.text, '"--", '));
  const finished = edits.finish(context.text);
  return [
    {
      kind: 'fix',
      fix: {
        title: 'End the options with `--`',
        safety: 'assist',
        edits: [{ file: context.file, isNew: false, edits: finished }],
      },
    },
  ];
}
