/** Request data that becomes part of a command, or chooses the program that is run. */

import type { SinkHit } from '../flow/machine';
import { activeTaints, isQuotedWord, textParts as textPieces } from '../flow/values';
import type { FileContext } from './context';
import { flowRule } from './flowRule';
import { refused } from './refused';
import { assignedOnce } from './textParts';
import { fixByWrapping } from './wrapFix';

export const rule = flowRule({
  id: 'command-injection',
  title: 'Command injection',
  kind: 'command',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A shell reads the whole text as a small program. Somebody who sends `example.com; cat /etc/passwd` as a host ' +
      'name gets both commands run, with the rights of your app: they read your files, your database password and ' +
      'your source, or stay on the server for good.',
    vulnerable: {
      'app.py': `
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/ping")
def ping():
    host = request.args["host"]
    return subprocess.check_output(f"ping -c 1 {host}", shell=True)
`,
    },
    safe: {
      'app.py': `
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/ping")
def ping():
    host = request.args["host"]
    return subprocess.check_output(["ping", "-c", "1", "--", host])
`,
    },
    why:
      'Given a list, Python starts the program itself and hands over each element as one argument; no shell looks at ' +
      'them. `--` says that what follows is no option, so a host called `-f` does no harm. Where a shell is needed, ' +
      '`shlex.quote` makes one harmless word of a value.',
    limits:
      'Moat reports the program and shell commands, not single arguments of a fixed program. `shlex.quote` is right for ' +
      'POSIX shells only, not for Windows. A text that goes through `shlex.split` can still add options, so it is ' +
      'reported. What is typed at the command line is a warning, a value of unknown origin a hint.',
    references: [
      { title: 'CWE-78: OS Command Injection', url: 'https://cwe.mitre.org/data/definitions/78.html' },
      {
        title: 'Python: subprocess, security considerations',
        url: 'https://docs.python.org/3/library/subprocess.html#security-considerations',
      },
      {
        title: 'OWASP: OS Command Injection Defense',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html',
      },
    ],
  },
  accepts: (hit, context) => hit.row.element !== 'first' || !startsWithOwnProgram(context, hit),
  // What needs `shell=True` for it is told by that. Where one value is quoted, somebody has thought of the others.
  suspicion: ({ row, value }) =>
    !textPieces(value).some((part) => 'hole' in part && isQuotedWord(part.hole)) &&
    row.effect === 'is run as a shell command' &&
    row.when === undefined &&
    row.element === undefined
      ? 'What is run by a shell here comes from where Moat cannot see.'
      : undefined,
  message: (label, hit) =>
    hit.row.effect === 'chooses the program that is run'
      ? `The program that is started here depends on \`${label}\`, which a visitor controls.`
      : `This command depends on \`${label}\`, which a visitor controls.`,
  fixesCallers: true,
  fix(context, hit) {
    if (hit.row.effect !== 'is run as a shell command')
      return [refused('the program has to be chosen from a fixed set in your code')];
    return fixByWrapping(context, hit, {
      import: { module: 'shlex' },
      member: 'quote',
      title: 'Quote the value for the shell',
      safety: 'review',
      replacesQuotes: true,
      wholeReason: 'the visitor writes the whole command',
    });
  },
});

/** `["git", "log"] + paths`: the program is the first element of the first list. */
function startsWithOwnProgram(context: FileContext, hit: SinkHit): boolean {
  let node = assignedOnce(hit.argument, hit.site);
  if (node.kind !== 'Binary') return false;
  while (node.kind === 'Binary' && node.op === '+') node = node.left;
  const program = context.valueOf(hit.site.tree, node)?.contents?.entries.get('i:0');
  return program !== undefined && activeTaints(program, 'command').length === 0;
}
