/** A program is started by its name alone. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'partial-executable-path',
  title: 'Program started by its name alone',
  kind: 'programPath',
  severity: 'hint',
  doc: {
    happens:
      'The folders of `PATH` are searched for the name, and the first program that is found is run. Whoever can write into one of them, or set `PATH` for the app, has their own program run with its rights.',
    vulnerable: {
      'app.py': `
import subprocess


def version():
    return subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
`,
    },
    safe: {
      'app.py': `
import subprocess


def version():
    return subprocess.run(["/usr/bin/git", "--version"], capture_output=True, text=True, check=True).stdout
`,
    },
    why: 'A whole path names one program. Where it differs between machines, make it a setting.',
    limits:
      'It is a hint, told once in a file: where nobody else sets `PATH` or writes into its folders, as in a container, nothing can happen. Switch the rule off there.',
    references: [
      {
        title: 'CWE-426: Untrusted Search Path',
        url: 'https://cwe.mitre.org/data/definitions/426.html',
      },
      {
        title: 'Python: subprocess',
        url: 'https://docs.python.org/3/library/subprocess.html#popen-constructor',
      },
    ],
  },
  // Once in a file: whoever cares about `PATH` changes all of them.
  accepts: (hit, context) => context.misuses('programPath')[0] === hit,
  message: () => 'This program is looked for in every folder of `PATH`, and the first of that name is run.',
});
