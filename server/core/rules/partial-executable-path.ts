/** A program is started by its name alone. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'partial-executable-path',
  title: 'Program started by its name alone',
  kind: 'programPath',
  severity: 'hint',
  doc: {
    happens:
      'The folders of `PATH` are searched for the name, and the first program that is found is run. Here `PATH` comes from ' +
      'elsewhere: whoever sets it has their own program run with the rights of the app.',
    vulnerable: {
      'tools.py': `
import subprocess


def version(settings):
    return subprocess.run(["git", "--version"], env={"PATH": settings.path}, check=True)
`,
    },
    safe: {
      'tools.py': `
import subprocess


def version(settings):
    return subprocess.run(["/usr/bin/git", "--version"], env={"PATH": settings.path}, check=True)
`,
    },
    why: 'A whole path names one program. Where it differs between machines, make it a setting.',
    limits:
      'Programs that run with the environment of the app are not reported: there, `PATH` is set by whoever runs the app. It is a ' +
      'hint, since the environment that is handed over may be harmless.',
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
  message: () =>
    'This program is looked for in the `PATH` that is handed over, and the first of that name is run.',
});
